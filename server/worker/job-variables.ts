import { bucketOf, type JsonValue, type Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';

interface JobPlace {
  readonly job_key: Key;
  readonly process_instance_key: Key;
  readonly element_instance_key: Key;
}

const OWNERS = { columns: { bucket: 'smallint', process_instance_key: 'key' } } as const;

/** The variables that each job sees at its element, and the root of its tree: three queries, however many jobs. */
export async function readJobVariables(
  executor: Executor,
  jobs: readonly JobPlace[],
  names: readonly string[],
): Promise<{
  readonly variables: ReadonlyMap<Key, Readonly<Record<string, JsonValue>>>;
  readonly roots: ReadonlyMap<Key, Key>;
}> {
  const instances = [...new Set(jobs.map((job) => job.process_instance_key))];
  const parameter = JSON.stringify(instances.map((key) => ({ bucket: bucketOf(key), process_instance_key: key })));
  const ofInstances = (columns: string, table: string, live: string): string =>
    `SELECT ${columns} FROM ${executor.dialect.rowsFromJson(OWNERS, 'o', instances.length)} JOIN ${table}
       ON t.bucket = o.bucket AND t.process_instance_key = o.process_instance_key${live}`;
  const live = ' AND t.ended_at IS NULL';
  const roots = await queryRows<{ key: Key; root: Key }>(
    executor,
    ofInstances('t.process_instance_key AS key, t.root_process_instance_key AS root', 'process_instance t', ''),
    [parameter],
  );
  const elements = await queryRows<{ key: Key; scope: Key | null }>(
    executor,
    ofInstances('t.element_instance_key AS key, t.scope_key AS scope', 'element_instance t', live),
    [parameter],
  );
  const wanted = names.length === 0 ? '' : ` AND t.name IN (${executor.dialect.listFromJson('text')})`;
  const variables = await queryRows<{ scope: Key; name: string; value: string }>(
    executor,
    ofInstances('t.scope_key AS scope, t.name AS name, t.value AS value', 'variable t', live + wanted),
    names.length === 0 ? [parameter] : [parameter, JSON.stringify(names)],
  );

  const parents = new Map(elements.map(({ key, scope }) => [key, scope]));
  const byScope = new Map<Key, { readonly name: string; readonly value: string }[]>();
  for (const { scope, ...variable } of variables) {
    const group = byScope.get(scope);
    if (group === undefined) byScope.set(scope, [variable]);
    else group.push(variable);
  }
  const visible = (job: JobPlace): Readonly<Record<string, JsonValue>> => {
    const seen: Record<string, JsonValue> = {};
    for (let scope: Key | null = job.element_instance_key; scope !== null; scope = parents.get(scope) ?? null) {
      for (const { name, value } of byScope.get(scope) ?? []) {
        if (!Object.hasOwn(seen, name)) seen[name] = JSON.parse(value) as JsonValue;
      }
    }
    return seen;
  };
  return {
    variables: new Map(jobs.map((job) => [job.job_key, visible(job)])),
    roots: new Map(roots.map(({ key, root }) => [key, root])),
  };
}
