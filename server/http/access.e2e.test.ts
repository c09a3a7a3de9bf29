import assert from 'node:assert/strict';
import { forEachDialect } from '../test/dialects.ts';
import { partsRegister } from '../registers/test/parts-register.ts';
import { startApp, type PersonName, type TestApp } from './test/start-app.ts';

/** What a request answers to nobody, to an employee of another group, and to one whose business it is. */
interface AccessCase {
  readonly request: string;
  readonly other: number;
  readonly own: number;
  /** Whose business it is; the dispatcher unless said. */
  readonly who?: PersonName;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

const PUBLIC = [
  'GET /healthz',
  'GET /readyz',
  'GET /api/system',
  'POST /api/session',
  'POST /oauth/token',
  'DELETE /api/session',
  // Forms for people without an account; which are open is tested in server/start-forms/.
  'GET /api/public/starts/{key}',
  'POST /api/public/starts/{key}',
  'GET /api/public/starts/{key}/validator/{hash}.mjs',
  'POST /api/public/starts/{key}/files',
  'POST /api/public/starts/{key}/uploads',
  'GET /api/public/starts/{key}/uploads/{uploadKey}',
  'PATCH /api/public/starts/{key}/uploads/{uploadKey}',
  'DELETE /api/public/starts/{key}/uploads/{uploadKey}',
  'POST /api/public/case-state',
  // Only by a link that is signed; who may make one is tested in server/v2/documents/.
  'GET /api/public/document-links/{token}',
  // The very first account; its own test shows that it is refused afterwards.
  'POST /v2/setup/user',
];

forEachDialect((dialect) => {
  describe('who may call what', () => {
    let test: TestApp;
    let cases: readonly AccessCase[];
    before(async () => {
      test = await startApp((await dialect.connect()).settings);
      const content = JSON.stringify(partsRegister());
      await test.app.deployments.deploy({ resources: [{ name: 'parts.register.json', content }], by: null });
      const { caseKey } = (await test.mail('claim-shortage.eml')).body;
      await test.settle();
      const [task] = (await test.call('dispatcher', 'GET /api/tasks?tab=group')).body.items;
      const { form } = (await test.call('dispatcher', `GET /api/tasks/${task.userTaskKey}`)).body;
      const [file] = (await test.call('analyst', `GET /api/cases/${caseKey}/files`)).body.items;
      const { items } = (
        await test.call('analyst', 'POST /v2/process-definitions/search', {
          filter: { processDefinitionId: 'support-card' },
        })
      ).body;
      const spare = items[0].processDefinitionKey;
      const part1 = { article: 'P-1', name: 'Деталь', price: 1 };
      const { validatorUrl } = (await test.call('dispatcher', 'GET /api/registers/spares')).body;
      const taskPath = `/api/tasks/${task.userTaskKey}`;
      const part = (name: string): AccessCase => ({
        request: `GET /api/cases/${caseKey}${name}`,
        other: 404,
        own: 200,
      });
      cases = [
        { request: 'GET /api/session', other: 200, own: 200 },
        { request: 'GET /api/people', other: 200, own: 200 },
        { request: 'GET /api/groups', other: 200, own: 200 },
        { request: 'GET /api/tasks?tab=mine', other: 200, own: 200 },
        { request: 'GET /api/tasks?tab=all', other: 403, own: 200, who: 'head' },
        { request: `GET ${taskPath}`, other: 404, own: 200 },
        { request: `PUT ${taskPath}/assignee`, other: 404, own: 200, body: { username: null } },
        { request: `PUT ${taskPath}/draft`, other: 404, own: 200, body: { data: {} } },
        {
          request: `POST ${taskPath}/files?path=/topic`,
          other: 404,
          own: 400,
          body: Buffer.from('x'),
          headers: { 'content-type': 'multipart/form-data; boundary=x' },
        },
        {
          request: `POST ${taskPath}/uploads?path=/topic`,
          other: 404,
          own: 400,
          body: { uploadKey: '0123456789abcdef', name: 'a.png', mimeType: 'image/png' },
        },
        { request: 'GET /api/uploads/0123456789abcdef', other: 200, own: 200 },
        {
          request: 'PATCH /api/uploads/0123456789abcdef?offset=0',
          other: 200,
          own: 200,
          body: Buffer.from('x'),
          headers: { 'content-type': 'application/octet-stream' },
        },
        { request: 'DELETE /api/uploads/0123456789abcdef', other: 204, own: 204 },
        { request: `POST ${taskPath}/complete`, other: 404, own: 422, body: { data: {} } },
        { request: `GET ${form.validatorUrl}`, other: 200, own: 200 },
        { request: 'GET /api/cases', other: 200, own: 200 },
        ...['', '/story', '/waits', '/decisions', '/diagram', '/variables', '/files', '/documents', '/mails'].map(part),
        { request: `GET /api/process-instances/${caseKey}/explain`, other: 404, own: 200 },
        { request: `POST /api/process-instances/${caseKey}/suspension`, other: 403, own: 204, who: 'analyst' },
        { request: `POST /api/process-instances/${caseKey}/resumption`, other: 403, own: 204, who: 'analyst' },
        {
          request: `POST /api/process-instances/${caseKey}/migration`,
          other: 403,
          own: 404,
          who: 'analyst',
          body: { targetProcessDefinitionKey: '1' },
        },
        { request: 'GET /api/registers', other: 200, own: 200 },
        { request: 'GET /api/registers/spares', other: 404, own: 200 },
        { request: `GET ${validatorUrl}`, other: 404, own: 200 },
        { request: 'GET /api/registers/spares/rows', other: 404, own: 200 },
        { request: 'POST /api/registers/spares/rows', other: 404, own: 201, who: 'analyst', body: { values: part1 } },
        { request: 'GET /api/registers/spares/rows/P-1', other: 404, own: 200 },
        { request: 'GET /api/registers/spares/rows/P-1/history', other: 404, own: 200 },
        {
          request: 'PUT /api/registers/spares/rows/P-1',
          other: 404,
          own: 200,
          who: 'analyst',
          body: { values: part1, version: 1 },
        },
        { request: 'DELETE /api/registers/spares/rows/P-1?version=1', other: 404, own: 403 },
        { request: 'GET /api/registers/spares/export?format=csv', other: 404, own: 200 },
        ...['import?mode=preview', 'import/bad-rows'].map((name) => ({
          request: `POST /api/registers/spares/${name}`,
          other: 404,
          own: 400,
          who: 'analyst' as const,
          body: Buffer.from('x'),
          headers: { 'content-type': 'multipart/form-data; boundary=x' },
        })),
        { request: 'POST /api/registers/spares/suggestions', other: 404, own: 200, body: {} },
        { request: `GET ${file.url}`, other: 404, own: 200 },
        { request: `GET /api/documents/${caseKey}/html`, other: 404, own: 404 },
        { request: `GET /api/documents/${caseKey}/pdf`, other: 404, own: 404 },
        { request: 'GET /api/forms', other: 403, own: 200, who: 'analyst' },
        { request: 'GET /api/forms/claim-classify', other: 403, own: 200, who: 'analyst' },
        { request: 'GET /api/forms/claim-classify/impact', other: 403, own: 200, who: 'analyst' },
        { request: 'GET /api/forms/claim-classify/variables', other: 403, own: 200, who: 'analyst' },
        { request: 'GET /api/forms/claim-classify/versions', other: 403, own: 200, who: 'analyst' },
        { request: 'GET /api/forms/claim-classify/versions/1', other: 403, own: 200, who: 'analyst' },
        {
          request: 'PUT /api/forms/claim-classify/draft',
          other: 403,
          own: 200,
          who: 'analyst',
          body: { revision: 0, definition: {} },
        },
        {
          request: 'POST /api/forms/claim-classify/publication',
          other: 403,
          own: 422,
          who: 'analyst',
          body: { revision: 1, note: '' },
        },
        { request: 'DELETE /api/forms/claim-classify/draft', other: 403, own: 204, who: 'analyst' },
        { request: 'GET /api/form-fragments', other: 403, own: 200, who: 'analyst' },
        { request: 'PUT /api/form-fragments/f_1', other: 403, own: 400, who: 'analyst', body: {} },
        { request: 'DELETE /api/form-fragments/f_1', other: 403, own: 204, who: 'analyst' },
        {
          request: 'POST /api/forms/claim-classify/versions/9/publication',
          other: 403,
          own: 404,
          who: 'analyst',
          body: { note: '' },
        },
        { request: 'GET /api/processes', other: 403, own: 200, who: 'analyst' },
        { request: 'GET /api/processes/support-card', other: 403, own: 200, who: 'analyst' },
        ...['check', 'publication'].map((verb) => ({
          request: `POST /api/processes/support-card/${verb}`,
          other: 403,
          own: 404,
          who: 'analyst' as const,
          body: { processDefinitionKey: '1', steps: [{ elementId: 'Register', form: null }] },
        })),
        { request: 'POST /api/form-previews', other: 403, own: 400, who: 'analyst', body: { definition: {} } },
        {
          request: 'POST /api/form-previews/evaluation',
          other: 403,
          own: 400,
          who: 'analyst',
          body: { definition: {}, input: {} },
        },
        { request: `GET /api/form-previews/${'0'.repeat(32)}.mjs`, other: 403, own: 404, who: 'analyst' },
        { request: 'GET /metrics', other: 403, own: 200, who: 'analyst' },
        { request: 'GET /api/notifications', other: 200, own: 200 },
        {
          request: 'POST /api/conditionals/evaluation',
          other: 403,
          own: 200,
          who: 'analyst',
          body: { variables: {} },
        },
        { request: 'POST /api/notifications/read', other: 204, own: 204, body: { notificationKeys: ['1'] } },
        {
          request: 'POST /api/lint',
          other: 403,
          own: 400,
          who: 'analyst',
          body: Buffer.from('x'),
          headers: { 'content-type': 'multipart/form-data; boundary=x' },
        },
        {
          request: `POST /api/process-definitions/${spare}/suspension`,
          other: 403,
          own: 200,
          who: 'analyst',
        },
        {
          request: `POST /api/process-definitions/${spare}/resumption`,
          other: 403,
          own: 200,
          who: 'analyst',
        },
        { request: 'GET /api/roles', other: 403, own: 200, who: 'admin' },
        {
          request: 'PUT /api/roles/absent/permissions',
          other: 403,
          own: 404,
          who: 'admin',
          body: { permissions: [] },
        },
        { request: 'GET /api/clients', other: 403, own: 200, who: 'admin' },
        { request: 'POST /api/clients', other: 403, own: 201, who: 'admin', body: { clientId: 'erp' } },
        { request: 'POST /api/clients/erp/secret', other: 403, own: 200, who: 'admin' },
        { request: 'DELETE /api/clients/erp', other: 403, own: 204, who: 'admin' },
        { request: 'GET /api/retention', other: 403, own: 200, who: 'admin' },
        { request: 'PUT /api/retention/claim', other: 403, own: 200, who: 'admin', body: { keepDays: 1825 } },
        { request: 'DELETE /api/retention/claim', other: 403, own: 204, who: 'admin' },
        {
          request: `POST /api/process-instances/${caseKey}/deletion`,
          other: 403,
          own: 409,
          who: 'admin',
          body: {},
        },
        { request: 'GET /api/portal/starts', other: 403, own: 200, who: 'tula' },
        { request: 'GET /api/portal/starts/repair-request', other: 403, own: 200, who: 'tula' },
        { request: 'POST /api/portal/starts/repair-request', other: 403, own: 400, who: 'tula', body: {} },
        {
          request: 'POST /api/portal/starts/repair-request/uploads?path=/photos',
          other: 403,
          own: 400,
          who: 'tula',
          body: { uploadKey: 'photo-0000000001', name: 'a.png', mimeType: 'image/png' },
        },
        {
          request: 'POST /api/portal/starts/repair-request/files?path=/photos',
          other: 403,
          own: 400,
          who: 'tula',
          body: Buffer.from('x'),
          headers: { 'content-type': 'multipart/form-data; boundary=x' },
        },
        { request: 'GET /api/portal/cases', other: 403, own: 200, who: 'tula' },
        { request: `GET /api/portal/cases/${caseKey}`, other: 403, own: 404, who: 'tula' },
        {
          request: 'POST /api/intake/mail',
          other: 403,
          own: 400,
          body: Buffer.from('x'),
          headers: { 'content-type': 'message/rfc822' },
        },
      ];
    });
    after(() => test.close());

    it('answers nobody with 401, another group with what it may know, the own one with its business', async () => {
      for (const { request, other, own, who = 'dispatcher', body, headers } of cases) {
        const nobody = await test.call(null, request, body, headers);
        assert.deepEqual([nobody.status, nobody.body.code], [401, 'not-signed-in'], `nobody: ${request}`);
        assert.equal((await test.call('logistics', request, body, headers)).status, other, `another group: ${request}`);
        assert.equal((await test.call(who, request, body, headers)).status, own, `own: ${request}`);
      }
    });

    it('has a row above for every route of /api, and every other route refuses nobody', async () => {
      const { paths } = (await test.call(null, 'GET /openapi.json')).body as {
        paths: Record<string, Record<string, unknown>>;
      };
      const declared = Object.entries(paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => [method.toUpperCase(), path] as const),
      );
      for (const [method, path] of declared) {
        if (PUBLIC.includes(`${method} ${path}`)) continue;
        if (path.startsWith('/api/')) {
          const pattern = new RegExp(`^${method} ${path.replace(/\{\w+\}/g, '[^/?]+')}(\\?|$)`);
          assert.ok(
            cases.some(({ request }) => pattern.test(request)),
            `no row for ${method} ${path}`,
          );
        }
        const address = path.replace(/\{\w+\}/g, '1');
        assert.equal((await test.call(null, `${method} ${address}`)).status, 401, `${method} ${path}`);
      }
    });

    it('tells a mailbox gateway nothing but what became of its mail', async () => {
      await test.app.users.addUser({
        username: 'gateway',
        name: 'G',
        password: 'correct horse battery',
        groups: [],
        roles: ['integration'],
      });
      const as = { authorization: `Basic ${Buffer.from('gateway:correct horse battery').toString('base64')}` };
      const status = async (request: string): Promise<number> => (await test.call(null, request, undefined, as)).status;
      assert.deepEqual([await status('GET /api/tasks?tab=mine'), await status('GET /api/session')], [403, 200]);
      assert.equal((await test.call(null, 'GET /api/cases', undefined, as)).body.items.length, 0);
    });
  });
});
