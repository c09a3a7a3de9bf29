import { join } from './join.ts';
import {
  alternativesOf,
  BOOLEAN_TYPE,
  NULL_TYPE,
  NUMBER_TYPE,
  orderedType,
  STRING_TYPE,
  type Alternative,
  type StaticType,
} from './static-type.ts';

/** What `value.name` may be, over all values of a type. */
export interface Member {
  readonly type: StaticType;
  /** Some value has it. */
  readonly possible: boolean;
  /** Every value has it. */
  readonly certain: boolean;
}

const OFFSET = join(orderedType('days and time duration'), NULL_TYPE);
const NULLABLE_NUMBER = join(NUMBER_TYPE, NULL_TYPE);
const DATE = { year: NUMBER_TYPE, month: NUMBER_TYPE, day: NUMBER_TYPE, weekday: NUMBER_TYPE };
const TIME = {
  hour: NUMBER_TYPE,
  minute: NUMBER_TYPE,
  second: NUMBER_TYPE,
  'time offset': OFFSET,
  timezone: join(STRING_TYPE, NULL_TYPE),
};

/** Properties of DMN 1.5 Tables 65–66, as `compiler/members.ts` reads them. */
const PROPERTIES: Readonly<Partial<Record<Alternative['kind'], Readonly<Record<string, StaticType>>>>> = {
  date: DATE,
  time: TIME,
  'date and time': { ...DATE, ...TIME },
  'days and time duration': {
    days: NULLABLE_NUMBER,
    hours: NULLABLE_NUMBER,
    minutes: NULLABLE_NUMBER,
    seconds: NULLABLE_NUMBER,
  },
  'years and months duration': { years: NUMBER_TYPE, months: NUMBER_TYPE },
};

export function memberType(of: StaticType, name: string): Member {
  const members = alternativesOf(of).map((one) => memberOfOne(one, name));
  const possible = members.some((one) => one.possible);
  const certain = members.length > 0 && members.every((one) => one.certain);
  return { type: join(...members.map(({ type }) => type)), possible, certain };
}

const NONE: Member = { type: [], possible: false, certain: false };

function memberOfOne(one: Alternative, name: string): Member {
  if (one.kind === 'context') {
    const entry = one.entries.get(name);
    if (entry !== undefined) return { type: entry.type, possible: true, certain: entry.optional !== true };
    return one.open ? { type: 'any', possible: true, certain: false } : NONE;
  }
  if (one.kind === 'range') return rangeMember(one.of, name);
  const properties = PROPERTIES[one.kind];
  return properties !== undefined && Object.hasOwn(properties, name)
    ? { type: properties[name]!, possible: true, certain: true }
    : NONE;
}

function rangeMember(of: StaticType, name: string): Member {
  if (name === 'start' || name === 'end') return { type: join(of, NULL_TYPE), possible: true, certain: true };
  return name === 'start included' || name === 'end included'
    ? { type: BOOLEAN_TYPE, possible: true, certain: true }
    : NONE;
}

/** Names that a value of the type may have. */
export function memberNames(of: StaticType): readonly string[] {
  if (of === 'any') return [];
  return of.flatMap((one) => {
    if (one.kind === 'context') return [...one.entries.keys()];
    if (one.kind === 'range') return ['start', 'end', 'start included', 'end included'];
    return Object.keys(PROPERTIES[one.kind] ?? {});
  });
}
