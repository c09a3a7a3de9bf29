import assert from 'node:assert/strict';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { queryRows, readerOf } from '../../database/connect.ts';
import { forEachDialect } from '../../test/dialects.ts';
import { serveV2, type ServedV2 } from '../test/serve-v2.ts';

const NOW = { consistency: { waitUpToMs: 0 } };
const PASSWORD = 'длинный пароль для проверки';
const named = (username: string) => username as never;

forEachDialect((dialect) => {
  describe('people, groups, roles and the tenant of /v2', () => {
    let served: ServedV2;
    let boss: CamundaClient;
    before(async () => {
      served = await serveV2((await dialect.connect()).settings);
      boss = served.client('boss');
    });
    after(() => served.close());

    const signIn = async (username: string, password = PASSWORD): Promise<number> =>
      (
        await fetch(`${served.url}/v2/topology`, {
          headers: { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` },
        })
      ).status;

    const hashes = () =>
      queryRows(readerOf(served.database), 'SELECT username, password_hash FROM app_user ORDER BY username');

    it('opens an account, changes it, shuts it, and never gives its login to another', async () => {
      const user = await boss.createUser(
        {
          username: 'petrov',
          password: PASSWORD,
          name: 'Пётр Петров',
          email: 'p@x.ru',
        },
        NOW,
      );
      assert.deepEqual({ ...user }, { username: 'petrov', name: 'Пётр Петров', email: 'p@x.ru' });
      assert.equal(await signIn('petrov'), 200);
      await assert.rejects(boss.createUser({ username: 'Petrov', password: PASSWORD }, NOW), { status: 409 });
      await assert.rejects(boss.createUser({ username: 'ivanov', password: 'x' }, NOW), { status: 400 });

      const changed = await boss.updateUser(
        {
          username: named('petrov'),
          name: 'П. Петров',
          email: '',
          password: `${PASSWORD}2`,
        },
        NOW,
      );
      assert.deepEqual({ ...changed }, { username: 'petrov', name: 'П. Петров' });
      assert.deepEqual([await signIn('petrov'), await signIn('petrov', `${PASSWORD}2`)], [401, 200]);

      await boss.deleteUser({ username: named('petrov') }, NOW);
      assert.equal(await signIn('petrov', `${PASSWORD}2`), 401);
      await assert.rejects(boss.getUser({ username: named('petrov') }, NOW), { status: 404 });
      await assert.rejects(boss.deleteUser({ username: named('petrov') }, NOW), { status: 404 });
      const kept = await hashes();
      const late = boss.updateUser({ username: named('petrov'), name: 'x', password: `${PASSWORD}3` }, NOW);
      await assert.rejects(late, { status: 404 });
      assert.deepEqual(await hashes(), kept, 'refused as a whole');
      await assert.rejects(boss.createUser({ username: 'petrov', password: PASSWORD }, NOW), { status: 409 });
    });

    it('finds people by name and mail, sorted, page by page', async () => {
      for (const n of [1, 2, 3]) {
        await boss.createUser(
          {
            username: `found${n}`,
            password: PASSWORD,
            name: `Найденный ${4 - n}`,
            ...(n === 2 ? {} : { email: `f${n}@x.ru` }),
          },
          NOW,
        );
      }
      const logins = async (query: Parameters<CamundaClient['searchUsers']>[0]) =>
        (await boss.searchUsers(query, NOW)).items.map(({ username }) => String(username));
      assert.deepEqual(await logins({ filter: { username: { $like: 'found*' } }, sort: [{ field: 'name' }] }), [
        'found3',
        'found2',
        'found1',
      ]);
      assert.deepEqual(await logins({ filter: { username: { $like: 'found*' }, email: { $exists: false } } }), [
        'found2',
      ]);
      assert.deepEqual(await logins({ filter: { name: 'Найденный 3' } }), ['found1']);
      const filter = { username: { $like: 'found*' } };
      const { page } = await boss.searchUsers({ filter, page: { limit: 2 } }, NOW);
      const next = await served.send('boss', 'POST /v2/users/search', {
        filter,
        page: { limit: 2, after: page.endCursor },
      });
      assert.deepEqual((next.body as { items?: unknown }).items, [
        { username: 'found3', name: 'Найденный 1', email: 'f3@x.ru' },
      ]);
    });

    it('keeps groups and who is in them; a member sees the tasks of the group', async () => {
      const group = await boss.createGroup({ groupId: 'night', name: 'Ночная смена', description: 'с 22 до 6' });
      assert.deepEqual({ ...group }, { groupId: 'night', name: 'Ночная смена', description: 'с 22 до 6' });
      await assert.rejects(boss.createGroup({ groupId: 'night', name: 'x' }), { status: 409 });
      const member = { groupId: 'night', username: named('warehouse') };
      await boss.assignUserToGroup(member);
      await assert.rejects(boss.assignUserToGroup(member), { status: 409 });
      const me = await served.client('warehouse').getAuthentication();
      assert.ok(me.groups.includes('night'));
      const { items } = await boss.searchUsersForGroup({ groupId: 'night' }, NOW);
      assert.deepEqual(
        items!.map(({ username }) => username),
        ['warehouse'],
      );
      assert.deepEqual((await boss.searchRolesForGroup({ groupId: 'night' }, NOW)).items, []);

      await boss.updateGroup({ groupId: 'night', name: 'Ночь', description: '' });
      assert.equal((await boss.getGroup({ groupId: 'night' }, NOW)).name, 'Ночь');
      assert.deepEqual((await boss.searchGroups({ filter: { groupId: { $like: 'ni*' } } }, NOW)).items!.length, 1);
      await boss.unassignUserFromGroup(member);
      await assert.rejects(boss.unassignUserFromGroup(member), { status: 404 });
      await boss.deleteGroup({ groupId: 'night' });
      await assert.rejects(boss.getGroup({ groupId: 'night' }, NOW), { status: 404 });
      await assert.rejects(boss.searchUsersForGroup({ groupId: 'night' }, NOW), { status: 404 });
    });

    it('gives and takes roles, which work from the next request on; the last administrator stays', async () => {
      const logistics = served.client('logistics');
      await assert.rejects(logistics.searchJobs({}, NOW), { status: 403 });
      await boss.assignRoleToUser({ roleId: 'worker', username: named('logistics') });
      await logistics.searchJobs({}, NOW);
      const holders = await boss.searchUsersForRole({ roleId: 'worker' }, NOW);
      assert.deepEqual(
        holders.items!.map(({ username }) => username),
        ['logistics'],
      );
      await boss.unassignRoleFromUser({ roleId: 'worker', username: named('logistics') });
      await assert.rejects(logistics.searchJobs({}, NOW), { status: 403 });
      await assert.rejects(boss.unassignRoleFromUser({ roleId: 'worker', username: named('logistics') }), {
        status: 404,
      });
      await assert.rejects(boss.assignRoleToUser({ roleId: 'king', username: named('logistics') }), { status: 404 });

      const { items } = await boss.searchRoles({ filter: { roleId: 'administrator' } }, NOW);
      assert.deepEqual(
        items!.map(({ name }) => name),
        ['Администратор'],
      );
      assert.equal((await boss.getRole({ roleId: 'head' }, NOW)).name, 'Руководитель');
      assert.deepEqual((await boss.searchGroupsForRole({ roleId: 'head' }, NOW)).items, []);
      const last = { roleId: 'administrator', username: named('boss') };
      await assert.rejects(boss.unassignRoleFromUser(last), { status: 409 });
      await assert.rejects(boss.deleteUser({ username: named('boss') }, NOW), { status: 409 });
      await boss.assignRoleToUser({ roleId: 'administrator', username: named('head') });
      await boss.unassignRoleFromUser({ roleId: 'administrator', username: named('head') });
    });

    it('has one tenant with everybody in it', async () => {
      const tenantId = '<default>' as never;
      assert.equal((await boss.getTenant({ tenantId }, NOW)).name, 'Default');
      assert.equal((await boss.searchTenants({}, NOW)).items!.length, 1);
      const users = await boss.searchUsersForTenant({ tenantId }, NOW);
      assert.ok(users.items!.some(({ username }) => username === 'warehouse'));
      const groups = await boss.searchGroupIdsForTenant({ tenantId }, NOW);
      assert.ok(groups.items!.some(({ groupId }) => groupId === 'warehouse'));
      assert.ok((await boss.searchRolesForTenant({ tenantId }, NOW)).items!.length >= 7);
      await assert.rejects(boss.getTenant({ tenantId: 'other' as never }, NOW), { status: 404 });
    });

    it('lets nobody but an administrator see or change people', async () => {
      for (const request of [
        'POST /v2/users/search',
        'GET /v2/users/boss',
        'POST /v2/groups/search',
        'POST /v2/roles/search',
      ]) {
        assert.equal(
          (await served.send('head', request, request.startsWith('GET') ? undefined : {})).status,
          403,
          request,
        );
      }
    });

    it('the first administrator needs no account, and there is no second first one', async () => {
      const first = { username: 'root', password: PASSWORD };
      assert.equal((await served.send(null, 'POST /v2/setup/user', first)).status, 403);
      const { writer } = served.database;
      const kept = [await writer('app_user').select(), await writer('user_role').select()] as const;
      await writer('user_role').delete();
      await writer('app_user').delete();
      const [one, two] = await Promise.all([
        served.send(null, 'POST /v2/setup/user', first),
        served.send(null, 'POST /v2/setup/user', { ...first, username: 'root2' }),
      ]);
      assert.deepEqual([one.status, two.status].sort(), [201, 403]);
      const [{ username }] = (await writer('app_user').select('username')) as [{ username: string }];
      assert.equal(await signIn(username), 200);
      await writer('user_role').delete();
      await writer('app_user').delete();
      await writer('app_user').insert(kept[0]);
      await writer('user_role').insert(kept[1]);
    });
  });
});
