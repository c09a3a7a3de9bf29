/** Draws whole numbers below a limit. */
export type Draw = (limit: number) => number;

/** Names of the variables that drawn expressions read, by what they are. */
const VARIABLES = {
  number: ['n', 'age', 'c.amount'],
  string: ['s', 'status', 'c.status'],
  boolean: ['b'],
  date: ['d', 'c.day'],
  moment: ['dt'],
  days: ['dur'],
  months: ['ym'],
  list: ['ns', 'es', 'cs'],
  any: ['a'],
} as const;

type Sort = keyof typeof VARIABLES;
const SORTS = Object.keys(VARIABLES) as readonly Sort[];

/** An expression that mostly goes together; one operand in eight is of another kind. */
export function drawExpression(draw: Draw, depth = 4): string {
  return expressionOf(pick(SORTS, draw), draw, depth);
}

export function drawCondition(draw: Draw, depth = 4): string {
  return expressionOf('boolean', draw, depth);
}

function pick<Item>(items: readonly Item[], draw: Draw): Item {
  return items[draw(items.length)]!;
}

function expressionOf(asked: Sort, draw: Draw, depth: number): string {
  const sort = draw(8) === 0 ? pick(SORTS, draw) : asked;
  if (depth <= 0 || draw(4) === 0) return leaf(sort, draw);
  const of = (inner: Sort): string => expressionOf(inner, draw, depth - 1);
  if (draw(8) === 0) return `(if ${of('boolean')} then ${of(sort)} else ${of(sort)})`;
  return pick(FORMS[sort], draw)(of, draw);
}

function leaf(sort: Sort, draw: Draw): string {
  const name = pick(VARIABLES[sort], draw);
  if (draw(12) === 0) return 'null';
  return draw(2) === 0 ? name : LITERALS[sort](draw);
}

const LITERALS: Readonly<Record<Sort, (draw: Draw) => string>> = {
  number: (draw) => String(draw(9)),
  string: (draw) => pick(['"new"', '"open"', '"done"', '"opne"', '""'], draw),
  boolean: (draw) => pick(['true', 'false'], draw),
  date: (draw) => `@"2026-01-0${1 + draw(5)}"`,
  moment: (draw) => `@"2026-01-0${1 + draw(5)}T10:00:00${pick(['', 'Z'], draw)}"`,
  days: (draw) => `@"PT${draw(5)}H"`,
  months: (draw) => `@"P${draw(5)}M"`,
  list: (draw) => pick(['[]', '[1, 2]', '["new", "open"]', '[{amount: 1}]'], draw),
  any: (draw) => pick(['null', '1', '"new"'], draw),
};

type Form = (of: (sort: Sort) => string, draw: Draw) => string;
const plusMinus = (draw: Draw): string => pick(['+', '-'], draw);
const compared: Form = (of, draw) => {
  const sort = pick(SORTS, draw);
  return `(${of(sort)} ${pick(['=', '!=', '<', '<=', '>', '>='], draw)} ${of(sort)})`;
};
/** A variable against constants, so that contradictions come up. */
const bounded: Form = (_of, draw) => {
  const sort = pick(['number', 'string', 'date', 'boolean'] as const, draw);
  return `${pick(VARIABLES[sort], draw)} ${pick(['=', '!=', '<', '<=', '>', '>='], draw)} ${LITERALS[sort](draw)}`;
};

const BOUNDED: Form = (of, draw) => `(${bounded(of, draw)})`;

const FORMS: Readonly<Record<Sort, readonly Form[]>> = {
  number: [
    (of, draw) => `(${of('number')} ${pick(['+', '-', '*', '/', '**'], draw)} ${of('number')})`,
    (of) => `-${of('number')}`,
    (of) => `count(${of('list')})`,
    (of) => `max(${of('list')})`,
    (of) => `sum(${of('number')}, ${of('number')})`,
    (of) => `get or else(${of('number')}, ${of('number')})`,
    (of) => `${of('list')}[1]`,
    (of) => `${of('date')}.year`,
    (of) => `cs.amount[${of('number')}]`,
    (of) => `{x: ${of('number')}, y: x}.y`,
    (of) => `(function(x, y: number) x + y)(${of('number')}, ${of('number')})`,
    (of) => `decimal(n: ${of('number')}, scale: 1)`,
    (of) => `(${of('days')} / ${of('days')})`,
  ],
  string: [
    (of) => `(${of('string')} + ${of('string')})`,
    (of) => `upper case(${of('string')})`,
    (of) => `string(${of('any')})`,
    (of) => `es[item != ${of('string')}][1]`,
    (of) => `cs[amount > ${of('number')}].status[1]`,
  ],
  boolean: [
    compared,
    compared,
    BOUNDED,
    BOUNDED,
    (of, draw) => `(${bounded(of, draw)} ${pick(['and', 'or'], draw)} ${bounded(of, draw)})`,
    (of, draw) => `(${of('boolean')} ${pick(['and', 'or'], draw)} ${of('boolean')})`,
    (of) => `not(${of('boolean')})`,
    (of) => `(${of('number')} between ${of('number')} and ${of('number')})`,
    (of) => `(${of('number')} in (${of('number')}, [${of('number')}..${of('number')}], > ${of('number')}))`,
    (of) => `(${of('string')} in (${of('string')}, ${of('list')}))`,
    (of) => `list contains(["new", "opne"], ${of('string')})`,
    (of, draw) => `(some x in ${of('list')} satisfies x ${pick(['=', '>'], draw)} ${of('any')})`,
    (of) => `(every x in cs satisfies x.amount > ${of('number')} and ${of('boolean')})`,
    (of, draw) => `(${of('any')} instance of ${pick(['number', 'string', 'date', 'list<number>', 'Any'], draw)})`,
    (of) => `is defined(${of('any')})`,
    (of) => `list contains(${of('list')}, ${of('any')})`,
  ],
  date: [
    (of, draw) => `(${of('date')} ${plusMinus(draw)} ${of('days')})`,
    (of, draw) => `(${of('date')} ${plusMinus(draw)} ${of('months')})`,
    (of) => `date(${of('moment')})`,
    (of) => `date(${of('string')})`,
  ],
  moment: [(of) => `(${of('moment')} + ${of('days')})`, (of) => `date and time(${of('date')}, @"10:00:00")`],
  days: [
    (of) => `(${of('date')} - ${of('date')})`,
    (of) => `(${of('days')} * ${of('number')})`,
    (of, draw) => `(${of('days')} ${plusMinus(draw)} ${of('days')})`,
    (of) => `-${of('days')}`,
  ],
  months: [
    (of) => `(${of('months')} + ${of('months')})`,
    (of) => `years and months duration(${of('date')}, ${of('date')})`,
  ],
  list: [
    (of) => `[${of('any')}, ${of('number')}]`,
    (of) => `${of('list')}[item > ${of('number')}]`,
    (of) => `${of('list')}[> ${of('number')}]`,
    (of) => `cs[${of('boolean')}]`,
    (of) => `cs[amount = ${of('number')}]`,
    () => `cs.status`,
    (of) => `(for x in ${of('list')} return x)`,
    (of) => `(for x in 1..3, y in ${of('list')} return if count(partial) > 2 then x else y)`,
    (of) => `append(${of('list')}, ${of('any')})`,
    (of) => `concatenate(${of('list')}, ${of('list')})`,
    (of) => `distinct values(${of('list')})`,
    (of) => `sort(${of('list')}, function(x, y) x < y)`,
  ],
  any: SORTS.filter((sort) => sort !== 'any').map(
    (sort): Form =>
      (of) =>
        of(sort),
  ),
};
