import assert from 'node:assert/strict';
import { queryRows, readerOf } from '../../database/connect.ts';
import { openTestDatabase, type OpenTestDatabase } from '../../database/test/open-test-database.ts';
import { forEachDialect } from '../../test/dialects.ts';
import { correlatedSubscriptionSearch } from '../correlated-subscription-search.ts';
import { decisionDefinitionSearch, decisionRequirementsSearch, processDefinitionSearch } from '../definition-search.ts';
import { decisionInstanceSearch } from '../decision-instance-search.ts';
import { elementInstanceSearch } from '../element-instance-search.ts';
import { groupSearch, userSearch } from '../identity/identity-searches.ts';
import { incidentSearch, instanceIncidentSearch } from '../incident-search.ts';
import { jobSearch } from '../job-search.ts';
import { batchItemSearch, batchSearch } from '../batch-search.ts';
import { messageSubscriptionSearch } from '../message-subscription-search.ts';
import { processInstanceSearch } from '../process-instance-search.ts';
import { userTaskSearch } from '../user-task-search.ts';
import { taskVariableSearch, variableSearch } from '../variable-search.ts';
import { pageStatement, runSearch } from './run-search.ts';
import { writeCursor } from './search-cursor.ts';
import type { SearchQuery } from './search-schema.ts';
import type { FilterField, SearchSpec } from './search-spec.ts';

const SPECS: Readonly<Record<string, SearchSpec>> = {
  correlatedSubscriptionSearch,
  decisionDefinitionSearch,
  decisionInstanceSearch,
  decisionRequirementsSearch,
  elementInstanceSearch,
  incidentSearch,
  instanceIncidentSearch,
  jobSearch,
  batchItemSearch,
  batchSearch,
  messageSubscriptionSearch,
  processDefinitionSearch,
  processInstanceSearch,
  taskVariableSearch,
  userTaskSearch,
  variableSearch,
};

const DATE = '2026-11-21T09:00:00Z';
const CUSTOM: Readonly<Record<string, readonly unknown[]>> = {
  tags: [['a', 'b']],
  variables: [
    [
      { name: 'x', value: '1' },
      { name: 'y', value: { $like: '1*', $neq: '12' } },
    ],
  ],
  localVariables: [[{ name: 'x', value: { $exists: true } }]],
  processInstanceVariables: [[{ name: 'x', value: { $in: ['1', '2'] } }]],
  candidateGroup: ['warehouse', { $in: ['a', 'b'] }, { $like: 'ware*' }],
  decisionEvaluationInstanceKey: ['1', '35184372088833001'],
  candidateUser: ['anna', { $exists: true }],
};

/** Everything that the schema lets a client say of a field. */
function samples(name: string, field: FilterField): readonly unknown[] {
  switch (field.kind) {
    case 'custom':
      return CUSTOM[name]!;
    case 'boolean':
      return [true, false];
    case 'key':
      return ['1', ...operators('1', ['$eq', '$neq'], ['$in', '$notIn'])];
    case 'text':
      return ['x', { $like: 'a*b?[c]%_' }, ...operators('x', ['$eq', '$neq'], ['$in', '$notIn'])];
    case 'integer':
      return [1, ...operators(1, ['$eq', '$neq', '$gt', '$gte', '$lt', '$lte'], ['$in'])];
    case 'time':
      return [DATE, ...operators(DATE, ['$eq', '$neq', '$gt', '$gte', '$lt', '$lte'], ['$in'])];
    case 'enum':
      return Object.keys(field.values).flatMap((word) => [
        word,
        { $like: '*E*' },
        ...operators(word, ['$eq', '$neq'], ['$in']),
      ]);
  }
}

function operators(value: unknown, single: readonly string[], lists: readonly string[]): readonly unknown[] {
  return [
    ...single.map((operator) => ({ [operator]: value })),
    ...lists.flatMap((operator) => [{ [operator]: [value, value] }, { [operator]: [] }]),
    { $exists: true },
    { $exists: false },
  ];
}

