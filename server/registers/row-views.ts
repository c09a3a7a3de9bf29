import type { RegisterModel, VariableMap } from '#engine';
import type { Language, RegisterRow } from '#contract';
import type { Executor } from '../database/connect.ts';
import { readDirectory } from '../users/directory.ts';
import type { StoredRow } from './register-tables.ts';
import { findRows } from './row-read-model.ts';

/** Rows as a screen shows them: with the names of the people who changed them and of the rows they refer to. */
export async function rowViews(
  executor: Executor,
  register: RegisterModel,
  { rows, language }: { readonly rows: readonly StoredRow[]; readonly language: Language },
): Promise<readonly RegisterRow[]> {
  const labelsOf = await referenceLabels(executor, register, { rows, language });
  const people = rows.flatMap(({ updated_by }) => (updated_by === null ? [] : [updated_by]));
  const { personName } = await readDirectory(executor, { usernames: people, groupIds: [], language });
  return rows.map((row, index) => ({
    rowKey: row.row_key,
    version: row.version,
    label: row.label,
    values: row.content as Record<string, unknown>,
    labels: labelsOf[index]!,
    updatedAt: new Date(row.updated_at).toISOString(),
    updatedBy: row.updated_by === null ? null : personName(row.updated_by),
  }));
}

/** What the references of each row are called; one query per catalog, however many rows. */
async function referenceLabels(
  executor: Executor,
  { form }: RegisterModel,
  { rows, language }: { readonly rows: readonly StoredRow[]; readonly language: Language },
): Promise<readonly Record<string, string>[]> {
  const fields = form.fields.filter(({ kind }) => kind === 'reference');
  const labels = rows.map((): Record<string, string> => ({}));
  for (const { name, source } of fields) {
    const keys = rows
      .map(({ content }) => (content as VariableMap)[name])
      .map((key) => (typeof key === 'string' ? key : ''));
    const labelOf = await namesIn(executor, source!.catalog, { keys: keys.filter(Boolean), language });
    keys.forEach((key, index) => {
      const label = labelOf(key);
      if (label !== undefined) labels[index]![name] = label;
    });
  }
  return labels;
}

async function namesIn(
  executor: Executor,
  catalog: string,
  { keys, language }: { readonly keys: readonly string[]; readonly language: Language },
): Promise<(key: string) => string | undefined> {
  if (catalog === 'users' || catalog === 'groups') {
    const directory = await readDirectory(executor, { usernames: keys, groupIds: keys, language });
    return catalog === 'users' ? directory.personName : directory.groupName;
  }
  const found = await findRows(executor, catalog, [...new Set(keys)]);
  return (key) => found.get(key)?.label;
}
