import type { Key, TaskDeadline } from '#engine';
import type { CasePage, CaseQuery, CaseSummary, Language } from '#contract';
import { queryRows, readerOf, type Database } from '../database/connect.ts';
import { decodeRows } from '../database/write-rows.ts';
import type { Principal } from '../identity/principal.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { processInstanceTable, userTaskTable } from '../runtime/instance-tables.ts';
import { readDirectory } from '../users/directory.ts';
import { deadlineView } from '../user-tasks/deadline-view.ts';
import { readCursor, writeCursor } from '../user-tasks/task-cursor.ts';
import { likeText, type Condition } from '../user-tasks/task-visibility.ts';
import { seesCase, type InstanceRow } from './case-access.ts';
import { elementNames } from './element-names.ts';
import { SCOPES_SQL } from './scope-types.ts';

const DEFAULT_LIMIT = 50;
const HAS_INCIDENT = `EXISTS (SELECT 1 FROM process_instance q JOIN incident i
  ON i.bucket = q.bucket AND i.process_instance_key = q.process_instance_key AND i.ended_at IS NULL
  WHERE q.bucket = p.bucket AND q.root_process_instance_key = p.process_instance_key)`;

export interface CaseList {
  page(query: CaseQuery, asker: { readonly principal: Principal; readonly language: Language }): Promise<CasePage>;
  /** Root instances as summaries, in the order given. */
  summaries(rows: readonly InstanceRow[], language: Language): Promise<readonly CaseSummary[]>;
}

export interface CaseListDeps {
  readonly database: Database;
  readonly definitions: Definitions;
  readonly now: () => number;
}

export function createCaseList({ database, definitions, now }: CaseListDeps): CaseList {
  const reader = readerOf(database);
  const { dialect } = database;

  const summaries = async (rows: readonly InstanceRow[], language: Language): Promise<readonly CaseSummary[]> => {
    const keys = JSON.stringify(rows.map((row) => row.process_instance_key));
    const buckets = JSON.stringify([...new Set(rows.map((row) => row.bucket))]);
    const inTrees = `bucket IN (${dialect.listFromJson('key')}) AND root_process_instance_key IN (${dialect.listFromJson('key')})`;
    const tasks = decodeRows(
      userTaskTable,
      await queryRows(reader, `SELECT * FROM user_task WHERE ${inTrees} AND ended_at IS NULL`, [buckets, keys]),
    );
    const waiting = await queryRows<{ root: Key; definition: Key; element_id: string }>(
      reader,
      `SELECT p.root_process_instance_key AS root, p.process_definition_key AS definition, e.element_id
       FROM process_instance p CROSS JOIN element_instance e
       WHERE p.${inTrees.replace('AND root', 'AND p.root')} AND e.bucket = p.bucket
         AND e.process_instance_key = p.process_instance_key AND e.ended_at IS NULL
         AND e.element_type NOT IN ${SCOPES_SQL} ORDER BY e.started_at`,
      [buckets, keys],
    );
    const incidents = await queryRows<{ root: Key }>(
      reader,
      `SELECT DISTINCT p.root_process_instance_key AS root FROM process_instance p JOIN incident i
         ON i.bucket = p.bucket AND i.process_instance_key = p.process_instance_key AND i.ended_at IS NULL
       WHERE p.${inTrees.replace('AND root', 'AND p.root')}`,
      [buckets, keys],
    );
    const nameOf = await elementNames(
      definitions,
      waiting.map(({ definition }) => definition),
    );
    const troubled = new Set(incidents.map(({ root }) => root));
    const groupIds = tasks.flatMap((task) => (task.deadline as TaskDeadline | null)?.escalateTo ?? []);
    const { groupName } = await readDirectory(reader, { usernames: [], groupIds, language });
    return rows.map((row): CaseSummary => {
      const key = row.process_instance_key;
      const first = tasks
        .filter((task) => task.root_process_instance_key === key && task.sort_due_at !== null)
        .sort((a, b) => a.sort_due_at! - b.sort_due_at!)[0];
      const stages = waiting.filter(({ root }) => root === key).map((at) => nameOf(at.definition, at.element_id));
      return {
        caseKey: String(key),
        caseNumber: row.case_number,
        title: row.title ?? row.process_name,
        client: row.client,
        processId: row.process_id,
        processName: row.process_name,
        state: row.state.toUpperCase() as CaseSummary['state'],
        hasIncident: troubled.has(key),
        stages: [...new Set(stages)],
        startedAt: new Date(row.started_at).toISOString(),
        endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
        deadline:
          first === undefined
            ? null
            : deadlineView(
                { createdAt: first.created_at, dueAt: first.due_at, deadline: first.deadline as TaskDeadline | null },
                { asOf: now(), calendars: definitions.calendars, zone: definitions.zone, groupName },
              ),
      };
    });
  };

  return {
    summaries,
    async page(query, { principal, language }) {
      const limit = query.limit ?? DEFAULT_LIMIT;
      const conditions = [seesCase(reader, principal), ...filters(query), ...after(query.cursor)];
      const rows = await queryRows(
        reader,
        `SELECT p.* FROM process_instance p WHERE p.root_process_instance_key = p.process_instance_key
           AND ${conditions.map(({ sql }) => `(${sql})`).join(' AND ')}
         ORDER BY p.started_at DESC, p.process_instance_key DESC LIMIT ?`,
        [...conditions.flatMap(({ parameters }) => parameters), limit + 1],
      );
      const found = decodeRows(processInstanceTable, rows);
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: [...(await summaries(shown, language))],
        nextCursor:
          found.length > limit && last !== undefined ? writeCursor([last.started_at, last.process_instance_key]) : null,
      };
    },
  };
}

function filters({ search, state, processId }: CaseQuery): readonly Condition[] {
  const found: Condition[] = [];
  const text = search?.trim().toLocaleLowerCase('ru') ?? '';
  if (text !== '') found.push({ sql: `p.case_search LIKE ? ESCAPE '!'`, parameters: [`%${likeText(text)}%`] });
  if (state === 'INCIDENT') found.push({ sql: HAS_INCIDENT, parameters: [] });
  else if (state !== undefined) found.push({ sql: 'p.state = ?', parameters: [state.toLowerCase()] });
  if (processId !== undefined) found.push({ sql: 'p.process_id = ?', parameters: [processId] });
  return found;
}

function after(cursor: string | undefined): readonly Condition[] {
  if (cursor === undefined) return [];
  const [startedAt, key] = readCursor(cursor);
  return [
    {
      sql: 'p.started_at < ? OR (p.started_at = ? AND p.process_instance_key < ?)',
      parameters: [startedAt ?? 0, startedAt ?? 0, key],
    },
  ];
}
