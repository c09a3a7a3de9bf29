import { treeOf } from '../expressions/compile.ts';
import { compileFeel, variablesOf, type Expression } from '../expressions/expression.ts';
import type { Node } from '../expressions/syntax/syntax-tree.ts';

/** What a name in a rule stands for. */
export type RuleSource =
  | { readonly kind: 'field'; readonly name: string }
  /** All filled values of a column, in the order of the rows. */
  | { readonly kind: 'column'; readonly table: string; readonly key: string }
  /** A value in the rule's own row. */
  | { readonly kind: 'cell'; readonly key: string }
  | { readonly kind: 'row' }
  | { readonly kind: 'parent' }
  /** A process variable behind the form. */
  | { readonly kind: 'context'; readonly name: string };

export interface RuleInput {
  readonly name: string;
  readonly source: RuleSource;
}

/** The names a rule may meet: fields, the keys of each table's columns and, in a column's rule, the table it stands in. */
export interface RuleNames {
  readonly fields: ReadonlySet<string>;
  readonly tables: ReadonlyMap<string, readonly string[]>;
  readonly row?: string;
}

export interface ResolvedNames {
  readonly code: Expression;
  readonly inputs: readonly RuleInput[];
  readonly reads: readonly string[];
}

/** A letter that no field name may hold, so that a name made here cannot be anybody's. */
const MARK = 'Σ';
const NO_KEYS: readonly string[] = [];

/**
 * Says what each name of a rule stands for. `works.sum`, `row.qty` and `parent.kind` are replaced by one name each, so that the rule
 * depends on that column, cell or field alone and is run again only when it changed. It also gives `works.sum` its meaning in a form:
 * the filled values of the column. As FEEL has it, one empty cell would make `sum(works.sum)` null while a row is being filled.
 */
export function resolveNames(expression: Expression, names: RuleNames): ResolvedNames {
  const sources = new Map<string, RuleSource>();
  const code = names.tables.size > 0 ? replacePaths(expression, names, sources) : expression;
  const inputs = variablesOf(code).map((name): RuleInput => ({
    name,
    source: sources.get(name) ?? plain(name, names),
  }));
  return { code, inputs, reads: [...new Set(inputs.flatMap(({ source }) => readsOf(source, names)))] };
}

/** A plain name falls to the row, then to the form, then to the process variables. */
function plain(name: string, { fields, tables, row }: RuleNames): RuleSource {
  if (row !== undefined) {
    if (name === 'row' || name === 'parent') return { kind: name };
    if (tables.get(row)?.includes(name)) return { kind: 'cell', key: name };
  }
  return fields.has(name) ? { kind: 'field', name } : { kind: 'context', name };
}

function readsOf(source: RuleSource, { fields, tables, row = '' }: RuleNames): readonly string[] {
  const columns = (table: string): readonly string[] => (tables.get(table) ?? NO_KEYS).map((key) => `${table}.${key}`);
  const whole = (name: string): readonly string[] => [name, ...columns(name)];
  switch (source.kind) {
    case 'field':
      return whole(source.name);
    case 'column':
      return [source.table, `${source.table}.${source.key}`];
    case 'cell':
      return [`${row}.${source.key}`];
    case 'row':
      return columns(row);
    case 'parent':
      return [...fields].flatMap(whole);
    case 'context':
      return [];
  }
}

interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

function replacePaths(expression: Expression, names: RuleNames, sources: Map<string, RuleSource>): Expression {
  const replacements: Replacement[] = [];
  const tree = treeOf(expression);
  const walk = (node: Node, bound: ReadonlySet<string>): void => {
    const source = node.kind === 'path' ? pathSource(node, names, bound) : undefined;
    // Brackets belong to no node, so a path is replaced only where it is written plainly.
    const text = expression.text.slice(node.from, node.to);
    if (source === undefined || !/^[\p{L}\p{N}_]+(?:\s*\.\s*[\p{L}\p{N}_]+)+\s*$/u.test(text)) {
      for (const [child, more] of childrenOf(node))
        walk(child, more.length === 0 ? bound : new Set([...bound, ...more]));
      return;
    }
    const name = nameOf(source);
    sources.set(name, source);
    replacements.push({ from: node.from, to: node.from + text.trimEnd().length, name });
  };
  if (tree !== null) walk(tree, new Set());
  if (replacements.length === 0) return expression;
  const text = replacements
    .sort((left, right) => right.from - left.from)
    .reduce((rest, { from, to, name }) => rest.slice(0, from) + name + rest.slice(to), expression.text);
  return compileFeel(text);
}

