import type { TableOptions } from './form-definition.ts';
import type { ProblemList } from './invalid-form.ts';
import { isRecord, optionalInteger } from './json-checks.ts';

interface OptionsReading {
  readonly path: string;
  /** Keys of the table's columns. */
  readonly columns: readonly string[];
  readonly problems: ProblemList;
}

/** `columns` (order and widths), `totals` and `addLabel` of a table's Control. Undefined when none is given. */
export function readTableOptions(
  options: Readonly<Record<string, unknown>>,
  reading: OptionsReading,
): TableOptions | undefined {
  const { columns, totals, addLabel } = options;
  if (columns === undefined && totals === undefined && addLabel === undefined) return undefined;
  const { path, problems } = reading;
  if (addLabel !== undefined && (typeof addLabel !== 'string' || addLabel === ''))
    problems.add(`${path}/addLabel`, 'addLabel must be a text key', 'Write "works.add" and the text in i18n.');
  return {
    columns: columnsOf(columns, reading),
    totals: totalsOf(totals, reading),
    ...(typeof addLabel === 'string' && { addLabel }),
  };
}

function columnsOf(json: unknown, { path, columns, problems }: OptionsReading): TableOptions['columns'] {
  const listed: readonly unknown[] = Array.isArray(json) ? json : [];
  if (json !== undefined && !Array.isArray(json))
    problems.add(`${path}/columns`, 'columns must be a list', 'Write [{"column": "part", "width": 220}].');
  return listed.flatMap((entry, index): TableOptions['columns'] => {
    const at = `${path}/columns/${index}`;
    const key = isRecord(entry) ? entry['column'] : entry;
    if (typeof key !== 'string' || !columns.includes(key)) {
      problems.add(at, `${JSON.stringify(key)} is no column of the table`, `Columns are ${columns.join(', ')}.`);
      return [];
    }
    if (!isRecord(entry)) return [{ key }];
    for (const option of Object.keys(entry)) {
      if (option !== 'column' && option !== 'width')
        problems.add(`${at}/${option}`, `"${option}" is not supported`, 'A column takes "column" and "width".');
    }
    const width = optionalInteger(entry['width'], `${at}/width`, problems, { from: 40, to: 800 });
    return [{ key, ...(width !== undefined && { width }) }];
  });
}

function totalsOf(json: unknown, { path, columns, problems }: OptionsReading): readonly string[] {
  if (json === undefined) return [];
  if (Array.isArray(json) && json.every((key) => columns.includes(key as string))) return json as readonly string[];
  problems.add(
    `${path}/totals`,
    'totals must list columns of the table',
    `Write ["sum"]; columns are ${columns.join(', ')}.`,
  );
  return [];
}
