/**
 * The traps that real engines fall into (`semantics.md` of the design), row by row, claim by claim, and what proves each of
 * ours: the names of scenarios, or `file › title of a test`. Instead of proofs a text says who owes them.
 */
export type Proofs = readonly string[] | string;

const REFUSED_EVENTS = 'engine/bpmn/refused-events.test.ts';
const ADVANCE = 'engine/advance.test.ts';
const LOOPS = 'engine/behaviors/loop.test.ts';
const DEPLOY = 'engine/simulation/deploy.test.ts';
const MESSAGES = 'engine/simulation/messages.test.ts';
const STARTS = 'engine/simulation/starts.test.ts';
const SERVER_MESSAGES = 'server/messages/messages.db.test.ts';
const SERVER_SIGNALS = 'server/signals/signals.db.test.ts';
const WORKER = 'server/worker/worker.db.test.ts';

export const TRAP_TABLE: Readonly<Record<string, Readonly<Record<string, Proofs>>>> = {
  'OR join': {
    'fires by the token-on-flow rule': [
      'inclusive-gateway',
      'inclusive-join-reaches-filled-flow',
      'engine/inclusive-join.property.test.ts › opens when the rule says so, and at no other moment',
    ],
    'takes one token per non-empty flow': ['inclusive-join-second-token'],
    'is looked at again when a token moves': ['inclusive-join-boundary-path', 'inclusive-join-behind-event-gateway'],
    'is looked at again when a token is canceled': [
      'inclusive-join-boundary-exit',
      'inclusive-join-interrupting-event-sub-process',
      'inclusive-join-terminate',
    ],
    'is looked at again around an incident': ['inclusive-join-incident', 'inclusive-join-behind-stranded-tokens'],
  },
  'OR join in a loop': {
    'paths through the gateway itself are ignored': ['inclusive-join-loop', 'inclusive-join-path-through-itself'],
    'two in one cycle do not wait on each other': ['inclusive-joins-in-one-cycle'],
    'a second token on the same flow stays for the next firing': ['inclusive-join-second-token'],
  },
  'AND join, same flow twice': {
    'counts flows, not arrivals': [
      'parallel-join-same-flow-twice',
      'engine/elements/gateways/parallel-gateway.test.ts › takes the oldest token of each flow and leaves the surplus for the next firing',
    ],
    'the surplus is reported and the scope does not complete': [
      'parallel-join-same-flow-twice',
      'parallel-join-starved',
    ],
  },
  'XOR merge after AND split': { 'one pass per token, nothing is canceled': ['exclusive-merge-after-parallel-split'] },
  'Two outgoing flows to the same target': { 'two tokens': ['two-flows-to-same-target'] },
  'No condition true, no default': {
    'an incident at the gateway, never a silent end': [
      'exclusive-no-condition-true',
      'inclusive-no-condition-true',
      'complex-gateway-no-condition-true',
      'activity-no-condition-true',
    ],
    'the condition on the default flow is ignored': [
      'exclusive-default-condition-ignored',
      'inclusive-default-condition-ignored',
    ],
  },
  'Implicit start/end': {
    'every node without incoming flow gets a token': ['implicit-start-and-end'],
    'ends when no token and no open handler remains': [
      'implicit-start-and-end',
      'event-sub-process-non-interrupting',
      'boundary-message-non-interrupting',
    ],
  },
  'Terminate end': {
    'ends its own scope only, the parent goes on': [
      'terminate-end-process',
      'terminate-end-sub-process',
      'terminate-end-called-process',
    ],
    'other iterations go on': ['terminate-end-multi-instance', 'terminate-end-multi-instance-sequential'],
  },
  'Interrupting event-SP in an MI subprocess': {
    'cancels its iteration only, which counts as completed when it ends': [
      'event-sub-process-in-iteration',
      'multi-instance-event-sub-process-parallel',
      'multi-instance-event-sub-process-sequential',
    ],
  },
  'Interrupting event-SP, process level': {
    'cancels all tokens, those at joins and running children too': ['event-sub-process-interrupting'],
    'closes sibling subscriptions': ['event-sub-process-interrupting', 'signal-event-sub-process'],
    'fires once': ['event-sub-process-fires-once', 'event-sub-process-interrupts'],
    'the instance ends when it ends': ['event-sub-process-interrupting'],
  },
  'Non-interrupting event-SP / boundary': {
    'may run many times, the scope stays open until each ends': [
      'event-sub-process-non-interrupting',
      'boundary-message-non-interrupting',
    ],
    'its data scope is the host scope (event-SP) or the parent of the host (boundary)': [
      'event-variables-by-place',
      'boundary-message-variables',
    ],
  },
  'Boundary on MI activity': {
    'interrupting: the whole body, one token': ['multi-instance-boundary', 'multi-instance-sequential-boundary'],
    'non-interrupting: one token per occurrence': ['multi-instance-boundary'],
  },
  'Boundary on call activity': {
    'interrupting cancels the child tree, three levels deep': ['call-activity-boundary', 'call-activity-three-levels'],
    'no output mapping': ['call-activity-boundary'],
    'child errors and escalations reach it only if uncaught in the child': [
      'call-activity-errors',
      'call-activity-caught-inside',
    ],
  },
  'Two interrupting boundaries, or completion vs boundary, at once': {
    'the first wins': ['boundary-two-at-once', 'boundary-completion-race'],
    'the loser is told that it is not active': [
      'boundary-completion-race',
      'server/runtime/runner.db.test.ts › finds the state that the one before it left: of two completions of one task, one wins',
    ],
    'no deadlock with nested cancels': ['boundary-nested-at-once'],
  },
  'Error matching': {
    'event-SP of the scope, then boundary, then outward': ['event-sub-process-error', 'error-end-event'],
    'exact code before catch-all': ['error-exact-before-catch-all', 'job-error'],
    'a handler never catches what its own body throws': ['error-not-caught-by-handler', 'event-sub-process-error'],
    'uncaught is an incident': ['error-uncaught', 'job-error-uncaught', 'call-activity-errors'],
  },
  Escalation: {
    'innermost match only; the thrower continues beside a non-interrupting handler': ['escalation-boundary'],
    'a handler never catches what its own body throws': ['escalation-event-sub-process'],
    'escalation end: that token ends; uncaught: continue': ['escalation-uncaught'],
    'crosses call activities': ['escalation-through-call', 'call-activity-three-levels'],
  },
  'Compensation order': {
    'strictly reverse completion, one after another, the throw waits': ['compensation-order', 'compensation-end-event'],
    'only completed activities; running ones untouched': ['compensation-order', 'compensation-nothing-completed'],
    'a completed sub-process recursively, with its data snapshot': ['compensation-sub-process'],
    'through call activities': ['compensation-call-activity', 'compensation-call-activity-handler'],
  },
  'Compensation × MI / loop': {
    'handler on the MI activity: once for the whole': ['compensation-multi-instance'],
    'handler inside the body: once per finished iteration': ['compensation-multi-instance-inside'],
    'loop: once per pass': ['compensation-loop'],
  },
  'Compensation throw completion': {
    'the throw that triggered finishes, not another': ['compensation-two-throws', 'compensation-not-awaited'],
    'a compensation event-SP consumes it': ['compensation-event-sub-process'],
  },
  'Cancel end in transaction': {
    'stop active, compensate completed, then the cancel boundary': ['transaction-cancel', 'transaction-cancel-inside'],
    'an error that leaves it undoes nothing': ['transaction-hazard'],
    'MI: one cancel cancels all': ['transaction-cancel-multi-instance'],
  },
  'Timer cycle on boundary': {
    'R3 is three fires, the first after one interval': ['boundary-timer-cycle'],
    'next due = previous due + interval': ['boundary-timer-cycle', 'boundary-timer-after-downtime'],
    'interrupting: one fire': ['boundary-timer-cycle-interrupting'],
    'stops when the host ends': ['boundary-timer-after-downtime', 'event-sub-process-timer'],
  },
  'Timer after downtime': {
    'once, then back on schedule': [
      'boundary-timer-after-downtime',
      'engine/time/parse-cycle.test.ts › returns to schedule after downtime, strictly later and with its number',
      `${STARTS} › starts missed while the machine was off are made up by one`,
      `${WORKER} › never fire early, fire once, and late after a downtime`,
    ],
    'a policy of its own for each timer (all, skip)': ['timer-misfire-policies', 'timer-misfire-catch'],
  },
  'Timer P1D vs PT24H; date without zone': {
    'calendar arithmetic in the zone; a gap gives the next valid instant': ['timer-summer-time'],
    'an overlap gives the first': ['timer-clocks-back'],
    'monthly on the 31st clamps': ['timer-month-end'],
    'a date without a zone is read in the zone': ['timer-catch-event', 'timer-summer-time'],
  },
  'New version with timer/message/signal start': {
    'old start subscriptions are replaced at once': [
      `${STARTS} › fires for a new version only, counted from its deployment`,
      `${STARTS} › a message start of an older version is replaced at once`,
      `${WORKER} › start processes on their schedule, once per due time, and only by the latest version`,
      `${SERVER_SIGNALS} › starts the latest version of every process that begins with it, once`,
    ],
    'running instances keep theirs': [
      `${SERVER_MESSAGES} › starts the newest version alone from its deployment on; an instance of the version before keeps its wait`,
      `${DEPLOY} › a process id deployed again is version 2: new instances get it, running ones keep theirs`,
    ],
  },
  'Signal broadcast': {
    'every subscription open at the throw, in all instances, and all starts': [
      'signal-broadcast',
      'signal-boundary-and-end',
      'signal-within-instance',
      `${SERVER_SIGNALS} › reaches every instance that waits at the throw, with its variables, and none that begins to wait later`,
    ],
    'not buffered, not consumed': [
      'signal-broadcast',
      'engine/simulation/signals.test.ts › do not reach who begins to wait after the throw, not even in the same step',
    ],
    'each delivery by itself': [
      'signal-next-instance',
      `${SERVER_SIGNALS} › is given to each receiver by itself: one that fails is tried again, the others have it and have it once`,
    ],
  },
  'Message before subscription': {
    'kept for its time to live': [
      `${MESSAGES} › are forgotten when their time to live is over`,
      `${SERVER_MESSAGES} › is kept for its time to live and taken in publish order`,
    ],
    'taken when the catch opens, in publish order': ['message-in-order', 'message-buffered-once'],
    'no time to live: an error to the sender': [
      `${MESSAGES} › with no time to live need somebody who waits now, else the sender hears of it`,
      `${SERVER_MESSAGES} › with no time to live and nobody waiting is dropped, and correlate says so`,
    ],
  },
  'Message to several waiters': {
    'exactly one receiver (the one that waited longest)': [
      'message-one-receiver',
      `${SERVER_MESSAGES} › reaches exactly one of several that wait, the one that waited longest`,
    ],
    'same message id twice = once': [
      `${MESSAGES} › with the same id count once, also when the first is delivered already`,
      `${SERVER_MESSAGES} › with an id counts once`,
    ],
    'two different messages to a non-interrupting catch = two': ['boundary-message-non-interrupting'],
  },
  'Message start + key': {
    'one active instance per process, message and key; the next one starts when it ends': [
      `${MESSAGES} › with a key start one instance at a time; the next starts when it has ended`,
      `${SERVER_MESSAGES} › has at most one active instance per key; the next one starts when it ends`,
    ],
    'enforced by the database': [`${SERVER_MESSAGES} › is claimed for one receiver of a process, by the primary key`],
  },
  'Correlation key changes later': {
    'evaluated when the subscription opens': ['message-catch-event'],
    'null is an incident': ['message-null-key'],
  },
  'Event-based gateway race': {
    'the first event wins, the others close with it': ['event-based-gateway'],
    'a losing message stays buffered': ['event-based-gateway'],
    'equal due times: earlier due, then model order': [
      'event-based-gateway-earlier-due',
      'event-based-gateway-same-time',
    ],
    'a receive task may follow it': ['event-based-gateway'],
  },
  'MI, empty collection': {
    'no iteration, outputs [], one token, parallel and sequential': [
      'multi-instance-empty',
      'multi-instance-sequential-empty',
    ],
    'null or not a list is an incident': ['multi-instance-not-a-list', 'multi-instance-sequential-not-a-list'],
  },
  'MI, collection mutated / results': {
    'snapshot at entry, outputs by index, iteration variables local': ['multi-instance', 'multi-instance-sequential'],
    'completion condition after each finish, the rest is canceled': [
      'multi-instance-completion-condition',
      'multi-instance-sequential-completion-condition',
    ],
  },
  'Loop marker': {
    'testBefore=false runs at least once': ['standard-loop-once', 'standard-loop-test-before'],
    'loopMaximum stops without error': ['standard-loop-maximum'],
    'loopCounter from 0': ['standard-loop'],
  },
  'Conditional event': {
    'checked on entry and after each change of a used variable': ['conditional-on-entry', 'conditional-catch'],
    'fires on false to true': ['conditional-boundary'],
    'never lost': [
      'conditional-never-lost',
      'server/runtime/events.e2e.test.ts › a condition, each time it turns true, and never in between',
    ],
  },
  Link: {
    'many throws, one catch': ['link', `${REFUSED_EVENTS} › two ends of one link`],
    'same scope only': [`${REFUSED_EVENTS} › a link into another scope`],
    'unmatched is refused': [
      `${REFUSED_EVENTS} › a link that leads nowhere`,
      `${REFUSED_EVENTS} › a link that nobody throws`,
    ],
  },
  'Non-interrupting boundary on a task that waits in retry/incident': {
    'timers and messages keep working': ['boundary-on-failed-job', 'boundary-on-stuck-task'],
  },
  'Call activity version': {
    'resolved at activation, by its binding': [
      'call-activity-missing',
      `${DEPLOY} › a call finds the latest version, the one deployed together, or the one with the tag`,
    ],
    'a missing target is an incident that can be retried': ['call-activity-missing'],
  },
  'Late job result': {
    'lease expired: rejected by its fencing number': [
      `${WORKER} › comes back when its lease ends; the late answer changes nothing, the new one counts`,
    ],
    'scope canceled: rejected': ['boundary-completion-race', 'job-error'],
  },
  'Suspended instance': {
    'no step until it is resumed': ['suspended-instance', 'suspended-tree', 'suspended-canceled'],
    'timers due later fire by the misfire policy, messages are kept, signals are missed: as when nobody was there': [
      'suspended-instance',
      'boundary-timer-after-downtime',
      'message-in-order',
      'signal-broadcast',
    ],
  },
  'Migration at a join / timer': {
    'waiting tokens map flow to flow or the plan is refused': ['migrate-instance'],
    'what runs goes to its own kind in its own scope, with its loop and with what can be undone': [
      'migrate-scopes',
      'migrate-undo',
    ],
    'a timer keeps its due date unless asked to recompute': ['migrate-instance'],
    'without a plan an instance keeps its version': [
      `${DEPLOY} › a process id deployed again is version 2: new instances get it, running ones keep theirs`,
    ],
  },
  'Endless straight-through loop': {
    'a step budget, then an incident, and on when it is mended': [
      `${ADVANCE} › stops an endless straight-through loop with an incident, and goes on when it is mended and tried again`,
      `${LOOPS} › a condition that always holds stops at an incident, and goes on where it stood when it is mended`,
      'engine/elements/gateways/inclusive-gateway.test.ts › hits the step limit where a loop leads through the join alone',
      'call-activity-calls-itself',
    ],
  },
};
