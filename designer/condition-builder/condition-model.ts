/** What a field holds, as far as conditions go. A date is ISO text, money whole kopecks, as forms write them. */
export type ConditionKind = 'text' | 'number' | 'money' | 'date' | 'choice' | 'boolean' | 'list';

export interface ConditionField {
  /** As FEEL names it; a dot leads into a context: `claim.amount`. */
  readonly name: string;
  readonly label: string;
  readonly kind: ConditionKind;
  /** Of `choice` and `list`: the values that it can hold. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** A heading over those that stand together; without one they stand first. */
  readonly group?: string;
  /** Where it comes from, under its label. */
  readonly hint?: string;
}

export type ConditionOperator =
  | 'equals'
  | 'not-equals'
  | 'less'
  | 'at-most'
  | 'greater'
  | 'at-least'
  | 'between'
  | 'one-of'
  | 'none-of'
  | 'contains'
  | 'not-contains'
  | 'starts-with'
  | 'yes'
  | 'no'
  | 'before-today'
  | 'today'
  | 'after-today'
  | 'empty'
  | 'filled';

/** One line: field, operator, and as many values as the operator takes. Numbers are decimal text, as they are written. */
export interface ConditionRow {
  readonly field: string;
  readonly operator: ConditionOperator;
  readonly values: readonly string[];
}

export interface ConditionModel {
  readonly join: 'all' | 'any';
  readonly rows: readonly ConditionRow[];
}

/** How many values an operator takes. */
export function arityOf(operator: ConditionOperator): 0 | 1 | 2 | 'many' {
  switch (operator) {
    case 'yes':
    case 'no':
    case 'before-today':
    case 'today':
    case 'after-today':
    case 'empty':
    case 'filled':
      return 0;
    case 'between':
      return 2;
    case 'one-of':
    case 'none-of':
      return 'many';
    case 'equals':
    case 'not-equals':
    case 'less':
    case 'at-most':
    case 'greater':
    case 'at-least':
    case 'contains':
    case 'not-contains':
    case 'starts-with':
      return 1;
  }
}

const ORDERED = ['equals', 'not-equals', 'less', 'at-most', 'greater', 'at-least', 'between'] as const;

/** The operators of a kind, the commonest first: it is taken for a new line. */
export const OPERATORS: Readonly<Record<ConditionKind, readonly ConditionOperator[]>> = {
  text: ['equals', 'not-equals', 'contains', 'not-contains', 'starts-with', 'filled', 'empty'],
  number: [...ORDERED, 'filled', 'empty'],
  money: [...ORDERED, 'filled', 'empty'],
  date: [...ORDERED, 'before-today', 'today', 'after-today', 'filled', 'empty'],
  choice: ['equals', 'not-equals', 'one-of', 'none-of', 'filled', 'empty'],
  boolean: ['yes', 'no', 'filled', 'empty'],
  list: ['contains', 'not-contains', 'filled', 'empty'],
};

const NUMBER = /^-?\d+(?:\.\d+)?$/;
const KOPECKS = /^-?\d+$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Nothing is missing, so the line can be written as FEEL. */
export function isComplete({ operator, values }: ConditionRow, { kind }: ConditionField): boolean {
  const arity = arityOf(operator);
  if (!OPERATORS[kind].includes(operator)) return false;
  if (arity === 'many' ? values.length === 0 : values.length !== arity) return false;
  return values.every((value) => {
    if (kind === 'money') return KOPECKS.test(value);
    if (kind === 'number') return NUMBER.test(value);
    return kind === 'date' ? DATE.test(value) && !Number.isNaN(Date.parse(value)) : value !== '' || kind === 'text';
  });
}
