import type { FormField } from './form-definition.ts';
import type { ProblemList } from './invalid-form.ts';

/** What look-ups of registers read from the form and write into it must be fields of the form. */
export function checkLookups(fields: readonly FormField[], problems: ProblemList): void {
  const byName = new Map(fields.map((field) => [field.name, field]));
  for (const { name, source } of fields) {
    if (source?.register === undefined) continue;
    const { filter, fill } = source.register;
    const path = `/data/properties/${name}/x-source`;
    for (const unknown of (filter?.formFields ?? []).filter((read) => !byName.has(read)))
      problems.add(
        `${path}/filter`,
        `The filter reads the field "${unknown}", which the form does not have`,
        'After "form." stands a field of this form; a bare name is a field of the register.',
      );
    for (const target of Object.keys(fill)) {
      const filled = byName.get(target);
      if (filled === undefined)
        problems.add(
          `${path}/fill/${target}`,
          `The form has no field "${target}" to fill`,
          'Write the field of the form first, that of the register second.',
        );
      else if (filled.readOnly || filled.rules.value !== undefined)
        problems.add(
          `${path}/fill/${target}`,
          `"${target}" is never written by a person, so choosing a row cannot fill it`,
          'Let it be writable, or compute it.',
        );
    }
  }
}
