import { bucketOf, type Key, type ProcessModel } from '#engine';
import type { CaseProgress, Language } from '#contract';
import { queryRows, type Executor } from '../database/connect.ts';
import { decodeRows } from '../database/write-rows.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { elementTable, processInstanceTable } from '../runtime/instance-tables.ts';
import { startForm } from './start-form.ts';

/** `zeebe:property` of any step or event: what whoever sent the case reads when it gets there, «Мастер назначен | Engineer assigned». */
export const TOLD = 'reglament:publicState';
/** The last ones: of a case that goes in circles, too, the words are of where it is now. */
const MOST_STEPS = 50;

const WORDS = {
  active: { ru: 'Принята, в работе', en: 'Accepted, being worked on' },
  completed: { ru: 'Завершена', en: 'Completed' },
  canceled: { ru: 'Закрыта', en: 'Closed' },
} as const;

/**
 * How a case goes in the words that its model has for people outside. Names of steps, people, deadlines and troubles are the house's
 * and are not told. Null when the case is gone.
 */
export async function readCaseProgress(
  executor: Executor,
  definitions: Definitions,
  { caseKey, language }: { readonly caseKey: Key; readonly language: Language },
): Promise<CaseProgress | null> {
  const bucket = bucketOf(caseKey);
  const [row] = decodeRows(
    processInstanceTable,
    await queryRows(executor, 'SELECT * FROM process_instance WHERE bucket = ? AND process_instance_key = ?', [
      bucket,
      caseKey,
    ]),
  );
  if (row === undefined) return null;
  const { model } = await definitions.execution(row.process_definition_key);
  const told = toldBy(model, language);
  const { dialect } = executor;
  const latest = decodeRows(
    elementTable,
    await queryRows(
      executor,
      `SELECT * FROM element_instance WHERE bucket = ? AND process_instance_key = ?
         AND element_id IN (${dialect.listFromJson('text')}) ORDER BY started_at DESC, element_instance_key DESC LIMIT ?`,
      [bucket, caseKey, JSON.stringify([...told.keys()]), MOST_STEPS],
    ),
  );
  const steps = latest
    .reverse()
    .map(({ element_id, started_at }) => ({ text: told.get(element_id)!, at: isoOf(started_at) }))
    .filter(({ text }, at, all) => text !== all[at - 1]?.text);
  const state = row.state === 'completed' ? 'completed' : row.ended_at === null ? 'active' : 'canceled';
  const said = state === 'canceled' ? undefined : steps.at(-1)?.text;
  const title = (await startForm(definitions, row.process_definition_key))?.form.model.title;
  return {
    caseNumber: row.case_number,
    title: title?.[language] ?? title?.ru ?? row.process_name,
    state,
    words: said ?? WORDS[state][language],
    steps,
    acceptedAt: isoOf(row.started_at),
    endedAt: row.ended_at === null ? null : isoOf(row.ended_at),
  };
}

function toldBy(model: ProcessModel, language: Language): ReadonlyMap<string, string> {
  const told = new Map<string, string>();
  for (const { id, properties } of model.nodes.values()) {
    const text = properties[TOLD];
    if (text === undefined) continue;
    const [ru = '', en = ru] = text.split('|').map((part) => part.trim());
    if (ru !== '') told.set(id, language === 'ru' ? ru : en);
  }
  return told;
}

function isoOf(time: number): string {
  return new Date(time).toISOString();
}
