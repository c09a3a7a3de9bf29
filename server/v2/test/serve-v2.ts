import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCamundaClient, type CamundaClient } from '@camunda8/orchestration-cluster-api';
import { pino } from 'pino';
import type { Database } from '../../database/connect.ts';
import { connectTestDatabase } from '../../database/test/connect-test-database.ts';
import { createKeySource } from '../../database/key-source.ts';
import { migrate } from '../../database/migrate.ts';
import { createDefinitionDeletion } from '../../deployments/definition-deletion.ts';
import { createDeployments, type Deployments } from '../../deployments/deployments.ts';
import { documentLinkRoutes } from '../../files/api/document-link-routes.ts';
import { createDocumentLinks } from '../../files/api/document-links.ts';
import { createApiFiles, type ApiFiles } from '../../files/api/api-files.ts';
import { createFileContent } from '../../files/content/create-file-content.ts';
import { createFiles } from '../../files/files.ts';
import { createPartialUploads } from '../../files/partial-uploads.ts';
import { createHttpApp } from '../../http/create-http-app.ts';
import { closeServer, createHttpServer, listen } from '../../http/http-server.ts';
import type { Route } from '../../http/route.ts';
import { PASSWORD } from '../../http/test/serve-routes.ts';
import { createAuthorizations } from '../../identity/authorizations.ts';
import { createIdentity } from '../../identity/identity.ts';
import { createKnownPrincipals } from '../../identity/known-principals.ts';
import { tokenRoutes } from '../../identity/token-routes.ts';
import { createMessages } from '../../messages/messages.ts';
import { createDefinitions, type Definitions } from '../../runtime/definitions.ts';
import { createPinnableClock } from '../../runtime/pinnable-clock.ts';
import { createRunner, type Runner } from '../../runtime/runner.ts';
import { createSignals } from '../../signals/signals.ts';
import { createBatches } from '../../operations/batches.ts';
import { createMigrations, type Migrations } from '../../operations/migrations.ts';
import type { ConnectionSettings } from '../../test/dialects.ts';
import { createTaskActions, type TaskActions } from '../../user-tasks/task-actions.ts';
import { createTaskList, type TaskList } from '../../user-tasks/task-list.ts';
import { accessRoutes } from '../../users/access-routes.ts';
import { createClients } from '../../users/clients.ts';
import { createGroups } from '../../users/groups.ts';
import { STANDARD_GROUPS } from '../../users/standard-groups.ts';
import { createOwnRoles } from '../../users/own-roles.ts';
import { createUserRoles } from '../../users/user-roles.ts';
import { createUsers, type Users } from '../../users/users.ts';
import { createWorker } from '../../worker/worker.ts';
import { mountUnanswered } from '../unanswered-operations.ts';
import { v2Routes } from '../v2-routes.ts';

const PEOPLE = [
  ['boss', 'Марина Соколова', 'analysts', 'administrator'],
  ['head', 'Павел Кузнецов', 'claims-head', 'head'],
  ['warehouse', 'Илья Беляев', 'warehouse', 'specialist'],
  ['logistics', 'Ольга Фёдорова', 'logistics', 'specialist'],
] as const;
export type PersonName = (typeof PEOPLE)[number][0];

export interface ServedV2 {
  readonly url: string;
  readonly database: Database;
  readonly routes: readonly Route[];
  /** Routes served beside them. */
  readonly otherRoutes: readonly Route[];
  readonly users: Users;
  readonly apiFiles: ApiFiles;
  /** The official client, unmodified and strict, as a person. */
  client(who: string): CamundaClient;
  /** A raw request, for what the client would not send. */
  send(
    who: string | null,
    request: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: Problem }>;
  /** Moves the clock of leases, back-offs and timers. */
  advance(milliseconds: number): void;
  /** Does what is due: timers, messages, expired leases. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** What routes outside of `/v2` are made from. */
export interface ServedRooms {
  readonly database: Database;
  readonly runner: Runner;
  readonly definitions: Definitions;
  readonly deployments: Deployments;
  readonly migrations: Migrations;
  readonly taskList: TaskList;
  readonly taskActions: TaskActions;
  readonly now: () => number;
}

export interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly status?: number;
  readonly code?: string;
  readonly errors?: readonly { readonly path: string; readonly keyword: string }[];
}

