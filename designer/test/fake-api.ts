import {
  CaseDecisionPage,
  CaseDetail,
  CasePage,
  DiagramView,
  DocumentView,
  FileView,
  MailView,
  NotificationList,
  StoryPage,
  SystemView,
  TaskDetail,
  TaskPage,
  CaseWaitView,
  VariableView,
  type NotificationView,
} from '#contract';
import { readForm, standaloneValidator } from '#engine';
import { FormatRegistry } from '@sinclair/typebox';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { drawPhoto } from './draw-photo.ts';
import { checked, FACTS, fakeDiagram, fakeDocument, formDefinition, items, page, sessionOf } from './fake-answers.ts';
import {
  fakeFiles,
  fakeMails,
  fakeStages,
  fakeStory,
  fakeVariables,
  fakeWorld,
  GROUPS,
  type FakeTask,
  type FakeWorld,
} from './fake-world.ts';
import { fakeDecisions } from './fake-decisions.ts';
import { fakeWaits } from './fake-waits.ts';
import { serveFile } from './serve-folder.ts';

/**
 * A test tool only: an API in memory that conforms to the contract (each answer is checked against its schema and a
 * wrong one is a 500), in front of the built designer, under the server's content security policy.
 *
 * Users `anna`, `boris`, `vera` (no tasks), password `demo`. Searching for «медленно» takes 3 s, «ошибка» fails.
 */
export interface FakeApi {
  readonly url: string;
  /** Every write that arrived: `METHOD path key`. */
  readonly writes: readonly string[];
  readonly world: FakeWorld;
  /** While set, every API call answers with this status. */
  failWith: number | undefined;
  close(): Promise<void>;
}

/** As `server/http/security-headers.ts` sets it. */
const CSP =
  "default-src 'self'; script-src 'self'; script-src-attr 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' blob: data:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'";

FormatRegistry.Set('date-time', (text) => !Number.isNaN(Date.parse(text)) && text.endsWith('Z'));

/** @param folder the built designer */
export async function startFakeApi(folder: string, port = 0): Promise<FakeApi> {
  const api = new FakeServer(folder);
  const server = createServer((request, response) => void api.answer(request, response));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected a TCP port.');
  return Object.assign(api, { url: `http://127.0.0.1:${address.port}`, close: () => closeServer(server) });
}

class Failure extends Error {
  readonly status: number;
  readonly extra: object;
  constructor(status: number, detail: string, extra: object = {}) {
    super(detail);
    this.status = status;
    this.extra = extra;
  }
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  readonly user: FakeWorld['people'][number];
}

