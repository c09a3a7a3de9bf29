import type { JsonValue, ReferenceSource } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';

/** Whether a value of a field for people or groups names an active person (of that group) or a group. */
export async function referenceExists(executor: Executor, source: ReferenceSource, value: JsonValue): Promise<boolean> {
  if (typeof value !== 'string') return false;
  if (source.catalog === 'groups') {
    return (await queryRows(executor, 'SELECT 1 AS one FROM app_group WHERE group_id = ?', [value])).length > 0;
  }
  const within =
    source.group === undefined ? '' : ' AND username IN (SELECT username FROM group_member WHERE group_id = ?)';
  const parameters = source.group === undefined ? [value, true] : [value, true, source.group];
  const rows = await queryRows(
    executor,
    `SELECT 1 AS one FROM app_user WHERE username = ? AND kind = 'person' AND active = ?${within}`,
    parameters,
  );
  return rows.length > 0;
}
