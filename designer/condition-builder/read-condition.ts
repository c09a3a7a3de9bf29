import { compileFeel, ExpressionSyntaxError, treeOf, type FeelNode } from '#engine';
import { isComplete, type ConditionField, type ConditionModel, type ConditionRow } from './condition-model.ts';
import { readRow } from './read-row.ts';

/**
 * Why an expression is shown as FEEL and not as lines: it cannot be read, `and` and `or` stand in it together, or a part of it is no
 * line: then `excerpt` is that part.
 */
export interface NotLines {
  readonly reason: 'syntax' | 'mixed' | 'unknown-field' | 'other-form';
  readonly excerpt: string;
}

export type ConditionReading =
  { readonly ok: true; readonly model: ConditionModel } | { readonly ok: false; readonly why: NotLines };

/** Reads FEEL back as lines, by its tree: blanks, brackets and comments make no difference. '' is a condition without lines. */
export function readCondition(text: string, fields: readonly ConditionField[]): ConditionReading {
  if (text.trim() === '') return { ok: true, model: { join: 'all', rows: [] } };
  let tree: FeelNode | null;
  try {
    tree = treeOf(compileFeel(text));
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    return { ok: false, why: { reason: 'syntax', excerpt: '' } };
  }
  if (tree === null) return { ok: false, why: { reason: 'syntax', excerpt: '' } };
  const kind = tree.kind === 'or' ? 'or' : 'and';
  const parts = chainOf(tree, kind);
  const rows: ConditionRow[] = [];
  for (const part of parts) {
    if (part.kind === 'and' || part.kind === 'or') return { ok: false, why: { reason: 'mixed', excerpt: '' } };
    const found = readRow(part, text);
    const field = found === null ? undefined : fields.find(({ name }) => name === found.field);
    const excerpt = text.slice(part.from, part.to).trim();
    if (found !== null && field === undefined)
      return { ok: false, why: { reason: 'unknown-field', excerpt: found.field } };
    const row = field === undefined ? null : (found?.as(field) ?? null);
    if (row === null || !isComplete(row, field!)) return { ok: false, why: { reason: 'other-form', excerpt } };
    rows.push(row);
  }
  return { ok: true, model: { join: kind === 'or' ? 'any' : 'all', rows } };
}

/** `a and b and c` as its parts. */
function chainOf(node: FeelNode, kind: 'and' | 'or'): readonly FeelNode[] {
  const parts: FeelNode[] = [];
  let left = node;
  while (left.kind === kind) {
    parts.unshift(...chainOf(left.right, kind));
    left = left.left;
  }
  return [left, ...parts];
}