forEachDialect((dialect) => {
  describe('the read models of /v2', () => {
    let open: OpenTestDatabase;
    before(async () => {
      open = await openTestDatabase(dialect);
    });
    after(() => open.drop());

    for (const [name, spec] of Object.entries(SPECS)) {
      it(`${name}: every filter, operator and sort is SQL that this database takes`, async () => {
        const reader = readerOf(open.database);
        for (const [field, definition] of Object.entries(spec.filters)) {
          for (const value of samples(field, definition)) {
            await runSearch(reader, spec, { query: { filter: { [field]: value } } }).catch((error: Error) =>
              assert.fail(`${field} ${JSON.stringify(value)}: ${error.message}`),
            );
          }
        }
        for (const field of Object.keys(spec.sorts)) {
          for (const order of ['ASC', 'DESC']) await runSearch(reader, spec, { query: { sort: [{ field, order }] } });
        }
      });
    }

    if (dialect.name === 'sqlite') {
      it('finds a row by its key and reads the next page from an index, without sorting', async () => {
        const plan = async (spec: SearchSpec, where: string, parameters: readonly number[]): Promise<string> => {
          const rows = await queryRows<{ detail: string }>(
            readerOf(open.database),
            `EXPLAIN QUERY PLAN SELECT ${spec.select} FROM ${spec.from} WHERE ${where} ORDER BY ${spec.key.join(', ')} LIMIT 10`,
            parameters,
          );
          return rows.map(({ detail }) => detail).join('; ');
        };
        for (const [name, spec] of Object.entries({ ...SPECS, userSearch, groupSearch })) {
          const key = spec.key.join(', ');
          const marks = spec.key.map(() => '?').join(', ');
          const page = await plan(
            spec,
            `(${key}) > (${marks})`,
            spec.key.map(() => 1),
          );
          assert.doesNotMatch(page, /TEMP B-TREE/, `${name}: ${page}`);
          assert.match(page, /SEARCH/, `${name}: ${page}`);
        }
      });

      it('finds the parts of an instance by their index, and walks no bucket, whatever key is known', async () => {
        const key = '35184372088833';
        const keys = { $in: [key, '35184372088834'] };
        const cases: readonly (readonly [SearchSpec, SearchQuery['filter']])[] = [
          [elementInstanceSearch, {}],
          [elementInstanceSearch, { hasIncident: true }],
          [elementInstanceSearch, { processDefinitionId: 'p' }],
          [elementInstanceSearch, { elementInstanceScopeKey: key }],
          [elementInstanceSearch, { incidentKey: key }],
          [processInstanceSearch, {}],
          [processInstanceSearch, { elementId: 'e', elementInstanceState: 'ACTIVE', errorMessage: 'x' }],
          [processInstanceSearch, { elementId: 'e', hasElementInstanceIncident: true }],
          [processInstanceSearch, { hasRetriesLeft: true }],
          [processInstanceSearch, { $or: [{ hasIncident: true }, { errorMessage: 'x' }] }],
          [processInstanceSearch, { $or: [{ parentProcessInstanceKey: key }, { parentElementInstanceKey: key }] }],
          [processInstanceSearch, { parentProcessInstanceKey: keys }],
          [processInstanceSearch, { parentElementInstanceKey: key }],
          [decisionInstanceSearch, { processInstanceKey: key }],
          [decisionInstanceSearch, { processInstanceKey: keys }],
          [decisionInstanceSearch, { elementInstanceKey: keys }],
          [userTaskSearch, { elementInstanceKey: key }],
          [jobSearch, { elementInstanceKey: keys }],
          [variableSearch, { scopeKey: key }],
          [variableSearch, { scopeKey: keys }],
          [incidentSearch, { elementInstanceKey: key }],
          [incidentSearch, { jobKey: key }],
          [messageSubscriptionSearch, { elementInstanceKey: key }],
        ];
        const reader = readerOf(open.database);
        for (const [spec, filter] of cases) {
          const { sql, parameters } = pageStatement(reader.dialect, spec, { query: { filter: filter ?? {} } });
          const rows = await queryRows<{ detail: string }>(reader, `EXPLAIN QUERY PLAN ${sql}`, parameters);
          for (const { detail } of rows)
            assert.doesNotMatch(detail, /\(bucket=\?\)$/, `${spec.from} ${JSON.stringify(filter)}`);
        }
      });

      it('reads what people look through most by an index, the next page as well, and sorts nothing', async () => {
        const cases: readonly (readonly [SearchSpec, SearchQuery, RegExp])[] = [
          [processInstanceSearch, { sort: [{ field: 'startDate', order: 'DESC' }] }, /process_instance_by_start/],
          [
            processInstanceSearch,
            { filter: { state: 'ACTIVE' }, sort: [{ field: 'startDate', order: 'ASC' }] },
            /process_instance_by_(state|start)/,
          ],
          [
            processInstanceSearch,
            { filter: { processDefinitionId: 'p', state: 'ACTIVE' }, sort: [{ field: 'startDate', order: 'DESC' }] },
            /process_instance_by_process/,
          ],
          [userTaskSearch, { sort: [{ field: 'creationDate', order: 'DESC' }] }, /user_task_by_creation/],
          [userTaskSearch, { filter: { state: 'CREATED' } }, /user_task_open_by_key/],
          [userTaskSearch, { filter: { state: 'CANCELED' } }, /user_task_canceled/],
          [userTaskSearch, { filter: { state: 'CREATED', assignee: 'anna' } }, /user_task_by_assignee/],
          [incidentSearch, { filter: { state: 'ACTIVE' } }, /incident_open_by_key/],
          [jobSearch, { filter: { processInstanceKey: '35184372088833' } }, /job_of_instance/],
          [elementInstanceSearch, { filter: { processInstanceKey: '35184372088833' } }, /element_instance_of_instance/],
          [variableSearch, { filter: { processInstanceKey: '35184372088833' } }, /variable_of_instance/],
          [userTaskSearch, { filter: { processInstanceKey: '35184372088833' } }, /user_task_of_instance/],
          [incidentSearch, { filter: { processInstanceKey: '35184372088833' } }, /incident_of_instance/],
        ];
        const reader = readerOf(open.database);
        for (const [spec, query, index] of cases) {
          const after = query.sort?.map(({ field, order }) => `${field}:${order}`).join();
          const pages = after === undefined ? [{}] : [{}, { page: { after: writeCursor(after, [1, 1])! } }];
          for (const page of pages) {
            const { sql, parameters } = pageStatement(reader.dialect, spec, { query: { ...query, ...page } });
            const rows = await queryRows<{ detail: string }>(reader, `EXPLAIN QUERY PLAN ${sql}`, parameters);
            const plan = rows.map(({ detail }) => detail).join('; ');
            assert.match(plan, index, `${JSON.stringify(query)}: ${plan}`);
            if (query.sort !== undefined) assert.doesNotMatch(plan, /TEMP B-TREE/, `${JSON.stringify(query)}: ${plan}`);
          }
        }
      });
    }
  });
});
