import { treeOf } from '../expressions/compile.ts';
import { compileFeel, variablesOf, type Expression } from '../expressions/expression.ts';

/**
 * Which rows of a register may be chosen, in FEEL: a bare name is a field of the register's row, `form.x` a field of the form.
 * In a cell of a table `parent.x` and `row.x` read well for the form and the line; a cell of the line stands before a field called alike.
 */
export interface LookupFilter {
  readonly text: string;
  readonly expression: Expression;
  /** Fields of the register that it names. */
  readonly registerFields: readonly string[];
  /** Fields of the form (or of the line) that it names: only these have to be known to evaluate it. */
  readonly formFields: readonly string[];
}

/** Names that mean the form; a register may not have fields called so. */
export const FORM_SCOPES: readonly string[] = ['form', 'parent', 'row'];

/** Throws ExpressionSyntaxError. */
export function compileLookupFilter(text: string): LookupFilter {
  const expression = compileFeel(text);
  return Object.freeze({
    text,
    expression,
    registerFields: variablesOf(expression).filter((name) => !FORM_SCOPES.includes(name)),
    formFields: [...new Set(membersOfForm(treeOf(expression)))],
  });
}

/** `form.region` anywhere in the tree, also inside calls and lists: every node is an object of nodes. */
function membersOfForm(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { kind, target, name } = node as {
    kind?: unknown;
    target?: { kind?: unknown; name?: unknown };
    name?: unknown;
  };
  if (kind === 'path' && target?.kind === 'name' && FORM_SCOPES.includes(String(target.name))) return [String(name)];
  return Object.values(node).flatMap(membersOfForm);
}
