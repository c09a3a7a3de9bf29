import type { TableBoxes } from './table-subject.ts';

export type Region = readonly ReadonlySet<number>[];

/** Combinations looked at before a table counts as too wide; what is not looked at is not called a gap. */
const BUDGET = 20_000;
const SHOWN = 5;

/** Regions that no rule covers, up to a handful: columns left to right, atoms that the same rules cover taken together. */
export function findGaps({ atoms, boxes }: TableBoxes): readonly Region[] {
  const gaps: Region[] = [];
  let left = BUDGET;
  const search = (column: number, rules: readonly number[], region: Region): void => {
    left -= 1;
    if (left < 0 || gaps.length >= SHOWN) return;
    if (rules.length === 0) {
      gaps.push([...region, ...atoms.slice(column).map(({ count }) => everyAtom(count))]);
      return;
    }
    const next = atoms[column];
    if (next === undefined) return;
    for (const { covering, atoms: together } of alike(next.count, rules, (rule, atom) =>
      boxes[rule]!.cells[column]!.has(atom),
    )) {
      search(column + 1, covering, [...region, together]);
    }
  };
  search(
    0,
    boxes.map((_, rule) => rule),
    [],
  );
  return left < 0 ? [] : gaps;
}

function everyAtom(count: number): ReadonlySet<number> {
  return new Set(Array.from({ length: count }, (_, at) => at));
}

function alike(count: number, rules: readonly number[], covers: (rule: number, atom: number) => boolean) {
  const groups = new Map<string, { readonly covering: readonly number[]; readonly atoms: Set<number> }>();
  for (let atom = 0; atom < count; atom += 1) {
    const covering = rules.filter((rule) => covers(rule, atom));
    const key = covering.join(',');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { covering, atoms: new Set([atom]) });
    else group.atoms.add(atom);
  }
  return groups.values();
}
