import type { Code } from './code.ts';
import type { Compilation } from './compilation.ts';
import { compileTest } from './compile-test.ts';
import type { FeelRun, Place } from './feel-run.ts';
import { literalIndex } from './literal-index.ts';
import type { Node } from '../syntax/syntax-tree.ts';
import { isNumber, toSafeInteger } from '../values/decimal.ts';
import { type FeelValue, isList } from '../values/feel-value.ts';

export function compileFilter(
  on: Compilation,
  { target, condition, from, to }: Extract<Node, { kind: 'filter' }>,
): Code {
  const of = on.compile(target);
  const place = { from, to };
  const literal = literalIndex(condition);
  if (literal !== null) {
    return (slots, run) => elementAt(of(slots, run), literal, run, place);
  }
  const slot = on.scope.newSlot();
  const mark = on.scope.mark();
  on.scope.bind('item', slot);
  on.scope.enterFilter(slot);
  const { code, cost } = on.measured(() => filterCondition(on, condition, slot));
  on.scope.release(mark);
  return (slots, run) => {
    const source = of(slots, run);
    const list = isList(source) ? source : source === null ? [] : [source];
    const kept: FeelValue[] = [];
    for (const [index, item] of list.entries()) {
      run.spend(cost);
      slots[slot] = item;
      const outcome = code(slots, run);
      if (index === 0 && isNumber(outcome)) {
        return elementAt(source, toSafeInteger(outcome) ?? 0, run, place);
      }
      if (outcome === true) kept.push(item);
    }
    return source === null ? null : kept;
  };
}

function filterCondition(on: Compilation, condition: Node, slot: number): Code {
  return testsElement(condition) ? compileTest(on, condition, slot, false) : on.compile(condition);
}

/** `[> 5]` tests the element itself. */
export function testsElement(condition: Node): boolean {
  return (
    condition.kind === 'equals' || (condition.kind === 'range' && (condition.start === null || condition.end === null))
  );
}

/** `list[1]`, `list[-1]`; a single value is a list of one. */
function elementAt(source: FeelValue, index: number, run: FeelRun, place: Place): FeelValue {
  const list = isList(source) ? source : source === null ? [] : [source];
  const at = index > 0 ? index - 1 : list.length + index;
  const found = index === 0 ? undefined : list[at];
  if (found !== undefined) return found;
  return source === null ? null : run.warn(`Index ${index} is out of a list of ${list.length}`, place);
}
