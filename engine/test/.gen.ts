import { mkdirSync, writeFileSync, existsSync } from 'node:fs';
import { buildBpmn, type ProcessSpec } from '../testing/build-bpmn.ts';

const ext = (...inner: string[]) => `<bpmn:extensionElements>${inner.join('')}</bpmn:extensionElements>`;
const job = (type: string, retries = '') => `<zeebe:taskDefinition type="${type}"${retries === '' ? '' : ` retries="${retries}"`}/>`;
const io = (ins: Record<string, string>, outs: Record<string, string> = {}) =>
  `<zeebe:ioMapping>${Object.entries(ins).map(([t, s]) => `<zeebe:input source="${s}" target="${t}"/>`).join('')}${Object.entries(outs).map(([t, s]) => `<zeebe:output source="${s}" target="${t}"/>`).join('')}</zeebe:ioMapping>`;
const loop = (attrs: string, condition = '') =>
  `<bpmn:multiInstanceLoopCharacteristics>${ext(`<zeebe:loopCharacteristics ${attrs}/>`)}${condition === '' ? '' : `<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">${condition}</bpmn:completionCondition>`}</bpmn:multiInstanceLoopCharacteristics>`;
const timer = (kind: string, value: string) => `<bpmn:timerEventDefinition><bpmn:${kind} xsi:type="bpmn:tFormalExpression">${value}</bpmn:${kind}></bpmn:timerEventDefinition>`;
const message = (ref: string) => `<bpmn:messageEventDefinition messageRef="${ref}"/>`;
const error = (ref?: string) => ref === undefined ? '<bpmn:errorEventDefinition/>' : `<bpmn:errorEventDefinition errorRef="${ref}"/>`;
const terminate = '<bpmn:terminateEventDefinition/>';
const msgRoot = (id: string, name: string, key?: string) => key === undefined ? `<bpmn:message id="${id}" name="${name}"/>` : `<bpmn:message id="${id}" name="${name}">${ext(`<zeebe:subscription correlationKey="${key}"/>`)}</bpmn:message>`;
const errRoot = (id: string, code: string) => `<bpmn:error id="${id}" name="${code}" errorCode="${code}"/>`;
const user = (...more: string[]) => ({ type: 'userTask', inner: ext('<zeebe:userTask/>', ...more) });
const service = (type: string, ...more: string[]) => ({ type: 'serviceTask', inner: ext(job(type), ...more) });
const script = (name: string, text: string, ...more: string[]) => ({ type: 'scriptTask', inner: ext(`<zeebe:script expression="${text}" resultVariable="${name}"/>`, ...more) });
const boundary = (host: string, inner: string, interrupting = true) => ({ type: 'boundaryEvent', attributes: `attachedToRef="${host}"${interrupting ? '' : ' cancelActivity="false"'}`, inner });
const call = (id: string, attrs = '', more = '', rest = '') => ({ type: 'callActivity', inner: ext(`<zeebe:calledElement processId="${id}" ${attrs}/>`, more) + rest });
const end = 'endEvent', start = 'startEvent';
const sub = (elements: any, flows: string[], inner = '') => ({ type: 'subProcess', inner, scope: { elements, flows } });

