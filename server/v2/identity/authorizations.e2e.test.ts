import assert from 'node:assert/strict';
import { caseRoutes } from '../../cases/case-routes.ts';
import { createCaseDecisions } from '../../cases/case-decisions.ts';
import { createCaseDetails } from '../../cases/case-detail.ts';
import { createCaseDiagram } from '../../cases/case-diagram.ts';
import { createCaseExplanation } from '../../cases/case-explanation.ts';
import { createCaseList } from '../../cases/case-list.ts';
import { createCaseParts } from '../../cases/case-parts.ts';
import { createCaseStory } from '../../cases/case-story.ts';
import { createFormDrafts } from '../../form-drafts/form-drafts.ts';
import { createFormPreviews } from '../../form-drafts/form-previews.ts';
import { formRoutes } from '../../form-drafts/form-routes.ts';
import { formFragmentRoutes } from '../../form-fragments/form-fragment-routes.ts';
import { createFormFragments } from '../../form-fragments/form-fragments.ts';
import { PASSWORD } from '../../http/test/serve-routes.ts';
import type { Route } from '../../http/route.ts';
import { sessionRoutes } from '../../identity/session-routes.ts';
import { migrationRoutes } from '../../operations/migration-routes.ts';
import { suspensionRoutes } from '../../operations/suspension-routes.ts';
import { bpmn, receive, sequence, serviceTask } from '../../runtime/test/bpmn.ts';
import { forEachDialect } from '../../test/dialects.ts';
import { createFormValidators } from '../../user-tasks/form-validators.ts';
import { createTaskDetails } from '../../user-tasks/task-detail.ts';
import { taskRoutes } from '../../user-tasks/task-routes.ts';
import { DECISION, resources } from '../test/models.ts';
import { serveV2, type ServedRooms, type ServedV2 } from '../test/serve-v2.ts';

/** Two worlds that differ in nothing but their names. The scout is authorised for the first. */
const WORLDS = ['mine', 'other'] as const;
type World = (typeof WORLDS)[number];
const processOf = (world: World): string => {
  const hear = receive('hear', `news-${world}`, '=n');
  const ask = {
    id: 'ask',
    xml: `<bpmn:userTask id="ask"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements></bpmn:userTask>`,
  };
  return bpmn(world, sequence(serviceTask('work', 'work'), ask, hear), hear.around);
};
const decisionOf = (world: World): string =>
  DECISION.replaceAll('"routing"', `"graph-${world}"`).replaceAll('"department"', `"decide-${world}"`);

/** A process that a signal starts, and one that waits for it; each hears `bell-both`, too. */
const bellOf = (world: World): string => {
  const hears = (id: string) => `<signalEventDefinition signalRef="${id}"/>`;
  const start = (id: string) => `<startEvent id="s-${id}"><outgoing>f-${id}</outgoing>${hears(id)}</startEvent>
      <sequenceFlow id="f-${id}" sourceRef="s-${id}" targetRef="e"/>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">
  <signal id="own" name="bell-${world}"/><signal id="both" name="bell-both"/>
  <process id="starts-${world}" isExecutable="true">${start('own')}${start('both')}
    <endEvent id="e"><incoming>f-own</incoming><incoming>f-both</incoming></endEvent></process>
  <process id="waits-${world}" isExecutable="true">
    <startEvent id="s"><outgoing>a</outgoing></startEvent><sequenceFlow id="a" sourceRef="s" targetRef="w"/>
    <intermediateCatchEvent id="w"><incoming>a</incoming><outgoing>b</outgoing>${hears('own')}</intermediateCatchEvent>
    <sequenceFlow id="b" sourceRef="w" targetRef="x"/><endEvent id="x"><incoming>b</incoming></endEvent></process>
</definitions>`;
};

type Stage = 'job' | 'task' | 'wait' | 'incident';
type Found = Readonly<Record<string, unknown>> & { readonly items?: readonly Record<string, unknown>[] };

/** One route with a grant for rows: what it is asked in a world, and what it answers there. */
interface Row {
  readonly route: string;
  /** Makes what is asked about, as an administrator, and gives the address and the body. */
  readonly ask: (world: World) => Promise<{ readonly path: string; readonly body?: unknown }>;
  /** 200 unless said. */
  readonly own?: number;
  /** What only the own one says, where the status is the same. */
  readonly ownSays?: RegExp;
  /** A field of the items that names the world: nothing but the own one is shown, and something is. */
  readonly shows?: (item: Record<string, unknown>) => unknown;
}

