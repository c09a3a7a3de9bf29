import { bucketOf, type HistoryEvent, type Key } from '#engine';
import type { Language, StoryEntry, StoryPage } from '#contract';
import { queryRows, readerOf, type Database, type Executor } from '../database/connect.ts';
import type { Principal } from '../identity/principal.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { readDirectory } from '../users/directory.ts';
import { readTree, requireCase, type InstanceRow } from './case-access.ts';
import { elementNames } from './element-names.ts';
import { afterPlace, compareStory, readStoryCursor, writeStoryCursor, type StoryPlace } from './story-cursor.ts';
import { EVENT_SUB_PROCESS_BEGUN } from './story-event-sentence.ts';
import { STORY_KINDS, storySentence, textsIn } from './story-sentence.ts';

const DEFAULT_LIMIT = 50;

export interface CaseStory {
  /** Newest first. @throws Refused `not-found`, `invalid-request` */
  page(
    caseKey: Key,
    asker: {
      readonly principal: Principal;
      readonly language: Language;
      readonly cursor?: string;
      readonly limit?: number;
    },
  ): Promise<StoryPage>;
}

interface Told {
  readonly place: StoryPlace;
  /** Null for a recorded fact that people are not told. */
  readonly entry: Omit<StoryEntry, 'id' | 'at'> | null;
}

export function createCaseStory(deps: { readonly database: Database; readonly definitions: Definitions }): CaseStory {
  const { database, definitions } = deps;
  const reader = readerOf(database);
  return {
    async page(caseKey, { principal, language, cursor, limit = DEFAULT_LIMIT }) {
      await requireCase(reader, caseKey, principal);
      const tree = await readTree(reader, caseKey);
      const from = cursor === undefined ? null : readStoryCursor(cursor);
      const bounds = { from, limit: limit + 1 };
      const told = [
        ...(await tellHistory(reader, { tree, language, definitions, ...bounds })),
        ...(await tellMails(reader, { caseKey, language, ...bounds })),
        ...(await tellDocuments(reader, { caseKey, language, ...bounds })),
      ].sort((a, b) => compareStory(a.place, b.place));
      const shown = told.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown.flatMap(({ place, entry }): StoryEntry[] =>
          entry === null
            ? []
            : [
                {
                  id: `${place.source}-${place.key}-${place.sequence}`,
                  at: new Date(place.at).toISOString(),
                  ...entry,
                },
              ],
        ),
        nextCursor: told.length > limit && last !== undefined ? writeStoryCursor(last.place) : null,
      };
    },
  };
}

interface Bounds {
  readonly language: Language;
  readonly from: StoryPlace | null;
  readonly limit: number;
}

async function tellHistory(
  executor: Executor,
  query: Bounds & { readonly tree: readonly InstanceRow[]; readonly definitions: Definitions },
): Promise<readonly Told[]> {
  const { tree, language, definitions, limit } = query;
  const { dialect } = executor;
  const instances = new Map(tree.map((row) => [row.process_instance_key, row]));
  const keys = JSON.stringify([...instances.keys()]);
  const after = afterPlace(query.from, {
    source: 'history',
    at: 'at',
    key: 'process_instance_key',
    sequence: 'sequence',
  });
  const rows = await queryRows<{
    process_instance_key: Key;
    sequence: number;
    at: number;
    actor: string | null;
    event: string;
  }>(
    executor,
    `SELECT process_instance_key, sequence, at, actor, event FROM history_event
     WHERE bucket = ? AND process_instance_key IN (${dialect.listFromJson('key')})
       AND (kind IN (${dialect.listFromJson('text')}) OR ${EVENT_SUB_PROCESS_BEGUN}) AND (${after.sql})
     ORDER BY at DESC, process_instance_key DESC, sequence DESC LIMIT ?`,
    [tree[0]!.bucket, keys, JSON.stringify(STORY_KINDS), ...after.parameters, limit],
  );
  const tasks = await queryRows<{ user_task_key: Key; name: string }>(
    executor,
    `SELECT user_task_key, name FROM user_task WHERE bucket = ? AND root_process_instance_key = ? LIMIT 5000`,
    [tree[0]!.bucket, tree[0]!.process_instance_key],
  );
  const taskNames = new Map(tasks.map(({ user_task_key, name }) => [user_task_key, name]));
  const events = rows.map((row) => ({ row, event: JSON.parse(row.event) as HistoryEvent }));
  const directory = await readDirectory(executor, { ...mentionedIn(events), language });
  const nameOf = await elementNames(
    definitions,
    tree.map((row) => row.process_definition_key),
  );

  return events.map(({ row, event }): Told => {
    const instance = instances.get(row.process_instance_key)!;
    const elementName = (elementId: string): string => nameOf(instance.process_definition_key, elementId);
    const by = row.actor === null ? null : directory.personName(row.actor);
    const sentence = storySentence(event, {
      language,
      by,
      isRoot: instance.process_instance_key === instance.root_process_instance_key,
      processName: instance.process_name,
      caseNumber: instance.case_number,
      elementName,
      taskName: (key, elementId) => taskNames.get(key) ?? elementName(elementId),
      ...directory,
    });
    const place: StoryPlace = { at: row.at, source: 'history', key: row.process_instance_key, sequence: row.sequence };
    return { place, entry: sentence === null ? null : { ...sentence, by } };
  });
}

