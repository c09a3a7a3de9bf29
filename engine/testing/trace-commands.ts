import { addDuration } from '../time/add-duration.ts';
import { parseDuration } from '../time/parse-duration.ts';
import { parseInstant } from '../time/parse-instant.ts';
import { find, instanceOf, JSON_TAIL, openJob, openTask, pattern, QUOTED, tell, variables } from './trace-context.ts';
import type { Pattern, TraceContext } from './trace-context.ts';
import { OPERATIONS } from './trace-operations.ts';

const PATTERNS: readonly Pattern[] = [
  {
    usage: 'start process "id" {variables}',
    regexp: pattern(`start process ${QUOTED}${JSON_TAIL}`),
    run: ({ simulation }, [id = '', json]) => void simulation.start(id, variables(json)),
  },
  {
    usage: 'complete user task "name or id" {variables}',
    regexp: pattern(`complete user task ${QUOTED}${JSON_TAIL}`),
    run: (context, [name = '', json]) => {
      const { owner, row } = openTask(context, name);
      return tell(context, owner, { kind: 'completeUserTask', userTaskKey: row, variables: variables(json) });
    },
  },
  {
    usage: 'assign user task "name or id" to "username"',
    regexp: pattern(`assign user task ${QUOTED} to ${QUOTED}`),
    run: (context, [name = '', assignee = '']) => {
      const { owner, row } = openTask(context, name);
      return tell(context, owner, { kind: 'assignUserTask', userTaskKey: row, assignee, allowOverride: true });
    },
  },
  {
    usage: 'complete job "type or element" {variables}',
    regexp: pattern(`complete job ${QUOTED}${JSON_TAIL}`),
    run: (context, [name = '', json]) => {
      const { owner, row } = openJob(context, name);
      return tell(context, owner, { kind: 'completeJob', jobKey: row, variables: variables(json) });
    },
  },
  {
    usage: 'fail job "type or element" retries 0 "message"',
    regexp: pattern(`fail job ${QUOTED} retries (\\d+) ${QUOTED}`),
    run: (context, [name = '', retries = '0', errorMessage = '']) => {
      const { owner, row } = openJob(context, name);
      return tell(context, owner, {
        kind: 'failJob',
        jobKey: row,
        retries: Number(retries),
        retryBackOff: null,
        errorMessage,
        variables: {},
      });
    },
  },
  {
    usage: 'throw error "code" from job "type or element" {variables}',
    regexp: pattern(`throw error ${QUOTED} from job ${QUOTED}${JSON_TAIL}`),
    run: (context, [errorCode = '', name = '', json]) => {
      const { owner, row } = openJob(context, name);
      return tell(context, owner, {
        kind: 'throwJobError',
        jobKey: row,
        errorCode,
        errorMessage: '',
        variables: variables(json),
      });
    },
  },
  {
    usage: 'publish message "name" key "key" {variables}',
    regexp: pattern(`publish message ${QUOTED}(?: key ${QUOTED})?${JSON_TAIL}`),
    run: ({ simulation }, [name = '', key = '', json]) => void simulation.publishMessage(name, key, variables(json)),
  },
  {
    usage: 'broadcast signal "name" {variables}',
    regexp: pattern(`broadcast signal ${QUOTED}${JSON_TAIL}`),
    run: ({ simulation }, [name = '', json]) => void simulation.broadcastSignal(name, variables(json)),
  },
  {
    usage: 'offer variables {variables} to conditional starts',
    regexp: pattern('offer variables (\\{.*\\}) to conditional starts'),
    run: ({ simulation }, [json]) => void simulation.evaluateConditionalStarts(variables(json)),
  },
  {
    usage: 'advance to 2026-11-21T09:00 | advance PT4H',
    regexp: pattern('advance (to )?(\\S+)'),
    run: ({ simulation, zone }, [to, text = '']) =>
      void simulation.advanceTo(
        to === undefined ? addDuration(simulation.now, parseDuration(text), zone) : parseInstant(text, zone),
      ),
  },
  {
    usage: 'sleep to 2026-11-21T09:00   (the clock goes on, no timer fires: the machine was off)',
    regexp: pattern('sleep to (\\S+)'),
    run: ({ simulation, zone }, [text = '']) => void (simulation.now = parseInstant(text, zone)),
  },
  {
    usage: 'again   (sends the last command to the same instance once more)',
    regexp: pattern('again'),
    run: (context) => {
      if (context.last === undefined) throw new Error('Expected a command before "again"');
      return tell(context, context.last.owner, context.last.command);
    },
  },
  {
    usage: 'set retries of job "type or element" to 2',
    regexp: pattern(`set retries of job ${QUOTED} to (\\d+)`),
    run: (context, [name = '', retries = '']) => {
      const { owner, row } = openJob(context, name);
      return tell(context, owner, { kind: 'updateJobRetries', jobKey: row, retries: Number(retries) });
    },
  },
  {
    usage: 'set local variables of "element" {variables} | propagate variables from "element" {variables}',
    regexp: pattern(`(set local variables of|propagate variables from) ${QUOTED}${JSON_TAIL}`),
    run: (context, [how = '', id = '', json]) => {
      const { owner, row } = find(context, `an element "${id}"`, ({ elements }) =>
        [...elements.values()].find((element) => element.elementId === id),
      );
      const local = how.startsWith('set');
      return tell(context, owner, { kind: 'setVariables', scopeKey: row, variables: variables(json), local });
    },
  },
  {
    usage: 'set variables of "process" {variables}',
    regexp: pattern(`set variables of ${QUOTED}${JSON_TAIL}`),
    run: (context, [id = '', json]) => {
      const owner = instanceOf(context, id);
      return tell(context, owner, { kind: 'setVariables', scopeKey: owner, variables: variables(json), local: true });
    },
  },
  {
    usage: 'cancel "process"',
    regexp: pattern(`cancel ${QUOTED}`),
    run: (context, [id = '']) => tell(context, instanceOf(context, id), { kind: 'cancelInstance', byParent: false }),
  },
  {
    usage: 'resolve incident "element"',
    regexp: pattern(`resolve incident ${QUOTED}`),
    run: (context, [id = '']) => {
      const { owner, row } = find(context, `an incident at "${id}"`, ({ incidents }) =>
        [...incidents.values()].find((incident) => incident.elementId === id),
      );
      return tell(context, owner, { kind: 'resolveIncident', incidentKey: row });
    },
  },
  {
    usage: 'activate "A", "B" in "ad-hoc element" {variables} | activate … in "…" {…} and cancel the rest',
    regexp: pattern(`activate (${QUOTED}(?:, ${QUOTED})*) in ${QUOTED}${JSON_TAIL}( and cancel the rest)?`),
    run: (context, [names = '', , , id = '', json, cancel]) => {
      const { owner, row } = find(context, `an ad-hoc sub-process "${id}"`, ({ elements }) =>
        [...elements.values()].find((one) => one.elementType === 'adHocSubProcess' && one.elementId === id),
      );
      return tell(context, owner, {
        kind: 'activateAdHocElements',
        adHocInstanceKey: row,
        elements: names.split(', ').map((name) => ({ elementId: name.slice(1, -1), variables: variables(json) })),
        cancelRemaining: cancel !== undefined,
      });
    },
  },
  {
    usage: 'show variable "name" of "process"',
    regexp: pattern(`show variable ${QUOTED} of ${QUOTED}`),
    run: (context, [name = '', id = '']) => {
      const owner = instanceOf(context, id);
      const value = context.simulation.get(owner).instance.variables.get(owner)?.get(name)?.value;
      return value === undefined ? 'nothing' : JSON.stringify(value);
    },
  },
  ...OPERATIONS,
];

/** Runs one command line; returns a line to record besides the events, or undefined. */
export function runTraceCommand(context: TraceContext, command: string): string | undefined {
  for (const { regexp, run } of PATTERNS) {
    const match = regexp.exec(command.trim());
    if (match !== null) return run(context, match.slice(1));
  }
  throw new Error(`Expected one of:\n  ${PATTERNS.map(({ usage }) => usage).join('\n  ')}`);
}
