import assert from 'node:assert/strict';
import { forEachDialect } from '../../test/dialects.ts';
import { CLIENT_OPERATIONS, type ClientOperation } from '../client-operations.ts';
import { PACKING, resources } from '../test/models.ts';
import { propertiesOf, readClientSchemas, type ClientSchema } from '../test/read-client-schemas.ts';
import { serveV2, type Problem, type ServedV2 } from '../test/serve-v2.ts';
import { unansweredOperations } from '../unanswered-operations.ts';

/** What the client may ask and we cannot search by; everything else must work. The guide says the same. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  searchProcessInstances: ['filter/batchOperationId', 'filter/incidentErrorHashCode'],
  searchProcessDefinitions: ['filter/hasStartForm'],
  searchElementInstances: ['filter/elementName', 'sort/elementName'],
  searchJobs: ['filter/errorCode', 'sort/errorCode'],
  getProcessDefinitionStatistics: ['filter/batchOperationId', 'filter/incidentErrorHashCode'],
};

interface Asked {
  readonly operation: ClientOperation;
  readonly body: ClientSchema;
}

forEachDialect((dialect) => {
  describe('every search of the official client', () => {
    let served: ServedV2;
    let searches: readonly Asked[];
    const inPath: Record<string, string> = { tenantId: '<default>', groupId: 'warehouse', roleId: 'head' };
    before(async () => {
      served = await serveV2((await dialect.connect()).settings);
      const boss = served.client('boss');
      const { processes } = await boss.createDeployment({ resources: resources({ 'packing.bpmn': PACKING }) });
      const { processInstanceKey } = await boss.createProcessInstance({ processDefinitionId: 'packing' as never });
      inPath['processInstanceKey'] = String(processInstanceKey);
      inPath['processDefinitionKey'] = String(processes[0]!.processDefinitionKey);
      const schemas = await readClientSchemas();
      const unanswered = unansweredOperations(served.routes);
      // A batch takes a filter too, but it acts.
      const reading = CLIENT_OPERATIONS.filter(({ operationId }) => !operationId.endsWith('BatchOperation'));
      searches = reading
        .filter((operation) => !unanswered.includes(operation))
        .flatMap((operation) => {
          const body = propertiesOf(schemas.get(operation.operationId))['body'];
          const { filter, sort } = propertiesOf(body);
          return body !== undefined && (filter ?? sort) !== undefined ? [{ operation, body }] : [];
        });
    });
    after(() => served.close());

    const ask = ({ operation: { method, path } }: Asked, body: object) =>
      served.send(
        'boss',
        `${method.toUpperCase()} /v2${path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(inPath[name] ?? '1'))}`,
        body,
      );
    /** Works, or is refused by the name of the field; never passed over, never an accident. */
    const check = async (search: Asked, body: object, field: string): Promise<void> => {
      const { operationId } = search.operation;
      const answer = await ask(search, body);
      const said = `${operationId} ${JSON.stringify(body)} → ${answer.status} ${JSON.stringify(answer.body)}`;
      if (REFUSED[operationId]?.includes(field) === true) {
        assert.equal(answer.status, 400, said);
        assert.ok(names(answer.body, field), said);
      } else if (operationId === 'searchUserTaskVariables') assert.equal(answer.status, 404, said);
      else assert.equal(answer.status, 200, said);
    };

    it('is among those that are walked here', () => {
      const names = searches.map(({ operation }) => operation.operationId);
      for (const name of [
        'searchJobs',
        'searchUsers',
        'searchProcessInstances',
        'searchVariables',
        'searchIncidents',
      ]) {
        assert.ok(names.includes(name), name);
      }
      assert.ok(names.length >= 24, `${names.length}`);
      const unknown = Object.keys(REFUSED).filter((name) => !names.includes(name));
      assert.deepEqual(unknown, []);
    });

    it('takes every filter with every operator that the client’s schema knows', async () => {
      for (const search of searches) {
        const filters = propertiesOf(propertiesOf(search.body)['filter']);
        for (const [name, schema] of Object.entries(filters)) {
          if (name === '$or') continue;
          const values = valuesOf(name, schema);
          assert.ok(values.length > 0, `${search.operation.operationId}: nothing to say of ${name}`);
          for (const value of values) {
            await check(search, { filter: { [name]: value } }, `filter/${name}`);
          }
        }
      }
    });

    it('takes every sort, both ways, and goes on from its cursors', async () => {
      for (const search of searches) {
        const sort = propertiesOf(propertiesOf(search.body)['sort']?.items)['field'];
        for (const field of sort?.enum ?? []) {
          for (const order of ['ASC', 'DESC']) {
            const body = { sort: [{ field, order }], page: { limit: 1 } };
            await check(search, body, `sort/${field as string}`);
            const { page } = (await ask(search, body)).body as { page?: { endCursor?: string } };
            if (page?.endCursor === undefined) continue;
            const direction = order === 'ASC' ? 'after' : 'before';
            await check(
              search,
              { ...body, page: { limit: 1, [direction]: page.endCursor } },
              `sort/${field as string}`,
            );
          }
        }
      }
    });

    it('refuses an unknown filter, operator, sort and page by name', async () => {
      for (const search of searches) {
        const { filter, sort, page } = propertiesOf(search.body);
        const refused = async (body: object, field: string): Promise<void> => {
          const answer = await ask(search, body);
          assert.equal(answer.status, 400, `${search.operation.operationId} ${JSON.stringify(body)}`);
          assert.ok(names(answer.body, field), JSON.stringify(answer.body));
        };
        if (filter !== undefined) await refused({ filter: { invented: 1 } }, 'filter/invented');
        if (sort !== undefined) await refused({ sort: [{ field: 'invented' }] }, 'sort/invented');
        if (page !== undefined) await refused({ page: { limit: 1, offset: 3 } }, 'page/offset');
      }
    });
  });
});

function names({ errors }: Problem, field: string): boolean {
  const [part, name] = field.split('/');
  const path = errors?.[0]?.path ?? '';
  return part === 'sort' ? path === '/sort/0/field' : path === `/${part}/${name}`;
}

/** What the schema lets a client say of a field, each thing once; keys are of digits, a tag begins with a letter. */
function valuesOf(name: string, schema: ClientSchema): readonly unknown[] {
  const text = name.endsWith('Key') ? '7' : 'x7';
  const options = schema.anyOf ?? [schema];
  return options.flatMap((option): readonly unknown[] => {
    const operators = Object.entries(propertiesOf(option)).filter(([operator]) => operator.startsWith('$'));
    if (operators.length === 0) return plainValues(option, text);
    return operators.flatMap(([operator, operand]) =>
      plainValues(operand, text).map((value) => ({ [operator]: value })),
    );
  });
}

function plainValues(schema: ClientSchema, text: string): readonly unknown[] {
  if (schema.enum !== undefined) return schema.enum.filter((value) => value !== null);
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((option) => plainValues(option, text));
  if (schema.format === 'date-time') return ['2026-11-28T10:00:00Z'];
  switch ([schema.type].flat().find((type) => type !== 'null')) {
    case undefined:
      return [];
    case 'boolean':
      return [true, false];
    case 'integer':
      return [7];
    case 'array':
      return [(schema.items === undefined ? [] : plainValues(schema.items, text)).slice(0, 3)];
    case 'object':
      return 'name' in propertiesOf(schema) ? [{ name: 'x', value: '1' }] : [];
    default:
      return [text];
  }
}
