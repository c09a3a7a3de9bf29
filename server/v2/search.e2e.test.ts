import assert from 'node:assert/strict';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { bpmn, callActivity, sequence, userTask } from '../runtime/test/bpmn.ts';
import { forEachDialect } from '../test/dialects.ts';
import { ORDER, PACKING, resources } from './test/models.ts';
import { serveV2, type ServedV2 } from './test/serve-v2.ts';

const NOW = { consistency: { waitUpToMs: 0 } };
const COUNT = 7;

forEachDialect((dialect) => {
  describe('searches of /v2', () => {
    let served: ServedV2;
    let boss: CamundaClient;
    const keys: string[] = [];
    before(async () => {
      served = await serveV2((await dialect.connect()).settings);
      boss = served.client('boss');
      await boss.createDeployment({ resources: resources({ 'packing.bpmn': PACKING, 'order.bpmn': ORDER }) });
      for (let n = 0; n < COUNT; n += 1) {
        served.advance(1_000);
        const { processInstanceKey } = await boss.createProcessInstance({
          processDefinitionId: (n % 2 === 0 ? 'packing' : 'order') as never,
          variables: { n, city: n === 3 ? 'Томск' : 'Орёл' },
          tags: (n < 2 ? ['rush', `n_${n}`] : []) as never,
        });
        keys.push(processInstanceKey);
      }
      await boss.cancelProcessInstance({ processInstanceKey: keys[0] as never });
    });
    after(() => served.close());

    // Raw requests: the strict client 8.8.4 drops `after` and `before` from `page` (docs/guide/camunda-api.md).
    interface Found {
      readonly items: readonly { readonly processInstanceKey: string }[];
      readonly page: { readonly totalItems: number; readonly startCursor?: string; readonly endCursor?: string };
    }
    const search = async (body: object): Promise<Found> => {
      const answer = await served.send('boss', 'POST /v2/process-instances/search', body);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return answer.body as unknown as Found;
    };
    const found = async (body: object): Promise<readonly number[]> =>
      (await search(body)).items.map(({ processInstanceKey }) => keys.indexOf(processInstanceKey));
    const matching = async (filter: object): Promise<readonly number[]> => [...(await found({ filter }))].sort();

    it('pages by offset with the client, and says how many there are', async () => {
      const sort = [{ field: 'startDate' as const, order: 'DESC' as const }];
      const page = await boss.searchProcessInstances({ sort, page: { from: 2, limit: 3 } }, NOW);
      assert.deepEqual(
        page.items.map(({ processInstanceKey }) => keys.indexOf(processInstanceKey)),
        [4, 3, 2],
      );
      assert.deepEqual([page.page.totalItems, page.page.hasMoreTotalItems], [BigInt(COUNT), false]);
    });

    for (const [name, sort, order] of [
      ['a column', [{ field: 'startDate', order: 'DESC' }], [6, 5, 4, 3, 2, 1, 0]],
      ['a column with nulls, which come last', [{ field: 'endDate' }, { field: 'startDate' }], [0, 1, 2, 3, 4, 5, 6]],
      [
        'nulls last, descending too',
        [
          { field: 'endDate', order: 'DESC' },
          { field: 'startDate', order: 'DESC' },
        ],
        [0, 6, 5, 4, 3, 2, 1],
      ],
      [
        'two columns in opposite directions',
        [{ field: 'processDefinitionId' }, { field: 'startDate', order: 'DESC' }],
        [5, 3, 1, 6, 4, 2, 0],
      ],
      ['the key alone', [], null],
    ] as const) {
      it(`walks forwards and backwards by cursor over ${name}`, async () => {
        const whole = await found({ sort });
        if (order !== null) assert.deepEqual(whole, order);
        const forwards: number[] = [];
        let cursor: string | undefined;
        let last: Found | undefined;
        for (;;) {
          const page = await search({ sort, page: { limit: 2, ...(cursor === undefined ? {} : { after: cursor }) } });
          if (page.items.length === 0) break;
          assert.equal(page.page.totalItems, COUNT);
          forwards.push(...page.items.map(({ processInstanceKey }) => keys.indexOf(processInstanceKey)));
          last = page;
          cursor = page.page.endCursor;
        }
        assert.deepEqual(forwards, whole);
        const backwards: number[] = [];
        for (let before = last!.page.startCursor; before !== undefined;) {
          const page = await search({ sort, page: { limit: 2, before } });
          backwards.unshift(...page.items.map(({ processInstanceKey }) => keys.indexOf(processInstanceKey)));
          before = page.page.startCursor;
        }
        assert.deepEqual(backwards, whole.slice(0, COUNT - last!.items.length));
      });
    }

    it('filters by every operator of the API', async () => {
      const from = (await boss.getProcessInstance({ processInstanceKey: keys[4] as never }, NOW)).startDate;
      assert.deepEqual(await matching({ processInstanceKey: keys[2] }), [2]);
      assert.deepEqual(await matching({ processInstanceKey: { $in: [keys[1], keys[5], '99', '-4'] } }), [1, 5]);
      assert.deepEqual(await matching({ processInstanceKey: { $notIn: [keys[0], keys[1], keys[2]] } }), [3, 4, 5, 6]);
      assert.deepEqual(await matching({ processDefinitionId: { $neq: 'packing' } }), [1, 3, 5]);
      assert.deepEqual(await matching({ processDefinitionId: { $like: 'pack*' } }), [0, 2, 4, 6]);
      assert.deepEqual(await matching({ processDefinitionId: { $like: 'orde?' } }), [1, 3, 5]);
      assert.deepEqual(
        await matching({ processDefinitionId: { $like: 'PACK*' } }),
        [],
        'letter case counts on both databases',
      );
      assert.deepEqual(await matching({ processDefinitionId: { $like: 'pack\\*' } }), []);
      assert.deepEqual(await matching({ processDefinitionId: { $like: 'pack%' } }), []);
      assert.deepEqual(await matching({ processDefinitionId: { $like: '[op]*' } }), []);
      assert.deepEqual(await matching({ state: 'TERMINATED' }), [0]);
      assert.deepEqual(await matching({ state: { $in: ['COMPLETED', 'TERMINATED'] } }), [0]);
      assert.deepEqual(await matching({ state: { $like: 'ACT*' } }), [1, 2, 3, 4, 5, 6]);
      assert.deepEqual(await matching({ endDate: { $exists: true } }), [0]);
      assert.deepEqual(await matching({ processDefinitionVersionTag: { $exists: false } }), [0, 1, 2, 3, 4, 5, 6]);
      assert.deepEqual(await matching({ processDefinitionVersionTag: { $neq: 'x' } }), [0, 1, 2, 3, 4, 5, 6]);
      assert.deepEqual(await matching({ startDate: { $gte: from } }), [4, 5, 6]);
      assert.deepEqual(await matching({ startDate: { $gt: from, $lte: '2999-01-01T00:00:00Z' } }), [5, 6]);
      assert.deepEqual(await matching({ processDefinitionVersion: { $lt: 2 } }).then((all) => all.length), COUNT);
      assert.deepEqual(await matching({ hasIncident: true }), []);
      assert.deepEqual(await matching({ hasIncident: false, state: 'ACTIVE' }), [1, 2, 3, 4, 5, 6]);
      assert.deepEqual(await matching({ tags: ['rush'] }), [0, 1]);
      assert.deepEqual(await matching({ tags: ['rush', 'n_1'] }), [1]);
      assert.deepEqual(await matching({ tags: ['n-1'] }), []);
      assert.deepEqual(await matching({ variables: [{ name: 'city', value: '"Томск"' }] }), [3]);
      assert.deepEqual(await matching({ variables: [{ name: 'n', value: { $in: ['2', '4'] } }] }), [2, 4]);
      assert.deepEqual(await matching({ tenantId: '<default>' }).then((all) => all.length), COUNT);
      assert.deepEqual(await matching({ tenantId: 'other' }), []);
      assert.deepEqual(await matching({ elementId: 'pack' }), [0, 2, 4, 6]);
      assert.deepEqual(await matching({ elementId: 'pack', elementInstanceState: 'ACTIVE' }), [2, 4, 6]);
      assert.deepEqual(
        await matching({ elementId: 'start', elementInstanceState: 'ACTIVE' }),
        [],
        'both of one element, not one of each',
      );
      assert.deepEqual(await matching({ elementId: 'pack', hasElementInstanceIncident: true }), []);
      assert.deepEqual(await matching({ errorMessage: { $like: '*' } }), []);
      assert.deepEqual(await matching({ hasRetriesLeft: true }), []);
      assert.deepEqual(
        await matching({ state: 'ACTIVE', $or: [{ processInstanceKey: keys[0] }, { tags: ['rush'] }] }),
        [1],
      );
    });

    it('finds the parts of a scope and the instances that were called, by the keys of those around them', async () => {
      const input = '<zeebe:ioMapping><zeebe:input source="=n + 1" target="m"/></zeebe:ioMapping>';
      const inner = sequence(userTask('inspect', input))
        .replaceAll(/"(start|end|to_\w+)"/g, '"part_$1"')
        .replaceAll('>to_', '>part_to_');
      const called = bpmn('called', sequence(userTask('answer')));
      const calling = bpmn(
        'calling',
        sequence(
          { id: 'part', xml: `<bpmn:subProcess id="part">${inner}</bpmn:subProcess>` },
          callActivity('call', 'called'),
        ),
      );
      await boss.createDeployment({ resources: resources({ 'called.bpmn': called, 'calling.bpmn': calling }) });
      const ids = async (path: string, filter: object, column: string): Promise<readonly unknown[]> => {
        const { status, body } = await served.send('boss', `POST /v2/${path}/search`, { filter });
        assert.equal(status, 200, JSON.stringify(body));
        return (body as unknown as { items: readonly Readonly<Record<string, unknown>>[] }).items.map(
          (item) => item[column],
        );
      };
      const variables = { n: 1 };
      const { processInstanceKey } = await boss.createProcessInstance({
        processDefinitionId: 'calling' as never,
        variables,
      });
      const [part] = await ids('element-instances', { processInstanceKey, elementId: 'part' }, 'elementInstanceKey');
      const elements = async (elementInstanceScopeKey: unknown): Promise<readonly unknown[]> =>
        (await ids('element-instances', { elementInstanceScopeKey }, 'elementId')).toSorted();
      assert.deepEqual(await elements(processInstanceKey), ['part', 'start']);
      assert.deepEqual(await elements(part), ['inspect', 'part_start']);

      const tasks = await ids('user-tasks', { processInstanceKey }, 'elementInstanceKey');
      const [userTaskKey] = await ids('user-tasks', { elementInstanceKey: tasks[0] }, 'userTaskKey');
      const { elementInstanceKey } = await boss.getUserTask({ userTaskKey: userTaskKey as never }, NOW);
      assert.deepEqual(await ids('variables', { scopeKey: elementInstanceKey }, 'name'), ['m']);
      assert.deepEqual(await ids('variables', { scopeKey: processInstanceKey }, 'name'), ['n']);
      const both = { scopeKey: { $in: [processInstanceKey, elementInstanceKey] } };
      assert.deepEqual([...(await ids('variables', both, 'name'))].toSorted(), ['m', 'n']);

      await boss.completeUserTask({ userTaskKey: userTaskKey as never });
      const [call] = await ids('element-instances', { processInstanceKey, elementId: 'call' }, 'elementInstanceKey');
      const [answer] = await ids('user-tasks', { elementId: 'answer' }, 'processInstanceKey');
      const parents = { parentProcessInstanceKey: processInstanceKey, parentElementInstanceKey: call };
      for (const filter of [
        { parentProcessInstanceKey: processInstanceKey },
        { parentElementInstanceKey: call },
        parents,
      ])
        assert.deepEqual(
          await ids('process-instances', filter, 'processInstanceKey'),
          [answer],
          JSON.stringify(filter),
        );
      assert.deepEqual(await ids('process-instances', { parentProcessInstanceKey: answer }, 'processInstanceKey'), []);

      assert.deepEqual(await ids('user-tasks', { state: 'CREATED', elementId: 'answer' }, 'state'), ['CREATED']);
      assert.deepEqual(await ids('user-tasks', { state: 'COMPLETED', elementId: 'inspect' }, 'state'), ['COMPLETED']);
      await boss.cancelProcessInstance({ processInstanceKey });
      await served.settle();
      assert.deepEqual(await ids('user-tasks', { state: 'CREATED', elementId: 'answer' }, 'state'), []);
      assert.deepEqual(await ids('user-tasks', { state: 'CANCELED' }, 'elementId'), ['answer']);
    });

    it('refuses by name what it cannot search by, instead of passing it over', async () => {
      const refused = async (path: string, body: object): Promise<string> => {
        const answer = await served.send('boss', `POST /v2/${path}/search`, body);
        assert.equal(answer.status, 400, JSON.stringify(answer.body));
        return answer.body.errors?.[0]?.path ?? answer.body.detail ?? '';
      };
      assert.equal(
        await refused('process-instances', { filter: { batchOperationId: 'x' } }),
        '/filter/batchOperationId',
      );
      assert.equal(await refused('process-instances', { filter: { state: { $gt: 'ACTIVE' } } }), '/filter/state/$gt');
      assert.equal(await refused('process-instances', { filter: { state: 'SUSPENDED' } }), '/filter/state');
      assert.equal(await refused('process-instances', { filter: { startDate: 'yesterday' } }), '/filter/startDate');
      assert.equal(await refused('process-instances', { sort: [{ field: 'tags' }] }), '/sort/0/field');
      assert.equal(await refused('process-definitions', { filter: { hasStartForm: true } }), '/filter/hasStartForm');
      assert.equal(await refused('variables', { page: { limit: 5_000 } }), '/page/limit');
      assert.match(await refused('variables', { page: { after: 'AAAA', before: 'AAAA' } }), /page\.from/);
      assert.match(await refused('variables', { page: { after: 'AAAA' } }), /endCursor/);
      const { page } = await search({ sort: [{ field: 'startDate' }], page: { limit: 1 } });
      assert.match(
        await refused('process-instances', { page: { after: page.endCursor } }),
        /endCursor/,
        'a cursor of another order',
      );
      const forged = Buffer.from(JSON.stringify(['', 'x', 'y'])).toString('base64');
      assert.match(await refused('process-instances', { page: { after: forged } }), /endCursor/);
    });

    it('cuts long values in lists, unless asked not to', async () => {
      const { processInstanceKey } = await boss.createProcessInstance({
        processDefinitionId: 'packing' as never,
        variables: { long: 'я'.repeat(10_000) },
      });
      const filter = { processInstanceKey, name: 'long' };
      const cut = (await boss.searchVariables({ filter }, NOW)).items[0]!;
      assert.deepEqual([cut.isTruncated, cut.value.length], [true, 8_191]);
      const whole = (await boss.searchVariables({ filter, truncateValues: false }, NOW)).items[0]!;
      assert.deepEqual([whole.isTruncated, whole.value.length], [false, 10_002]);
      assert.equal((await boss.getVariable({ variableKey: cut.variableKey }, NOW)).value.length, 10_002);
    });
  });
});
