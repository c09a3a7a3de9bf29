import { randomUUID } from 'node:crypto';
import { readerOf, type Database } from '../database/connect.ts';
import { DuplicateMessage } from '../messages/message-errors.ts';
import type { Messages } from '../messages/messages.ts';
import { NO_HINT } from '../nodes/hints.ts';
import { SOLE_NODE, type Node } from '../nodes/node.ts';
import type { Rights } from '../nodes/rights.ts';
import type { Clock } from '../runtime/clock.ts';
import type { CommitSignals } from '../runtime/commit-signals.ts';
import type { Definitions } from '../runtime/definitions.ts';
import type { FollowUp } from '../runtime/follow-up.ts';
import type { Runner } from '../runtime/runner.ts';
import type { SignalDelivery } from '../runtime/signal-receivers.ts';
import type { Signals } from '../signals/signals.ts';
import { deliverOutbox, type OutboxHandler } from './deliver-outbox.ts';
import { fireTimers } from './fire-timers.ts';
import { doJobs, type JobHandler } from './job-handlers.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { lookForWork, NOTHING } from './look-for-work.ts';
import { releaseExpiredLeases } from './release-expired-leases.ts';
import { createWakeUps, type WakeUps } from './wake-ups.ts';

/** The floor: every kind of work is looked for this often, hints or not (milliseconds). */
const POLL_MS = 1_000;
/** Leases, buffers and new deployments of other nodes may wait a little longer. */
const SWEEP_EVERY = 5;
/** A connector may take two minutes for one job (its longest timeout); only more is a loop that stands. */
const STILL_MS = 5 * 60_000;

export interface WorkerDeps {
  readonly database: Database;
  readonly runner: Runner;
  readonly definitions: Definitions;
  readonly messages: Messages;
  readonly signals: Signals;
  readonly clock: Clock;
  /** Which buckets this process acts for; all of them when absent. */
  readonly node?: Node;
  /** The hints in this process, with the floor under them. */
  readonly wakeUps?: WakeUps;
  /** Told of failures that nobody waits for; the work is tried again. */
  readonly onError?: (error: unknown, place: string) => void;
}

/** The part of the server that acts by itself: timers, our own jobs, the outbox, leases and the message buffer. */
export interface Worker {
  readonly jobs: Jobs;
  /** Does jobs of this type in this process. Types are registered before `start`. */
  registerJobType(type: string, handler: JobHandler): void;
  /** Receives outbox rows of this kind. */
  registerOutbox(kind: string, handler: OutboxHandler): void;
  /** Further work, done each round; says how much it did. */
  registerRound(work: (rights: Rights) => Promise<number>): void;
  start(): void;
  /** Takes no new work and waits for what is being done. Safe to call twice. */
  stop(): Promise<void>;
  /** False when the loop was started and has not come round for minutes. */
  lives(): boolean;
  /** Does everything that is due at `clock.now()` until nothing is left. For tests: nothing sleeps. */
  drain(): Promise<void>;
}

