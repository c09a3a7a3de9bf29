import assert from 'node:assert/strict';
import type { Request } from 'express';
import { queryRows, readerOf } from '../database/connect.ts';
import { PASSWORD, serveRoutes, type ServedRoutes } from '../http/test/serve-routes.ts';
import { forEachDialect } from '../test/dialects.ts';
import { createIdentity, IDLE_LIMIT, ABSOLUTE_LIMIT } from './identity.ts';
import { createKnownPrincipals } from './known-principals.ts';

forEachDialect((dialect) => {
  let served: ServedRoutes;
  before(async () => {
    served = await serveRoutes((await dialect.connect()).settings);
  });
  after(() => served.close());

  const signIn = (username: string, password: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${served.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ username, password }),
    });
  const whoAmI = (headers: Record<string, string>): Promise<Response> =>
    fetch(`${served.url}/api/session`, { headers });
  const cookieOf = (response: Response): string => response.headers.getSetCookie()[0]!.split(';')[0]!;

  it('signs in, knows the person, signs out', async () => {
    const response = await signIn(' АННА ', PASSWORD);
    assert.equal(response.status, 200);
    const [cookie] = response.headers.getSetCookie();
    assert.match(cookie!, /^reglament_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=86400$/);
    const session = { cookie: cookieOf(response) };
    const view = (await (await whoAmI(session)).json()) as Record<string, unknown>;
    assert.deepEqual(view, {
      user: { username: 'анна', name: 'Анна Орлова', email: null },
      groups: [{ groupId: 'dispatchers', name: 'Диспетчеры' }],
      roles: ['dispatcher'],
      permissions: ['tasks', 'cases', 'intake'],
    });
    const out = await fetch(`${served.url}/api/session`, { method: 'DELETE', headers: session });
    assert.equal(out.status, 204);
    assert.equal((await whoAmI(session)).status, 401);
  });

  it('stores no token, only its hash', async () => {
    const cookie = cookieOf(await signIn('анна', PASSWORD));
    const rows = await queryRows<{ token_hash: string }>(
      readerOf(served.database),
      'SELECT token_hash FROM user_session',
    );
    assert.ok(
      rows.length > 0 && rows.every((row) => !cookie.includes(row.token_hash) && /^[0-9a-f]{64}$/.test(row.token_hash)),
    );
  });

  it('rotates: signing in again ends the session that was shown', async () => {
    const first = cookieOf(await signIn('анна', PASSWORD));
    const second = cookieOf(await signIn('анна', PASSWORD, { cookie: first }));
    assert.notEqual(first, second);
    assert.deepEqual([(await whoAmI({ cookie: first })).status, (await whoAmI({ cookie: second })).status], [401, 200]);
  });

  it('gives the same answer for a wrong password, an unknown login and a shut account', async () => {
    await served.users.addUser({ username: 'gone', name: 'Gone', password: PASSWORD, groups: [], roles: [] });
    await served.users.deactivate('gone');
    const answers = [
      await signIn('boss', 'wrong password'),
      await signIn('nobody', PASSWORD),
      await signIn('gone', PASSWORD),
    ];
    const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as Record<string, unknown>[];
    for (const body of bodies) {
      assert.deepEqual(
        [body['status'], body['code'], body['detail']],
        [401, 'wrong-credentials', 'Логин или пароль не подходят.'],
      );
    }
  });

  it('knows at once of a password, a role, a group and a shut account that this node changes', async () => {
    const user = { username: 'mover', name: 'M', password: PASSWORD, groups: [], roles: ['worker'] };
    await served.users.addUser(user);
    const session = { cookie: cookieOf(await signIn('mover', PASSWORD)) };
    const mine = async (): Promise<readonly unknown[]> => {
      const { roles, groups } = (await (await whoAmI(session)).json()) as { roles: string[]; groups: unknown[] };
      return [roles, groups.length];
    };
    assert.deepEqual(await mine(), [['worker'], 0]);
    await served.userRoles.assign('head', { kind: 'person', id: 'mover' });
    await served.groups.addMember('dispatchers', 'mover');
    assert.deepEqual(await mine(), [['head', 'worker'], 1]);
    await served.userRoles.unassign('worker', { kind: 'person', id: 'mover' });
    assert.deepEqual(await mine(), [['head'], 1]);
    await served.users.setPassword('mover', 'another long password');
    assert.equal((await whoAmI(session)).status, 401, 'a new password ends every session');
    const later = { cookie: cookieOf(await signIn('mover', 'another long password')) };
    assert.equal((await whoAmI(later)).status, 200);
    await served.users.deactivate('mover');
    assert.equal((await whoAmI(later)).status, 401);
  });

  it('another node knows what this one changed within two seconds, and not by chance before', async () => {
    let time = 0;
    const known = createKnownPrincipals(() => time);
    const other = createIdentity({ database: served.database, now: Date.now, secure: false, known });
    await served.users.addUser({ username: 'roamer', name: 'R', password: PASSWORD, groups: [], roles: ['worker'] });
    const authorization = `Basic ${Buffer.from(`roamer:${PASSWORD}`).toString('base64')}`;
    const rolesThere = async (): Promise<readonly string[]> =>
      (await other.identify({ headers: { authorization } } as Request))!.roles;
    assert.deepEqual(await rolesThere(), ['worker']);
    await served.userRoles.assign('head', { kind: 'person', id: 'roamer' });
    assert.deepEqual(await rolesThere(), ['worker'], 'known for a moment');
    time += 2_001;
    assert.deepEqual(await rolesThere(), ['head', 'worker']);
  });

  it('ends a session that nobody uses, and any session after a day', async () => {
    const cookie = cookieOf(await signIn('анна', PASSWORD));
    served.advance(IDLE_LIMIT - 60_000);
    assert.equal((await whoAmI({ cookie })).status, 200, 'seen again, so the idle time starts anew');
    served.advance(IDLE_LIMIT - 60_000);
    assert.equal((await whoAmI({ cookie })).status, 200);
    served.advance(IDLE_LIMIT + 1);
    assert.equal((await whoAmI({ cookie })).status, 401);
    const other = cookieOf(await signIn('анна', PASSWORD));
    for (let hours = 0; hours < ABSOLUTE_LIMIT; hours += IDLE_LIMIT / 2) {
      served.advance(IDLE_LIMIT / 2);
      await whoAmI({ cookie: other });
    }
    assert.equal((await whoAmI({ cookie: other })).status, 401);
  });

  it('makes the sixth wrong try of an account wait, from any address, and lets the right one in after it', async () => {
    await served.users.addUser({ username: 'target', name: 'T', password: PASSWORD, groups: [], roles: [] });
    for (let n = 0; n < 5; n += 1) assert.equal((await signIn('target', `guess number ${n}`)).status, 401);
    assert.equal((await signIn('target', PASSWORD)).status, 429);
    served.advance(1_100);
    assert.equal((await signIn('target', PASSWORD)).status, 200);
  });

  it('takes Basic, and forgets a password that was changed', async () => {
    await served.users.addUser({
      username: 'client',
      name: 'C',
      password: PASSWORD,
      groups: [],
      roles: ['integration'],
    });
    const basic = (password: string): Record<string, string> => ({
      authorization: `Basic ${Buffer.from(`client:${password}`).toString('base64')}`,
    });
    assert.equal((await whoAmI(basic(PASSWORD))).status, 200);
    const before = served.verifications();
    for (let n = 0; n < 20; n += 1) assert.equal((await whoAmI(basic(PASSWORD))).status, 200);
    assert.equal(served.verifications(), before, 'a verified password is not hashed again');
    await served.users.setPassword('client', 'another long password');
    assert.equal((await whoAmI(basic(PASSWORD))).status, 401);
    assert.equal((await whoAmI({ authorization: 'Basic %%%' })).status, 401);
    assert.equal((await whoAmI({ authorization: 'Bearer abc' })).status, 401);
  });

  it('refuses weak passwords, unknown roles and groups, taken logins', async () => {
    const user = { username: 'new', name: 'N', password: PASSWORD, groups: [], roles: [] };
    const cases = [
      { ...user, password: 'short' },
      { ...user, roles: ['root'] },
      { ...user, groups: ['nowhere'] },
      { ...user, username: 'BOSS' },
      { ...user, username: 'a b' },
    ];
    for (const wrong of cases) await assert.rejects(served.users.addUser(wrong), { name: 'Refused' });
  });
});
