import assert from 'node:assert/strict';
import { readSchema, rulesBroken, type Schema } from './sql-guard.ts';
import { REFERENCE_TABLES } from './sql-exceptions.ts';

describe('the guard of the schema rules', () => {
  let schema: Schema;
  before(async () => (schema = await readSchema()));
  const broken = (sql: string, { inTransaction = true, supportsSkipLocked = true } = {}): readonly string[] =>
    rulesBroken(sql, { schema, inTransaction, supportsSkipLocked });

  const VALID = [
    'SELECT * FROM job WHERE bucket = ? AND job_key = ?',
    'UPDATE job SET lease_until = ? WHERE (bucket, job_key) IN (SELECT bucket, job_key FROM job WHERE type = ? LIMIT 5 FOR UPDATE SKIP LOCKED)',
    'SELECT t.job_key FROM (SELECT * FROM jsonb_to_recordset(?::jsonb) AS j(bucket smallint)) AS k JOIN job t ON t.bucket = k.bucket AND t.job_key = k.job_key',
    'INSERT INTO outbox (bucket, outbox_id) VALUES (?, ?) ON CONFLICT (bucket, outbox_id) DO NOTHING',
    "UPDATE outbox SET payload = 'now() without its bucket' WHERE bucket = ?",
    'SELECT revision FROM catalog_revision WHERE id = 1 FOR UPDATE',
  ];
  const INVALID: readonly (readonly [string, RegExp])[] = [
    ['SELECT * FROM job WHERE job_key = ?', /^job \(job\) without its bucket/],
    ['DELETE FROM timer WHERE timer_key = ?', /^timer/],
    ['SELECT 1 FROM job j JOIN incident i ON i.job_key = j.job_key WHERE j.bucket = ?', /^incident \(i\) without/],
    ['INSERT INTO history_event (process_instance_key) VALUES (?)', /^history_event/],
    ['SELECT pg_advisory_xact_lock(1)', /advisory/],
    ['NOTIFY reglament', /LISTEN/],
    ["SELECT nextval('keys')", /keys are made/],
    ['UPDATE job SET created_at = now() WHERE bucket = ?', /parameters/],
    ['CREATE TEMP TABLE x (a int)', /not every database/],
    [
      'WITH gone AS (DELETE FROM job WHERE bucket = ? RETURNING *) INSERT INTO outbox (bucket) SELECT bucket FROM gone',
      /one write/,
    ],
  ];
  for (const sql of VALID) it(`passes: ${sql}`, () => assert.deepEqual(broken(sql), []));
  for (const [sql, rule] of INVALID) it(`stops: ${sql}`, () => assert.match(broken(sql).join('\n'), rule));

  it('lets lists, which only read, look into all buckets', () => {
    assert.deepEqual(broken('SELECT * FROM job WHERE type = ?', { inTransaction: false }), []);
  });

  it('stops SKIP LOCKED where the dialect has none', () => {
    const sql = 'SELECT * FROM job WHERE bucket = ? FOR UPDATE SKIP LOCKED';
    assert.deepEqual(broken(sql), []);
    assert.equal(broken(sql, { supportsSkipLocked: false }).length, 1);
  });

  it('every primary key begins with the bucket, but those of the small tables that every shard has', () => {
    const without = [...schema].filter(([, [first]]) => first !== 'bucket').map(([table]) => table);
    assert.deepEqual(without.sort(), Object.keys(REFERENCE_TABLES).sort());
  });
});
