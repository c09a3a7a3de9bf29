import type { Key } from '../key.ts';
import { find, instanceOf, JSON_TAIL, pattern, QUOTED, tell, variables } from './trace-context.ts';
import type { Pattern, TraceContext } from './trace-context.ts';

/** What an operator does by hand. */
export const OPERATIONS: readonly Pattern[] = [
  {
    usage: 'suspend "process" | resume "process"   (what has become due fires when the clock goes on)',
    regexp: pattern(`(suspend|resume) ${QUOTED}`),
    run: (context, [verb = '', id = '']) =>
      tell(context, instanceOf(context, id), {
        kind: verb === 'suspend' ? 'suspendInstance' : 'resumeInstance',
        byParent: false,
      }),
  },
  {
    usage:
      'modify "process": activate "A" in "scope" {variables of A}, terminate "B", move "C" to "D"   (any of the three)',
    regexp: pattern(
      `modify ${QUOTED}:(?: activate ${QUOTED}(?: in ${QUOTED})?${JSON_TAIL},?)?(?: terminate ${QUOTED},?)?(?: move ${QUOTED} to ${QUOTED})?`,
    ),
    run: (context, [id = '', start, scope, json, end, from, to]) =>
      tell(context, instanceOf(context, id), {
        kind: 'modifyInstance',
        activate: start === undefined ? [] : [activation(context, { start, scope, json })],
        terminate: end === undefined ? [] : [elementKey(context, end)],
        move: from === undefined || to === undefined ? [] : [{ sourceElementId: from, targetElementId: to }],
      }),
  },
  {
    usage:
      'migrate "process" to "process" {"element": "element", …} recomputing timers   (what is not named goes by its id)',
    regexp: pattern(`migrate ${QUOTED} to ${QUOTED}${JSON_TAIL}( recomputing timers)?`),
    run: (context, [id = '', processId = '', json, recompute]) => {
      const owner = instanceOf(context, id);
      const mapping = Object.entries(variables(json)).map(([sourceElementId, target]) => ({
        sourceElementId,
        targetElementId: typeof target === 'string' ? target : '',
      }));
      const plan = { processId, mapping, recomputeTimers: recompute !== undefined };
      return tell(context, owner, context.simulation.migration(owner, plan));
    },
  },
];

function activation(
  context: TraceContext,
  {
    start,
    scope,
    json,
  }: { readonly start: string; readonly scope: string | undefined; readonly json: string | undefined },
) {
  return {
    elementId: start,
    ...(scope === undefined ? {} : { ancestorKey: elementKey(context, scope) }),
    variables: json === undefined ? [] : [{ scopeId: start, variables: variables(json) }],
  };
}

/** `B#2` is the second instance of B. */
function elementKey(context: TraceContext, name: string): Key {
  const [id, nth = '1'] = name.split('#');
  return find(
    context,
    `an element "${name}"`,
    ({ elements }) => [...elements.values()].filter((element) => element.elementId === id)[Number(nth) - 1],
  ).row;
}
