import assert from 'node:assert/strict';
import { PLACES, type EventPlace } from '../bpmn/compile-event.ts';
import { ELEMENT_TYPES } from '../elements/index.ts';
import { isActivity, type FlowNode, type ProcessModel } from '../model/process-model.ts';
import { runTrace } from '../testing/run-trace.ts';
import { readScenario, scenarioNames } from './scenario-files.ts';

/** Where a drawing tells an interrupting event from one that is not. */
const TWO_WAYS: ReadonlySet<EventPlace> = new Set(['eventSubProcessStart', 'boundaryEvent']);
/** They always end what they are drawn on, or end nothing at all (BPMN 2.0.2 tables 10.88, 10.90). */
const ONE_WAY: ReadonlySet<string> = new Set(['error', 'compensate', 'cancel']);
const CATCHES: ReadonlySet<EventPlace> = new Set([...TWO_WAYS, 'startEvent', 'intermediateCatchEvent']);

/** Nothing executes without a scenario in which it does: every element, and every event in every place. */
describe('scenarios activate', function () {
  this.timeout(60_000);
  let seen: ReadonlySet<string>;
  before(async () => {
    seen = new Set((await Promise.all(scenarioNames().map(whatRuns))).flat());
  });

  for (const words of [...ELEMENT_TYPES, ...(Object.keys(PLACES) as EventPlace[]).flatMap(eventsOf)]) {
    it(words, () => assert.ok(seen.has(words), `Expected a scenario in engine/test/scenarios that activates ${words}`));
  }
});

function eventsOf(place: EventPlace): readonly string[] {
  const kinds: readonly string[] = PLACES[place];
  const several = kinds.length < 2 || place === 'loopEvent' ? [] : ['multiple'];
  const together = CATCHES.has(place) ? ['parallel multiple'] : [];
  return [...kinds, ...several, ...together].flatMap((kind) => {
    const words = `${kind} ${place}`;
    return TWO_WAYS.has(place) && !ONE_WAY.has(kind) ? [words, `${words}, non-interrupting`] : [words];
  });
}

/** Plays a scenario and says what was activated in it, in the words of the tests above. */
async function whatRuns(name: string): Promise<readonly string[]> {
  const { text, options } = await readScenario(name);
  const words = new Set<string>();
  runTrace(text, options, (records, instance) => {
    const model = options.processes?.find(({ processId }) => processId === instance.header.processId);
    for (const { event } of records) {
      if (event.kind === 'compensationStarted' && isUndone(model?.nodes.get(event.elementId)))
        words.add('compensate boundaryEvent');
      const node = event.kind === 'elementActivated' ? model?.nodes.get(event.element.elementId) : undefined;
      if (node === undefined || model === undefined) continue;
      for (const word of [node.type, ...loopEventsOf(node), ...eventOf(node, model)]) words.add(word);
    }
  });
  return [...words];
}

/** A compensation border is drawn only: no token passes it, its handler is reached by what it hangs on (§10.7.1). */
function isUndone(node: FlowNode | undefined): boolean {
  return node !== undefined && 'compensationHandlerId' in node && node.compensationHandlerId !== undefined;
}

function loopEventsOf(node: FlowNode): readonly string[] {
  const events = isActivity(node) ? (node.multiInstance?.events ?? []) : [];
  return events.flatMap(({ definitions }) => definitions.map(({ kind }) => `${kind} loopEvent`));
}

function eventOf(node: FlowNode, model: ProcessModel): readonly string[] {
  if (!('event' in node)) return [];
  const { event } = node;
  const kind = event.kind === 'multiple' && event.parallel ? 'parallel multiple' : event.kind;
  const gently = 'interrupting' in node && !node.interrupting && !ONE_WAY.has(kind);
  return [`${kind} ${placeOf(node, model)}${gently ? ', non-interrupting' : ''}`];
}

function placeOf(node: FlowNode, model: ProcessModel): string {
  if (node.type !== 'startEvent' || node.scopeId === model.processId) return node.type;
  return model.nodes.get(node.scopeId)?.type === 'eventSubProcess' ? 'eventSubProcessStart' : 'subProcessStart';
}
