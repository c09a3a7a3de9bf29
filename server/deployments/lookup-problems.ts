import { readForm, readRegister, type FormModel, type RegisterModel } from '#engine';
import { problemIn, type DeploymentProblem } from './invalid-deployment.ts';
import type { FileReading } from './read-resource.ts';

/**
 * Look-ups of forms and registers that name a register nobody deployed, or fields that it does not have.
 *
 * @param deployed a register that is deployed already
 */
export function lookupProblems(
  files: readonly FileReading[],
  deployed: (registerKey: string) => RegisterModel | undefined,
): readonly DeploymentProblem[] {
  const here = new Map(
    files
      .filter(({ format }) => format === 'register')
      .map(({ json }) => readRegister(json))
      .map((model) => [model.key, model]),
  );
  return files.flatMap(({ name, format, json }) => {
    if (format !== 'form' && format !== 'register') return [];
    const form = format === 'form' ? readForm(json) : readRegister(json).form;
    return problemsOf(form, (key) => here.get(key) ?? deployed(key)).map((problem) =>
      problemIn(name, { code: 'unknown-reference', ...problem }),
    );
  });
}

function problemsOf(
  form: FormModel,
  find: (registerKey: string) => RegisterModel | undefined,
): readonly Pick<DeploymentProblem, 'path' | 'message' | 'remedy'>[] {
  return form.fields.flatMap(({ name, source }) => {
    if (source?.register === undefined) return [];
    const path = `/data/properties/${name}/x-source`;
    const register = find(source.catalog);
    if (register === undefined) {
      const message = `The field "${name}" looks up in the register "${source.catalog}", which is not deployed.`;
      return [{ path: `${path}/catalog`, message, remedy: 'Deploy the register first, or together with the form.' }];
    }
    const { label, filter, fill } = source.register;
    const named = [...(label === undefined ? [] : [label]), ...(filter?.registerFields ?? []), ...Object.values(fill)];
    const fields = register.form.fields.map((field) => field.name);
    return [...new Set(named)]
      .filter((field) => !fields.includes(field))
      .map((field) => ({
        path,
        message: `The look-up of "${name}" names "${field}", but the register "${source.catalog}" has no such field.`,
        remedy: `Use one of ${fields.join(', ')}.`,
      }));
  });
}
