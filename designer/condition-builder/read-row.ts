import type { FeelNode } from '#engine';
import type { ConditionField, ConditionOperator, ConditionRow } from './condition-model.ts';

/** A part of a condition that speaks of a field; `as` is the line that it is for a field of that kind, or null. */
export interface FoundRow {
  readonly field: string;
  readonly as: (field: ConditionField) => ConditionRow | null;
}

type Value =
  | { readonly kind: 'text' | 'number' | 'date'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' | 'today' };

const OPERATORS = {
  '=': 'equals',
  '!=': 'not-equals',
  '<': 'less',
  '<=': 'at-most',
  '>': 'greater',
  '>=': 'at-least',
} as const;
const MIRRORED = { '=': '=', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;
const TODAY: Partial<Record<ConditionOperator, ConditionOperator>> = {
  less: 'before-today',
  equals: 'today',
  greater: 'after-today',
};

/** One part of a condition, as `write-condition.ts` writes it or as a person might; null for everything else. */
export function readRow(node: FeelNode, text: string): FoundRow | null {
  switch (node.kind) {
    case 'comparison':
      return (
        readComparison(OPERATORS[node.op], { subject: node.left, value: node.right, text }) ??
        readComparison(OPERATORS[MIRRORED[node.op]], { subject: node.right, value: node.left, text })
      );
    case 'between':
      return rowWith('between', node.value, [node.low, node.high], text);
    case 'in': {
      const [only] = node.tests;
      const values = node.tests.length === 1 && only?.kind === 'list' ? only.items : node.tests;
      return rowWith('one-of', node.value, values, text);
    }
    case 'call':
      return readCall(node, text);
    case 'name':
    case 'path':
      return readFlag(node, 'yes');
    default:
      return null;
  }
}

function readComparison(
  operator: ConditionOperator,
  { subject, value, text }: { readonly subject: FeelNode; readonly value: FeelNode; readonly text: string },
): FoundRow | null {
  const known = valueOf(value, text);
  const path = pathOf(subject);
  if (known?.kind === 'null' && path !== null) {
    const asked = operator === 'equals' ? 'empty' : operator === 'not-equals' ? 'filled' : null;
    return { field: path, as: () => (asked === null ? null : { field: path, operator: asked, values: [] }) };
  }
  if (known?.kind === 'boolean' && path !== null) {
    const isYes = known.value === (operator === 'equals');
    const isEquality = operator === 'equals' || operator === 'not-equals';
    // `x != true` is true of nothing as well, which `no` is not.
    const asked = !isEquality || operator === 'not-equals' ? null : isYes ? 'yes' : 'no';
    return { field: path, as: () => (asked === null ? null : { field: path, operator: asked, values: [] }) };
  }
  if (known?.kind === 'today') {
    const date = datePathOf(subject) ?? path;
    const asked = TODAY[operator];
    if (date === null || asked === undefined) return null;
    return { field: date, as: ({ kind }) => (kind === 'date' ? { field: date, operator: asked, values: [] } : null) };
  }
  return rowWith(operator, subject, [value], text);
}

/** A line with values; each must be of the kind of the field. */
function rowWith(
  operator: ConditionOperator,
  subject: FeelNode,
  values: readonly FeelNode[],
  text: string,
): FoundRow | null {
  const date = datePathOf(subject);
  const field = date ?? pathOf(subject);
  const known = values.map((value) => valueOf(value, text));
  if (field === null) return null;
  return {
    field,
    as: ({ kind }) => {
      const needed = kind === 'money' || kind === 'number' ? 'number' : kind === 'date' ? 'date' : 'text';
      if ((kind === 'date') !== (date !== null)) return null;
      const texts = known.flatMap((value) => (value?.kind === needed ? [value.text] : []));
      return texts.length === known.length ? { field, operator, values: texts } : null;
    },
  };
}

function readCall({ callee, args }: Extract<FeelNode, { kind: 'call' }>, text: string): FoundRow | null {
  if (callee.kind !== 'name' || args.some(({ name }) => name !== null)) return null;
  const [first, second] = args.map(({ value }) => value);
  if (first === undefined) return null;
  if (callee.name === 'not' && args.length === 1) return readNegation(first, text);
  if (second === undefined || args.length > 2) return null;
  if (callee.name === 'starts with') return ofKinds(['text'], rowWith('starts-with', first, [second], text));
  if (callee.name === 'contains') return ofKinds(['text'], rowWith('contains', first, [second], text));
  return callee.name === 'list contains' ? ofKinds(['list'], rowWith('contains', first, [second], text)) : null;
}

function readNegation(inner: FeelNode, text: string): FoundRow | null {
  if (inner.kind === 'name' || inner.kind === 'path') return readFlag(inner, 'no');
  if (inner.kind !== 'call' && inner.kind !== 'in') return null;
  const found = readRow(inner, text);
  if (found === null) return null;
  return {
    field: found.field,
    as: (field) => {
      const row = found.as(field);
      if (row?.operator === 'contains') return { ...row, operator: 'not-contains' };
      return row?.operator === 'one-of' ? { ...row, operator: 'none-of' } : null;
    },
  };
}

/** The field alone, as a yes or no. */
function readFlag(node: FeelNode, operator: 'yes' | 'no'): FoundRow | null {
  const field = pathOf(node);
  if (field === null) return null;
  return { field, as: ({ kind }) => (kind === 'boolean' ? { field, operator, values: [] } : null) };
}

function ofKinds(kinds: readonly ConditionField['kind'][], found: FoundRow | null): FoundRow | null {
  return found && { ...found, as: (field) => (kinds.includes(field.kind) ? found.as(field) : null) };
}

function pathOf(node: FeelNode): string | null {
  if (node.kind === 'name') return node.name;
  const target = node.kind === 'path' ? pathOf(node.target) : null;
  return target === null || node.kind !== 'path' ? null : `${target}.${node.name}`;
}

/** The path in `date(path)`. */
function datePathOf(node: FeelNode): string | null {
  if (node.kind !== 'call' || node.callee.kind !== 'name' || node.callee.name !== 'date') return null;
  return node.args.length === 1 && node.args[0]!.name === null ? pathOf(node.args[0]!.value) : null;
}

function valueOf(node: FeelNode, text: string): Value | null {
  const written = text.slice(node.from, node.to).trim();
  if (node.kind === 'negation') {
    const inner = valueOf(node.operand, text);
    return inner?.kind === 'number' && !inner.text.startsWith('-') ? { kind: 'number', text: `-${inner.text}` } : null;
  }
  if (node.kind === 'call') return readDateCall(node, written);
  if (node.kind !== 'literal') return null;
  const { value } = node;
  if (value === null) return written === 'null' ? { kind: 'null' } : null;
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (written.startsWith('@')) return dateOf(written.slice(1));
  // As it is written: 1.50 stays 1.50, and 34 digits stay 34 digits.
  return { kind: 'number', text: written };
}

function readDateCall({ callee, args }: Extract<FeelNode, { kind: 'call' }>, written: string): Value | null {
  if (callee.kind !== 'name') return null;
  if (callee.name === 'today' && args.length === 0) return { kind: 'today' };
  const [only] = args;
  if (callee.name !== 'date' || args.length !== 1 || only!.value.kind !== 'literal') return null;
  return dateOf(/"[^"]*"/.exec(written)?.[0] ?? '');
}

function dateOf(quoted: string): Value | null {
  const date = quoted.slice(1, -1);
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? { kind: 'date', text: date } : null;
}
