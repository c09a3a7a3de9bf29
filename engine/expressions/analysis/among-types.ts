import { compareTypes, type Outcome } from './compare-types.ts';
import { admitted } from './comparison-facts.ts';
import { join, widen } from './join.ts';
import { alternativesOf, isOnlyNull, type Alternative, type StaticType } from './static-type.ts';

/** How a test of a value may come out, and for which values it may be passed. */
export interface Match extends Outcome {
  /** What the value is tested against. */
  readonly against: StaticType;
  readonly admitted: StaticType;
}

/** `value in tested`: equal to it, inside it, or among its elements (DMN 1.5 Table 55). */
export function amongTypes(value: StaticType, tested: StaticType): Match {
  const matches = alternativesOf(tested).map((one) => amongOne(value, one));
  return {
    holds: matches.some(({ holds }) => holds),
    fails: matches.some(({ fails }) => fails),
    unknown: matches.some(({ unknown }) => unknown),
    comparable: matches.some(({ comparable }) => comparable),
    against: tested === 'any' ? tested : join(...tested.map((one) => ('of' in one ? one.of : [one]))),
    admitted: tested === 'any' ? 'any' : join(...matches.map((match) => match.admitted)),
  };
}

function amongOne(value: StaticType, one: Alternative): Omit<Match, 'against'> {
  if (one.kind === 'range') return inRange(value, one.of, one);
  if (one.kind === 'list') return inList(value, one.of);
  const outcome = compareTypes('=', value, [one]);
  return { ...outcome, comparable: outcome.comparable || one.kind === 'null', admitted: admitted('=', [one]) };
}

function inRange(value: StaticType, of: StaticType, range: Alternative): Omit<Match, 'against'> {
  const bounds = of === 'any' ? of : widen(of);
  const outcome = compareTypes('<=', value, bounds);
  const asRange = compareTypes('=', value, [range]);
  return {
    // The bounds themselves are not known here.
    holds: outcome.holds || asRange.holds,
    fails: outcome.holds || outcome.fails || asRange.fails,
    unknown: true,
    comparable: outcome.comparable || asRange.comparable,
    admitted: join(admitted('<=', bounds), [range]),
  };
}

function inList(value: StaticType, of: StaticType): Omit<Match, 'against'> {
  const items = amongItems(value, of);
  const asList = compareTypes('=', value, [{ kind: 'list', of }]);
  return {
    holds: items.holds || asList.holds,
    fails: true,
    unknown: false,
    comparable: items.comparable || asList.comparable || isOnlyNull(of),
    admitted: of === 'any' ? 'any' : join(items.admitted, [{ kind: 'list', of: 'any' }]),
  };
}

function amongItems(value: StaticType, of: StaticType): Pick<Match, 'holds' | 'comparable' | 'admitted'> {
  const matches = alternativesOf(of).map((item) =>
    item.kind === 'range' ? inRange(value, item.of, item) : equals(value, item),
  );
  return {
    holds: matches.some(({ holds }) => holds),
    comparable: matches.some(({ comparable }) => comparable),
    admitted: join(...matches.map((match) => match.admitted)),
  };
}

function equals(value: StaticType, item: Alternative): Pick<Match, 'holds' | 'comparable' | 'admitted'> {
  const { holds, comparable } = compareTypes('=', value, [item]);
  return { holds, comparable, admitted: admitted('=', [item]) };
}
