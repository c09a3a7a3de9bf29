import type { ArithmeticOp } from '../syntax/syntax-tree.ts';
import { join, widen } from './join.ts';
import { alternativesOf, EVERY_ALTERNATIVE, isDuration, NULL_TYPE, type Kind, type StaticType } from './static-type.ts';

const [DATE, TIME, MOMENT, DAYS, MONTHS] = [
  'date',
  'time',
  'date and time',
  'days and time duration',
  'years and months duration',
] as const;

/** Kinds of `a op b` by `a op b` (DMN 1.5 Tables 50–52, as `compiler/arithmetic.ts` computes them). */
const RESULTS: Readonly<Record<string, Kind>> = {
  'number + number': 'number',
  'number - number': 'number',
  'number * number': 'number',
  'number / number': 'number',
  'number ** number': 'number',
  'string + string': 'string',
  ...symmetric(DAYS, '+', DAYS, DAYS),
  ...symmetric(DATE, '+', DAYS, DATE),
  ...symmetric(MOMENT, '+', DAYS, MOMENT),
  ...symmetric(TIME, '+', DAYS, TIME),
  ...symmetric(MONTHS, '+', MONTHS, MONTHS),
  ...symmetric(DATE, '+', MONTHS, DATE),
  ...symmetric(MOMENT, '+', MONTHS, MOMENT),
  [`${DAYS} - ${DAYS}`]: DAYS,
  [`${DATE} - ${DAYS}`]: DATE,
  [`${MOMENT} - ${DAYS}`]: MOMENT,
  [`${TIME} - ${DAYS}`]: TIME,
  [`${MONTHS} - ${MONTHS}`]: MONTHS,
  [`${DATE} - ${MONTHS}`]: DATE,
  [`${MOMENT} - ${MONTHS}`]: MOMENT,
  [`${TIME} - ${TIME}`]: DAYS,
  ...symmetric(DATE, '-', MOMENT, DAYS),
  [`${DATE} - ${DATE}`]: DAYS,
  [`${MOMENT} - ${MOMENT}`]: DAYS,
  ...symmetric(DAYS, '*', 'number', DAYS),
  ...symmetric(MONTHS, '*', 'number', MONTHS),
  [`${DAYS} / number`]: DAYS,
  [`${MONTHS} / number`]: MONTHS,
  [`${DAYS} / ${DAYS}`]: 'number',
  [`${MONTHS} / ${MONTHS}`]: 'number',
};

function symmetric(a: Kind, op: ArithmeticOp, b: Kind, result: Kind): Readonly<Record<string, Kind>> {
  return { [`${a} ${op} ${b}`]: result, [`${b} ${op} ${a}`]: result };
}

/** The type of `a op b`; null where no two values of the types have a result. Overflow and division by zero give null. */
export function arithmeticType(op: ArithmeticOp, a: StaticType, b: StaticType): StaticType | null {
  const kinds = new Set<Kind>();
  for (const one of alternativesOf(a)) {
    for (const other of alternativesOf(b)) {
      const result = RESULTS[`${one.kind} ${op} ${other.kind}`];
      if (result !== undefined) kinds.add(result);
    }
  }
  if (kinds.size === 0) return null;
  return join(NULL_TYPE, ...[...kinds].map(typeOfKind));
}

/** The type of `-a`. */
export function negationType(operand: StaticType): StaticType | null {
  const kept = alternativesOf(operand).filter(({ kind }) => kind === 'number' || isDuration(kind));
  return kept.length === 0 ? null : join(NULL_TYPE, widen(kept));
}

function typeOfKind(kind: Kind): StaticType {
  return EVERY_ALTERNATIVE.filter((one) => one.kind === kind);
}