const apiRoutes = (rooms: ServedRooms): readonly Route[] => {
  const { database, runner, definitions, deployments, taskList, taskActions, now } = rooms;
  const validators = createFormValidators({ definitions });
  const caseList = createCaseList({ database, definitions, now });
  return [
    ...taskRoutes({
      taskList,
      taskActions,
      validators,
      taskDetails: createTaskDetails({ database, definitions, validators, taskList, now }),
    }),
    ...caseRoutes({
      caseList,
      caseDetails: createCaseDetails({ database, definitions, caseList, now }),
      caseStory: createCaseStory({ database, definitions }),
      caseDiagram: createCaseDiagram({ database, definitions, now }),
      caseParts: createCaseParts({ database, definitions }),
      caseExplanation: createCaseExplanation({ database, definitions, now }),
      caseDecisions: createCaseDecisions({ database, definitions }),
    }),
    ...formRoutes({
      formDrafts: createFormDrafts({ database, definitions, deployments, now }),
      formPreviews: createFormPreviews({ definitions, now }),
    }),
    ...formFragmentRoutes({ formFragments: createFormFragments({ database, now }) }),
    ...migrationRoutes(rooms),
    ...suspensionRoutes({ runner, definitionSuspension: {} as never }),
    ...sessionRoutes({ database, identity: {} as never, secure: false }),
  ];
};

