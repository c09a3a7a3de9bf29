import type { Kind } from '../../expressions/analysis/static-type.ts';
import type { LintTexts } from '../lint-finding.ts';
import type { PlacedExpression } from './expressions-of.ts';

/** What a place of the model takes. */
export interface Expected {
  readonly kinds: readonly Kind[];
  readonly what: LintTexts;
}

export const BOOLEAN: Expected = { kinds: ['boolean'], what: { ru: 'да или нет', en: 'true or false' } };
const TEXT: Expected = {
  // Temporal values leave an expression as ISO text.
  kinds: ['string', 'date', 'time', 'date and time', 'days and time duration', 'years and months duration'],
  what: { ru: 'текст', en: 'a text' },
};
export const LIST: Expected = { kinds: ['list'], what: { ru: 'список', en: 'a list' } };
const TEXTS: Expected = { kinds: ['list', 'string'], what: { ru: 'список текстов', en: 'a list of texts' } };
const NUMBER: Expected = { kinds: ['number', 'string'], what: { ru: 'целое число', en: 'a whole number' } };
const KEY: Expected = { kinds: [...TEXT.kinds, 'number'], what: { ru: 'текст или число', en: 'a text or a number' } };
const MOMENT: Expected = {
  kinds: ['string', 'date', 'date and time'],
  what: { ru: 'дата и время', en: 'a date and time' },
};
const DURATION: Expected = {
  kinds: ['string', 'days and time duration', 'years and months duration'],
  what: { ru: 'длительность', en: 'a duration' },
};
const CYCLE: Expected = {
  kinds: ['string'],
  what: { ru: 'повтор, например "R/PT1H"', en: 'a cycle such as "R/PT1H"' },
};
const TIMERS = { date: MOMENT, duration: DURATION, cycle: CYCLE } as const;

/** By the last property on the way to the expression; what is not here takes anything. */
const BY_PROPERTY: Readonly<Record<string, Expected>> = {
  condition: BOOLEAN,
  completionCondition: BOOLEAN,
  activationCondition: BOOLEAN,
  assignee: TEXT,
  candidateGroups: TEXTS,
  candidateUsers: TEXTS,
  dueDate: MOMENT,
  followUpDate: MOMENT,
  priority: NUMBER,
  retries: NUMBER,
  correlationKey: KEY,
  collection: LIST,
  cardinality: NUMBER,
  calendar: TEXT,
  escalateTo: TEXT,
  warnBefore: DURATION,
  duration: DURATION,
  id: TEXT,
  type: TEXT,
  name: TEXT,
};

export function expectedAt({ owner, path }: PlacedExpression): Expected | undefined {
  const last = path.at(-1)!;
  return last === 'value' ? timerAt(owner, path) : BY_PROPERTY[last];
}

function timerAt(owner: PlacedExpression['owner'], path: readonly string[]): Expected | undefined {
  const timer = path
    .slice(0, -1)
    .reduce<unknown>((part, key) => (part as Readonly<Record<string, unknown>>)[key], owner);
  const { kind } = timer as { readonly kind?: string };
  return kind !== undefined && Object.hasOwn(TIMERS, kind) ? TIMERS[kind as keyof typeof TIMERS] : undefined;
}
