import { Worker } from 'node:worker_threads';
import type { RenderRequest, WorkerAnswer, WorkerTask } from './render-protocol.ts';
import { RenderFailed, TemplateRefused, type RenderFailureCode, type TemplateProblem } from './template-errors.ts';

export type RenderedContent = {
  /** A whole page for preview; serve it under a CSP with `sandbox`. */
  readonly html: string;
  readonly pdf: Uint8Array;
  /** Hex SHA-256 of `pdf`. */
  readonly sha256: string;
};

export type DocumentRenderer = {
  /** @throws TemplateRefused, RenderFailed */
  readonly render: (request: RenderRequest) => Promise<RenderedContent>;
  /** HTML only, for the preview while a template is edited. @throws TemplateRefused, RenderFailed */
  readonly preview: (request: RenderRequest) => Promise<string>;
  /** Problems of a template source, empty where there are none; for lint and deployment. */
  readonly check: (template: string) => Promise<readonly TemplateProblem[]>;
  readonly close: () => Promise<void>;
};

type Done = Extract<WorkerAnswer, { kind: 'done' }>;
type Waiting = {
  readonly task: WorkerTask;
  readonly resolve: (done: Done) => void;
  readonly reject: (error: Error) => void;
};
type Seat = { worker: Worker; ready: boolean; current: Waiting | undefined; timer: NodeJS.Timeout | undefined };

/** Tests run the sources through tsx, production runs the build: the worker is the file beside this one. */
const WORKER_FILE = import.meta.url.endsWith('.ts') ? './render-worker-from-source.mjs' : './render-worker.js';

/**
 * Renders documents in worker threads. Templates are written by analysts and run as code, so a runaway one is stopped
 * by the clock or by memory (reliability.md §3.2), its thread is replaced, and the server lives on.
 */
export function createDocumentRenderer(
  options: {
    /** Threads, 1 or 2 is enough: 300 documents take 3.4 s on two (performance.md). */
    readonly workers?: number;
    readonly markupLimitMs?: number;
    readonly pdfLimitMs?: number;
    readonly memoryMb?: number;
  } = {},
): DocumentRenderer {
  const { workers = 1, markupLimitMs = 2_000, pdfLimitMs = 10_000, memoryMb = 256 } = options;
  const queue: Waiting[] = [];
  const seats = new Set<Seat>();
  let closed = false;

  const settle = (seat: Seat): Waiting | undefined => {
    clearTimeout(seat.timer);
    const { current } = seat;
    seat.current = undefined;
    return current;
  };
  const retire = (seat: Seat, error: Error): void => {
    if (!seats.delete(seat)) return;
    settle(seat)?.reject(error);
    void seat.worker.terminate();
    // A thread that cannot even start would be replaced for ever: its callers must know.
    if (!seat.ready) for (const waiting of queue.splice(0)) waiting.reject(error);
    if (!closed && queue.length > 0) dispatch();
  };
  const limit = (seat: Seat, ms: number): void => {
    clearTimeout(seat.timer);
    seat.timer = setTimeout(() => retire(seat, failure('render-time-limit', ms)), ms);
  };
  const receive = (seat: Seat, answer: WorkerAnswer): void => {
    if (answer.kind === 'ready') seat.ready = true;
    else if (answer.kind === 'stage') {
      limit(seat, pdfLimitMs);
      return;
    } else {
      const waiting = settle(seat);
      if (answer.kind === 'done') waiting?.resolve(answer);
      else if (answer.kind === 'refused') waiting?.reject(new TemplateRefused(answer.problems));
      else if (answer.kind === 'failed') waiting?.reject(new RenderFailed(answer.failure));
      else waiting?.reject(new Error(`Rendering failed inside the worker: ${answer.reason}`));
    }
    dispatch();
  };
  const start = (): void => {
    const worker = new Worker(new URL(WORKER_FILE, import.meta.url), {
      // Not inherited: `--import tsx`, inspectors and heap flags of the main thread are not for this one.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    const seat: Seat = { worker, ready: false, current: undefined, timer: undefined };
    seats.add(seat);
    // An idle pool must not keep the process alive; a waiting caller does, through `ref`.
    worker.unref();
    worker.on('message', (answer: WorkerAnswer) => receive(seat, answer));
    worker.on('error', (error: NodeJS.ErrnoException) =>
      retire(seat, error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? failure('render-memory-limit', memoryMb) : error),
    );
    worker.on('exit', () => retire(seat, failure('render-crashed', 0)));
  };
  const dispatch = (): void => {
    for (const seat of seats) {
      if (!seat.ready || seat.current !== undefined) continue;
      const waiting = queue.shift();
      if (waiting === undefined) {
        seat.worker.unref();
        continue;
      }
      seat.current = waiting;
      seat.worker.ref();
      limit(seat, markupLimitMs);
      seat.worker.postMessage(waiting.task);
    }
    for (let missing = Math.min(queue.length, workers - seats.size); missing > 0; missing -= 1) start();
    if (queue.length > 0) for (const seat of seats) seat.worker.ref();
  };
  const run = (task: WorkerTask): Promise<Done> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(failure('render-closed', 0));
      queue.push({ task, resolve, reject });
      dispatch();
    });

  return {
    render: async (request) => {
      const { html, pdf, sha256 } = await run({ kind: 'document', request: checked(request) });
      return { html, pdf: pdf!, sha256: sha256! };
    },
    preview: async (request) => (await run({ kind: 'preview', request: checked(request) })).html,
    check: async (template) => {
      try {
        await run({ kind: 'check', template });
        return [];
      } catch (error) {
        if (error instanceof TemplateRefused) return error.problems;
        throw error;
      }
    },
    close: async () => {
      closed = true;
      for (const waiting of queue.splice(0)) waiting.reject(failure('render-closed', 0));
      const leaving = [...seats];
      for (const seat of leaving) retire(seat, failure('render-closed', 0));
      await Promise.all(leaving.map((seat) => seat.worker.terminate()));
    },
  };
}

/** A programming error of the caller, found before it costs a thread. */
function checked(request: RenderRequest): RenderRequest {
  if (Number.isNaN(Date.parse(request.createdAt))) throw new Error('Expected createdAt to be an ISO 8601 instant.');
  new Intl.DateTimeFormat('en', { timeZone: request.timeZone });
  return request;
}

function failure(code: RenderFailureCode, amount: number): RenderFailed {
  const remedyRu = 'Упростите шаблон или уменьшите данные документа.';
  const remedyEn = 'Simplify the template or reduce the data of the document.';
  const texts: Readonly<Partial<Record<RenderFailureCode, readonly [ru: string, en: string]>>> = {
    'render-time-limit': [
      `Документ не построен за ${amount / 1000} с.`,
      `The document was not built within ${amount / 1000} s.`,
    ],
    'render-memory-limit': [
      `Документу не хватило ${amount} МБ памяти.`,
      `The document needed more than ${amount} MB of memory.`,
    ],
    'render-closed': [
      'Построение документов остановлено: сервер завершает работу.',
      'Rendering has been stopped: the server is shutting down.',
    ],
  };
  const [ru, en] = texts[code] ?? ['Построение документа прервалось.', 'Rendering the document broke off.'];
  const retry = code === 'render-closed' || code === 'render-crashed';
  return new RenderFailed({
    code,
    ru: { message: ru, remedy: retry ? 'Повторите позже; задание повторится само.' : remedyRu },
    en: { message: en, remedy: retry ? 'Try again later; the job is retried by itself.' : remedyEn },
  });
}
