import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createApp, type App } from '../../app.ts';
import type { Database } from '../../database/connect.ts';
import { connectTestDatabase } from '../../database/test/connect-test-database.ts';
import { migrate } from '../../database/migrate.ts';
import type { DiskSpace } from '../../disk/disk-space.ts';
import { createFileContent } from '../../files/content/create-file-content.ts';
import { findViolations } from '../../fsck/test/find-violations.ts';
import { deployPacks } from '../../packs/deploy-packs.ts';
import type { ConnectionSettings } from '../../test/dialects.ts';
import type { AllowedHost } from '../../connectors/http/check-target.ts';
import { PUBLIC_FORM_DEFAULTS, type PublicFormSettings } from '../../start-forms/public-form-settings.ts';
import { STANDARD_GROUPS } from '../../users/standard-groups.ts';
import { closeServer, createHttpServer, listen } from '../http-server.ts';
import { PASSWORD } from './serve-routes.ts';
import { mailFile } from '../../intake/mail/test/mail-file.ts';

/** Monday, 16 November 2026, 10:00 in Moscow: a working morning. */
export const START = Date.parse('2026-11-16T07:00:00Z');

const PEOPLE = [
  ['admin', 'Вера Титова', 'analysts', 'administrator'],
  ['analyst', 'Марина Соколова', 'analysts', 'analyst'],
  ['dispatcher', 'Анна Орлова', 'dispatchers', 'dispatcher'],
  ['dispatcher2', 'Олег Диев', 'dispatchers', 'dispatcher'],
  ['head', 'Павел Кузнецов', 'claims-head', 'head'],
  ['warehouse', 'Илья Беляев', 'warehouse', 'specialist'],
  ['logistics', 'Ольга Фёдорова', 'logistics', 'specialist'],
  ['production', 'Роман Щукин', 'production', 'specialist'],
  ['consultation', 'Дарья Ежова', 'consultation', 'specialist'],
  ['moscow', 'Егор Громов', 'asc-moscow', 'contractor'],
  ['tula', 'Нина Зайцева', 'asc-tula', 'contractor'],
  ['tula2', 'Пётр Сомов', 'asc-tula', 'contractor'],
] as const;
export type PersonName = (typeof PEOPLE)[number][0];

/** One HTTP answer, read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Tests look into many shapes; the contract's types are checked where they are made.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

export interface TestApp {
  readonly url: string;
  readonly app: App;
  readonly database: Database;
  readonly dataFolder: string;
  now(): number;
  /** Moves the clock. Nothing runs by itself: call `settle`. */
  advance(milliseconds: number): void;
  /** Does every job, timer, message and outbox row that is due. */
  settle(): Promise<void>;
  /** Calls the API as a person; null is nobody. A plain object is sent as JSON. */
  call(who: PersonName | null, request: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Hands over one of the colleague's test mails, with texts replaced. */
  mail(name: string, replacements?: Readonly<Record<string, string>>): Promise<Answer>;
  close(): Promise<void>;
}

/** The whole server over a real socket and a real database, with a clock that the test moves. */
export async function startApp(
  settings: ConnectionSettings,
  {
    designerFolder = '/nonexistent',
    disk,
    checkAtEnd = true,
    publicForms,
    httpAllow,
  }: {
    readonly designerFolder?: string;
    readonly disk?: DiskSpace;
    /** False where rows were made without their history. */
    readonly checkAtEnd?: boolean;
    /** Beside the defaults of the house. */
    readonly publicForms?: Partial<PublicFormSettings>;
    readonly httpAllow?: readonly AllowedHost[];
  } = {},
): Promise<TestApp> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'reglament-app-'));
  const database = await connectTestDatabase(settings);
  await migrate(database);
  let time = START;
  const clock = { now: () => time };
  const app = await createApp({
    config: {
      dataFolder,
      publicUrl: null,
      trustedProxies: 0,
      // A busy machine must not cost a test its buckets, and no heartbeat comes between what a test does.
      nodeLeaseMs: 600_000,
      zone: 'Europe/Moscow',
      smtpUrl: null,
      mailFrom: { name: 'Отдел рекламаций', address: 'reklama@tehnika.example' },
      publicForms: { ...PUBLIC_FORM_DEFAULTS, ...publicForms },
      ...(httpAllow && { httpAllow }),
    },
    database,
    clock,
    logger: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    version: '0.0.0-test',
    demo: false,
    designerFolder,
    ...(disk && { disk }),
  });
  await deployPacks(app.deployments);
  await app.users.addGroups(STANDARD_GROUPS);
  for (const [username, name, group, role] of PEOPLE) {
    await app.users.addUser({ username, name, password: PASSWORD, groups: [group], roles: [role] });
  }
  const server = createHttpServer(app.http);
  const url = `http://127.0.0.1:${await listen(server, { port: 0, host: '127.0.0.1' })}`;

  const call: TestApp['call'] = async (who, request, body, headers = {}) => {
    const [method = 'GET', path = '/'] = request.split(' ');
    const raw = body instanceof Uint8Array || body instanceof FormData;
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(who === null ? {} : { authorization: `Basic ${Buffer.from(`${who}:${PASSWORD}`).toString('base64')}` }),
        ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: json ? (JSON.parse(bytes.toString('utf8')) as unknown) : bytes,
    };
  };

  return {
    url,
    app,
    database,
    dataFolder,
    now: () => time,
    advance: (milliseconds) => void (time += milliseconds),
    settle: () => app.worker.drain(),
    call,
    async mail(name, replacements = {}) {
      let raw = await readFile(mailFile(name));
      for (const [from, to] of Object.entries(replacements)) {
        raw = Buffer.from(
          raw.toString('latin1').replaceAll(Buffer.from(from).toString('latin1'), Buffer.from(to).toString('latin1')),
          'latin1',
        );
      }
      return call('dispatcher', 'POST /api/intake/mail', new Uint8Array(raw), { 'content-type': 'message/rfc822' });
    },
    async close() {
      await closeServer(server, 0);
      await app.close();
      const content = createFileContent({ root: join(dataFolder, 'files') });
      const violations = checkAtEnd ? await findViolations(database, { content, now: time }) : [];
      await database.close();
      rmSync(dataFolder, { recursive: true, force: true });
      assert.deepEqual(violations, [], 'whatever was done over HTTP leaves a sound installation');
    },
  };
}