/** `/v2` over a real socket and a real database with everything behind it. */
export async function serveV2(
  settings: ConnectionSettings,
  {
    authorizations: enforced = false,
    more = () => [],
  }: {
    readonly authorizations?: boolean;
    /** Routes of `/api` to serve beside. */
    readonly more?: (rooms: ServedRooms) => readonly Route[];
  } = {},
): Promise<ServedV2> {
  const database = await connectTestDatabase(settings);
  await migrate(database);
  const folder = mkdtempSync(join(tmpdir(), 'reglament-v2-'));
  let shift = 0;
  const clock = createPinnableClock({ now: () => Date.now() + shift });
  const { now } = clock;
  const keys = createKeySource(database);
  const definitions = await createDefinitions({ database });
  const deployments = createDeployments({ database, keys, definitions, clock });
  const definitionDeletion = createDefinitionDeletion({ database, keys, definitions, clock });
  const runner = createRunner({ database, keys, definitions, clock });
  const messages = createMessages({ database, keys, runner, clock });
  const signals = createSignals({ database, keys, runner, clock });
  const failures: unknown[] = [];
  const onError = (error: unknown): void => void failures.push(error);
  const worker = createWorker({ database, runner, definitions, messages, signals, clock, onError });
  const content = createFileContent({ root: folder });
  const files = createFiles({ database, keySource: keys, content, now });
  const apiFiles = createApiFiles({ database, content, now });
  const documentLinks = createDocumentLinks({ database, apiFiles, now });
  const uploads = createPartialUploads({ root: join(folder, 'arriving'), maxPerFile: 0, maxPerOwner: 0, now });
  const taskList = createTaskList({ database, now, zone: definitions.zone, calendars: () => definitions.calendars });
  const taskActions = createTaskActions({ database, runner, definitions, files, uploads, taskList, now });
  const known = createKnownPrincipals();
  const onChange = (): void => known.forget();
  const users = createUsers({ database, now, onChange });
  const groups = createGroups({ database, onChange });
  const userRoles = createUserRoles({ database, onChange });
  const ownRoles = createOwnRoles({ database, onChange });
  await users.addGroups(STANDARD_GROUPS);
  for (const [username, name, group, role] of PEOPLE) {
    await users.addUser({ username, name, password: PASSWORD, groups: [group], roles: [role] });
  }
  const migrations = createMigrations({ runner, definitions });
  const batches = createBatches({ database, keys, runner, migrations, clock });
  worker.registerRound(() => batches.proceed());
  const clients = createClients({ database, now, onChange });
  const identity = createIdentity({ database, now, secure: false, known, authorizations: enforced });
  const authorizations = createAuthorizations({ database, keys, onChange });
  const { jobs } = worker;
  const version = '0.0.0-test';
  const routes = v2Routes({
    database,
    keys,
    definitions,
    deployments,
    definitionDeletion,
    runner,
    migrations,
    batches,
    jobs,
    messages,
    signals,
    taskActions,
    apiFiles,
    documentLinks,
    publicUrl: null,
    users,
    groups,
    userRoles,
    ownRoles,
    authorizations,
    clock,
    version,
  });
  const otherRoutes = [
    ...tokenRoutes({ identity }),
    ...documentLinkRoutes({ apiFiles, documentLinks }),
    ...accessRoutes({ database, ownRoles, clients }),
    ...more({ database, runner, definitions, deployments, migrations, taskList, taskActions, now }),
  ];
  const app = createHttpApp({
    routes: [...routes, ...otherRoutes],
    guards: identity,
    logger: pino({ level: process.env['TEST_LOG'] ?? 'silent' }),
    secure: false,
    trustedProxies: 0,
    version,
    designerFolder: '/nonexistent',
    mountMore: (express) => mountUnanswered(express, routes, identity),
  });
  const server = createHttpServer(app);
  const url = `http://127.0.0.1:${await listen(server, { port: 0, host: '127.0.0.1' })}`;

  return {
    url,
    database,
    routes,
    otherRoutes,
    users,
    apiFiles,
    client: (who) =>
      createCamundaClient({
        config: {
          CAMUNDA_REST_ADDRESS: url,
          CAMUNDA_AUTH_STRATEGY: 'BASIC',
          CAMUNDA_BASIC_AUTH_USERNAME: who,
          CAMUNDA_BASIC_AUTH_PASSWORD: PASSWORD,
          CAMUNDA_SDK_VALIDATION: 'strict',
          CAMUNDA_SDK_LOG_LEVEL: 'silent',
        },
      }),
    async send(who, request, body) {
      const [method = 'GET', path = '/'] = request.split(' ');
      const raw = body instanceof FormData || typeof body === 'string';
      const response = await fetch(url + path, {
        method,
        headers: {
          ...(who === null ? {} : { authorization: `Basic ${Buffer.from(`${who}:${PASSWORD}`).toString('base64')}` }),
          ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const json = text !== '' && /json/.test(response.headers.get('content-type') ?? '');
      return { status: response.status, body: (json ? JSON.parse(text) : {}) as Problem };
    },
    advance: (milliseconds) => void (shift += milliseconds),
    settle: () => worker.drain(),
    async close() {
      await closeServer(server, 0);
      await worker.stop();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
      if (failures.length > 0) throw failures[0];
    },
  };
}
