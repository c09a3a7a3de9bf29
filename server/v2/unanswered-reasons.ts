import type { Texts } from '../http/refused.ts';

/** Why operations of the official client are not answered: what we do not have, and what is not built yet. */
const REASONS: readonly (readonly [RegExp, Texts])[] = [
  [
    /MappingRule/,
    {
      ru: 'Внешнего поставщика входа нет, сопоставлять его утверждения не с чем.',
      en: 'There is no external identity provider whose claims could be mapped.',
    },
  ],
  [/Tenant/, { ru: 'Арендатор здесь один, и в нём все.', en: 'There is one tenant, and everybody is in it.' }],
];

const NOT_YET: Texts = { ru: 'Ещё не сделано.', en: 'Not built yet.' };

export function whyUnanswered(operationId: string): Texts {
  return REASONS.find(([pattern]) => pattern.test(operationId))?.[1] ?? NOT_YET;
}
