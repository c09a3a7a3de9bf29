import assert from 'node:assert/strict';
import { forEachDialect } from '../test/dialects.ts';
import { addressOf, unansweredOperations } from './unanswered-operations.ts';
import { CLIENT_OPERATIONS } from './client-operations.ts';
import { resources, PACKING } from './test/models.ts';
import { serveV2, type ServedV2 } from './test/serve-v2.ts';

const KEY = '35184372088833';

/** Bodies with which an operation is asked at all; keys of nothing are enough, 404 is a proper answer. */
const BODIES: Readonly<Record<string, object>> = {
  pinClock: { timestamp: 1_900_000_000_000 },
  cancelProcessInstancesBatchOperation: { filter: { processDefinitionId: 'absent' } },
  resolveIncidentsBatchOperation: { filter: {} },
  migrateProcessInstancesBatchOperation: {
    filter: {},
    migrationPlan: { targetProcessDefinitionKey: '999', mappingInstructions: [] },
  },
  modifyProcessInstancesBatchOperation: {
    filter: { processDefinitionId: 'absent' },
    moveInstructions: [{ sourceElementId: 'a', targetElementId: 'b' }],
  },
  migrateProcessInstance: { targetProcessDefinitionKey: '999', mappingInstructions: [] },
  createProcessInstance: { processDefinitionId: 'absent' },
  evaluateDecision: { decisionDefinitionId: 'absent' },
  activateJobs: { type: 'absent', timeout: 1_000, maxJobsToActivate: 1, requestTimeout: -1 },
  throwJobError: { errorCode: 'X' },
  updateJob: { changeset: { retries: 1 } },
  assignUserTask: { assignee: 'boss' },
  createElementInstanceVariables: { variables: {} },
  publishMessage: { name: 'absent' },
  correlateMessage: { name: 'absent' },
  broadcastSignal: { signalName: 'absent' },
  createUser: { username: 'contract', password: 'a password that is long enough' },
  createAdminUser: { username: 'second', password: 'a password that is long enough' },
  createGroup: { groupId: 'contract', name: 'Contract' },
  updateGroup: { name: 'x', description: '' },
  createAuthorization: {
    ownerType: 'ROLE',
    ownerId: 'head',
    resourceType: 'PROCESS_DEFINITION',
    resourceId: '*',
    permissionTypes: ['READ_USER_TASK'],
  },
  updateAuthorization: {
    ownerType: 'ROLE',
    ownerId: 'head',
    resourceType: 'PROCESS_DEFINITION',
    resourceId: '*',
    permissionTypes: ['READ_USER_TASK'],
  },
  createRole: { roleId: 'contract', name: 'Contract' },
  updateRole: { name: 'x', description: '' },
  activateAdHocSubProcessActivities: { elements: [{ elementId: 'absent' }] },
};

const UPLOADS: Readonly<Record<string, () => FormData>> = {
  createDeployment: () => upload('resources', resources({ 'packing.bpmn': PACKING })),
  createDocument: () => upload('file', [new File(['one'], 'one.txt', { type: 'text/plain' })]),
  createDocuments: () => upload('files', [new File(['two'], 'two.txt', { type: 'text/plain' })]),
};
/** What is asked in the address. */
const QUERIES: Readonly<Record<string, string>> = {
  getUsageMetrics: '?startTime=2026-11-01T00:00:00Z&endTime=2026-11-30T23:59:59Z',
};
const WITHOUT_BODY = new Set([
  'assignUserToGroup',
  'assignClientToGroup',
  'assignRoleToUser',
  'assignRoleToClient',
  'assignRoleToGroup',
]);

forEachDialect((dialect) => {
  describe('every operation of the official client', () => {
    let served: ServedV2;
    before(async () => {
      served = await serveV2((await dialect.connect()).settings);
    });
    after(() => served.close());

    it('is answered properly, or with 501 and its name', async () => {
      const unanswered = new Set(unansweredOperations(served.routes).map(({ operationId }) => operationId));
      const responses = new Map(served.routes.map((route) => [addressOf(route), route.response.status]));
      for (const { operationId, method, path } of CLIENT_OPERATIONS) {
        const address = `/v2${path.replace(/\{\w+\}/g, KEY)}`;
        const request = `${method.toUpperCase()} ${address}${QUERIES[operationId] ?? ''}`;
        const bare = method === 'get' || method === 'delete' || WITHOUT_BODY.has(operationId);
        const body = bare ? undefined : (BODIES[operationId] ?? {});
        const sent = UPLOADS[operationId]?.() ?? body;
        const answer = await served.send('boss', request, sent);
        if (unanswered.has(operationId)) {
          assert.equal(answer.status, 501, request);
          assert.match(answer.body.detail ?? '', new RegExp(`«${operationId}»`), request);
          continue;
        }
        const promised = responses.get(addressOf({ method, path: `/v2${path}` }));
        const missing = answer.status === 404 && answer.body.code === 'not-found';
        // There are accounts here, so there is no first one.
        const secondAdmin = operationId === 'createAdminUser' && answer.status === 403;
        assert.ok(
          answer.status === promised || missing || secondAdmin,
          `${request} → ${answer.status} ${JSON.stringify(answer.body)}`,
        );
        if (missing) assert.doesNotMatch(answer.body.detail ?? '', /не существует/, request);
      }
    });

    it('is told in /openapi.json when it is answered, and only then', async () => {
      const { paths } = (await (await fetch(`${served.url}/openapi.json`)).json()) as { paths: Record<string, object> };
      const told = CLIENT_OPERATIONS.filter(({ method, path }) => method in (paths[`/v2${path}`] ?? {}));
      const unanswered = unansweredOperations(served.routes);
      assert.deepEqual(
        told,
        CLIENT_OPERATIONS.filter((operation) => !unanswered.includes(operation)),
      );
    });
  });
});

function upload(field: string, files: readonly File[]): FormData {
  const form = new FormData();
  for (const file of files) form.append(field, file);
  return form;
}
