import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { Type } from '@sinclair/typebox';
import { queryRows } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { forEachDialect } from '../test/dialects.ts';
import { ok } from './reply.ts';
import { runOnce } from './request-command.ts';
import { route, type Access, type Route } from './route.ts';
import { PASSWORD, serveRoutes, type ServedRoutes } from './test/serve-routes.ts';
import type { Database } from '../database/connect.ts';

const Item = Type.Object(
  { name: Type.String({ maxLength: 20 }), tags: Type.Optional(Type.Array(Type.Unknown())) },
  { additionalProperties: false },
);

let effects = 0;
const testRoutes = (database: Database): readonly Route[] => [
  route({
    method: 'post',
    path: '/api/test/items',
    summary: { ru: 'Создать', en: 'Create' },
    access: 'cases',
    body: { kind: 'json', schema: Item, maxBytes: 100_000 },
    response: { status: 200, description: 'Created', schema: Item },
    handler: async ({ body, command }) =>
      ok(
        await inTransaction(database, (tx) =>
          runOnce(tx, { command, now: 1 }, async () => {
            effects += 1;
            return { name: body.name, effects };
          }),
        ),
      ),
  }),
  route({
    method: 'get',
    path: '/api/test/items/:key',
    summary: { ru: 'Прочитать', en: 'Read' },
    access: 'signed-in',
    params: Type.Object({ key: Type.String({ pattern: '^[1-9][0-9]{0,18}$' }) }),
    query: Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1 })) }, { additionalProperties: false }),
    response: { status: 200, description: 'Read', schema: Type.Unknown() },
    handler: async ({ params, query }) => ok({ ...params, ...query }),
  }),
  route({
    method: 'get',
    path: '/api/test/bug',
    summary: { ru: 'Ошибка', en: 'Bug' },
    access: 'public',
    response: { status: 200, description: 'Never' },
    handler: async () => {
      throw new Error('secret of the inside');
    },
  }),
  route({
    method: 'get',
    path: '/api/test/unlisted',
    summary: { ru: 'Неизвестное право', en: 'Unknown permission' },
    access: 'no-such-permission' as Access,
    response: { status: 200, description: 'Never' },
    handler: async () => ok({}),
  }),
];