export function createWorker(deps: WorkerDeps): Worker {
  const { database, runner, definitions, messages, signals, clock, node = SOLE_NODE, onError = () => undefined } = deps;
  const { wakeUps = createWakeUps() } = deps;
  const handlers = new Map<string, JobHandler>();
  const outbox = new Map<string, OutboxHandler>();
  const further: ((rights: Rights) => Promise<number>)[] = [];
  const worker = `reglament-${randomUUID().slice(0, 8)}`;
  const stopping = new AbortController();
  let loop: Promise<void> | undefined;
  let nextTimerAt = Infinity;
  let messagesHinted = false;
  let lastRoundAt = Date.now();

  outbox.set('publishMessage', async ({ payload, right }) => {
    const { name, correlationKey, variables, timeToLive, messageId } = payload as Parameters<Messages['publish']>[0];
    try {
      await messages.publish({
        name,
        correlationKey,
        variables,
        timeToLive,
        ...(messageId && { messageId }),
        by: null,
        right,
      });
    } catch (error) {
      if (!(error instanceof DuplicateMessage)) throw error;
    }
  });
  outbox.set('signal', ({ payload, right }) => signals.deliver(payload as SignalDelivery, right));
  outbox.set('followUp', ({ outboxId, payload, right }) => runner.follow(payload as FollowUp, outboxId, right));

  /** Work that came up somewhere; only that of our buckets is ours. @returns true when some of it is not */
  const noticeWork = (work: Pick<CommitSignals, 'buckets' | 'jobTypes' | 'nextTimerAt' | 'outbox'>): boolean => {
    const rights = node.rights();
    const ours = work.buckets.some(rights.holds);
    if (ours && work.nextTimerAt !== null) nextTimerAt = Math.min(nextTimerAt, work.nextTimerAt);
    wakeUps.notify(work.jobTypes.map((type) => `job:${type}`));
    const ownJobs = work.jobTypes.some((type) => handlers.has(type));
    if (ours && (ownJobs || work.outbox || work.nextTimerAt !== null)) wakeUps.notify(['worker']);
    return !work.buckets.every(rights.holds);
  };
  const tellOthers = ({
    buckets,
    jobTypes,
    nextTimerAt,
  }: Pick<CommitSignals, 'buckets' | 'jobTypes' | 'nextTimerAt'>) =>
    node.tell({ ...NO_HINT, buckets, jobTypes, nextTimerAt });

  runner.onCommit((signals) => {
    const others = noticeWork(signals);
    if (signals.jobTypes.length > 0 || (others && (signals.outbox || signals.nextTimerAt !== null)))
      tellOthers(signals);
    // Whoever opened the subscription looks for its messages, wherever they are.
    if (!signals.openedSubscriptions && !signals.endedInstances) return;
    messagesHinted = true;
    wakeUps.notify(['worker']);
  });
  signals.onBroadcast((bucket) => {
    const work = { buckets: [bucket], jobTypes: [], nextTimerAt: null, outbox: true };
    if (noticeWork(work)) tellOthers(work);
  });
  node.onHint((hint) => {
    if (hint.all) wakeUps.notifyAll();
    else noticeWork({ ...hint, outbox: true });
    if (hint.deployed) void followCatalog().catch((error: unknown) => onError(error, 'catalog'));
  });
  const followCatalog = async (): Promise<void> => {
    await definitions.refresh();
    await node.hasRead(definitions.catalog.revision);
  };

  /** One round of all work. @returns how much was done */
  const round = async (sweep: boolean): Promise<number> => {
    // One set for the round: what is read under it is acted upon under it.
    const rights = node.rights();
    const idle = rights.buckets?.length === 0;
    const found = idle
      ? NOTHING
      : await lookForWork(readerOf(database), { types: [...handlers.keys()], rights, now: clock.now() });
    let done = 0;
    /** What fails is tried again with the next round; nothing else waits for it. */
    const attempt = async (place: string, work: () => Promise<number>): Promise<void> => {
      try {
        done += await work();
      } catch (error) {
        // Without the database nothing else goes either.
        if (database.dialect.isConnectionLost(error)) throw error;
        onError(error, place);
      }
    };
    const { zone } = definitions;
    if (found.timers)
      await attempt('timers', () => fireTimers({ database, runner, rights, zone, onError }, clock.now()));
    if (found.outbox)
      await attempt('outbox', () => deliverOutbox({ database, rights, handlers: outbox, onError }, clock.now()));
    if (sweep) await attempt('catalog', () => followCatalog().then(() => 0));
    if (sweep && !idle) await attempt('leases', () => releaseExpiredLeases({ database, runner }, rights, clock.now()));
    if (messagesHinted) {
      messagesHinted = false;
      await attempt('messages', () => messages.settle());
    } else if (sweep && !idle) await attempt('messages', () => messages.settle(rights));
    if (idle) return done;
    for (const work of further) await attempt('worker round', () => work(rights));
    for (const [type, handler] of handlers) {
      if (!found.jobTypes.has(type)) continue;
      await attempt(`jobs ${type}`, () => doJobs({ database, runner, clock, worker, rights, onError }, type, handler));
    }
    return done;
  };

  const pause = (): number => {
    const untilTimer = nextTimerAt - clock.now();
    if (untilTimer <= 0) nextTimerAt = Infinity;
    return Math.min(POLL_MS * (0.9 + Math.random() * 0.2), Math.max(1, untilTimer));
  };

  const run = async (): Promise<void> => {
    for (let count = 0; !stopping.signal.aborted; count += 1) {
      lastRoundAt = Date.now();
      const wait = wakeUps.wait('worker', pause(), stopping.signal);
      try {
        if ((await round(count % SWEEP_EVERY === 0)) === 0) await wait.over;
      } catch (error) {
        // The database may be away for a moment; the next round tries again.
        onError(error, 'worker round');
        await wait.over;
      } finally {
        wait.cancel();
      }
    }
  };

  return {
    lives: () => loop === undefined || Date.now() - lastRoundAt < STILL_MS,
    jobs: createJobs({ database, runner, clock, wakeUps }),
    registerJobType: (type, handler) => void handlers.set(type, handler),
    registerOutbox: (kind, handler) => void outbox.set(kind, handler),
    registerRound: (work) => void further.push(work),
    start: () => void (loop ??= run()),
    async stop() {
      stopping.abort();
      await loop;
    },
    async drain() {
      while ((await round(true)) > 0);
    },
  };
}
