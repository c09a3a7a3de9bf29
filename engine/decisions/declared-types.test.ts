import { decisionOf, gives, literal, model, TYPES } from './test/by-specification.ts';

const d = (logic: string, type?: string): string => model('a', TYPES + decisionOf('d', logic, { type }));

describe('declared types (DMN 1.5 §7.3, §10.3.2.9.4): what does not conform is null', () => {
  gives('a list of one becomes its value', d(literal('[10]'), 'number'), 10);
  gives('a value becomes a list of one', d(literal('"a"'), 'tNames'), ['a']);
  gives('another type is null', d(literal('"a"'), 'number'), null);
  gives(
    'a date becomes its midnight',
    d(literal('string(d)').replace('string(d)', 'date("2000-01-02")'), 'dateTime'),
    '2000-01-02T00:00:00Z',
  );
  gives('an allowed value', d(literal('150'), 'tAge'), 150);
  gives('a value that is not allowed', d(literal('151'), 'tAge'), null);
  gives('a collection of allowed values', d(literal('["red","green"]'), 'tColors'), ['red', 'green']);
  gives('a collection with one that is not allowed', d(literal('["red","blue"]'), 'tColors'), null);
  gives('a type constraint that holds', d(literal('["a","b"]'), 'tShort'), ['a', 'b']);
  gives('a type constraint tests the whole collection', d(literal('["a","b","c"]'), 'tShort'), null);
  gives('nested components', d(literal('{name: "A", home: {city: "X"}, ages: [1]}'), 'tPerson'), {
    name: 'A',
    home: { city: 'X' },
    ages: [1],
  });
  gives('a missing component', d(literal('{name: "A"}'), 'tPerson'), null);
  gives('a component of the wrong type', d(literal('{name: "A", home: {city: 3}, ages: [1]}'), 'tPerson'), null);
  gives('further entries are no harm', d(literal('{name: "A", home: {city: "X"}, ages: [1], z: 1}'), 'tPerson'), {
    name: 'A',
    home: { city: 'X' },
    ages: [1],
    z: 1,
  });
  gives(
    'a function item',
    d(
      `<context><contextEntry><variable name="f" typeRef="tFn"/>${literal('function(a: number) a + 1')}</contextEntry><contextEntry>${literal('f(2)')}</contextEntry></context>`,
    ),
    3,
  );
  gives(
    'typeRef of a literal expression',
    d(
      `<context><contextEntry><variable name="x"/>${literal('"a"', 'typeRef="number"')}</contextEntry><contextEntry>${literal('x')}</contextEntry></context>`,
    ),
    null,
  );
  gives(
    'typeRef of a context',
    d(`<context typeRef="number"><contextEntry><variable name="x"/>${literal('1')}</contextEntry></context>`),
    null,
  );
  gives('typeRef of a list of one', d(`<list typeRef="number">${literal('1')}</list>`), 1);
  gives('typeRef of a list', d(`<list typeRef="tColors">${literal('1')}</list>`), null);
  gives(
    'types of relation columns',
    d(
      `<relation><column name="n" typeRef="number"/><row>${literal('"a"')}</row><row>${literal('[2]')}</row></relation>`,
    ),
    [{ n: null }, { n: 2 }],
  );
  gives(
    'types of the parameters of a binding',
    d(
      `<invocation>${literal('function(a) a')}<binding><parameter name="a" typeRef="number"/>${literal('"a"')}</binding></invocation>`,
    ),
    null,
  );
  gives(
    'an invocation with a name nobody has',
    d(`<invocation>${literal('function(a) 1')}<binding><parameter name="b"/>${literal('1')}</binding></invocation>`),
    null,
  );
  gives(
    'an invocation with a parameter missing',
    d(`<invocation>${literal('function(a, b) 1')}<binding><parameter name="b"/>${literal('1')}</binding></invocation>`),
    null,
  );
  gives(
    'an invocation of a built-in function',
    d(`<invocation>${literal('abs')}<binding><parameter name="n"/>${literal('-1')}</binding></invocation>`),
    1,
  );
  gives(
    'an invocation of a built-in function with a name of several words',
    d(
      `<invocation>${literal('string length')}<binding><parameter name="string"/>${literal('"abc"')}</binding></invocation>`,
    ),
    3,
  );
  gives(
    'typeRef of an invocation',
    d(
      `<invocation typeRef="string">${literal('abs')}<binding><parameter name="n"/>${literal('-1')}</binding></invocation>`,
    ),
    null,
  );
  gives(
    'a conditional of null takes else',
    d(`<conditional><if>${literal('null')}</if><then>${literal('1')}</then><else>${literal('2')}</else></conditional>`),
    2,
  );
  gives(
    'a conditional of a text is null',
    d(`<conditional><if>${literal('"a"')}</if><then>${literal('1')}</then><else>${literal('2')}</else></conditional>`),
    null,
  );
  gives('a filter of null', d(`<filter><in>${literal('null')}</in><match>${literal('true')}</match></filter>`), null);
  gives(
    'a filter of a single value',
    d(`<filter><in>${literal('5')}</in><match>${literal('item > 3')}</match></filter>`),
    [5],
  );
  gives(
    'a filter with a number counts from the end',
    d(`<filter><in>${literal('[1,2,3]')}</in><match>${literal('-1')}</match></filter>`),
    3,
  );
  gives('a filter with 0', d(`<filter><in>${literal('[1,2,3]')}</in><match>${literal('0')}</match></filter>`), null);
  gives(
    'some, not a condition',
    d(`<some iteratorVariable="i"><in>${literal('[1,2,3]')}</in><satisfies>${literal('i')}</satisfies></some>`),
    null,
  );
  gives(
    'some of null',
    d(`<some iteratorVariable="i"><in>${literal('null')}</in><satisfies>${literal('i')}</satisfies></some>`),
    null,
  );
  gives(
    'every of nothing',
    d(`<every iteratorVariable="i"><in>${literal('[]')}</in><satisfies>${literal('i')}</satisfies></every>`),
    true,
  );
  gives(
    'for over a single value',
    d(`<for iteratorVariable="i"><in>${literal('5')}</in><return>${literal('i')}</return></for>`),
    [5],
  );
  gives(
    'for over a range',
    d(`<for iteratorVariable="i"><in>${literal('[1..3]')}</in><return>${literal('i')}</return></for>`),
    [1, 2, 3],
  );
  gives(
    'typeRef of a function that names a function item',
    d(
      `<context><contextEntry><variable name="f"/><functionDefinition typeRef="tFn"><formalParameter name="a" typeRef="number"/>${literal('a+1')}</functionDefinition></contextEntry><contextEntry>${literal('f(1)')}</contextEntry></context>`,
    ),
    2,
  );
});
