import type { FormField } from './form-definition.ts';
import type { ProblemList } from './invalid-form.ts';

/** What look-ups of registers read from the form and write into it must be fields of the form. */
export function checkLookups(fields: readonly FormField[], problems: ProblemList): void {
  const form = new Map(fields.map((field) => [field.name, field]));
  for (const field of fields) {
    checkLookup(field, { path: `/data/properties/${field.name}`, reads: form, fills: form, problems });
    const row = new Map((field.table?.columns ?? []).map((column) => [column.column!.key, column]));
    for (const [key, column] of row) {
      const path = `/data/properties/${field.name}/items/properties/${key}`;
      // A line fills its own cells; it may read the form around it.
      checkLookup(column, { path, reads: new Map([...form, ...row]), fills: row, problems });
    }
  }
}

interface LookupPlace {
  readonly path: string;
  readonly reads: ReadonlyMap<string, FormField>;
  readonly fills: ReadonlyMap<string, FormField>;
  readonly problems: ProblemList;
}

function checkLookup({ source }: FormField, place: LookupPlace): void {
  const { reads, fills, problems } = place;
  if (source?.register !== undefined) {
    const { filter, fill } = source.register;
    const path = `${place.path}/x-source`;
    for (const unknown of (filter?.formFields ?? []).filter((read) => !reads.has(read)))
      problems.add(
        `${path}/filter`,
        `The filter reads the field "${unknown}", which the form does not have`,
        'After "form." stands a field of this form; a bare name is a field of the register.',
      );
    for (const target of Object.keys(fill)) {
      const filled = fills.get(target);
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
