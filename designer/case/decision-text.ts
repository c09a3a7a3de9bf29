import type { CaseDecisionView, DecisionView } from '#contract';
import { formatDate, formatInstant, type Telling } from '../format/instant.ts';
import { i18n } from '../texts/i18n.ts';

export interface DecisionTelling extends Telling {
  /** Names of groups by the id that a result mentions. */
  readonly groupNames: Readonly<Record<string, string>>;
}

const DATE = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** A value as people read it, in full: «1 234,5», «да», «21 ноя 2026», «Склад»; parts of lists and contexts after each other. */
export function decisionValue(value: unknown, telling: DecisionTelling): string {
  const t = i18n.getFixedT(telling.language);
  if (value === null || value === undefined || value === '') return t('common.empty');
  if (typeof value === 'boolean') return t(value ? 'decisions.yes' : 'decisions.no');
  if (typeof value === 'number') return formatNumber(value, telling);
  if (typeof value === 'string') return textOf(value, telling);
  if (Array.isArray(value)) return value.map((one) => decisionValue(one, telling)).join('; ') || t('decisions.noItems');
  const entries = Object.entries(value).map(([name, one]) => `${name}: ${decisionValue(one, telling)}`);
  return entries.join(', ') || t('common.empty');
}

function textOf(text: string, telling: DecisionTelling): string {
  if (Object.hasOwn(telling.groupNames, text)) return telling.groupNames[text]!;
  if (DATE.test(text) && !Number.isNaN(Date.parse(text))) return formatDate(text, telling.language);
  if (INSTANT.test(text) && !Number.isNaN(Date.parse(text))) return formatInstant(text, telling);
  return text;
}

function formatNumber(value: number, { language }: Telling): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 20 }).format(value);
}

/** «правило 3 из 12», «правила 1, 4 из 12», «ни одно из 12 правил»; null where there is no table. */
export function matchedText({ table, matchedRules }: DecisionView, { language }: Telling): string | null {
  const t = i18n.getFixedT(language);
  const numbers = matchedRules.map(({ index }) => index).join(', ');
  if (matchedRules.length === 0) return table === null ? null : t('decisions.noneMatched', { count: table.ruleCount });
  if (table === null) return t('decisions.matchedOnly', { count: matchedRules.length, numbers });
  return t('decisions.matched', { count: matchedRules.length, numbers, total: table.ruleCount });
}

/** «политика UNIQUE: подходит одно правило» in the words of the table's author, with what it means. */
export function policyText({ table }: DecisionView, { language }: Telling): string | null {
  if (table === null) return null;
  const t = i18n.getFixedT(language);
  const policy = `${table.hitPolicy}${table.aggregation === null ? '' : ` ${table.aggregation}`}`;
  const meaning = POLICIES[table.hitPolicy as keyof typeof POLICIES] as (typeof POLICIES)['UNIQUE'] | undefined;
  return meaning === undefined
    ? policy
    : t('decisions.policy', { policy, meaning: t(`decisions.policies.${meaning}`) });
}

const POLICIES = {
  UNIQUE: 'unique',
  ANY: 'any',
  PRIORITY: 'priority',
  FIRST: 'first',
  'RULE ORDER': 'ruleOrder',
  'OUTPUT ORDER': 'outputOrder',
  COLLECT: 'collect',
} as const;

/** The first decision of an evaluation that failed: those that require it repeat its message. */
export function failedFirst({ decisions }: CaseDecisionView): DecisionView | undefined {
  return decisions.find(({ failure }) => failure !== null);
}

/** What to do about a failure: a table that let several rules through needs another cure than data that did not fit. */
export function remedyText(failed: DecisionView, { language }: Telling): string {
  const t = i18n.getFixedT(language);
  const numbers = failed.matchedRules.map(({ index }) => index).join(', ');
  const several = failed.table?.hitPolicy === 'UNIQUE' && failed.matchedRules.length > 1;
  return several ? t('decisions.remedyUnique', { numbers }) : t('decisions.remedy');
}
