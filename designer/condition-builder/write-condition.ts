import { writeMember, writeName, writeText } from '#engine';
import type { ConditionField, ConditionKind, ConditionModel, ConditionRow } from './condition-model.ts';

const SIGNS = { equals: '=', 'not-equals': '!=', less: '<', 'at-most': '<=', greater: '>', 'at-least': '>=' } as const;

/** The condition as FEEL; '' without lines. Every line must be complete (`isComplete`). */
export function writeCondition({ join, rows }: ConditionModel, fields: readonly ConditionField[]): string {
  return rows
    .map((row) => {
      const field = fields.find(({ name }) => name === row.field);
      if (field === undefined) throw new Error(`Expected a field of the form, but there is no <${row.field}>`);
      return writeRow(row, field);
    })
    .join(join === 'all' ? ' and ' : ' or ');
}

function writeRow({ operator, values }: ConditionRow, { name, kind }: ConditionField): string {
  const plain = writePath(name);
  // A variable holds a date as text; read as a date it is compared as one.
  const subject = kind === 'date' ? `date(${plain})` : plain;
  const [first = '', second = ''] = values.map((value) => writeValue(value, kind));
  const all = values.map((value) => writeValue(value, kind)).join(', ');
  switch (operator) {
    case 'equals':
    case 'not-equals':
    case 'less':
    case 'at-most':
    case 'greater':
    case 'at-least':
      return `${subject} ${SIGNS[operator]} ${first}`;
    case 'between':
      return `${subject} between ${first} and ${second}`;
    case 'one-of':
      return `${subject} in (${all})`;
    case 'none-of':
      return `not(${subject} in (${all}))`;
    case 'contains':
      return `${kind === 'list' ? 'list contains' : 'contains'}(${subject}, ${first})`;
    case 'not-contains':
      return `not(${kind === 'list' ? 'list contains' : 'contains'}(${subject}, ${first}))`;
    case 'starts-with':
      return `starts with(${subject}, ${first})`;
    case 'yes':
      return `${subject} = true`;
    case 'no':
      return `${subject} = false`;
    case 'before-today':
      return `${subject} < today()`;
    case 'today':
      return `${subject} = today()`;
    case 'after-today':
      return `${subject} > today()`;
    case 'empty':
      return `${plain} = null`;
    case 'filled':
      return `${plain} != null`;
  }
}

function writePath(path: string): string {
  const [head = '', ...members] = path.split('.');
  return [writeName(head), ...members.map(writeMember)].join('.');
}

function writeValue(value: string, kind: ConditionKind): string {
  if (kind === 'number' || kind === 'money') return value;
  return kind === 'date' ? `@"${value}"` : writeText(value);
}