forEachDialect((dialect) => {
  describe('authorizations', () => {
    let served: ServedV2;
    const keys: Record<string, string> = {};
    before(async () => {
      served = await serveV2((await dialect.connect()).settings, { authorizations: true, more: apiRoutes });
      await served.users.addUser({ username: 'scout', name: 'S', password: PASSWORD, groups: [], roles: [] });
      await deployAll();
      for (const world of WORLDS) {
        for (const stage of ['job', 'task', 'wait', 'incident'] as const) await make(world, stage);
        await boss('POST /v2/decision-definitions/evaluation', { decisionDefinitionId: `decide-${world}` });
      }
    });
    after(() => served.close());

    const boss = async (request: string, body?: unknown): Promise<Found> => {
      const answer = await served.send('boss', request, body);
      assert.ok(answer.status < 300, `${request} → ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body as Found;
    };
    const one = async (place: string, filter: object, field: string): Promise<string> => {
      const { items } = await boss(`POST /v2/${place}/search`, { filter });
      return items![0]![field] as string;
    };
    const deployAll = async (): Promise<void> => {
      const files = Object.fromEntries(
        WORLDS.flatMap((world) => [
          [`${world}.bpmn`, processOf(world)],
          [`${world}.dmn`, decisionOf(world)],
        ]),
      );
      const { deployments } = await served.client('boss').createDeployment({ resources: resources(files) });
      for (const { processDefinition, decisionDefinition, decisionRequirements } of deployments) {
        if (processDefinition) keys[processDefinition.processDefinitionId] = processDefinition.processDefinitionKey;
        if (decisionDefinition)
          keys[decisionDefinition.decisionDefinitionId!] = decisionDefinition.decisionDefinitionKey!;
        if (decisionRequirements)
          keys[decisionRequirements.decisionRequirementsId!] = decisionRequirements.decisionRequirementsKey!;
      }
    };
    /** An instance that stands where it is wanted. */
    const make = async (world: World, stage: Stage): Promise<Record<'instance' | 'part', string>> => {
      const started = await boss('POST /v2/process-instances', {
        processDefinitionId: world,
        variables: { n: world, secret: `of-${world}` },
      });
      const processInstanceKey = started['processInstanceKey'] as string;
      const of = { processInstanceKey };
      const job = await one('jobs', of, 'jobKey');
      if (stage === 'job') return { instance: processInstanceKey, part: job };
      if (stage === 'incident') {
        await boss(`POST /v2/jobs/${job}/failure`, { retries: 0, errorMessage: 'x' });
        return { instance: processInstanceKey, part: await one('incidents', of, 'incidentKey') };
      }
      await boss(`POST /v2/jobs/${job}/completion`, {});
      const task = await one('user-tasks', of, 'userTaskKey');
      if (stage === 'task') return { instance: processInstanceKey, part: task };
      await boss(`POST /v2/user-tasks/${task}/completion`, {});
      return {
        instance: processInstanceKey,
        part: await one('element-instances', { ...of, elementId: 'hear' }, 'elementInstanceKey'),
      };
    };
    const grant = async (permission: string, resourceId: string): Promise<string> => {
      const [resourceType, permissionType] = permission.split(':');
      const { authorizationKey } = await boss('POST /v2/authorizations', {
        ownerType: 'USER',
        ownerId: 'scout',
        resourceType,
        resourceId,
        permissionTypes: [permissionType],
      });
      return authorizationKey as string;
    };
    const idOf = (permission: string, world: World): string =>
      permission.startsWith('DECISION_DEFINITION')
        ? `decide-${world}`
        : permission.startsWith('DECISION_REQ')
          ? `graph-${world}`
          : world;

    const instance =
      (suffix: string, stage: Stage = 'job', body?: unknown): Row['ask'] =>
      async (world) => ({ path: `/process-instances/${(await make(world, stage)).instance}${suffix}`, body });
    const part =
      (stage: Stage, place: string, suffix = '', body?: unknown): Row['ask'] =>
      async (world) => ({ path: `/${place}/${(await make(world, stage)).part}${suffix}`, body });
    const definition =
      (place: string, id: (world: World) => string, suffix = '', body?: unknown): Row['ask'] =>
      (world) =>
        Promise.resolve({ path: `/${place}/${keys[id(world)]}${suffix}`, body });
    const search =
      (path: string, body: object = {}): Row['ask'] =>
      () =>
        Promise.resolve({ path, body });
    const itsProcess = (item: Record<string, unknown>): unknown => item['processDefinitionId'];
    const decide = (world: World): string => `decide-${world}`;
    const graph = (world: World): string => `graph-${world}`;
    const same = (world: World): string => world;
    const caseOf =
      (suffix: string): Row['ask'] =>
      async (world) => ({ path: `/cases/${(await make(world, 'task')).instance}${suffix}` });

    const rows: readonly Row[] = [
      { route: 'POST /v2/process-definitions/search', ask: search('/process-definitions/search'), shows: itsProcess },
      ...['', '/xml'].map((suffix) => ({
        route: `GET /v2/process-definitions/{}${suffix}`,
        ask: definition('process-definitions', same, suffix),
      })),
      { route: 'GET /v2/process-definitions/{}/form', ask: definition('process-definitions', same, '/form'), own: 204 },
      {
        route: 'POST /v2/process-definitions/{}/statistics/element-instances',
        ask: definition('process-definitions', same, '/statistics/element-instances', {}),
      },
      {
        route: 'POST /v2/decision-definitions/search',
        ask: search('/decision-definitions/search'),
        shows: ({ decisionDefinitionId: id }) => String(id).replace('decide-', ''),
      },
      ...['', '/xml'].map((suffix) => ({
        route: `GET /v2/decision-definitions/{}${suffix}`,
        ask: definition('decision-definitions', decide, suffix),
      })),
      {
        route: 'POST /v2/decision-definitions/evaluation',
        ask: (world) =>
          Promise.resolve({ path: '/decision-definitions/evaluation', body: { decisionDefinitionId: decide(world) } }),
      },
      {
        route: 'POST /v2/decision-requirements/search',
        ask: search('/decision-requirements/search'),
        shows: ({ decisionRequirementsId: id }) => String(id).replace('graph-', ''),
      },
      ...['', '/xml'].map((suffix) => ({
        route: `GET /v2/decision-requirements/{}${suffix}`,
        ask: definition('decision-requirements', graph, suffix),
      })),
      {
        route: 'POST /v2/decision-instances/search',
        ask: search('/decision-instances/search'),
        shows: ({ decisionDefinitionId: id }) => String(id).replace('decide-', ''),
      },
      {
        route: 'GET /v2/decision-instances/{}',
        ask: async (world) => {
          const filter = { decisionDefinitionId: decide(world) };
          return {
            path: `/decision-instances/${await one('decision-instances', filter, 'decisionEvaluationInstanceKey')}`,
          };
        },
      },
      ...['', '/content'].map((suffix) => ({
        route: `GET /v2/resources/{}${suffix}`,
        ask: definition('resources', same, suffix),
      })),
      // It is found, and still runs.
      {
        route: 'POST /v2/resources/{}/deletion',
        ask: definition('resources', same, '/deletion', {}),
        own: 409,
      },
      {
        route: 'POST /v2/process-instances',
        ask: (world) => Promise.resolve({ path: '/process-instances', body: { processDefinitionId: world } }),
      },
      { route: 'POST /v2/process-instances/search', ask: search('/process-instances/search'), shows: itsProcess },
      ...['', '/statistics/element-instances', '/sequence-flows', '/call-hierarchy'].map((suffix) => ({
        route: `GET /v2/process-instances/{}${suffix}`,
        ask: instance(suffix),
      })),
      {
        route: 'POST /v2/process-instances/{}/incidents/search',
        ask: instance('/incidents/search', 'incident', {}),
      },
      { route: 'POST /v2/process-instances/{}/cancellation', ask: instance('/cancellation', 'job', {}), own: 204 },
      {
        route: 'POST /v2/process-instances/{}/modification',
        ask: instance('/modification', 'job', { activateInstructions: [{ elementId: 'ask' }] }),
        own: 204,
      },
      {
        route: 'POST /v2/process-instances/{}/migration',
        ask: async (world) => ({
          path: `/process-instances/${(await make(world, 'job')).instance}/migration`,
          body: {
            targetProcessDefinitionKey: keys[world],
            mappingInstructions: [{ sourceElementId: 'work', targetElementId: 'work' }],
          },
        }),
        own: 204,
      },
      { route: 'POST /v2/element-instances/search', ask: search('/element-instances/search'), shows: itsProcess },
      { route: 'GET /v2/element-instances/{}', ask: part('wait', 'element-instances') },
      {
        route: 'PUT /v2/element-instances/{}/variables',
        ask: part('wait', 'element-instances', '/variables', { variables: { n: 1 } }),
        own: 204,
      },
      {
        route: 'POST /v2/element-instances/ad-hoc-activities/{}/activation',
        ask: part('wait', 'element-instances/ad-hoc-activities', '/activation', { elements: [{ elementId: 'x' }] }),
        // It is found, and is no ad-hoc sub-process.
        own: 404,
        ownSays: /ad-hoc/,
      },
      {
        route: 'POST /v2/variables/search',
        ask: search('/variables/search', { filter: { name: 'secret' } }),
        shows: ({ value }) => String(value).replaceAll('"', '').replace('of-', ''),
      },
      {
        route: 'GET /v2/variables/{}',
        ask: async (world) => {
          const { instance: processInstanceKey } = await make(world, 'job');
          return { path: `/variables/${await one('variables', { processInstanceKey }, 'variableKey')}` };
        },
      },
      { route: 'POST /v2/incidents/search', ask: search('/incidents/search'), shows: itsProcess },
      { route: 'GET /v2/incidents/{}', ask: part('incident', 'incidents') },
      { route: 'POST /v2/incidents/{}/resolution', ask: part('incident', 'incidents', '/resolution', {}), own: 204 },
      {
        route: 'POST /v2/message-subscriptions/search',
        ask: search('/message-subscriptions/search'),
        shows: itsProcess,
      },
      {
        route: 'POST /v2/correlated-message-subscriptions/search',
        ask: async () => {
          for (const world of WORLDS) {
            await make(world, 'wait');
            await boss('POST /v2/messages/correlation', { name: `news-${world}`, correlationKey: world });
          }
          return { path: '/correlated-message-subscriptions/search', body: {} };
        },
        shows: itsProcess,
      },
      { route: 'POST /v2/jobs/search', ask: search('/jobs/search'), shows: itsProcess },
      {
        route: 'POST /v2/jobs/activation',
        ask: async () => {
          for (const world of WORLDS) await make(world, 'job');
          return {
            path: '/jobs/activation',
            body: { type: 'work', timeout: 1, maxJobsToActivate: 100, requestTimeout: -1 },
          };
        },
        shows: itsProcess,
      },
      { route: 'POST /v2/jobs/{}/completion', ask: part('job', 'jobs', '/completion', {}), own: 204 },
      { route: 'POST /v2/jobs/{}/failure', ask: part('job', 'jobs', '/failure', { retries: 1 }), own: 204 },
      { route: 'POST /v2/jobs/{}/error', ask: part('job', 'jobs', '/error', { errorCode: 'E' }), own: 204 },
      { route: 'PATCH /v2/jobs/{}', ask: part('job', 'jobs', '', { changeset: { timeout: '5' } }), own: 409 },
      { route: 'POST /v2/user-tasks/search', ask: search('/user-tasks/search'), shows: itsProcess },
      ...[
        ['GET', '', undefined, 200],
        ['GET', '/form', undefined, 204],
        ['POST', '/variables/search', {}, 200],
      ].map(([method, suffix, body, own]) => ({
        route: `${method as string} /v2/user-tasks/{}${suffix as string}`,
        ask: part('task', 'user-tasks', suffix as string, body),
        own: own as number,
      })),
      {
        route: 'POST /v2/user-tasks/{}/assignment',
        ask: part('task', 'user-tasks', '/assignment', { assignee: 'head' }),
        own: 204,
      },
      { route: 'DELETE /v2/user-tasks/{}/assignee', ask: part('task', 'user-tasks', '/assignee'), own: 204 },
      {
        route: 'POST /v2/user-tasks/{}/completion',
        ask: part('task', 'user-tasks', '/completion', { variables: { free: 1 } }),
        own: 204,
      },
      {
        route: 'PATCH /v2/user-tasks/{}',
        ask: part('task', 'user-tasks', '', { changeset: { priority: 9 } }),
        own: 204,
      },
      // Under /api, whose searches are asked of by GET.
      {
        route: 'GET /api/tasks',
        ask: () => Promise.resolve({ path: '/tasks?tab=all' }),
        shows: ({ processId }) => processId,
      },
      { route: 'GET /api/tasks/{}', ask: part('task', 'tasks') },
      { route: 'PUT /api/tasks/{}/assignee', ask: part('task', 'tasks', '/assignee', { username: 'head' }) },
      // Seen, and another's work.
      { route: 'PUT /api/tasks/{}/draft', ask: part('task', 'tasks', '/draft', { data: {} }), own: 403 },
      { route: 'POST /api/tasks/{}/complete', ask: part('task', 'tasks', '/complete', { data: {} }), own: 403 },
      ...['suspension', 'resumption'].map((verb) => ({
        route: `POST /api/process-instances/{}/${verb}`,
        ask: async (world: World) => {
          const { instance: key } = await make(world, 'job');
          if (verb === 'resumption') await boss(`POST /api/process-instances/${key}/suspension`);
          return { path: `/process-instances/${key}/${verb}` };
        },
        own: 204,
      })),
      {
        route: 'POST /api/process-instances/{}/migration',
        ask: async (world) => ({
          path: `/process-instances/${(await make(world, 'job')).instance}/migration`,
          body: { targetProcessDefinitionKey: keys[world], dryRun: true },
        }),
      },
    ];
    const cases: readonly Row[] = [
      {
        route: 'GET /api/cases',
        ask: () => Promise.resolve({ path: '/cases?limit=100' }),
        shows: ({ processId }) => processId,
      },
      ...['', '/story', '/diagram', '/waits', '/decisions', '/variables', '/files', '/documents', '/mails'].map(
        (suffix) => ({ route: `GET /api/cases/{}${suffix}`, ask: caseOf(suffix) }),
      ),
      {
        route: 'GET /api/process-instances/{}/explain',
        ask: async (world) => ({ path: `/process-instances/${(await make(world, 'job')).instance}/explain` }),
      },
    ];

    const addressOf = ({ method, path }: Route): string => `${method.toUpperCase()} ${path.replace(/:\w+/g, '{}')}`;
    const granted = (): readonly Route[] =>
      [...served.routes, ...served.otherRoutes].filter(({ grant: one }) => one !== undefined);
    const ask = async (row: Row, world: World): Promise<{ status: number; body: Found }> => {
      const [method, prefix] = row.route.split('/', 2) as [string, string];
      const { path, body } = await row.ask(world);
      return (await served.send('scout', `${method}/${prefix}${path}`, body)) as { status: number; body: Found };
    };
    /** Asks in both worlds. The own one is open, the other is as if it were not there. */
    const checkOpen = async (row: Row): Promise<void> => {
      const { route, own = 200, ownSays, shows } = row;
      const answer = await ask(row, 'mine');
      assert.equal(answer.status, own, `${route}: ${JSON.stringify(answer.body)}`);
      if (shows === undefined) {
        const stranger = await ask(row, 'other');
        assert.equal(stranger.status, 404, `${route} elsewhere: ${JSON.stringify(stranger.body)}`);
        if (ownSays === undefined) return;
        assert.match(String(answer.body['detail']), ownSays, route);
        assert.doesNotMatch(String(stranger.body['detail']), ownSays, `${route} elsewhere`);
        return;
      }
      const items = answer.body.items ?? (answer.body['jobs'] as Record<string, unknown>[]);
      assert.deepEqual([...new Set(items.map(shows))], ['mine'], `${route} shows`);
      const page = answer.body['page'] as { totalItems?: number } | undefined;
      if (page !== undefined) assert.equal(page.totalItems, items.length, `${route} counts`);
    };

    it('has a row for every route that opens to rows', () => {
      const known = rows.map(({ route }) => route);
      const missing = granted()
        .filter((route) => route.grant!.of === 'rows')
        .map(addressOf)
        // Groups, roles, people and signals have tests of their own below; an upload is refused as a draft is.
        .filter((address) => !/\/v2\/(groups|roles|users)\/search$|\/signals\/broadcast$|\/files$/.test(address));
      assert.deepEqual(
        missing.filter((address) => !known.includes(address)),
        [],
      );
      assert.deepEqual(
        known.filter((address) => !missing.includes(address)),
        [],
      );
    });

    it('opens each of them to whoever is authorised for it, there and nowhere else', async () => {
      for (const row of rows) {
        const { grant: wanted, method, path } = granted().find((route) => addressOf(route) === row.route)!;
        const closed = async (when: string): Promise<void> => {
          const request = `${method.toUpperCase()} ${path.replace(/:\w+/g, '1')}`;
          assert.equal((await served.send('scout', request)).status, 403, `${row.route} ${when}`);
        };
        await closed('without authorization');
        // The last word is the widest: who may change an instance may also cancel it.
        const permission = wanted!.any.at(-1)!;
        const key = await grant(permission, idOf(permission, 'mine'));
        await checkOpen(row);
        await boss(`DELETE /v2/authorizations/${key}`);
        await closed('after the authorization');
      }
    });

    it('opens cases to whoever may read the instances of their process', async () => {
      for (const row of cases) {
        const before = await ask(row, 'mine');
        if (row.shows === undefined) assert.equal(before.status, 404, row.route);
        else assert.deepEqual(before.body.items, [], row.route);
        const key = await grant('PROCESS_DEFINITION:READ_PROCESS_INSTANCE', 'mine');
        await checkOpen(row);
        await boss(`DELETE /v2/authorizations/${key}`);
      }
    });

    it('changed nothing of the other world', async () => {
      const filter = { processDefinitionId: 'other' };
      const count = async (place: string, more: object): Promise<number> =>
        (
          (await boss(`POST /v2/${place}/search`, { filter: { ...filter, ...more }, page: { limit: 1000 } })).items ??
          []
        ).length;
      const all = await count('process-instances', {});
      assert.equal(await count('process-instances', { state: 'TERMINATED' }), 0);
      // The administrator sent one of them its message.
      assert.equal(await count('process-instances', { state: 'ACTIVE' }), all - 1);
      assert.equal(await count('user-tasks', { assignee: 'head' }), 0);
    });

    it('opens what is no row only by name or as a whole', async () => {
      for (const route of granted()) {
        const { any, of } = route.grant!;
        if (of === 'rows') continue;
        const request = `${route.method.toUpperCase()} ${route.path.replace(':version', '1').replace(/:\w+/g, 'night')}`;
        const status = async (): Promise<number> => (await served.send('scout', request)).status;
        assert.equal(await status(), 403, request);
        const type = any[0]!.split(':')[0]!;
        const named = ['GROUP', 'ROLE', 'USER', 'RESOURCE'].includes(type);
        if (named) {
          const other = await grant(any[0]!, 'day');
          assert.equal(await status(), 403, `${request} with a grant for another`);
          await boss(`DELETE /v2/authorizations/${other}`);
        }
        const key = await grant(any[0]!, typeof of === 'object' ? 'night' : '*');
        assert.notEqual(await status(), 403, `${request} with its grant`);
        await boss(`DELETE /v2/authorizations/${key}`);
      }
    });

    it('lists groups, roles and people that somebody may see', async () => {
      for (const [place, permission, id, field] of [
        ['groups', 'GROUP:READ', 'warehouse', 'groupId'],
        ['roles', 'ROLE:READ', 'head', 'roleId'],
        ['users', 'USER:READ', 'logistics', 'username'],
      ] as const) {
        const key = await grant(permission, id);
        const { items } = (await served.send('scout', `POST /v2/${place}/search`, {})).body as Found;
        assert.deepEqual(
          items!.map((item) => item[field]),
          [id],
        );
        await boss(`DELETE /v2/authorizations/${key}`);
      }
    });

    it('gives a signal to all that wait for it or, where one of them is not allowed, to none', async () => {
      const files = Object.fromEntries(
        (['mine', 'other'] as const).map((world) => [`bell-${world}.bpmn`, bellOf(world)]),
      );
      await served.client('boss').createDeployment({ resources: resources(files) });
      for (const world of WORLDS)
        await boss('POST /v2/process-instances', { processDefinitionId: `waits-${world}`, variables: {} });
      const instances = async (processDefinitionId: string, state: string): Promise<number> =>
        (await boss('POST /v2/process-instances/search', { filter: { processDefinitionId, state } })).items!.length;
      const ring = async (signalName: string): Promise<number> =>
        (await served.send('scout', 'POST /v2/signals/broadcast', { signalName })).status;
      assert.equal(await ring('bell-mine'), 403, 'without authorization');
      const starts = await grant('PROCESS_DEFINITION:CREATE_PROCESS_INSTANCE', 'starts-mine');
      assert.equal(await ring('bell-mine'), 403, 'an instance waits, too');
      const goesOn = await grant('PROCESS_DEFINITION:UPDATE_PROCESS_INSTANCE', 'waits-mine');
      assert.equal(await ring('bell-other'), 403);
      assert.equal(await ring('bell-both'), 403, 'both worlds hear it');
      await served.settle();
      for (const world of WORLDS) {
        assert.equal(await instances(`starts-${world}`, 'COMPLETED'), 0, world);
        assert.equal(await instances(`waits-${world}`, 'ACTIVE'), 1, world);
      }
      assert.equal(await ring('bell-mine'), 200);
      await served.settle();
      assert.equal(await instances('starts-mine', 'COMPLETED'), 1);
      assert.equal(await instances('waits-mine', 'COMPLETED'), 1);
      assert.equal(await instances('waits-other', 'ACTIVE'), 1);
      for (const key of [starts, goesOn]) await boss(`DELETE /v2/authorizations/${key}`);
    });

    it('takes batches of those instances only that one may change', async () => {
      const key = await grant('BATCH:CREATE', '*');
      const narrow = await grant('PROCESS_DEFINITION:CANCEL_PROCESS_INSTANCE', 'mine');
      await make('mine', 'job');
      const begun = await served.send('scout', 'POST /v2/process-instances/cancellation', { filter: {} });
      assert.equal(begun.status, 200, JSON.stringify(begun.body));
      await served.settle();
      const left = async (processDefinitionId: string): Promise<number> =>
        (await boss('POST /v2/process-instances/search', { filter: { processDefinitionId, state: 'ACTIVE' } })).items!
          .length;
      assert.equal(await left('mine'), 0);
      assert.ok((await left('other')) > 0, 'the other world goes on');
      for (const one of [key, narrow]) await boss(`DELETE /v2/authorizations/${one}`);
    });

    it('counts authorizations of roles and groups together, for people and for clients', async () => {
      const send = async (body: object): Promise<string> =>
        (await boss('POST /v2/authorizations', body))['authorizationKey'] as string;
      await boss('POST /v2/roles', { roleId: 'reader', name: 'R' });
      await boss('POST /v2/groups', { groupId: 'night', name: 'N' });
      const readsProcess = { resourceType: 'PROCESS_DEFINITION', permissionTypes: ['READ_PROCESS_DEFINITION'] };
      await send({ ownerType: 'ROLE', ownerId: 'reader', resourceId: 'mine', ...readsProcess });
      await send({ ownerType: 'GROUP', ownerId: 'night', resourceId: 'other', ...readsProcess });
      const seen = async (): Promise<unknown> => {
        const { status, body } = await served.send('scout', 'POST /v2/process-definitions/search', {});
        return status === 200 ? (body as Found).items!.map(itsProcess).sort() : status;
      };
      assert.equal(await seen(), 403);
      await boss('PUT /v2/roles/reader/users/scout');
      assert.deepEqual(await seen(), ['mine']);
      await boss('PUT /v2/groups/night/users/scout');
      assert.deepEqual(await seen(), ['mine', 'other']);
      await boss('DELETE /v2/roles/reader');
      assert.deepEqual(await seen(), ['other']);
      await boss('DELETE /v2/groups/night');
      assert.equal(await seen(), 403);
      const left = await boss('POST /v2/authorizations/search', { filter: { resourceIds: ['mine', 'other'] } });
      assert.deepEqual(left.items, [], 'gone with their owners');

      const { clientSecret } = (await boss('POST /api/clients', { clientId: 'robot' })) as Record<string, string>;
      const asRobot = async (): Promise<number> => {
        const authorization = `Basic ${Buffer.from(`robot:${clientSecret}`).toString('base64')}`;
        const headers = { authorization, 'content-type': 'application/json' };
        return (await fetch(`${served.url}/v2/process-definitions/search`, { method: 'POST', headers, body: '{}' }))
          .status;
      };
      assert.equal(await asRobot(), 403);
      await send({ ownerType: 'CLIENT', ownerId: 'robot', resourceId: '*', ...readsProcess });
      assert.equal(await asRobot(), 200);
    });

    it('is written, read, changed and searched by the official client', async () => {
      const client = served.client('boss');
      const NOW = { consistency: { waitUpToMs: 0 } };
      const words = { ownerType: 'ROLE', ownerId: 'head', resourceType: 'GROUP', resourceId: 'warehouse' } as const;
      const { authorizationKey } = await client.createAuthorization({ ...words, permissionTypes: ['READ', 'READ'] });
      const read = await client.getAuthorization({ authorizationKey: authorizationKey! }, NOW);
      assert.deepEqual({ ...read }, { authorizationKey, ...words, permissionTypes: ['READ'] });
      await client.updateAuthorization({ authorizationKey: authorizationKey!, ...words, permissionTypes: ['UPDATE'] });
      const found = await client.searchAuthorizations({ filter: { ownerId: 'head', resourceType: 'GROUP' } }, NOW);
      assert.deepEqual(
        found.items!.map(({ permissionTypes }) => permissionTypes),
        [['UPDATE']],
      );
      await client.deleteAuthorization({ authorizationKey: authorizationKey! });
      await assert.rejects(client.getAuthorization({ authorizationKey: authorizationKey! }, NOW), { status: 404 });
      await assert.rejects(client.deleteAuthorization({ authorizationKey: authorizationKey! }), { status: 404 });
    });

    it('refuses one that would allow nothing, by name', async () => {
      const words = {
        ownerType: 'USER',
        ownerId: 'scout',
        resourceType: 'GROUP',
        resourceId: '*',
        permissionTypes: ['READ'],
      };
      for (const [wrong, status, said] of [
        [{ ownerId: 'nobody' }, 404, /nobody/],
        [{ ownerType: 'ROLE', ownerId: 'king' }, 404, /king/],
        [{ ownerType: 'MAPPING_RULE' }, 400, /MAPPING_RULE/],
        [{ resourceType: 'COMPONENT', permissionTypes: ['ACCESS'] }, 400, /COMPONENT/],
        [{ permissionTypes: ['READ_USER_TASK'] }, 400, /READ_USER_TASK/],
        [{ permissionTypes: [] }, 400, /GROUP/],
        [{ resourceType: 'BATCH', resourceId: '7' }, 400, /\*/],
      ] as const) {
        const answer = await served.send('boss', 'POST /v2/authorizations', { ...words, ...wrong });
        assert.equal(answer.status, status, JSON.stringify(wrong));
        assert.match(answer.body.detail!, said);
      }
    });
  });

  it('authorizations count for nothing while they are switched off', async () => {
    const served = await serveV2((await dialect.connect()).settings);
    await served.users.addUser({ username: 'scout', name: 'S', password: PASSWORD, groups: [], roles: [] });
    const made = await served.send('boss', 'POST /v2/authorizations', {
      ownerType: 'USER',
      ownerId: 'scout',
      resourceType: 'PROCESS_DEFINITION',
      resourceId: '*',
      permissionTypes: ['READ_PROCESS_DEFINITION'],
    });
    assert.equal(made.status, 201);
    assert.equal((await served.send('scout', 'POST /v2/process-definitions/search', {})).status, 403);
    await served.close();
  });
});