forEachDialect((dialect) => {
  let served: ServedRoutes;
  before(async () => {
    served = await serveRoutes((await dialect.connect()).settings, testRoutes);
  });
  after(() => served.close());

  const auth = { authorization: `Basic ${Buffer.from(`boss:${PASSWORD}`).toString('base64')}` };
  const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${served.url}/api/test/items`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...auth, ...headers },
      body,
    });
  const problem = async (response: Response): Promise<Record<string, unknown>> => {
    assert.equal(response.headers.get('content-type'), 'application/problem+json');
    return (await response.json()) as Record<string, unknown>;
  };

  it('answers problems with status, code, request id and the language asked for', async () => {
    const response = await fetch(`${served.url}/api/nowhere`, {
      headers: { 'accept-language': 'en-GB,en;q=0.9,ru;q=0.2' },
    });
    const body = await problem(response);
    assert.equal(response.status, 404);
    assert.equal(body['title'], 'Not found');
    assert.equal(body['requestId'], response.headers.get('x-request-id'));
    assert.equal((await problem(await fetch(`${served.url}/api/nowhere`)))['title'], 'Не найдено');
  });

  it('says nothing of a bug but an id', async () => {
    const response = await fetch(`${served.url}/api/test/bug`);
    assert.equal(response.status, 500);
    const text = JSON.stringify(await problem(response));
    assert.ok(!/secret|at .*\.ts|node_modules/.test(text), text);
  });

  it('denies nobody, a stranger to the permission and a permission that nobody knows', async () => {
    assert.equal((await post('{"name":"a"}', { authorization: '' })).status, 401);
    await served.users.addUser({ username: 'spec', name: 'S', password: PASSWORD, groups: [], roles: ['specialist'] });
    const stranger = { authorization: `Basic ${Buffer.from(`spec:${PASSWORD}`).toString('base64')}` };
    assert.equal((await post('{"name":"a"}', stranger)).status, 403);
    assert.equal((await fetch(`${served.url}/api/test/unlisted`, { headers: auth })).status, 403);
  });

  it('takes only well-formed JSON of the declared shape and type', async () => {
    const deep = `{"name":"a","tags":${'['.repeat(70)}${']'.repeat(70)}}`;
    const cases: readonly [string, Record<string, string>, number][] = [
      ['{"name":"a"}', { 'content-type': 'text/plain' }, 415],
      ['{"name":"a"}', { 'content-type': 'application/json; charset=koi8-r' }, 415],
      ['{"name":', {}, 400],
      ['{"name":"a","more":1}', {}, 400],
      ['{"name":1}', {}, 400],
      ['{"name":"a","tags":[{"__proto__":{"x":1}}]}', {}, 400],
      ['{"name":"a","tags":[{"constructor":1}]}', {}, 400],
      [deep, {}, 400],
      [JSON.stringify({ name: 'a', tags: ['x'.repeat(100_001)] }), {}, 413],
    ];
    for (const [body, headers, status] of cases)
      assert.equal((await post(body, headers)).status, status, body.slice(0, 60));
    assert.equal((await post('{"name":"a"}', { 'content-type': 'application/json; charset=UTF-8' })).status, 200);
  });

  it('refuses an oversized body that does not tell its length', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const sent = httpRequest(`${served.url}/api/test/items`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...auth, 'transfer-encoding': 'chunked' },
      });
      sent.on('response', (response) => resolve(response.statusCode!)).on('error', reject);
      for (let n = 0; n < 30; n += 1) sent.write('x'.repeat(10_000));
      sent.end();
    });
    assert.equal(status, 413);
  });

  it('lets a client that is still sending too much hear why it is refused', async () => {
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
    const broken = new Promise<never>((_resolve, reject) => socket.on('error', reject));
    const send = (text: string) => Promise.race([new Promise((sent) => socket.write(text, sent)), broken]);
    const head = `POST /api/test/items HTTP/1.1\r\nHost: x\r\nAuthorization: ${auth.authorization}\r\n`;
    await send(`${head}Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{`);
    await Promise.race([once(socket, 'readable'), broken]);
    // The answer is here and unread; the first of these would have the connection reset, the next would break.
    for (let part = 0; part < 4; part += 1) await send('x'.repeat(10_000));
    assert.match(String(socket.read()), /^HTTP\/1\.1 413 /);
    socket.destroy();
  });

  it('refuses unknown and repeated query keys and wrong keys in the path', async () => {
    const get = (path: string): Promise<Response> => fetch(`${served.url}/api/test/items/${path}`, { headers: auth });
    assert.deepEqual(await (await get('12?limit=5')).json(), { key: '12', limit: 5 });
    for (const path of [
      '12?limti=5',
      '12?limit=5&limit=6',
      '12?limit=x',
      '12?limit[a]=1',
      '12?__proto__=1',
      '012',
      'abc',
      '..%2f..%2fetc',
      '%E0%A4%A',
    ]) {
      assert.equal((await get(path)).status, 400, path);
    }
    assert.equal((await fetch(`${served.url}/api/session?x=1`, { headers: auth })).status, 400, 'no query declared');
  });

  it('runs a write with the same Idempotency-Key once, and refuses the key for another request', async () => {
    const key = { 'idempotency-key': 'k-1' };
    const before = effects;
    const first = await (await post('{"name":"a"}', key)).json();
    assert.deepEqual(await (await post('{"name":"a"}', key)).json(), first);
    assert.equal(effects, before + 1);
    const other = await post('{"name":"b"}', key);
    assert.deepEqual([other.status, (await problem(other))['code']], [409, 'idempotency-conflict']);
    const both = await Promise.all([
      post('{"name":"c"}', { 'idempotency-key': 'k-2' }),
      post('{"name":"c"}', { 'idempotency-key': 'k-2' }),
    ]);
    assert.deepEqual(await both[0].json(), await both[1].json());
    assert.equal(
      (await post('{"name":"a"}', { 'idempotency-key': 'ключ' }).catch(() => ({ status: 400 }))).status,
      400,
    );
  });

  it('refuses unsafe requests of the cookie from foreign pages', async () => {
    const login = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${served.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ username: 'boss', password: PASSWORD }),
      });
    assert.equal((await login({ origin: 'https://evil.example' })).status, 403);
    assert.equal((await login({ origin: served.url })).status, 200);
    // fetch() does not let us write Sec-Fetch-Site.
    const raw = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
      let text = '';
      socket
        .on('data', (chunk) => (text += String(chunk)))
        .on('end', () => resolve(text))
        .on('error', reject);
      socket.write(
        `DELETE /api/session HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: cross-site\r\nConnection: close\r\n\r\n`,
      );
    });
    assert.match(raw, /^HTTP\/1\.1 403 /);
  });

  it('sends strict headers and no trace of the framework', async () => {
    const { headers } = await fetch(`${served.url}/api/system`);
    const policy = headers.get('content-security-policy')!;
    assert.ok(
      policy.includes("script-src 'self'") && policy.includes("default-src 'self'") && !policy.includes('unsafe-eval'),
    );
    assert.ok(!/script-src[^;]*unsafe-inline/.test(policy));
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    // Forms scan codes and note places; nothing of ours listens.
    assert.match(headers.get('permissions-policy')!, /camera=\(self\), geolocation=\(self\), microphone=\(\)/);
    assert.equal(headers.get('x-powered-by'), null);
    assert.equal(headers.get('cache-control'), 'no-store');
  });

  it('describes every route in OpenAPI from the schemas that check it', async () => {
    const document = (await (await fetch(`${served.url}/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { parameters: { name: string }[]; requestBody?: { content: unknown } }>>;
    };
    assert.equal(document.openapi, '3.1.0');
    assert.deepEqual(document.paths['/api/test/items']!['post']!.requestBody!.content, {
      'application/json': { schema: JSON.parse(JSON.stringify(Item)) },
    });
    assert.deepEqual(
      document.paths['/api/test/items/{key}']!['get']!.parameters.map(({ name }) => name),
      ['key', 'limit'],
    );
  });

  it('tells a broken database on /readyz and keeps /healthz', async () => {
    assert.equal((await fetch(`${served.url}/healthz`)).status, 200);
    assert.equal((await fetch(`${served.url}/readyz`)).status, 200);
    assert.equal(
      (await queryRows({ sql: served.database.reader, dialect: served.database.dialect }, 'SELECT 1 AS one')).length,
      1,
    );
  });
});
