import { cellValues, narrowed, type CellValues } from '../../expressions/analysis/cell-values.ts';
import { fromFeelType } from '../../expressions/analysis/from-feel-type.ts';
import { inferType } from '../../expressions/analysis/infer-type.ts';
import { meet } from '../../expressions/analysis/meet.ts';
import type { StaticType } from '../../expressions/analysis/static-type.ts';
import type { VariableTypes } from '../../expressions/analysis/type-env.ts';
import { variablesOf } from '../../expressions/expression.ts';
import type { DecisionModel, DecisionTable, InputClause } from '../../decisions/decision-model.ts';
import { requiredTypes } from '../feel/decision-type.ts';
import { columnAtoms, type ColumnAtoms } from './column-atoms.ts';

/** A table with what its columns may hold. */
export interface TableSubject {
  readonly decision: DecisionModel;
  readonly table: DecisionTable;
  readonly variables: VariableTypes;
  readonly columns: readonly StaticType[];
  /** As `tableBoxes`, cut once for all rules that ask. */
  boxes(): TableBoxes | undefined;
}

export function tableSubject(decision: DecisionModel, table: DecisionTable): TableSubject {
  const variables = requiredTypes(decision);
  const columns = table.inputs.map((input) => columnType(input, variables));
  let cut: { readonly boxes: TableBoxes | undefined } | undefined;
  const boxes = (): TableBoxes | undefined => (cut ??= { boxes: tableBoxes({ table, columns }) }).boxes;
  return { decision, table, variables, columns, boxes };
}

/** By the declared type, the expression and the allowed values together. */
function columnType({ expression, type, allowedValues }: InputClause, variables: VariableTypes): StaticType {
  const declared = fromFeelType(type);
  const inferred = inferType(expression, variables).type;
  const both = meet(declared, inferred);
  // Text that a typed column reads as a date, say: the declared type counts.
  const known = declared === 'any' || (both !== 'any' && both.some(({ kind }) => kind !== 'null')) ? both : declared;
  return allowedValues === null ? known : narrowed(known, allowedValues.text);
}

/** What is needed to compare rules: the cells of each as sets of atoms. */
export interface TableBoxes {
  readonly atoms: readonly ColumnAtoms[];
  readonly boxes: readonly RuleBox[];
}

export interface RuleBox {
  readonly cells: readonly ReadonlySet<number>[];
  /** Every cell is known exactly; otherwise unknown ones stand for all values. */
  readonly exact: boolean;
  /** Columns of which its cell is not exactly known, or lets everything through, null too. */
  readonly open: readonly number[];
}

/** Each rule is compared with each atom and each rule: 3,000 rules took 4 s, in which a server answers nobody. */
const RULE_LIMIT = 1_000;

/**
 * Undefined where columns cannot be cut, or ask about the same variable: then a combination of values may not exist; and for
 * tables of too many rules.
 */
export function tableBoxes({ table, columns }: Pick<TableSubject, 'table' | 'columns'>): TableBoxes | undefined {
  if (table.rules.length > RULE_LIMIT || !areIndependent(table)) return undefined;
  const values: readonly (readonly CellValues[])[] = columns.map((_, column) =>
    table.rules.map(({ inputEntries }) => cellValues(inputEntries[column]!)),
  );
  const atoms = columns.map((type, column) => columnAtoms(type, values[column]!));
  if (atoms.length === 0 || atoms.some((one) => one === undefined || one.count === 0)) return undefined;
  const known = atoms as readonly ColumnAtoms[];
  const boxes = table.rules.map((_, rule) => ({
    cells: known.map((column, at) => column.holds(values[at]![rule]!)),
    exact: values.every((cells) => cells[rule]!.kind !== 'unknown'),
    open: values.flatMap((cells, column) => (admitsNull(cells[rule]!) ? [column] : [])),
  }));
  return { atoms: known, boxes };
}

function admitsNull(cell: CellValues): boolean {
  return cell.kind !== 'some' || cell.negated || cell.admitsNull;
}

const PATH = /^[\p{L}\p{N}_. ]+$/u;

function areIndependent({ inputs }: DecisionTable): boolean {
  const texts = inputs.map(({ expression }) => expression.text.trim());
  if (texts.every((text) => PATH.test(text))) return new Set(texts).size === texts.length;
  const names = inputs.flatMap(({ expression }) => variablesOf(expression));
  return new Set(names).size === names.length;
}

/** «сумма (10..20), регион "north"»: the values of some atoms per column; columns where everything goes are left out. */
export function describeRegion(
  { table }: TableSubject,
  { atoms }: TableBoxes,
  region: readonly ReadonlySet<number>[],
): string {
  const parts = region.flatMap((cell, column) =>
    cell.size === atoms[column]!.count
      ? []
      : [`${table.inputs[column]!.label} ${atoms[column]!.describe([...cell].sort((a, b) => a - b))}`],
  );
  return parts.join('; ');
}
