import fc from 'fast-check';
import type { EngineCommand } from '../../command.ts';
import type { Instance } from '../../instance.ts';
import type { Key } from '../../key.ts';
import type { Simulation } from '../../simulation/simulation.ts';

const KINDS = [
  'task',
  'task',
  'job',
  'job',
  'failJob',
  'error',
  'message',
  'signal',
  'time',
  'time',
  'incident',
  'late',
  'variables',
  'cancel',
  'suspend',
  'resume',
  'modify',
  'migrate',
] as const;

/** What somebody does next: which kind of thing, and which of the open ones (modulo their number). */
export interface Act {
  readonly kind: (typeof KINDS)[number];
  readonly pick: number;
}

export const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.record({ kind: fc.constantFrom(...KINDS), pick: fc.nat({ max: 50 }) }),
  { minLength: 3, maxLength: 16 },
);

export type Done = 'done' | 'rejected' | 'nothing';

const HALF_AN_HOUR = 1_800_000;

/** Does it to one of the instances that run; `nothing` when there is nothing of that kind to do. */
export function perform(simulation: Simulation, { kind, pick }: Act): Done {
  const running = [...simulation.instances.values()].filter(({ instance }) => instance.header.state === 'active');
  const one = <Row>(rows: Iterable<Row>): Row | undefined => {
    const all = [...rows];
    return all[pick % Math.max(1, all.length)];
  };
  const rows = <Row>(table: (instance: Instance) => { values(): Iterable<Row> }) =>
    one(running.flatMap(({ instance }) => [...table(instance).values()].map((row) => ({ instance, row }))));
  const tell = (instance: Instance | undefined, command: EngineCommand): Done => {
    if (instance === undefined) return 'nothing';
    return 'rejection' in simulation.tell(instance.header.processInstanceKey, command) ? 'rejected' : 'done';
  };
  switch (kind) {
    case 'task': {
      const task = rows(({ userTasks }) => userTasks);
      return tell(task?.instance, {
        kind: 'completeUserTask',
        userTaskKey: task?.row.key ?? 0,
        variables: { n: pick % 6 },
      });
    }
    case 'job':
    case 'failJob':
    case 'error': {
      const job = rows(({ jobs }) => jobs);
      return job === undefined ? 'nothing' : tell(job.instance, jobCommand(kind, job.row.key, pick));
    }
    case 'message':
    case 'signal': {
      const waits = rows(({ subscriptions }) => subscriptions);
      if (waits === undefined || waits.row.kind === 'condition') return 'nothing';
      const { key: subscriptionKey } = waits.row;
      const variables = { m: pick };
      return tell(
        waits.instance,
        waits.row.kind === 'message'
          ? { kind: 'correlateMessage', subscriptionKey, messageKey: 1, variables }
          : { kind: 'triggerSignal', subscriptionKey, variables },
      );
    }
    case 'time':
      if (running.length === 0) return 'nothing';
      simulation.advanceTo(simulation.now + (pick % 4) * HALF_AN_HOUR);
      return 'done';
    case 'incident': {
      const incident = rows(({ incidents }) => incidents);
      return tell(incident?.instance, { kind: 'resolveIncident', incidentKey: incident?.row.key ?? 0 });
    }
    case 'variables': {
      const scope = rows(({ elements }) => elements);
      return tell(scope?.instance, {
        kind: 'setVariables',
        scopeKey: scope?.row.key ?? 0,
        variables: { mended: 'work', n: pick % 7 },
        local: pick % 2 === 0,
      });
    }
    case 'suspend':
    case 'resume': {
      const root = one(running.filter(({ instance }) => instance.header.parent === null));
      if (root === undefined || (kind === 'suspend' && pick % 3 > 0)) return 'nothing';
      return tell(root.instance, { kind: kind === 'suspend' ? 'suspendInstance' : 'resumeInstance', byParent: false });
    }
    case 'migrate': {
      // To the version it has: nothing may come of it.
      const any = one(running)?.instance;
      if (any === undefined) return 'nothing';
      const { processInstanceKey, processId } = any.header;
      const plan = { processId, mapping: [], recomputeTimers: pick % 2 === 0 };
      return tell(any, simulation.migration(processInstanceKey, plan));
    }
    case 'modify': {
      const element = rows(({ elements }) => elements);
      if (element === undefined || pick % 4 > 0) return 'nothing';
      // To where it stands: what ends begins anew, so that no join starves. A complex gateway that has fired would fire again,
      // and the join behind it keep a token too many (seed 606852270).
      const { elementId, elementType } = element.row;
      if (elementType === 'complexGateway') return 'nothing';
      const move = [{ sourceElementId: elementId, targetElementId: elementId }];
      return tell(element.instance, { kind: 'modifyInstance', activate: [], terminate: [], move });
    }
    case 'late':
      return tell(running[0]?.instance, { kind: 'completeUserTask', userTaskKey: 999_999_999, variables: {} });
    case 'cancel': {
      const root = running.find(({ instance }) => instance.header.parent === null);
      return pick % 12 === 0 ? tell(root?.instance, { kind: 'cancelInstance', byParent: false }) : 'nothing';
    }
  }
}

function jobCommand(kind: 'job' | 'failJob' | 'error', jobKey: Key, pick: number): EngineCommand {
  switch (kind) {
    case 'job':
      return { kind: 'completeJob', jobKey, variables: { result: pick } };
    case 'failJob':
      return { kind: 'failJob', jobKey, retries: pick % 2, retryBackOff: 0, errorMessage: 'no', variables: {} };
    case 'error':
      return { kind: 'throwJobError', jobKey, errorCode: 'E', errorMessage: '', variables: { e: 1 } };
  }
}
