import type { Code } from './code.ts';
import type { Compilation } from './compilation.ts';
import type { FeelRun } from './feel-run.ts';
import { iterationOf, stepAt, type Steps, stepsOf } from './iteration.ts';
import { literalIndex } from './literal-index.ts';
import { refuse } from '../syntax/syntax-problem.ts';
import type { Node, Source } from '../syntax/syntax-tree.ts';
import type { FeelValue } from '../values/feel-value.ts';

/** Iterations that a text may ask for in so many words. */
const LITERAL_STEPS = 100_000;
const CLOSED = { startIncluded: true, endIncluded: true };

export function compileFor(on: Compilation, { sources, body }: Extract<Node, { kind: 'for' }>): Code {
  const mark = on.scope.mark();
  const opened = openSources(on, sources);
  const partial = on.scope.newSlot();
  on.scope.bind('partial', partial);
  const { code, cost } = on.measured(() => on.compile(body));
  on.scope.release(mark);
  const seesPartial = on.scope.used.has(partial);
  return (slots, run) => {
    const results: FeelValue[] = [];
    const ended = eachOf(opened, 0, slots, run, () => {
      run.spend(cost);
      if (seesPartial) {
        // A copy: a list that holds itself would have no end.
        run.spend(results.length / 16);
        slots[partial] = results.slice();
      }
      results.push(code(slots, run));
      return false;
    });
    return ended === null ? null : results;
  };
}

export function compileQuantified(
  on: Compilation,
  { kind, sources, body }: Extract<Node, { kind: 'some' | 'every' }>,
): Code {
  const mark = on.scope.mark();
  const opened = openSources(on, sources);
  const { code, cost } = on.measured(() => on.compile(body));
  on.scope.release(mark);
  const decisive = kind === 'some';
  return (slots, run) => {
    let unknown = false;
    let decided = false;
    const ended = eachOf(opened, 0, slots, run, () => {
      run.spend(cost);
      const outcome = code(slots, run);
      if (outcome === null) unknown = true;
      else if (typeof outcome !== 'boolean') return true;
      decided = outcome === decisive;
      return decided;
    });
    if (ended === null) return null;
    if (ended && !decided) return run.warn('Expected a condition that is true or false', body);
    if (ended) return decisive;
    return unknown ? null : !decisive;
  };
}

interface OpenSource {
  readonly slot: number;
  /** What it goes through; null when it cannot be iterated. */
  readonly open: (slots: FeelValue[], run: FeelRun) => readonly FeelValue[] | Steps | null;
}

function openSources(on: Compilation, sources: readonly Source[]): readonly OpenSource[] {
  let product = 1;
  return sources.map(({ name, list, end: last }) => {
    const place = { from: list.from, to: list.to };
    product *= literalSpan(list, last);
    if (product > LITERAL_STEPS) {
      refuse(
        on.target.text,
        list.from,
        `The ranges make ${product} steps, more than ${LITERAL_STEPS}`,
        'Narrow the ranges.',
      );
    }
    let open;
    const code = on.compile(list);
    if (last !== null) {
      const end = on.compile(last);
      open = (slots: FeelValue[], run: FeelRun) => stepsOf(code(slots, run), end(slots, run), CLOSED, run, place);
    } else {
      open = (slots: FeelValue[], run: FeelRun) => iterationOf(code(slots, run), run, place);
    }
    const slot = on.scope.newSlot();
    on.scope.bind(name, slot);
    return { slot, open };
  });
}

function literalSpan(list: Node, end: Node | null): number {
  const [from, to] = list.kind === 'range' ? [list.start, list.end] : [list, end];
  if (from === null || to === null) return 1;
  const low = literalIndex(from);
  const high = literalIndex(to);
  return low === null || high === null ? 1 : Math.abs(high - low) + 1;
}

/** Calls `each` for every combination; true when it stopped one, null when a source cannot be iterated. */
function eachOf(
  sources: readonly OpenSource[],
  at: number,
  slots: FeelValue[],
  run: FeelRun,
  each: () => boolean,
): boolean | null {
  const source = sources[at];
  if (source === undefined) return each();
  const items = source.open(slots, run);
  if (items === null) return null;
  const steps = Array.isArray(items) ? null : (items as Steps);
  const count = steps === null ? (items as readonly FeelValue[]).length : steps.count;
  for (let index = 0; index < count; index += 1) {
    run.spend(1);
    slots[source.slot] = steps === null ? (items as readonly FeelValue[])[index]! : stepAt(steps, index);
    const stopped = eachOf(sources, at + 1, slots, run, each);
    if (stopped !== false) return stopped;
  }
  return false;
}
