import assert from 'node:assert/strict';
import { createCamundaClient, type CamundaClient } from '@camunda8/orchestration-cluster-api';
import { queryRows, readerOf } from '../../database/connect.ts';
import { inTransaction } from '../../database/transaction.ts';
import { forEachDialect } from '../../test/dialects.ts';
import { serveV2, type ServedV2 } from '../test/serve-v2.ts';

const NOW = { consistency: { waitUpToMs: 0 } };
const named = (username: string) => username as never;

forEachDialect((dialect) => {
  describe('own roles, roles of groups, and API clients', () => {
    let served: ServedV2;
    let boss: CamundaClient;
    before(async () => {
      served = await serveV2((await dialect.connect()).settings);
      boss = served.client('boss');
    });
    after(() => served.close());

    const status = async (who: Parameters<ServedV2['send']>[0], request: string, body?: unknown): Promise<number> =>
      (await served.send(who, request, body)).status;
    const mayDo = async (who: 'logistics' | 'warehouse'): Promise<readonly number[]> => [
      await status(who, 'POST /v2/process-instances/search', {}),
      await status(who, 'POST /v2/variables/search', {}),
    ];

    /** Until a connection waits for a lock. */
    const isSomebodyWaiting = async (): Promise<void> => {
      const sql = 'SELECT 1 AS one FROM pg_locks WHERE NOT granted LIMIT 1';
      while ((await queryRows(readerOf(served.database), sql)).length === 0);
    };
    const json = ({ permissions }: Readonly<Record<string, unknown>>) =>
      permissions === undefined ? {} : { permissions: JSON.stringify(permissions) };

    it('makes a role, gives it permissions, and each holder may do the union of their roles', async () => {
      const role = { roleId: 'auditor', name: 'Аудитор', description: 'смотрит всё' };
      assert.deepEqual({ ...(await boss.createRole(role)) }, role);
      await assert.rejects(boss.createRole(role), { status: 409 });
      await assert.rejects(boss.createRole({ roleId: 'head', name: 'x' }), { status: 409 });
      await assert.rejects(boss.createRole({ roleId: 'a b', name: 'x' }), { status: 400 });
      await boss.assignRoleToUser({ roleId: 'auditor', username: named('logistics') });
      assert.deepEqual(await mayDo('logistics'), [403, 403], 'a new role may do nothing');

      const permissions = { permissions: ['cases', 'all-tasks'] };
      assert.equal(await status('boss', 'PUT /api/roles/auditor/permissions', permissions), 204);
      assert.deepEqual(await mayDo('logistics'), [200, 200]);
      assert.equal(await status('logistics', 'POST /v2/user-tasks/search', {}), 200, 'still a specialist');
      assert.deepEqual(await mayDo('warehouse'), [403, 403]);
      assert.equal(await status('boss', 'PUT /api/roles/auditor/permissions', { permissions: ['fly'] }), 400);

      const changed = await boss.updateRole({ roleId: 'auditor', name: 'Ревизор', description: '' });
      assert.deepEqual({ ...changed }, { roleId: 'auditor', name: 'Ревизор', description: '' });
      const { items } = await boss.searchRoles({ filter: { name: 'Ревизор' } }, NOW);
      assert.deepEqual(
        items!.map(({ roleId }) => roleId),
        ['auditor'],
      );
    });

    if (dialect.name === 'postgres')
      it('leaves nothing to a namesake of a role or a group that is deleted at the same moment', async () => {
        await boss.createRole({ roleId: 'passing', name: 'x' });
        await boss.createGroup({ groupId: 'passing', name: 'x' });
        const grant = {
          resourceId: '*',
          resourceType: 'PROCESS_DEFINITION',
          permissionTypes: ['READ_PROCESS_INSTANCE'],
        };
        const givings: readonly (readonly [string, string, object?])[] = [
          ['app_role', 'PUT /v2/roles/passing/users/logistics'],
          ['app_role', 'POST /v2/authorizations', { ...grant, ownerType: 'ROLE', ownerId: 'passing' }],
          ['app_group', 'PUT /v2/roles/auditor/groups/passing'],
          ['app_group', 'PUT /v2/groups/passing/users/logistics'],
          ['app_group', 'POST /v2/authorizations', { ...grant, ownerType: 'GROUP', ownerId: 'passing' }],
        ];
        for (const [table, request, body] of givings) {
          const rows = await queryRows(readerOf(served.database), `SELECT * FROM ${table}`);
          const giving = await inTransaction(served.database, async (tx) => {
            // As the deletion of a group does; that of a role needs no administrator kept.
            if (table === 'app_group')
              await queryRows(tx, `SELECT revision FROM catalog_revision WHERE id = 1${tx.dialect.forUpdate}`);
            await queryRows(tx, `DELETE FROM ${table} WHERE ${table.slice(4)}_id = 'passing'`);
            const answer = status('boss', request, body);
            await Promise.race([answer, isSomebodyWaiting()]);
            return { answer };
          });
          assert.equal(await giving.answer, 404, request);
          const back = rows.find((row) => row[`${table.slice(4)}_id`] === 'passing')!;
          await inTransaction(served.database, (tx) => tx.sql(table).insert({ ...back, ...json(back) }));
        }
        await boss.deleteRole({ roleId: 'passing' });
        await boss.deleteGroup({ groupId: 'passing' });
      });

    it('gives a role to a group, hence to whoever is in it, once however often it is had', async () => {
      await boss.assignRoleToGroup({ roleId: 'auditor', groupId: 'warehouse' });
      await assert.rejects(boss.assignRoleToGroup({ roleId: 'auditor', groupId: 'warehouse' }), { status: 409 });
      assert.deepEqual(await mayDo('warehouse'), [200, 200]);
      await boss.assignRoleToUser({ roleId: 'auditor', username: named('warehouse') });
      assert.deepEqual((await served.client('warehouse').getAuthentication()).roles, ['auditor', 'specialist']);
      await boss.unassignRoleFromUser({ roleId: 'auditor', username: named('warehouse') });

      const groups = await boss.searchGroupsForRole({ roleId: 'auditor' }, NOW);
      assert.deepEqual(
        groups.items!.map(({ groupId }) => groupId),
        ['warehouse'],
      );
      const roles = await boss.searchRolesForGroup({ groupId: 'warehouse' }, NOW);
      assert.deepEqual(
        roles.items!.map(({ roleId }) => roleId),
        ['auditor'],
      );
      await boss.unassignRoleFromGroup({ roleId: 'auditor', groupId: 'warehouse' });
      await assert.rejects(boss.unassignRoleFromGroup({ roleId: 'auditor', groupId: 'warehouse' }), { status: 404 });
      assert.deepEqual(await mayDo('warehouse'), [403, 403]);
    });

    it('keeps built-in roles as they are', async () => {
      await assert.rejects(boss.deleteRole({ roleId: 'head' }), { status: 403 });
      await assert.rejects(boss.updateRole({ roleId: 'head', name: 'x', description: '' }), { status: 403 });
      assert.equal(await status('boss', 'PUT /api/roles/head/permissions', { permissions: [] }), 403);
      const { items } = (await served.send('boss', 'GET /api/roles')).body as { items?: { roleId: string }[] };
      assert.deepEqual(
        items!.map(({ roleId }) => roleId),
        [
          ...['administrator', 'analyst', 'head', 'dispatcher', 'specialist', 'contractor', 'integration', 'worker'],
          'auditor',
        ],
      );
    });

    it('takes a deleted role from whoever had it', async () => {
      assert.deepEqual(await mayDo('logistics'), [200, 200]);
      await boss.deleteRole({ roleId: 'auditor' });
      assert.deepEqual(await mayDo('logistics'), [403, 403]);
      await assert.rejects(boss.deleteRole({ roleId: 'auditor' }), { status: 404 });
      await boss.createRole({ roleId: 'auditor', name: 'Другой' });
      assert.deepEqual(
        (await boss.searchUsersForRole({ roleId: 'auditor' }, NOW)).items,
        [],
        'not inherited by a namesake',
      );
      await boss.deleteRole({ roleId: 'auditor' });
    });

    it('keeps the last administrator, even one who is so through a group', async () => {
      await boss.createGroup({ groupId: 'admins', name: 'Админы' });
      const member = { groupId: 'admins', username: named('boss') };
      await boss.assignUserToGroup(member);
      await boss.assignRoleToGroup({ roleId: 'administrator', groupId: 'admins' });
      await boss.unassignRoleFromUser({ roleId: 'administrator', username: named('boss') });
      await assert.rejects(boss.unassignUserFromGroup(member), { status: 409 });
      await assert.rejects(boss.unassignRoleFromGroup({ roleId: 'administrator', groupId: 'admins' }), { status: 409 });
      const outside = { roleId: 'contractor', username: named('boss') };
      await assert.rejects(boss.assignRoleToUser(outside), { status: 409 }, 'it would take the other role away');
      await assert.rejects(boss.deleteGroup({ groupId: 'admins' }), { status: 409 });
      await assert.rejects(boss.deleteUser({ username: named('boss') }, NOW), { status: 409 });
      assert.equal((await boss.getAuthentication()).groups.length, 2, 'refused as a whole');
      await boss.assignRoleToUser({ roleId: 'administrator', username: named('boss') });
      await boss.deleteGroup({ groupId: 'admins' });
    });

    describe('an API client', () => {
      let secret: string;
      const oauth = (clientSecret: string): CamundaClient =>
        createCamundaClient({
          config: {
            CAMUNDA_REST_ADDRESS: served.url,
            CAMUNDA_AUTH_STRATEGY: 'OAUTH',
            CAMUNDA_OAUTH_URL: `${served.url}/oauth/token`,
            CAMUNDA_CLIENT_ID: 'erp',
            CAMUNDA_CLIENT_SECRET: clientSecret,
            CAMUNDA_OAUTH_RETRY_MAX: 1,
            CAMUNDA_SDK_VALIDATION: 'strict',
            CAMUNDA_SDK_LOG_LEVEL: 'silent',
          },
        });
      const token = async (
        form: Record<string, string>,
      ): Promise<{ status: number; body: Record<string, unknown> }> => {
        const response = await fetch(`${served.url}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
        return { status: response.status, body: (await response.json()) as Record<string, unknown> };
      };
      const credentials = (clientSecret: string) => ({
        grant_type: 'client_credentials',
        client_id: 'erp',
        client_secret: clientSecret,
      });
      const withToken = async (value: string): Promise<number> =>
        (await fetch(`${served.url}/v2/topology`, { headers: { authorization: `Bearer ${value}` } })).status;

      before(async () => {
        const answer = await served.send('boss', 'POST /api/clients', { clientId: 'ERP', name: '1С' });
        assert.equal(answer.status, 201);
        const made = answer.body as { clientId?: string; clientSecret?: string };
        assert.equal(made.clientId, 'erp');
        secret = made.clientSecret!;
      });

      it('works by the official client with CAMUNDA_OAUTH_URL, and has what its roles and groups give', async () => {
        const erp = oauth(secret);
        await assert.rejects(erp.searchJobs({}, NOW), { status: 403 });
        await boss.assignRoleToClient({ roleId: 'worker', clientId: 'erp' });
        await erp.searchJobs({}, NOW);
        await boss.assignClientToGroup({ groupId: 'warehouse', clientId: 'erp' });
        const me = await erp.getAuthentication();
        assert.deepEqual([me.username, me.groups, me.roles], ['erp', ['warehouse'], ['worker']]);
        const found = [
          (await boss.searchClientsForRole({ roleId: 'worker' }, NOW)).items,
          (await boss.searchClientsForGroup({ groupId: 'warehouse' }, NOW)).items,
          (await boss.searchClientsForTenant({ tenantId: '<default>' as never }, NOW)).items,
        ];
        for (const items of found)
          assert.deepEqual(
            items!.map(({ clientId }) => clientId),
            ['erp'],
          );
      });

      it('is no person: not found among them, not chosen by them, and without screens', async () => {
        const users = await boss.searchUsers({ filter: { username: 'erp' } }, NOW);
        assert.deepEqual(users.items, []);
        assert.deepEqual((await boss.searchUsersForGroup({ groupId: 'warehouse' }, NOW)).items!.length, 1);
        await assert.rejects(boss.getUser({ username: named('erp') }, NOW), { status: 404 });
        await assert.rejects(boss.deleteUser({ username: named('erp') }, NOW), { status: 404 });
        await assert.rejects(boss.assignRoleToUser({ roleId: 'head', username: named('erp') }), { status: 404 });
        await assert.rejects(boss.assignRoleToClient({ roleId: 'head', clientId: 'head' }), { status: 404 });
        await assert.rejects(boss.createUser({ username: 'erp', password: 'a long enough password' }, NOW), {
          status: 409,
        });
      });

      it('gets no token with a wrong secret, another grant, or a login', async () => {
        assert.deepEqual(await token(credentials('wrong')), { status: 401, body: { error: 'invalid_client' } });
        assert.deepEqual(await token({ ...credentials(secret), grant_type: 'password' }), {
          status: 400,
          body: { error: 'unsupported_grant_type' },
        });
        assert.equal((await token({ grant_type: 'client_credentials' })).status, 400);
        const person = { ...credentials('correct horse battery'), client_id: 'boss' };
        assert.equal((await token(person)).status, 401);
        assert.equal(await withToken('x'.repeat(43)), 401);
      });

      it('keeps no token in the database, and a token ends in an hour, with a new secret, and with the client', async () => {
        const { body } = await token(credentials(secret));
        const first = body['access_token'] as string;
        assert.deepEqual([body['token_type'], body['expires_in']], ['Bearer', 3_600]);
        const rows = await queryRows(readerOf(served.database), 'SELECT token_hash FROM user_session');
        assert.ok(rows.length > 0 && !JSON.stringify(rows).includes(first));
        assert.equal(await withToken(first), 200);
        const cookie = await fetch(`${served.url}/v2/topology`, { headers: { cookie: `reglament_session=${first}` } });
        assert.equal(cookie.status, 401, 'a token is no cookie');
        served.advance(3_601_000);
        assert.equal(await withToken(first), 401);

        const second = (await token(credentials(secret))).body['access_token'] as string;
        assert.equal(await withToken(second), 200);
        const renewed = (await served.send('boss', 'POST /api/clients/erp/secret')).body as { clientSecret?: string };
        assert.equal(await withToken(second), 401);
        assert.equal((await token(credentials(secret))).status, 401);

        const third = (await token(credentials(renewed.clientSecret!))).body['access_token'] as string;
        assert.equal(await withToken(third), 200);
        assert.equal(await status('boss', 'DELETE /api/clients/erp'), 204);
        assert.equal(await withToken(third), 401);
        assert.equal((await token(credentials(renewed.clientSecret!))).status, 401);
        assert.equal(await status('boss', 'POST /api/clients', { clientId: 'erp' }), 409);
      });
    });
  });
});
