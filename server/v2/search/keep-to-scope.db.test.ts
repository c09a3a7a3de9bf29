import assert from 'node:assert/strict';
import { queryRows, readerOf } from '../../database/connect.ts';
import type { Scope } from '../../identity/scope.ts';
import { bpmn, sequence, serviceTask, userTask } from '../../runtime/test/bpmn.ts';
import { forEachDialect } from '../../test/dialects.ts';
import { elementInstanceSearch } from '../element-instance-search.ts';
import { incidentSearch } from '../incident-search.ts';
import { jobSearch } from '../job-search.ts';
import { processInstanceSearch } from '../process-instance-search.ts';
import { resources } from '../test/models.ts';
import { serveV2, type ServedV2 } from '../test/serve-v2.ts';
import { userTaskSearch } from '../user-task-search.ts';
import { variableSearch } from '../variable-search.ts';
import { keepToScope } from './keep-to-scope.ts';
import { pageStatement, runSearch, type Search } from './run-search.ts';
import type { SearchSpec } from './search-spec.ts';

const SEARCHES: Readonly<Record<string, SearchSpec>> = {
  process_instance: processInstanceSearch,
  element_instance: elementInstanceSearch,
  user_task: userTaskSearch,
  job: jobSearch,
  incident: incidentSearch,
  variable: variableSearch,
};
const MINE: Scope = { all: false, ids: new Set(['mine', 'second']) };

forEachDialect((dialect) => {
  describe('a search of those who see some processes only', () => {
    let served: ServedV2;
    before(async () => {
      served = await serveV2((await dialect.connect()).settings);
      const boss = served.client('boss');
      const models = ['mine', 'other', 'second'].map((id): [string, string] => [
        `${id}.bpmn`,
        bpmn(id, sequence(serviceTask('work', 'work'), userTask('ask'))),
      ]);
      await boss.createDeployment({ resources: resources(Object.fromEntries(models)) });
      for (const id of ['other', 'mine', 'second', 'other', 'mine', 'other', 'second', 'mine'])
        await boss.createProcessInstance({ processDefinitionId: id as never, variables: { n: id } });
      const { jobs } = await boss.activateJobs({
        type: 'work',
        timeout: 60_000,
        maxJobsToActivate: 8,
        requestTimeout: -1,
      });
      for (const [at, job] of jobs.entries()) {
        if (at < 4) await boss.completeJob({ jobKey: job.jobKey });
        else await boss.failJob({ jobKey: job.jobKey, retries: 0, errorMessage: 'x' });
      }
    });
    after(() => served.close());

    const ask = (spec: SearchSpec, search: Omit<Search, 'scope'>) =>
      runSearch(readerOf(served.database), spec, { scope: MINE, ...search });

    it('finds the same by looking up and by walking, in every order, page by page, and counts it', async () => {
      for (const [name, spec] of Object.entries(SEARCHES)) {
        for (const field of [undefined, ...Object.keys(spec.sorts)]) {
          const sort = field === undefined ? [] : [{ field, order: 'DESC' }];
          const [looked, walked] = [await ask(spec, { query: { sort } }), await ask(spec, { query: { sort }, few: 0 })];
          assert.ok(looked.rows.length > 0, name);
          assert.deepEqual(walked.rows, looked.rows, `${name} by ${field}`);
          const two = await ask(spec, { query: { sort, page: { limit: 2 } }, few: 0 });
          assert.equal(two.page.totalItems, looked.rows.length, `${name} counts`);
          const next = { sort, page: { limit: 2, after: two.page.endCursor! } };
          for (const few of [0, 100])
            assert.deepEqual(
              (await ask(spec, { query: next, few })).rows,
              looked.rows.slice(2, 4),
              `${name} by ${field}`,
            );
        }
      }
    });

    it('shows nothing of another process, and nothing at all to whoever may see none', async () => {
      for (const [name, spec] of Object.entries(SEARCHES)) {
        for (const few of [0, 100]) {
          const all = (await runSearch(readerOf(served.database), spec, { query: {} })).rows.length;
          const mine = (await ask(spec, { query: {}, few })).rows.length;
          const others = await ask(spec, { query: {}, few, scope: { all: false, ids: new Set(['other']) } } as Search);
          assert.equal(mine + others.rows.length, all, name);
          const none = await ask(spec, { query: {}, few, scope: { all: false, ids: new Set() } } as Search);
          assert.deepEqual([none.rows.length, none.page.totalItems], [0, 0], name);
        }
      }
    });

    if (dialect.name === 'sqlite') {
      it('reads no table as a whole, and sorts nothing on its walk', async () => {
        const reader = readerOf(served.database);
        for (const [name, spec] of Object.entries(SEARCHES)) {
          for (const few of [0, 100]) {
            const search = { query: { page: { limit: 10 } }, scope: MINE, few };
            const { page } = await keepToScope(reader, spec, search);
            const { sql, parameters } = pageStatement(reader.dialect, page.spec, page.search);
            const plan = await queryRows<{ detail: string }>(reader, `EXPLAIN QUERY PLAN ${sql}`, parameters);
            const steps = plan.map(({ detail }) => detail).join('\n');
            if (few === 0) assert.doesNotMatch(steps, /TEMP B-TREE/, `${name} walks:\n${steps}`);
            else assert.doesNotMatch(steps, /SCAN (owned|[pejtiv])\b/, `${name} looks up:\n${steps}`);
          }
        }
      });
    }
  });
});
