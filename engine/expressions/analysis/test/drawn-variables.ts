import { parseTemporal } from '../../values/temporal-text.ts';
import type { FeelValue } from '../../values/feel-value.ts';
import { join } from '../join.ts';
import {
  enumType,
  listType,
  NULL_TYPE,
  NUMBER_TYPE,
  orderedType,
  STRING_TYPE,
  type StaticType,
} from '../static-type.ts';
import type { Draw } from './draw-expression.ts';

const nullable = (type: StaticType): StaticType => join(type, NULL_TYPE);
const STATUSES = ['new', 'open', 'done'] as const;
const age: StaticType = [
  { kind: 'number', within: [{ from: { value: 0, included: true }, to: { value: 6, included: true } }] },
];
const context: StaticType = [
  {
    kind: 'context',
    entries: new Map([
      ['amount', { type: nullable(NUMBER_TYPE) }],
      ['status', { type: enumType(STATUSES) }],
      ['day', { type: orderedType('date'), optional: true }],
    ]),
    open: false,
  },
];

/** Types of the variables of `draw-expression.ts`. */
export const DRAWN_TYPES: ReadonlyMap<string, StaticType> = new Map([
  ['n', nullable(NUMBER_TYPE)],
  ['age', age],
  ['s', STRING_TYPE],
  ['status', nullable(enumType(STATUSES))],
  ['b', nullable([{ kind: 'boolean', values: [true, false] }])],
  ['d', orderedType('date')],
  ['dt', nullable([{ kind: 'date and time' }])],
  ['dur', nullable(orderedType('days and time duration'))],
  ['ym', orderedType('years and months duration')],
  ['ns', nullable(listType(nullable(NUMBER_TYPE)))],
  ['es', listType(enumType(STATUSES))],
  ['c', context],
  ['cs', listType(context)],
]);

/** Values of those types; the variable `a` is anything. */
export function drawVariables(draw: Draw): Readonly<Record<string, FeelValue>> {
  const pick = <Item>(items: readonly Item[]): Item => items[draw(items.length)]!;
  const list = <Item>(of: () => Item): readonly Item[] => Array.from({ length: draw(4) }, of);
  const number = () => pick([0, 1, 2, 3, 5, 6.5, -1]);
  const day = () => parseTemporal(`2026-01-0${1 + draw(5)}`);
  const record = (): FeelValue => ({
    amount: pick([null, number()]),
    status: pick(STATUSES),
    ...(draw(2) === 0 ? {} : { day: day() }),
  });
  const moment = () => parseTemporal(pick(['2026-01-02T10:00:00', '2026-01-03T10:00:00Z']));
  return {
    n: pick([null, number(), number()]),
    age: draw(7),
    s: pick(['', 'new', 'opne', 'x']),
    status: pick([null, ...STATUSES]),
    b: pick([null, true, false]),
    d: day(),
    dt: pick([null, moment()]),
    dur: pick([null, parseTemporal(`PT${draw(5)}H`)]),
    ym: parseTemporal(`P${draw(5)}M`),
    ns: pick([null, list(() => pick([null, number()]))]),
    es: list(() => pick(STATUSES)),
    c: record(),
    cs: list(record),
    a: pick([null, true, number(), 'new', day(), moment(), [1, 'x'], { amount: 1 }, []]),
  };
}