class FakeServer {
  readonly #folder: string;
  readonly writes: string[] = [];
  readonly world = fakeWorld(new Date());
  failWith: number | undefined;
  readonly #sessions = new Map<string, string>();
  readonly #drafts = new Map<string, { data: Record<string, unknown>; savedAt: string }>();
  readonly #answered = new Map<string, unknown>();
  #read = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake');
    response.setHeader('content-security-policy', CSP);
    response.setHeader('x-content-type-options', 'nosniff');
    if (!url.pathname.startsWith('/api/')) return serveFile(this.#folder, url.pathname, response);
    try {
      const result = await this.#call(request, url, response);
      if (result === undefined) return void response.writeHead(204).end();
      if (result instanceof Buffer || typeof result === 'string') return void response.end(result);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(result));
    } catch (error) {
      const failure =
        error instanceof Failure ? error : new Failure(500, String(error instanceof Error ? error.stack : error));
      if (failure.status === 500 && !(error instanceof Failure)) console.error(failure.message);
      response.writeHead(failure.status, { 'content-type': 'application/problem+json', 'x-request-id': 'req-7f3a9c' });
      const problem = {
        type: 'about:blank',
        title: 'Problem',
        status: failure.status,
        detail: failure.message,
        instance: url.pathname,
        requestId: 'req-7f3a9c',
        ...failure.extra,
      };
      response.end(JSON.stringify(problem));
    }
  }

  async #call(request: IncomingMessage, url: URL, response: ServerResponse): Promise<unknown> {
    const { method = 'GET' } = request;
    const path = url.pathname;
    const raw = await readBody(request);
    if (this.failWith !== undefined)
      throw new Failure(this.failWith, this.failWith === 503 ? '' : 'База данных недоступна. Данные не изменились.');
    if (path === '/api/system') return checked(SystemView, { name: 'Регламент', version: '0.1.0', demo: true });
    const token = /session=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
    const isJson = request.headers['content-type'] === 'application/json';
    const body = (isJson && raw.length > 0 ? JSON.parse(raw.toString('utf8')) : {}) as Record<string, unknown>;
    if (path === '/api/session' && method === 'POST') return this.#signIn(body, response);
    const user = this.world.people.find((person) => person.username === this.#sessions.get(token ?? ''));
    if (user === undefined) throw new Failure(401, 'Войдите в систему.', { code: 'unauthenticated' });
    const key = request.headers['idempotency-key'];
    if (method !== 'GET') this.writes.push(`${method} ${path} ${String(key)}`);
    if (typeof key === 'string' && this.#answered.has(key)) return this.#answered.get(key);
    const answer = await this.#route({ method, path, query: url.searchParams, body, user }, response);
    if (typeof key === 'string') this.#answered.set(key, answer);
    return answer;
  }

  #signIn({ username, password }: Record<string, unknown>, response: ServerResponse): unknown {
    const user = this.world.people.find((person) => person.username === username);
    if (user === undefined || password !== 'demo') throw new Failure(401, 'Имя пользователя или пароль не подходят.');
    const token = `s${this.#sessions.size + 1}`;
    this.#sessions.set(token, user.username);
    response.setHeader('set-cookie', `session=${token}; Path=/; HttpOnly; SameSite=Lax`);
    return sessionOf(user);
  }

  async #route(call: Call, response: ServerResponse): Promise<unknown> {
    const { method, path, query, user } = call;
    const now = new Date();
    if (path === '/api/session') return method === 'DELETE' ? undefined : sessionOf(user);
    if (path === '/api/tasks') return this.#tasks(query, user);
    if (path === '/api/cases') return this.#cases(query);
    if (path === '/api/people')
      return { items: this.world.people.map(({ username, name }) => ({ username, name, email: null })) };
    if (path === '/api/groups') return { items: Object.entries(GROUPS).map(([groupId, name]) => ({ groupId, name })) };
    if (path === '/api/notifications') return this.#notifications(now);
    if (path === '/api/notifications/read') {
      for (const read of call.body.notificationKeys as string[]) this.#read.add(read);
      return undefined;
    }
    const [, kind, key = '', part] = path.split('/').slice(1);
    if (kind === 'forms') {
      response.setHeader('content-type', 'text/javascript');
      return standaloneValidator(readForm(formDefinition(key)));
    }
    if (kind === 'files') {
      response.setHeader('content-type', 'image/png');
      return drawPhoto(Number(key));
    }
    if (kind === 'documents') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.setHeader(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
      );
      return '<style>body{font:14px/1.5 sans-serif;margin:32px}</style><h2>Уведомление о приёме обращения № УВ-2026-000140</h2><p>Уважаемые коллеги! Ваше обращение зарегистрировано 20 ноября 2026 года под номером ОБР-2026-000140.</p><p>Ответ будет направлен до 24 ноября 2026 года.</p>';
    }
    if (kind === 'tasks') return this.#task(call, key, part, now);
    if (kind === 'cases') return this.#case(key, part, { now, query: call.query });
    throw new Failure(404, `Такого адреса нет: ${path}`);
  }

  async #tasks(query: URLSearchParams, user: FakeWorld['people'][number]): Promise<unknown> {
    const search = (query.get('search') ?? '').toLowerCase();
    if (search === 'ошибка')
      throw new Failure(500, 'Список не прочитан: база данных недоступна. Данные не изменились.');
    if (search === 'медленно') await new Promise((resolve) => setTimeout(resolve, 3000));
    const open = this.world.tasks.filter((task) => task.state === 'CREATED');
    const mine = open.filter((task) => task.assignee === user.username);
    const group = open.filter(
      (task) => task.assignee === null && task.candidateGroups.some((id) => user.groups.includes(id)),
    );
    const list = { mine, group, all: open }[query.get('tab') as 'mine' | 'group' | 'all'];
    const found = list.filter(
      (task) =>
        `${task.caseNumber} ${task.caseTitle} ${task.name} ${task.client}`
          .toLowerCase()
          .includes(search === 'медленно' ? '' : search) &&
        (query.get('deadline') !== 'overdue' || task.deadline?.light === 'red') &&
        (query.get('deadline') !== 'soon' || task.deadline?.light === 'amber') &&
        (query.get('processId') === null || task.processId === query.get('processId')),
    );
    const counts = {
      mine: mine.length,
      group: group.length,
      all: open.length,
      overdue: mine.filter((task) => task.deadline?.light === 'red').length,
    };
    return checked(TaskPage, { ...page(found.map(withoutForm), query), asOf: new Date().toISOString(), counts });
  }

  #cases(query: URLSearchParams): unknown {
    const search = (query.get('search') ?? '').toLowerCase();
    if (search === 'ошибка')
      throw new Failure(500, 'Список не прочитан: база данных недоступна. Данные не изменились.');
    const state = query.get('state');
    const found = this.world.cases.filter(
      (item) =>
        `${item.caseNumber} ${item.title} ${item.client}`.toLowerCase().includes(search) &&
        (state === null || (state === 'INCIDENT' ? item.hasIncident : item.state === state)),
    );
    return checked(CasePage, page(found, query));
  }

  #notifications(now: Date): unknown {
    const item = (
      key: number,
      minutes: number,
      text: string,
      userTaskKey: string | null,
      caseKey: string | null,
    ): NotificationView => ({
      notificationKey: String(key),
      text,
      at: new Date(now.getTime() - minutes * 60_000).toISOString(),
      read: this.#read.has(String(key)) || key === 3,
      caseKey,
      userTaskKey,
    });
    const items = [
      item(
        1,
        4,
        'Скоро срок: «Классифицировать обращение», ОБР-2026-000139',
        this.world.tasks[1]?.userTaskKey ?? null,
        null,
      ),
      item(2, 190, 'Просрочено и передано вам: «Разбор», ОБР-2026-000131', null, this.world.cases[2]?.caseKey ?? null),
      item(3, 1600, 'Клиент ответил по делу ОБР-2026-000128', null, this.world.cases[3]?.caseKey ?? null),
    ];
    return checked(NotificationList, { items, unread: items.filter((one) => !one.read).length });
  }

  async #task(call: Call, key: string, part: string | undefined, now: Date): Promise<unknown> {
    const index = this.world.tasks.findIndex((task) => task.userTaskKey === key);
    const task = this.world.tasks[index];
    if (task === undefined) throw new Failure(404, 'Такой задачи нет.', { code: 'task-not-found' });
    const change = (next: Partial<FakeTask>): void => void (this.world.tasks[index] = { ...task, ...next });
    if (part === 'assignee') {
      const username = call.body.username as string | null;
      change({
        assignee: username,
        assigneeName: this.world.people.find((person) => person.username === username)?.name ?? null,
      });
      return undefined;
    }
    if (part === 'draft') {
      const draft = { data: call.body.data as Record<string, unknown>, savedAt: now.toISOString() };
      this.#drafts.set(key, draft);
      return { savedAt: draft.savedAt };
    }
    if (part === 'files') {
      const { fileKey, name, mimeType, size, sha256 } = fakeFiles(now)[0] as FileView;
      return { fileKey, name, mimeType, size, sha256 };
    }
    if (part === 'complete') {
      if (task.state !== 'CREATED') throw new Failure(409, 'Задача уже завершена.', { code: 'task-not-active' });
      const data = call.body.data as Record<string, unknown>;
      if (data.comment === 'плохо') {
        const errors = [
          { path: '/clientName', keyword: 'server', params: {}, message: '«Клиент»: такого клиента нет в справочнике' },
        ];
        throw new Failure(422, 'Форма заполнена с ошибками.', { errors });
      }
      change({ state: 'COMPLETED', assignee: call.user.username, assigneeName: call.user.name });
      return undefined;
    }
    const definition = task.formKey === null ? undefined : formDefinition(task.formKey);
    return checked(TaskDetail, {
      task: withoutForm(task),
      canWork:
        task.state === 'CREATED' &&
        (task.assignee === call.user.username || task.candidateGroups.some((id) => call.user.groups.includes(id))),
      form:
        definition === undefined
          ? null
          : {
              formKey: '77',
              formId: task.formKey ?? '',
              version: 1,
              definition,
              binding: {},
              validatorUrl: `/api/forms/${task.formKey}/validator/${'0'.repeat(32)}.mjs`,
            },
      variables: { channel: 'mail', clientName: task.client ?? '', clientKind: 'b2b', email: 'info@teplodom.example' },
      draft: this.#drafts.get(key) ?? null,
      now: now.toISOString(),
      zone: 'Europe/Moscow',
    });
  }

  #case(
    key: string,
    part: string | undefined,
    { now, query }: { readonly now: Date; readonly query: URLSearchParams },
  ): unknown {
    const index = this.world.cases.findIndex((item) => item.caseKey === key);
    const item = this.world.cases[index];
    if (item === undefined) throw new Failure(404, 'Такого дела нет.', { code: 'case-not-found' });
    const empty = index === 3;
    if (part === 'mails') return checked(items(MailView), { items: empty ? [] : fakeMails(now) });
    if (part === 'files') return checked(items(FileView), { items: empty ? [] : fakeFiles(now) });
    if (part === 'variables') return checked(items(VariableView), { items: empty ? [] : fakeVariables(now) });
    if (part === 'waits') return checked(items(CaseWaitView), { items: empty ? [] : fakeWaits(now) });
    if (part === 'decisions') return checked(CaseDecisionPage, page(empty ? [] : fakeDecisions(now), query, 20));
    if (part === 'story') return checked(StoryPage, { items: empty ? [] : fakeStory(now), nextCursor: null });
    if (part === 'documents') return checked(items(DocumentView), { items: empty ? [] : [fakeDocument(now)] });
    if (part === 'diagram') return checked(DiagramView, fakeDiagram(now, item.deadline?.light === 'red', index === 5));
    const participants = this.world.people.slice(0, 2).map(({ username, name }) => ({ username, name }));
    return checked(CaseDetail, {
      case: item,
      suspendedAt: null,
      stages: fakeStages(now, item, this.world.tasks),
      facts: empty ? [] : FACTS,
      participants: empty ? [] : participants,
    });
  }
}

function withoutForm({ formKey: _formKey, ...task }: FakeTask): Omit<FakeTask, 'formKey'> {
  return task;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const part of request) chunks.push(part as Buffer);
  return Buffer.concat(chunks);
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
