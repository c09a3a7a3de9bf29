import { anonymousLookup, fieldLabel, fieldNamed, readForm, type FormModel, type ProcessModel } from '#engine';
import { problemIn, type DeploymentProblem } from './invalid-deployment.ts';
import type { FileReading } from './read-resource.ts';

/**
 * Forms with look-ups that anybody could fill, by this deployment: either side may be what changes.
 *
 * @param deployed processes and forms in their latest versions
 */
export function openStartProblems(
  files: readonly FileReading[],
  deployed: { readonly processes: readonly ProcessModel[]; readonly form: (formId: string) => FormModel | undefined },
): readonly DeploymentProblem[] {
  const forms = new Map(
    files
      .filter(({ format }) => format === 'form')
      .map(({ name, json }) => ({ name, form: readForm(json) }))
      .map((file) => [file.form.key, file]),
  );
  const own = files.flatMap(({ name, processes }) => processes.map((process) => ({ name, process })));
  const replaced = new Set(own.map(({ process }) => process.processId));
  const standing = deployed.processes.filter(({ processId }) => !replaced.has(processId));
  return [...own, ...standing.map((process) => ({ name: undefined, process }))].flatMap(({ name, process }) => {
    const formId = formOpenToAnyone(process);
    if (formId === undefined) return [];
    const file = forms.get(formId);
    // What neither this process nor its form changes was judged when it was deployed.
    const resource = name ?? file?.name;
    const form = file?.form ?? deployed.form(formId);
    const field = form === undefined ? undefined : anonymousLookup(form);
    if (resource === undefined || field === undefined) return [];
    return [
      problemIn(resource, {
        code: 'open-lookup',
        message: `Anybody may fill the form "${formId}" of the process "${process.processId}", but its field "${field}" looks up.`,
        remedy: 'Make it a text or a choice, or open the process to contractors only.',
        russian: {
          message: `Форму «${form!.title.ru}» может заполнить каждый, а поле «${labelOf(form!, field)}» выбирают из справочника, людей или групп.`,
          remedy: 'Сделайте его текстом или выбором из списка или откройте процесс только подрядчикам.',
        },
      }),
    ];
  });
}

function labelOf(form: FormModel, name: string): string {
  const field = fieldNamed(form, name);
  return field === undefined ? name : fieldLabel(form, 'ru', field);
}

function formOpenToAnyone(process: ProcessModel): string | undefined {
  const startId = process.scopes.get(process.processId)?.noneStartId;
  const start = startId === undefined ? undefined : process.nodes.get(startId);
  if (start?.type !== 'startEvent' || start.openTo?.includes('anyone') !== true) return undefined;
  return start.form?.id.static === true ? start.form.id.text : undefined;
}