function own(p: ProcessSpec): ProcessSpec {
  const ids = new Set<string>();
  const gather = (scope: any): void => { for (const [id, e] of Object.entries<any>(scope.elements)) { ids.add(id); if (e.scope) gather(e.scope); } };
  gather(p);
  const re = new RegExp(`\\b(${[...ids].join('|')})\\b`, 'g');
  const rename = (t: string) => t.replace(re, `${p.id}$1`);
  const map = (scope: any): any => ({ elements: Object.fromEntries(Object.entries<any>(scope.elements).map(([id, e]) => {
    const spec = typeof e === 'string' ? { type: e } : e;
    return [rename(id), { ...spec, ...(/Task$/.test(spec.type) ? { name: spec.name ?? id } : {}), ...(spec.attributes?.includes('attachedToRef') ? { attributes: rename(spec.attributes) } : {}), ...(spec.scope ? { scope: map(spec.scope) } : {}) }];
  })), flows: scope.flows.map(rename) });
  return { ...p, ...map(p) };
}
function pretty(xml: string): string {
  const parts = xml.replace(/></g, '>\n<').split('\n');
  let depth = 0;
  const out: string[] = [];
  for (const part of parts) {
    if (/^<\//.test(part)) depth -= 1;
    out.push('  '.repeat(Math.max(0, depth)) + part);
    if (/^<[^?/!].*[^/]>$/s.test(part) && !/<\/[^>]+>$/.test(part)) depth += 1;
  }
  return out.join('\n').replace(/(<bpmn:sequenceFlow [^>]*[^/])>\n\s*<\/bpmn:sequenceFlow>/g, '$1/>') + '\n';
}

const S: Record<string, { p: ProcessSpec[]; t: string }> = {};
const add = (name: string, p: ProcessSpec | ProcessSpec[], t: string) => { S[name] = { p: Array.isArray(p) ? p : [p], t }; };

// ---------- tasks
add('user-task', {
  id: 'approval',
  elements: { Start: start, Approve: { ...user('<zeebe:assignmentDefinition assignee="=boss" candidateGroups="heads, deputies" candidateUsers="=[&quot;ann&quot;, &quot;bob&quot;]"/>', '<zeebe:taskSchedule dueDate="2026-11-10T18:00" followUpDate="=now() + duration(&quot;PT1H&quot;)"/>', '<zeebe:priorityDefinition priority="=weight"/>', '<zeebe:formDefinition formId="approval-form"/>'), name: 'Approve the request' }, Done: end },
  flows: ['Start -> Approve -> Done'],
}, `# A user task waits for a person: assignee, candidates, dates, priority and form are evaluated when it is created.
start process "approval" {"boss": "kate", "weight": 70}

assign user task "Approve the request" to "ann"

complete user task "Approve" {"approved": true}

# The same person presses the button twice.
again
`);
add('user-task-bad-values', {
  id: 'bad', elements: { Start: start, Ask: user('<zeebe:priorityDefinition priority="=weight"/>', '<zeebe:formDefinition formId="=form"/>'), Done: end }, flows: ['Start -> Ask -> Done'],
}, `# A priority out of range and a form that is not deployed stop the task; each is mended and tried again.
start process "bad" {"weight": 500, "form": "nowhere"}

set variables of "bad" {"weight": 100}

resolve incident "Ask"

cancel "bad"
`);
add('user-task-deadline', {
  id: 'desk', elements: { Start: start, Ask: { ...user('<zeebe:assignmentDefinition candidateGroups="clerks"/>', '<reglament:deadline duration="PT4H" calendar="ru-office" warnBefore="PT1H" escalateTo="heads"/>'), name: 'Answer' }, Done: end }, flows: ['Start -> Ask -> Done'],
}, `# Working time over a weekend: four working hours from Friday 16:00 end on Monday, the warning one working hour before.
# now 2026-11-20T16:00
start process "desk"

# Nothing happens on the weekend.
advance to 2026-11-23T08:59

advance to 2026-11-23T11:59

advance to 2026-11-23T13:00

complete user task "Answer" {}
`);
add('service-task', {
  id: 'work', elements: { Start: start, Work: { type: 'serviceTask', inner: ext(job('=kind', '=tries'), '<zeebe:taskHeaders><zeebe:header key="url" value="/x"/></zeebe:taskHeaders>') }, After: user(), Done: end }, flows: ['Start -> Work -> After -> Done'],
}, `# A job worker does the work; type and tries are evaluated. A result that comes late is rejected and changes nothing.
start process "work" {"kind": "http", "tries": 2}

fail job "http" retries 1 "timeout"

complete job "http" {"status": 200}

again
`);
add('job-retries', {
  id: 'work', elements: { Start: start, Work: service('http'), Done: end }, flows: ['Start -> Work -> Done'],
}, `# No retries left: an incident that keeps the job. Resolving it gives one more try.
start process "work"

fail job "http" retries 0 "boom"

# The worker reports once more: the newer incident replaces the older.
fail job "http" retries 0 "boom again"

resolve incident "Work"

fail job "http" retries 0 "still"

set retries of job "http" to 5

set retries of job "http" to 0

resolve incident "Work"

complete job "http" {}
`);
add('job-error', {
  id: 'work', roots: errRoot('E1', 'STOCK') + errRoot('E2', 'PRICE'),
  elements: { Start: start, Work: service('http'), OnStock: boundary('Work', error('E1')), OnAny: boundary('Work', error()), Stock: user(), Any: user(), Done: end },
  flows: ['Start -> Work -> Done', 'OnAny -> Any', 'OnStock -> Stock'],
}, `# A modelled error of a job ends the task and starts the boundary event with the variables it brought; the exact code goes before the catch-all.
start process "work"

throw error "STOCK" from job "http" {"missing": 3}

complete job "http" {}
`.replace('\ncomplete job "http" {}\n', `
# The job is gone: the late error is rejected.
again

start process "work"

throw error "OTHER" from job "http" {"missing": 3}
`));
add('job-error-uncaught', {
  id: 'work', roots: errRoot('E1', 'STOCK'),
  elements: { Start: start, Work: service('http'), OnStock: boundary('Work', error('E1')), Done: end, Out: end }, flows: ['Start -> Work -> Done', 'OnStock -> Out'],
}, `# Nobody catches this code: an incident at the task, never a silent end. Resolved, the job is tried again.
start process "work"

throw error "PRICE" from job "http"

resolve incident "Work"

throw error "STOCK" from job "http"
`);
add('script-task', {
  id: 'sums', elements: { Start: start, Sum: script('total', '=sum(prices)'), Ask: user(), Done: end }, flows: ['Start -> Sum -> Ask -> Done'],
}, `# A FEEL script; its result goes into the process.
start process "sums" {"prices": [1.5, 2]}
`);
add('script-task-failing', {
  id: 'sums', elements: { Start: start, Sum: script('total', '=sum(working time after(from, &quot;PT1H&quot;, &quot;nowhere&quot;))'), Done: end }, flows: ['Start -> Sum -> Done'],
}, `# A script that fails stops at its task.
start process "sums" {"from": "2026-11-03T09:00"}
`);
add('business-rule-task', {
  id: 'rating', elements: { Start: start, Rate: { type: 'businessRuleTask', inner: ext('<zeebe:calledDecision decisionId="=table" resultVariable="rate"/>') }, Done: end }, flows: ['Start -> Rate -> Done'],
}, `# A decision: which rules matched is recorded. A missing decision is an incident.
start process "rating" {"table": "discount", "amount": 150}

start process "rating" {"table": "nowhere", "amount": 150}

set variables of "rating" {"table": "discount", "amount": 5}

resolve incident "Rate"
`);
add('send-and-receive', [
  { id: 'buyer', roots: msgRoot('Order', 'order', '=number') + msgRoot('Paid', 'paid', '=number'),
    elements: { Start: start, Send: { type: 'sendTask', attributes: 'messageRef="Order"', inner: ext(io({ number: '=number', what: '=goods' })) }, Wait: { type: 'receiveTask', attributes: 'messageRef="Paid"', inner: ext(io({}, { receipt: '=receipt' })) }, Done: end }, flows: ['Start -> Send -> Wait -> Done'] },
  { id: 'seller', elements: { Ordered: { type: start, inner: message('Order') }, Bill: user(), Throw: { type: 'intermediateThrowEvent', inner: message('Paid') }, Done: end }, flows: ['Ordered -> Bill -> Throw -> Done'] },
], `# Two processes of one file talk by messages: a send task starts the seller, a throw event wakes the buyer's receive task.
start process "buyer" {"number": 17, "goods": "saw", "secret": 1}

complete user task "Bill" {"receipt": "R-1"}

show variable "secret" of "seller"
`);
add('send-task-by-job', {
  id: 'mail', elements: { Start: start, Send: { type: 'sendTask', inner: ext(job('mail')) }, Throw: { type: 'intermediateThrowEvent', inner: ext(job('note')) + '<bpmn:messageEventDefinition/>' }, Done: { type: end, inner: ext(job('bye')) + '<bpmn:messageEventDefinition/>' } }, flows: ['Start -> Send -> Throw -> Done'],
}, `# A send task, a message throw event and a message end event done by job workers (Camunda 8).
start process "mail"

complete job "mail" {"sent": 1}

complete job "note"

complete job "bye"
`);
add('message-end-event', [
  { id: 'first', roots: msgRoot('Go', 'go'), elements: { Start: start, Done: { type: end, inner: message('Go') } }, flows: ['Start -> Done'] },
  { id: 'second', elements: { Gone: { type: start, inner: message('Go') }, Done: end }, flows: ['Gone -> Done'] },
], `# A message end event of one process starts the other with its variables.
start process "first" {"x": 1}
`);
add('pass-through-tasks', {
  id: 'pass', elements: { Start: start, Undefined: { type: 'task', inner: ext(io({ local: '=1' }, { out: '=local + 1' })) }, Manual: 'manualTask', Mark: 'intermediateThrowEvent', Done: end }, flows: ['Start -> Undefined -> Manual -> Mark -> Done'],
}, `# Undefined and manual tasks and a none throw event are passed at once; mappings of the undefined task are applied.
start process "pass"
`);
// ---------- mappings
add('mappings', {
  id: 'map', elements: { Start: start, Work: service('http', io({ 'order.id': '=id', 'order.total': '=sum(prices)', note: '=order.total + 1' }, { 'result.total': '=answer.total', 'result.kept.deep': '=1', id: '=null' })), Ask: user(), Done: end }, flows: ['Start -> Work -> Ask -> Done'],
}, `# Nested targets build contexts, later mappings see earlier ones; outputs change one part of what is there and nothing else leaves.
start process "map" {"id": "A1", "prices": [2, 3], "result": {"other": true, "kept": {"a": 1}}}

complete job "http" {"answer": {"total": 9}, "noise": 1}

show variable "result" of "map"

show variable "order" of "map"
`);
add('mapping-error', {
  id: 'map', elements: { Start: start, Work: service('=kind', io({ x: '=x + 1', due: '=working time after(now(), &quot;PT1H&quot;, calendar)' })), Done: { type: end, inner: ext(io({}, { late: '=working time after(now(), &quot;PT1H&quot;, other)' })) } }, flows: ['Start -> Work -> Done'],
}, `# A failing input mapping is an incident before anything is written.
start process "map" {"x": 1, "calendar": "nowhere", "other": "nowhere"}

set variables of "map" {"calendar": "ru-office"}

# Now the mappings are done and the job type is missing: the next try maps the same values again, x stays 2.
resolve incident "Work"

set variables of "map" {"kind": "http"}

resolve incident "Work"

# A failing output mapping keeps the finished element until it is mended.
complete job "http"

set variables of "map" {"other": "ru-office"}

resolve incident "Done"
`);
add('set-variables', {
  id: 'vars', elements: { Start: start, Scope: { ...sub({ In: start, Ask: user(io({ own: '=1' })), Next: user(), Out: end }, ['In -> Ask -> Next -> Out'], ext(io({ middle: '=1' }))) }, Done: end }, flows: ['Start -> Scope -> Done'],
}, `# Local: into exactly this scope. Propagated: into the nearest scope that has the variable, else into the root.
start process "vars" {"outer": 1}

set local variables of "Ask" {"fresh": 1, "outer": "hidden"}

propagate variables from "Ask" {"own": 2, "middle": 2, "new": 2}

complete user task "Ask" {"outer": 3, "middle": 3, "newer": 3}

show variable "outer" of "vars"

show variable "middle" of "vars"

show variable "newer" of "vars"
`);
// ---------- gateways
add('exclusive-gateway', {
  id: 'route', elements: { Start: start, Which: 'exclusiveGateway', A: user(), B: user(), C: user(), DoneA: end, DoneB: end, DoneC: end }, flows: ['Start -> Which', 'Which -> A [=n > 10]', 'Which -> B [=n > 5]', 'Which -> C default', 'A -> DoneA', 'B -> DoneB', 'C -> DoneC'],
}, `# The first true condition in file order wins, else the default flow.
start process "route" {"n": 20}

start process "route" {"n": 6}

start process "route" {"n": 1}

# A missing variable is null, and a comparison with null is not true.
start process "route"
`);
add('exclusive-default-condition-ignored', {
  id: 'route', elements: { Start: start, Which: 'exclusiveGateway', A: end, B: end }, flows: ['Start -> Which', 'Which -> A [=n = 1]', 'Which -> B [=n = 1]'],
}, `# The condition on the default flow is ignored: it does not hold, and the flow is taken because no other is.
start process "route" {"n": 3}

# Nor does it win by holding: both hold, A comes first in the file, and B is taken.
start process "route" {"n": 1}
`);
add('exclusive-no-condition-true', {
  id: 'route', elements: { Start: start, Which: { type: 'exclusiveGateway', name: 'Which way?' }, A: end, B: end }, flows: ['Start -> Which', 'Which -> A [=n = 1]', 'Which -> B [=n = 2]'],
}, `# No condition true and no default: an incident at the gateway, never a silent end.
start process "route" {"n": 3}

# Tried again without a change it is still stuck.
resolve incident "Which"

set variables of "route" {"n": 2}

resolve incident "Which"
`);
add('exclusive-merge-after-parallel-split', {
  id: 'merge', elements: { Start: start, Fork: 'parallelGateway', A: 'task', B: 'task', Merge: 'exclusiveGateway', After: user(), Done: end }, flows: ['Start -> Fork', 'Fork -> A -> Merge', 'Fork -> B -> Merge', 'Merge -> After -> Done'],
}, `# One pass per token: two tokens, two runs; nothing is cancelled.
start process "merge"

complete user task "After"

complete user task "After"
`);
add('parallel-gateway', {
  id: 'both', elements: { Start: start, Fork: 'parallelGateway', A: user(), B: user(), Join: 'parallelGateway', Done: end }, flows: ['Start -> Fork', 'Fork -> A -> Join', 'Fork -> B -> Join', 'Join -> Done'],
}, `# The join waits for a token on every incoming flow.
start process "both"

complete user task "B" {"b": 1}

complete user task "A" {"a": 1}
`);
add('parallel-join-same-flow-twice', {
  id: 'surplus', elements: { Start: start, Fork: 'parallelGateway', A: 'task', A2: 'task', Merge: 'exclusiveGateway', B: user(), Join: 'parallelGateway', Done: end }, flows: ['Start -> Fork', 'Fork -> A -> Merge', 'Fork -> A2 -> Merge', 'Merge -> Join', 'Fork -> B -> Join', 'Join -> Done'],
}, `# The join counts flows, not arrivals: the surplus token remains and is reported, the instance does not end.
start process "surplus"

complete user task "B"

# Looking again does not help; only an operator can end it.
resolve incident "Join"

cancel "surplus"
`);
add('parallel-join-starved', {
  id: 'starved', elements: { Start: start, Scope: sub({ In: start, Which: 'exclusiveGateway', A: user(), B: user(), Join: 'parallelGateway', Out: end }, ['In -> Which', 'Which -> A [=way = 1]', 'Which -> B default', 'A -> Join', 'B -> Join', 'Join -> Out']), Late: boundary('Scope', timer('timeDuration', 'PT1H')), Done: end, Rescue: end }, flows: ['Start -> Scope -> Done', 'Late -> Rescue'],
}, `# An exclusive split into a parallel join: nothing can arrive on the other flow any more. The boundary event still works.
start process "starved" {"way": 1}

complete user task "A"

advance PT1H
`);
add('two-flows-to-same-target', {
  id: 'twice', elements: { Start: start, Fork: 'task', Ask: user(), Done: end }, flows: ['Start -> Fork', 'Ask -> Done'],
}, `# Two outgoing flows to the same target: two tokens.
start process "twice"

complete user task "Ask"

complete user task "Ask"
`);
add('implicit-start-and-end', {
  id: 'implicit', elements: { A: user(), B: user(), C: user() }, flows: ['B -> C'],
}, `# No start event: every node without an incoming flow gets a token; the instance ends when no token remains.
start process "implicit"

complete user task "A"

complete user task "B"

complete user task "C"
`);
// ---------- events
add('timer-catch-event', {
  id: 'waits', elements: { Start: start, Pause: { type: 'intermediateCatchEvent', inner: timer('timeDuration', '=pause') }, Until: { type: 'intermediateCatchEvent', inner: timer('timeDate', '2026-11-05T10:00') }, Done: end }, flows: ['Start -> Pause -> Until -> Done'],
}, `# A duration counts from now; a date without a zone is read in the zone of the installation. Text that is no duration is an incident.
start process "waits" {"pause": "soon"}

set variables of "waits" {"pause": "P1D"}

resolve incident "Pause"

advance to 2026-11-04T08:59

advance to 2026-11-04T09:00

advance P2D
`);
add('timer-date-passed', {
  id: 'late', elements: { Start: start, Until: { type: 'intermediateCatchEvent', inner: timer('timeDate', '2020-01-01T00:00') }, Done: end }, flows: ['Start -> Until -> Done'],
}, `# A date in the past is due at once.
start process "late"

advance PT1S
`);
add('message-catch-event', {
  id: 'waits', roots: msgRoot('Paid', '=topic', '=order.number'), elements: { Start: start, Wait: { type: 'intermediateCatchEvent', inner: message('Paid') }, Ask: user(), Done: end }, flows: ['Start -> Wait -> Ask -> Done'],
}, `# Name and key are evaluated when the subscription opens; the key may be a number.
start process "waits" {"topic": "paid", "order": {"number": 17}}

# A change of the variable later does not matter.
set variables of "waits" {"order": {"number": 18}}

publish message "paid" key "18" {"sum": 1}

publish message "paid" key "17" {"sum": 2}

show variable "sum" of "waits"

# The other message still waits in the buffer and is taken when a catch event opens for it.
start process "waits" {"topic": "paid", "order": {"number": 18}}
`);
add('message-null-key', {
  id: 'waits', roots: msgRoot('Paid', 'paid', '=number'), elements: { Start: start, Wait: { type: 'intermediateCatchEvent', inner: message('Paid') }, Done: end }, flows: ['Start -> Wait -> Done'],
}, `# A null key cannot correlate: an incident.
start process "waits"

set variables of "waits" {"number": "A"}

resolve incident "Wait"

publish message "paid" key "A"
`);
add('message-buffered-once', {
  id: 'waits', roots: msgRoot('Paid', 'paid', '=number'), elements: { Start: start, First: { type: 'intermediateCatchEvent', inner: message('Paid') }, Second: { type: 'intermediateCatchEvent', inner: message('Paid') }, Done: end }, flows: ['Start -> First -> Second -> Done'],
}, `# A message that was there first reaches exactly one catch event, also when the next one waits for the same name and key.
publish message "paid" key "A" {"n": 1}

start process "waits" {"number": "A"}

publish message "paid" key "A" {"n": 2}
`);
add('boundary-timer-interrupting', {
  id: 'limit', elements: { Start: start, Ask: user(io({ local: '=1' })), Late: boundary('Ask', timer('timeDuration', '=patience')), Head: user(), Done: end, Done2: end }, flows: ['Start -> Ask -> Done', 'Late -> Head -> Done2'],
}, `# The timer fires: the task is canceled and the path of the boundary event goes on. Who completes the task after that is told no.
start process "limit" {"patience": "PT2H"}

complete user task "Ask" {"winner": "person"}

start process "limit" {"patience": "PT2H"}

# The person presses the button when the time is up: the loser of the race is rejected.
assign user task "Ask" to "ann"

advance PT2H

again

complete user task "Head"
`);
add('boundary-completion-race', {
  id: 'limit', roots: msgRoot('Stop', 'stop', '=k'), elements: { Start: start, Work: service('http'), Stopped: boundary('Work', message('Stop')), Late: boundary('Work', timer('timeDuration', 'PT1H')), Why: user(), Done: end, Done2: end, Done3: end }, flows: ['Start -> Work -> Done', 'Stopped -> Why -> Done2', 'Late -> Done3'],
}, `# Two interrupting boundary events and a completion at once: the first wins, the others find nothing.
start process "limit" {"k": "1"}

fail job "http" retries 1 "x"

publish message "stop" key "1" {"why": "changed my mind"}

# The worker comes too late.
again

advance PT2H

show variable "why" of "limit"
`);
add('boundary-timer-cycle', {
  id: 'remind', elements: { Start: start, Ask: user(), Remind: boundary('Ask', timer('timeCycle', 'R3/PT1H'), false), Note: { type: 'task' }, Done: end, Noted: end }, flows: ['Start -> Ask -> Done', 'Remind -> Note -> Noted'],
}, `# R3 = three fires, the first after one interval, each counted from the plan and not from the fire: no drift.
start process "remind"

advance PT1H30M

advance PT3H

# No fourth.
advance P1D

complete user task "Ask"
`);
add('boundary-timer-after-downtime', {
  id: 'remind', elements: { Start: start, Ask: user(), Remind: boundary('Ask', timer('timeCycle', 'R/PT1H'), false), Noted: end, Done: end }, flows: ['Start -> Ask -> Done', 'Remind -> Noted'],
}, `# The machine was off for three and a half intervals: one fire makes up for them, then back on schedule.
start process "remind"

sleep to 2026-11-03T12:30

advance to 2026-11-03T12:31

advance to 2026-11-03T13:00

# The timer stops when its host ends.
complete user task "Ask"

advance P1D
`);
add('boundary-message-non-interrupting', {
  id: 'ask', roots: msgRoot('Question', 'question', '=k'), elements: { Start: start, Work: user(), Asked: boundary('Work', message('Question'), false), Answer: user(), Answered: end, Done: end }, flows: ['Start -> Work -> Done', 'Asked -> Answer -> Answered'],
}, `# Two messages, two runs beside the task; its scope stays open until each has ended.
start process "ask" {"k": "1"}

publish message "question" key "1" {"q": "one"}

publish message "question" key "1" {"q": "two"}

complete user task "Work"

complete user task "Answer"

complete user task "Answer"
`);
add('boundary-on-stuck-task', {
  id: 'stuck', roots: msgRoot('Stop', 'stop', '=k'), elements: { Start: start, Work: service('=kind'), Note: boundary('Work', timer('timeDuration', 'PT1H'), false), Stopped: boundary('Work', message('Stop')), Noted: end, Out: end, Done: end }, flows: ['Start -> Work -> Done', 'Note -> Noted', 'Stopped -> Out'],
}, `# Boundary events of a task that waits in an incident keep working, and a retry does not open them twice.
start process "stuck" {"k": "1"}

advance PT1H

resolve incident "Work"

publish message "stop" key "1"
`);
add('boundary-message-variables', {
  id: 'ask', roots: msgRoot('Stop', 'stop', '=k') + msgRoot('Note', 'note', '=k'), elements: { Start: start, Work: user(), Stopped: boundary('Work', message('Stop')), Noted: { ...boundary('Work', message('Note'), false), inner: ext(io({}, { heard: '=text' })) + message('Note') }, A: end, B: end, Done: end }, flows: ['Start -> Work -> Done', 'Stopped -> A', 'Noted -> B'],
}, `# What a message brings to a boundary event goes into the process; with output mappings only what they name.
start process "ask" {"k": "1"}

publish message "note" key "1" {"text": "hello", "noise": 1}

publish message "stop" key "1" {"reason": "enough"}
`);
add('terminate-end-process', {
  id: 'stop', elements: { Start: start, Fork: 'parallelGateway', A: user(), B: service('http'), Scope: sub({ In: start, Ask: user(), Out: end }, ['In -> Ask -> Out']), Kill: { type: end, inner: terminate }, EndB: end, EndS: end }, flows: ['Start -> Fork', 'Fork -> A -> Kill', 'Fork -> B -> EndB', 'Fork -> Scope -> EndS'],
}, `# Terminate ends everything in its scope, here the process; the instance has completed.
start process "stop"

complete user task "A"
`);
add('terminate-end-sub-process', {
  id: 'stop', elements: { Start: start, Scope: sub({ In: start, Fork: 'parallelGateway', A: 'task', C: 'task', D: 'task', B: user(), Kill: { type: end, inner: terminate }, EndB: end }, ['In -> Fork', 'Fork -> A -> Kill', 'Fork -> C -> D -> B -> EndB'], ext(io({}, { at: '=working time after(now(), &quot;PT1H&quot;, calendar)' }))), After: user(), Done: end }, flows: ['Start -> Scope -> After -> Done'],
}, `# Terminate ends its own scope only, the parent goes on. When the sub-process gets stuck behind it, nothing inside comes back to life.
start process "stop" {"calendar": "nowhere"}

set variables of "stop" {"calendar": "ru-office"}

resolve incident "Scope"

complete user task "After"
`);
add('terminate-end-multi-instance', {
  id: 'stop', elements: { Start: start, Each: sub({ In: start, Fork: 'parallelGateway', A: user(), B: user(), Kill: { type: end, inner: terminate }, EndB: end }, ['In -> Fork', 'Fork -> A -> Kill', 'Fork -> B -> EndB'], loop('inputCollection="=[1, 2]" inputElement="n" outputCollection="out" outputElement="=n * 10"')), Done: end }, flows: ['Start -> Each -> Done'],
}, `# Terminate ends one iteration; the others go on, and this one counts as completed.
start process "stop"

complete user task "A"

complete user task "B"

complete user task "A"
`);
add('terminate-end-called-process', [
  { id: 'parent', elements: { Start: start, Call: call('child'), After: user(), Done: end }, flows: ['Start -> Call -> After -> Done'] },
  { id: 'child', elements: { Start: start, Fork: 'parallelGateway', A: user(), B: user(), Kill: { type: end, inner: terminate }, EndB: end }, flows: ['Start -> Fork', 'Fork -> A -> Kill', 'Fork -> B -> EndB'] },
], `# Terminate ends the called instance; the caller goes on.
start process "parent"

complete user task "A" {"result": 1}
`);
add('sub-process', {
  id: 'nested', elements: { Start: start, Outer: sub({ In: start, Inner: sub({ X: user(), Y: user() }, []), Out: end }, ['In -> Inner -> Out'], ext(io({ a: '=1' }, { b: '=a + inner' }))), After: user(), Done: end }, flows: ['Start -> Outer -> After -> Done'],
}, `# Sub-processes nest; one completes when nothing lives inside it, and its variables go with it.
start process "nested"

complete user task "X" {"inner": 1}

complete user task "Y"

show variable "a" of "nested"

show variable "b" of "nested"
`);
add('error-end-event', {
  id: 'errors', roots: errRoot('E1', 'STOCK') + errRoot('E2', 'PRICE'), elements: { Start: start, Outer: sub({ In: start, Inner: sub({ I: start, Which: 'exclusiveGateway', Stock: { type: end, inner: error('E1') }, Price: { type: end, inner: error('E2') } }, ['I -> Which', 'Which -> Stock [=code = &quot;STOCK&quot;]'.replace(/&quot;/g, '"'), 'Which -> Price default']), OnStock: boundary('Inner', error('E1')), Beside: user(), Out1: end, Out2: end }, ['In -> Inner', 'In -> Beside', 'OnStock -> Out1', 'Inner -> Out2']), OnAny: boundary('Outer', error()), Caught: user(), Done: end, Done2: end }, flows: ['Start -> Outer -> Done', 'OnAny -> Caught -> Done2'],
}, `# Innermost first: the inner boundary event catches its own code, the scope goes on.
start process "errors" {"code": "STOCK"}

complete user task "Beside"

# Any other code goes outwards to the catch-all, which ends the whole scope.
start process "errors" {"code": "PRICE"}
`);
add('error-uncaught', {
  id: 'errors', roots: errRoot('E1', 'STOCK') + errRoot('E2', 'PRICE'), elements: { Start: start, Fork: 'parallelGateway', Scope: sub({ In: start, Throw: { type: end, inner: error('E1'), name: 'Out of stock' } }, ['In -> Throw']), OnPrice: boundary('Scope', error('E2')), Beside: user(), A: end, B: end, C: end }, flows: ['Start -> Fork', 'Fork -> Scope -> A', 'Fork -> Beside -> B', 'OnPrice -> C'],
}, `# Nobody catches it: an incident at the throw event. The rest of the process goes on.
start process "errors"

complete user task "Beside"

resolve incident "Throw"

cancel "errors"
`);
add('error-not-caught-by-handler', {
  id: 'errors', roots: errRoot('E1', 'STOCK'), elements: { Start: start, Work: service('http'), Caught: boundary('Work', error()), Repair: service('repair'), Done: end, Done2: end }, flows: ['Start -> Work -> Done', 'Caught -> Repair -> Done2'],
}, `# A handler never catches what its own path throws.
start process "errors"

throw error "STOCK" from job "http"

throw error "STOCK" from job "repair"
`);
// ---------- call activity
add('call-activity', [
  { id: 'parent', elements: { Start: start, Call: call('child', '', io({ local: '=a + 1' })), After: user(), Done: end }, flows: ['Start -> Call -> After -> Done'] },
  { id: 'child', elements: { Start: start, Ask: user(), Done: end }, flows: ['Start -> Ask -> Done'] },
], `# Everything goes in and everything comes back (the defaults of Camunda 8).
start process "parent" {"a": 1}

complete user task "Ask" {"answer": 42}

show variable "answer" of "parent"

show variable "local" of "parent"
`);
const quad = (inn: boolean, out: boolean) => call('child', `propagateAllParentVariables="${inn}" propagateAllChildVariables="${out}"`, io({ given: '=a + 1' }, out ? {} : { kept: '=answer' }));
for (const [inn, out] of [[true, false], [false, true], [false, false]] as const) {
  add(`call-activity-${inn ? 'all' : 'mapped'}-in-${out ? 'all' : 'mapped'}-out`, [
    { id: 'parent', elements: { Start: start, Call: quad(inn, out), After: user(), Done: end }, flows: ['Start -> Call -> After -> Done'] },
    { id: 'child', elements: { Start: start, Ask: user(), Done: end }, flows: ['Start -> Ask -> Done'] },
  ], `# ${inn ? 'Every variable goes in' : 'Only the input mappings go in'}; ${out ? 'every variable comes back' : 'only the output mappings come back'}.
start process "parent" {"a": 1, "b": 2}

complete user task "Ask" {"answer": 42}

show variable "answer" of "parent"

show variable "kept" of "parent"

show variable "given" of "parent"
`);
}
add('call-activity-nothing-back', [
  { id: 'parent', elements: { Start: start, Call: call('child', 'propagateAllChildVariables="false"'), After: user(), Done: end }, flows: ['Start -> Call -> After -> Done'] },
  { id: 'child', elements: { Start: start, Ask: user(), Done: end }, flows: ['Start -> Ask -> Done'] },
], `# Nothing is propagated and nothing is mapped: nothing comes back.
start process "parent" {"a": 1}

complete user task "Ask" {"answer": 42, "a": 2}

show variable "a" of "parent"
`);
add('call-activity-missing', [
  { id: 'parent', elements: { Start: start, Call: call('=target'), Done: end }, flows: ['Start -> Call -> Done'] },
  { id: 'child', elements: { Start: start, Done: end }, flows: ['Start -> Done'] },
], `# The target is resolved when the call starts; a missing one is an incident that can be tried again.
start process "parent" {"target": "nowhere"}

set variables of "parent" {"target": "child"}

resolve incident "Call"
`);
add('call-activity-cannot-start', [
  { id: 'parent', elements: { Start: start, Call: call('child'), Done: end }, flows: ['Start -> Call -> Done'] },
  { id: 'child', roots: msgRoot('Go', 'go'), elements: { Gone: { type: start, inner: message('Go') }, Done: end }, flows: ['Gone -> Done'] },
], `# The target starts by message only, so it cannot be called: an incident at the call. The caller can still be canceled.
start process "parent"

resolve incident "Call"

cancel "parent"
`);
add('call-activity-calls-itself', { id: 'self', elements: { Start: start, Call: call('self'), Done: end }, flows: ['Start -> Call -> Done'] }, `# A process that calls itself for ever stops with an incident at the twentieth call.
start process "self"
`);
add('call-activity-errors', [
  { id: 'parent', roots: errRoot('E1', 'STOCK') + errRoot('E2', 'PRICE') + errRoot('E3', 'OTHER'), elements: { Start: start, Scope: sub({ In: start, Call: call('middle'), Out: end }, ['In -> Call -> Out']), OnStock: boundary('Scope', error('E1')), Caught: user(), A: end, B: end }, flows: ['Start -> Scope -> A', 'OnStock -> Caught -> B'] },
  { id: 'middle', elements: { Start: start, Call: call('child'), OnPrice: boundary('Call', error('E2')), Priced: end, Done: end }, flows: ['Start -> Call -> Done', 'OnPrice -> Priced'] },
  { id: 'child', elements: { Start: start, Work: service('http'), Done: end }, flows: ['Start -> Work -> Done'] },
], `# An error crosses call activities to the nearest caller that catches its code, and brings its variables.
start process "parent"

throw error "STOCK" from job "http" {"missing": 3}

start process "parent"

throw error "PRICE" from job "http"

# Nobody up the tree catches it: an incident at the throw point in the child.
start process "parent"

throw error "OTHER" from job "http"
`);
add('call-activity-boundary', [
  { id: 'parent', elements: { Start: start, Call: call('middle', '', io({}, { never: '=1' })), Late: boundary('Call', timer('timeDuration', 'PT1H')), A: end, B: end }, flows: ['Start -> Call -> A', 'Late -> B'] },
  { id: 'middle', elements: { Start: start, Call: call('child'), Done: end }, flows: ['Start -> Call -> Done'] },
  { id: 'child', elements: { Start: start, Ask: user(), Done: end }, flows: ['Start -> Ask -> Done'] },
], `# An interrupting boundary event cancels the whole child tree; no output mapping runs.
start process "parent"

complete user task "Ask" {}

start process "parent"

advance PT1H
`);
add('cancel-instance', [
  { id: 'parent', elements: { Start: start, Fork: 'parallelGateway', Call: call('child'), Ask: user(), A: end, B: end }, flows: ['Start -> Fork', 'Fork -> Call -> A', 'Fork -> Ask -> B'] },
  { id: 'child', elements: { Start: start, Work: service('http'), Late: boundary('Work', timer('timeDuration', 'PT1H')), Done: end, Out: end }, flows: ['Start -> Work -> Done', 'Late -> Out'] },
], `# A called instance cannot be canceled by itself; its root takes it along.
start process "parent"

cancel "child"

cancel "parent"

# It is over: a second cancel is rejected.
again

advance PT2H
`);
// ---------- multi-instance
add('multi-instance', {
  id: 'each', elements: { Start: start, Ask: { type: 'userTask', inner: ext('<zeebe:userTask/>', '<zeebe:assignmentDefinition assignee="=person"/>') + loop('inputCollection="=people" inputElement="person" outputCollection="answers" outputElement="=answer"') }, After: user(), Done: end }, flows: ['Start -> Ask -> After -> Done'],
}, `# All at once; the results stand by index, not by who was first. The collection is a snapshot. Item, counter and result are local.
start process "each" {"people": ["ann", "bob", "cid"]}

set variables of "each" {"people": []}

complete user task "Ask" {"answer": "A"}

assign user task "Ask" to "dan"

complete user task "Ask" {"answer": "B"}

complete user task "Ask" {"answer": "C"}

show variable "answer" of "each"

show variable "person" of "each"
`);
add('multi-instance-empty', {
  id: 'each', elements: { Start: start, Ask: { type: 'userTask', inner: loop('inputCollection="=people" outputCollection="answers" outputElement="=answer"') }, Done: end }, flows: ['Start -> Ask -> Done'],
}, `# An empty collection: no iterations, an empty result, one outgoing token.
start process "each" {"people": []}
`);
add('multi-instance-not-a-list', {
  id: 'each', elements: { Start: start, Ask: { type: 'userTask', inner: loop('inputCollection="=people" inputElement="p"') }, Late: boundary('Ask', timer('timeDuration', 'PT1H')), Done: end, Out: end }, flows: ['Start -> Ask -> Done', 'Late -> Out'],
}, `# Null and anything that is not a list: an incident, then tried again.
start process "each"

set variables of "each" {"people": "ann"}

resolve incident "Ask"

set variables of "each" {"people": ["ann"]}

resolve incident "Ask"

complete user task "Ask"
`);
add('multi-instance-completion-condition', {
  id: 'each', elements: { Start: start, Ask: { type: 'userTask', inner: loop('inputCollection="=[1, 2, 3, 4]" inputElement="n" outputCollection="votes" outputElement="=vote"', '=vote = &quot;no&quot; or numberOfCompletedInstances &gt;= 3') }, Done: end }, flows: ['Start -> Ask -> Done'],
}, `# Asked after each finish, in the finished iteration: one "no" ends the loop, the rest are terminated.
start process "each"

complete user task "Ask" {"vote": "yes"}

complete user task "Ask" {"vote": "no"}
`);
add('multi-instance-condition-failing', {
  id: 'each', elements: { Start: start, Ask: { type: 'userTask', inner: loop('inputCollection="=[1, 2]" outputCollection="out" outputElement="=loopCounter"', '=working time after(now(), &quot;PT1H&quot;, calendar) = null') }, Done: end }, flows: ['Start -> Ask -> Done'],
}, `# A failing completion condition stops the iteration that asked, and only it.
start process "each" {"calendar": "nowhere"}

complete user task "Ask"

set variables of "each" {"calendar": "ru-office"}

complete user task "Ask"

resolve incident "Ask"
`);
add('multi-instance-sub-process', {
  id: 'each', elements: { Start: start, Each: sub({ In: start, First: user(), Second: user(), Out: end }, ['In -> First -> Second -> Out'], loop('inputCollection="=[1, 2]" inputElement="n" outputCollection="out" outputElement="=result"')), After: user(), Done: end }, flows: ['Start -> Each -> After -> Done'],
}, `# Iterations that interleave do not write over each other's result.
start process "each"

complete user task "First" {"result": "one"}

complete user task "First" {"result": "two"}

complete user task "Second"

complete user task "Second"

show variable "result" of "each"
`);
add('multi-instance-nested', {
  id: 'nested', elements: { Start: start, Rows: sub({ In: start, Cell: { type: 'scriptTask', inner: ext('<zeebe:script expression="=row * 10 + column" resultVariable="cell"/>') + loop('inputCollection="=[1, 2, 3]" inputElement="column" outputCollection="cells" outputElement="=cell"') }, Out: end }, ['In -> Cell -> Out'], ext(io({ cells: '=[]' })) + loop('inputCollection="=[1, 2]" inputElement="row" outputCollection="table" outputElement="=cells"')), After: user(), Done: end }, flows: ['Start -> Rows -> After -> Done'],
}, `# A loop within a loop, straight through.
start process "nested"

show variable "table" of "nested"
`);
add('multi-instance-output-mapping', {
  id: 'each', elements: { Start: start, Work: { type: 'serviceTask', inner: ext(job('http'), io({ q: '=n * 2' }, { result: '=answer + q' })) + loop('inputCollection="=[1, 2]" inputElement="n" outputCollection="out" outputElement="=result"') }, After: user(), Done: end }, flows: ['Start -> Work -> After -> Done'],
}, `# Mappings run in each iteration; the output mapping feeds its own output element.
start process "each"

complete job "http" {"answer": 100}

complete job "http" {"answer": 200}

show variable "result" of "each"
`);
add('multi-instance-boundary', {
  id: 'each', roots: msgRoot('Note', 'note', '=k') + errRoot('E1', 'STOP'), elements: { Start: start, Work: { type: 'serviceTask', inner: ext(job('http')) + loop('inputCollection="=[1, 2, 3]" inputElement="n" outputCollection="out" outputElement="=n"') }, Late: boundary('Work', timer('timeDuration', 'PT1H')), Noted: boundary('Work', message('Note'), false), Failed: boundary('Work', error('E1')), A: end, B: end, C: end, D: end }, flows: ['Start -> Work -> A', 'Late -> B', 'Noted -> C', 'Failed -> D'],
}, `# Non-interrupting: one token per occurrence. Interrupting: the whole body ends, one token goes on.
start process "each" {"k": "1"}

publish message "note" key "1"

publish message "note" key "1"

complete job "http"

advance PT1H

# An error thrown in one iteration is caught on the border of the whole.
start process "each" {"k": "2"}

throw error "STOP" from job "http"
`);
add('multi-instance-call-activity', [
  { id: 'parent', elements: { Start: start, Call: call('child', 'propagateAllChildVariables="true"', '', loop('inputCollection="=[1, 2]" inputElement="n" outputCollection="out" outputElement="=double"')), Late: boundary('Call', timer('timeDuration', 'PT1H')), A: end, B: end }, flows: ['Start -> Call -> A', 'Late -> B'] },
  { id: 'child', elements: { Start: start, Ask: user(), Sum: script('double', '=n * 2'), Done: end }, flows: ['Start -> Ask -> Sum -> Done'] },
], `# One called instance per item; interrupted, they are all canceled.
start process "parent"

complete user task "Ask"

complete user task "Ask"

start process "parent"

complete user task "Ask"

advance PT1H
`);
add('message-start-event', {
  id: 'byMessage', roots: msgRoot('Go', 'go'), elements: { Start: start, Gone: { type: start, inner: message('Go') }, Timed: { type: start, inner: timer('timeCycle', 'R/P1D') }, Ask: user(), A: end }, flows: ['Start -> Ask', 'Gone -> Ask', 'Timed -> Ask', 'Ask -> A'],
}, `# A process may be started by hand and by message; a timer start is the shell's work.
publish message "go" {"x": 1}

start process "byMessage"
`);

mkdirSync(new URL('./scenarios/', import.meta.url), { recursive: true });
for (const [name, { p, t }] of Object.entries(S)) {
  let xml = buildBpmn(...p.map((one, index) => (index === 0 ? one : own(one))));
  if (name === 'two-flows-to-same-target') xml = xml.replace('<bpmn:sequenceFlow', '<bpmn:sequenceFlow id="Fork_Ask" sourceRef="Fork" targetRef="Ask"/><bpmn:sequenceFlow id="Fork_Ask_again" sourceRef="Fork" targetRef="Ask"/><bpmn:sequenceFlow');
  if (name === 'exclusive-default-condition-ignored') xml = xml.replace('<bpmn:exclusiveGateway id="Which"', '<bpmn:exclusiveGateway id="Which" default="Which_A"');
  const base = new URL(`./scenarios/${name}`, import.meta.url).pathname;
  writeFileSync(`${base}.bpmn`, pretty(xml));
  if (!existsSync(`${base}.trace`) || process.argv[2] === 'all') writeFileSync(`${base}.trace`, t);
}
console.log(Object.keys(S).length);
