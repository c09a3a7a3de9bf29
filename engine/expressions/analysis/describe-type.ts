import { isNumber, textOfNumber } from '../values/decimal.ts';
import { TemporalValue } from '../values/temporal.ts';
import { textOfTemporal } from '../values/temporal-text.ts';
import type { FeelValue } from '../values/feel-value.ts';
import type { Interval } from './interval.ts';
import { withoutNull, type Alternative, type Kind, type StaticType } from './static-type.ts';

interface Texts {
  readonly ru: string;
  readonly en: string;
}

const KINDS: Readonly<Record<Kind, Texts>> = {
  null: { ru: 'пусто', en: 'null' },
  boolean: { ru: 'да/нет', en: 'boolean' },
  string: { ru: 'текст', en: 'string' },
  number: { ru: 'число', en: 'number' },
  date: { ru: 'дата', en: 'date' },
  time: { ru: 'время', en: 'time' },
  'date and time': { ru: 'дата и время', en: 'date and time' },
  'days and time duration': { ru: 'длительность', en: 'days and time duration' },
  'years and months duration': { ru: 'длительность в месяцах', en: 'years and months duration' },
  list: { ru: 'список', en: 'list' },
  range: { ru: 'диапазон', en: 'range' },
  context: { ru: 'контекст', en: 'context' },
  function: { ru: 'функция', en: 'function' },
};

/** Values shown one by one up to this many. */
const SHOWN = 8;

/** A type in words: `"new" | "open"`, `number [0..100]`, `list of dates`; null is left out beside anything else. */
export function describeType(type: StaticType): Texts {
  if (type === 'any') return { ru: 'что угодно', en: 'anything' };
  const shown = withoutNull(type);
  if (shown === 'any' || shown.length === 0) return KINDS.null;
  const parts = shown.map(describeOne);
  return { ru: parts.map(({ ru }) => ru).join(' | '), en: parts.map(({ en }) => en).join(' | ') };
}

function describeOne(one: Alternative): Texts {
  const { ru, en } = KINDS[one.kind];
  if ('literals' in one && one.literals !== null) {
    const more = one.literals.length > SHOWN ? ', …' : '';
    const values = one.literals
      .slice(0, SHOWN)
      .map((literal) => JSON.stringify(literal))
      .join(', ');
    return { ru: `${ru} ${values}${more}`, en: `${en} ${values}${more}` };
  }
  if ('values' in one && one.values.length === 1) return { ru: String(one.values[0]), en: String(one.values[0]) };
  if ('within' in one && one.within !== null && one.within.length <= SHOWN) {
    const values = one.within.map(describeInterval).join(', ');
    return { ru: `${ru} ${values}`, en: `${en} ${values}` };
  }
  if ('of' in one && one.of !== 'any' && one.of.length > 0) {
    const of = describeType(one.of);
    return { ru: `${ru}<${of.ru}>`, en: `${en}<${of.en}>` };
  }
  return { ru, en };
}

export function describeInterval({ from, to }: Interval): string {
  if (from !== null && from === to) return describeValue(from.value);
  if (from === null && to === null) return '(…)';
  if (from === null) return `${to!.included ? '<=' : '<'} ${describeValue(to!.value)}`;
  if (to === null) return `${from.included ? '>=' : '>'} ${describeValue(from.value)}`;
  return `${from.included ? '[' : '('}${describeValue(from.value)}..${describeValue(to.value)}${to.included ? ']' : ')'}`;
}

function describeValue(value: FeelValue): string {
  if (isNumber(value)) return textOfNumber(value);
  return value instanceof TemporalValue ? textOfTemporal(value) : JSON.stringify(value);
}
