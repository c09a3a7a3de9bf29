import type { Executor } from '../database/connect.ts';
import { findRows } from './row-read-model.ts';

export interface RowReference {
  readonly registerKey: string;
  readonly rowKey: string;
}

/** What rows are called; a row that is gone stands for itself by its key. One query per register. */
export async function readRowLabels(
  executor: Executor,
  references: readonly RowReference[],
): Promise<(registerKey: string, rowKey: string) => string> {
  const keys = new Map<string, Set<string>>();
  for (const { registerKey, rowKey } of references)
    keys.set(registerKey, (keys.get(registerKey) ?? new Set()).add(rowKey));
  const labels = new Map<string, string>();
  for (const [registerKey, rowKeys] of keys) {
    for (const [rowKey, { label }] of await findRows(executor, registerKey, [...rowKeys]))
      labels.set(`${registerKey} ${rowKey}`, label);
  }
  return (registerKey, rowKey) => labels.get(`${registerKey} ${rowKey}`) ?? rowKey;
}
