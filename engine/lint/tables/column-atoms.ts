import { describeInterval } from '../../expressions/analysis/describe-type.ts';
import {
  complement,
  EVERYTHING,
  intersect,
  isEmpty,
  point,
  unite,
  type Interval,
} from '../../expressions/analysis/interval.ts';
import { withoutNull, type OrderedKind, type StaticType } from '../../expressions/analysis/static-type.ts';
import { compareValues } from '../../expressions/values/equality.ts';
import type { FeelValue } from '../../expressions/values/feel-value.ts';
import { kindName } from '../../expressions/values/kind-name.ts';
import { FeelDate, MonthsDuration } from '../../expressions/values/temporal.ts';
import type { CellValues } from '../../expressions/analysis/cell-values.ts';

/** The values of a column, cut so that each cell of a table holds an atom whole or not at all. Null is not among them. */
export interface ColumnAtoms {
  readonly count: number;
  /** Nothing but the values named anywhere and one atom for all other texts. */
  readonly hasOthers: boolean;
  /** The atoms that a cell holds. */
  holds(cell: CellValues): ReadonlySet<number>;
  /** Neighbouring atoms in words. */
  describe(atoms: readonly number[]): string;
}

/** Undefined for a column whose values cannot be cut: lists, contexts, several kinds. */
export function columnAtoms(column: StaticType, cells: readonly CellValues[]): ColumnAtoms | undefined {
  const values = withoutNull(column);
  const [only] = values === 'any' ? [] : values;
  if (values === 'any' || values.length !== 1 || only === undefined) return undefined;
  if ('values' in only) return discrete(only.values, { others: false });
  if ('literals' in only) {
    const named = cells
      .flatMap((cell) => (cell.kind === 'some' ? cell.points : []))
      .filter((one) => typeof one === 'string');
    return only.literals === null
      ? discrete([...new Set(named)], { others: true })
      : discrete(only.literals, { others: false });
  }
  return 'within' in only ? ordered(only, cells) : undefined;
}

function discrete(values: readonly FeelValue[], { others }: { readonly others: boolean }): ColumnAtoms {
  const count = values.length + Number(others);
  return {
    count,
    hasOthers: others,
    holds: (cell) => {
      if (cell.kind !== 'some') return new Set(Array.from({ length: count }, (_, at) => at));
      const inside = (value: FeelValue | undefined): boolean => value !== undefined && cell.points.includes(value);
      return new Set(Array.from({ length: count }, (_, at) => at).filter((at) => inside(values[at]) !== cell.negated));
    },
    describe: (atoms) => atoms.map((at) => (at < values.length ? JSON.stringify(values[at]) : '…')).join(', '),
  };
}

function ordered({ kind, within }: OrderedColumn, cells: readonly CellValues[]): ColumnAtoms {
  const domain = within ?? EVERYTHING;
  const all = [...domain, ...cells.flatMap((cell) => intervalsOf(cell, kind))];
  const bounds = all
    .flatMap(({ from, to }) => [from, to])
    .flatMap((bound) => (bound === null ? [] : [bound.value]))
    .sort((a, b) => compareValues(a, b) ?? 0)
    .filter((value, at, sorted) => at === 0 || compareValues(sorted[at - 1]!, value) !== 0);
  const cut = bounds.flatMap((value, at): Interval[] => [
    { from: at === 0 ? null : excluding(bounds[at - 1]!), to: excluding(value) },
    point(value),
  ]);
  const last = bounds.at(-1);
  cut.push({ from: last === undefined ? null : excluding(last), to: null });
  const atoms = cut.filter(
    (atom) => !isEmpty(atom) && !isBetweenNeighbours(atom) && intersect([atom], domain).length > 0,
  );
  return {
    count: atoms.length,
    hasOthers: false,
    holds: (cell) => {
      const positive = intervalsOf(cell, kind);
      const inside = cell.kind !== 'some' ? domain : cell.negated ? complement(positive) : positive;
      return new Set(atoms.flatMap((atom, at) => (intersect([atom], inside).length > 0 ? [at] : [])));
    },
    describe: (chosen) =>
      unite(chosen.map((at) => atoms[at]!))
        .map(describeInterval)
        .join(', '),
  };
}

type OrderedColumn = { readonly kind: OrderedKind; readonly within: readonly Interval[] | null };

/** Those of the column's kind: what is of another kind matches nothing in it. */
function intervalsOf(cell: CellValues, kind: OrderedKind): readonly Interval[] {
  if (cell.kind !== 'some') return [];
  return [...cell.points.map(point), ...cell.intervals].filter(({ from, to }) =>
    [from, to].every((bound) => bound === null || kindName(bound.value) === kind),
  );
}

function excluding(value: FeelValue) {
  return { value, included: false };
}

/** Between two days, or two months, lies nothing. */
function isBetweenNeighbours({ from, to }: Interval): boolean {
  if (from === null || to === null || from.included || to.included) return false;
  const [a, b] = [from.value, to.value];
  if (a instanceof FeelDate && b instanceof FeelDate) return b.days - a.days <= 1;
  return a instanceof MonthsDuration && b instanceof MonthsDuration && b.months - a.months <= 1;
}