function mentionedIn(
  events: readonly { readonly row: { readonly actor: string | null }; readonly event: HistoryEvent }[],
) {
  const usernames = new Set<string>();
  const groupIds = new Set<string>();
  for (const { row, event } of events) {
    if (row.actor !== null) usernames.add(row.actor);
    if (event.kind === 'userTaskAssigned' && event.assignee !== null) usernames.add(event.assignee);
    if (event.kind === 'userTaskCreated') {
      if (event.userTask.assignee !== null) usernames.add(event.userTask.assignee);
      for (const group of event.userTask.candidateGroups) groupIds.add(group);
    }
    if (event.kind === 'userTaskUpdated') for (const group of event.changes.candidateGroups ?? []) groupIds.add(group);
    if (event.kind === 'decisionEvaluated') for (const text of textsIn(event.trace.output)) groupIds.add(text);
    if (event.kind === 'deadlineBreached' && event.escalatedTo !== null) groupIds.add(event.escalatedTo);
  }
  return { usernames, groupIds };
}

async function tellMails(
  executor: Executor,
  { caseKey, language, from, limit }: Bounds & { readonly caseKey: Key },
): Promise<readonly Told[]> {
  const after = afterPlace(from, { source: 'mail', at: 'happened_at', key: 'mail_key' });
  const rows = await queryRows<{
    mail_key: Key;
    happened_at: number;
    direction: string;
    sender_name: string;
    sender_address: string;
    recipients: string;
    subject: string;
  }>(
    executor,
    `SELECT mail_key, happened_at, direction, sender_name, sender_address, recipients, subject FROM mail
     WHERE bucket = ? AND case_key = ? AND (${after.sql}) ORDER BY happened_at DESC, mail_key DESC LIMIT ?`,
    [bucketOf(caseKey), caseKey, ...after.parameters, limit],
  );
  const ru = language === 'ru';
  return rows.map((row): Told => {
    const sender = row.sender_name || row.sender_address || (ru ? 'неизвестный отправитель' : 'unknown sender');
    const text =
      row.direction === 'in'
        ? ru
          ? `Письмо от ${sender}: «${row.subject}»`
          : `Mail from ${sender}: “${row.subject}”`
        : ru
          ? `Отправлено письмо: «${row.subject}» — ${row.recipients}`
          : `Mail sent: “${row.subject}” — ${row.recipients}`;
    const place: StoryPlace = { at: row.happened_at, source: 'mail', key: row.mail_key, sequence: 0 };
    return { place, entry: { kind: 'mail', by: row.direction === 'in' ? sender : null, text, details: [] } };
  });
}

async function tellDocuments(
  executor: Executor,
  { caseKey, language, from, limit }: Bounds & { readonly caseKey: Key },
): Promise<readonly Told[]> {
  const after = afterPlace(from, { source: 'document', at: 'created_at', key: 'document_key' });
  const rows = await queryRows<{ document_key: Key; created_at: number; title: string; document_number: string }>(
    executor,
    `SELECT document_key, created_at, title, document_number FROM document
     WHERE bucket = ? AND case_key = ? AND (${after.sql}) ORDER BY created_at DESC, document_key DESC LIMIT ?`,
    [bucketOf(caseKey), caseKey, ...after.parameters, limit],
  );
  return rows.map((row): Told => {
    const text =
      language === 'ru'
        ? `Документ «${row.title}» № ${row.document_number}`
        : `Document “${row.title}” no. ${row.document_number}`;
    const place: StoryPlace = { at: row.created_at, source: 'document', key: row.document_key, sequence: 0 };
    return { place, entry: { kind: 'document', by: null, text, details: [] } };
  });
}