function nameOf(source: RuleSource): string {
  switch (source.kind) {
    case 'column':
      return `${MARK}${source.table}${MARK}${source.key}`;
    case 'cell':
      return `${MARK}row${MARK}${source.key}`;
    case 'field':
      return `${MARK}parent${MARK}${source.name}`;
    default:
      throw new Error(`Expected a path to a column, cell or field, found ${source.kind}`);
  }
}

/** `works.sum`, `parent.works.sum`, `row.qty`, `parent.kind`; undefined for any other path. */
function pathSource(
  { target, name }: Extract<Node, { kind: 'path' }>,
  names: RuleNames,
  bound: ReadonlySet<string>,
): RuleSource | undefined {
  const { tables, fields, row } = names;
  const table = tableAt(target, names, bound);
  if (table !== undefined && tables.get(table)?.includes(name)) return { kind: 'column', table, key: name };
  if (row === undefined || target.kind !== 'name' || bound.has(target.name)) return undefined;
  if (target.name === 'row' && tables.get(row)?.includes(name)) return { kind: 'cell', key: name };
  return target.name === 'parent' && fields.has(name) ? { kind: 'field', name } : undefined;
}

function tableAt(node: Node, { tables, row }: RuleNames, bound: ReadonlySet<string>): string | undefined {
  if (node.kind === 'name') {
    const hidden = bound.has(node.name) || (row !== undefined && tables.get(row)?.includes(node.name));
    return tables.has(node.name) && !hidden ? node.name : undefined;
  }
  const fromParent =
    row !== undefined && node.kind === 'path' && node.target.kind === 'name' && node.target.name === 'parent';
  return fromParent && !bound.has('parent') && tables.has(node.name) ? node.name : undefined;
}

type Child = readonly [node: Node, bound: readonly string[]];

/** The nodes below, each with the names that are bound there. */
function childrenOf(node: Node): readonly Child[] {
  const free = (...nodes: readonly (Node | null)[]): readonly Child[] =>
    nodes.flatMap((child): readonly Child[] => (child === null ? [] : [[child, []]]));
  switch (node.kind) {
    case 'literal':
    case 'name':
      return [];
    case 'path':
      return free(node.target);
    case 'filter':
      return [
        [node.target, []],
        [node.condition, ['item']],
      ];
    case 'call':
      return free(node.callee, ...node.args.map(({ value }) => value));
    case 'arithmetic':
    case 'comparison':
    case 'and':
    case 'or':
      return free(node.left, node.right);
    case 'negation':
    case 'equals':
      return free(node.operand);
    case 'between':
      return free(node.value, node.low, node.high);
    case 'in':
      return free(node.value, ...node.tests);
    case 'instanceOf':
      return free(node.value);
    case 'if':
      return free(node.condition, node.then, node.otherwise);
    case 'for':
    case 'some':
    case 'every': {
      const bound = node.sources.map(({ name }) => name);
      const sources = node.sources.flatMap(({ list, end }, index): readonly Child[] =>
        [list, end].flatMap((child): readonly Child[] => (child === null ? [] : [[child, bound.slice(0, index)]])),
      );
      return [...sources, [node.body, [...bound, 'partial']]];
    }
    case 'function':
      return [[node.body, node.parameters.map(({ name }) => name)]];
    case 'list':
      return free(...node.items);
    case 'context':
      return node.entries.map(({ value }, index): Child => [value, node.entries.slice(0, index).map(({ key }) => key)]);
    case 'range':
      return free(node.start, node.end);
  }
}
