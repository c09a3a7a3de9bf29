import type { JsonValue } from '../json.ts';
import { allowed, decisionOf, gives, item, literal, model, needs, ref } from './test/by-specification.ts';

const T = (x: string) => `<text>${x.replaceAll('<', '&lt;')}</text>`;
const types =
  item('tRisk', ref('string') + allowed('"High","Low"')) +
  item(
    'tRow',
    `<itemComponent name="a">${ref('number')}</itemComponent><itemComponent name="b">${ref('string')}</itemComponent>`,
  ) +
  item('tRows', ref('tRow'), 'isCollection="true"');
const tab = (attrs: string, inputs: string[], outputs: string[], rules: string[][]) =>
  `<decisionTable ${attrs}>${inputs.join('')}${outputs.join('')}${rules.map((r) => `<rule>${r.map((c, i) => (i < inputs.length ? `<inputEntry>${T(c)}</inputEntry>` : `<outputEntry>${T(c)}</outputEntry>`)).join('')}</rule>`).join('')}</decisionTable>`;
const inp = (e: string, type = '', values = '') =>
  `<input><inputExpression ${type && `typeRef="${type}"`}>${T(e)}</inputExpression>${values && `<inputValues>${T(values)}</inputValues>`}</input>`;
const out = (name: string, type = '', values = '', def = '') =>
  `<output ${name && `name="${name}"`} ${type && `typeRef="${type}"`}>${values && `<outputValues>${T(values)}</outputValues>`}${def && `<defaultOutputEntry>${T(def)}</defaultOutputEntry>`}</output>`;
const x = `<inputData id="x" name="x"><variable name="x"/></inputData>`;

/** A decision `d` with this logic over the input data `x`. */
function test(
  what: string,
  logic: string,
  expected: JsonValue,
  inputs: Record<string, JsonValue>,
  type?: string,
): void {
  gives(what, model('a', types + x + decisionOf('d', logic, { requires: needs.input('#x'), type })), expected, inputs);
}

describe('decision tables and boxed expressions (DMN 1.5 §8, §10.2)', () => {
  test('empty entry', tab('', [inp('x')], [out('')], [['', '1']]), 1, { x: 3 });
  test('dash', tab('', [inp('x')], [out('')], [['-', '1']]), 1, { x: 3 });
  test(
    'null input against not null',
    tab(
      '',
      [inp('x')],
      [out('')],
      [
        ['not(null)', '1'],
        ['null', '2'],
      ],
    ),
    2,
    {},
  );
  test('not', tab('', [inp('x')], [out('')], [['not(1,2)', '1']]), 1, { x: 3 });
  test('question', tab('', [inp('x')], [out('')], [['? > 2 and ? < 5', '1']]), 1, { x: 3 });
  test('list input contains', tab('', [inp('x')], [out('')], [['list contains(?, 2)', '1']]), 1, { x: [1, 2] });
  test('list entry', tab('', [inp('x')], [out('')], [['[1,2,3]', '1']]), 1, { x: 2 });
  test('fn entry', tab('', [inp('x')], [out('')], [['starts with(?, "a")', '1']]), 1, { x: 'abc' });
  test(
    'bool entry',
    tab(
      '',
      [inp('x > 2')],
      [out('')],
      [
        ['true', '1'],
        ['false', '2'],
      ],
    ),
    1,
    { x: 3 },
  );
  test('out ref x', tab('', [inp('x')], [out('')], [['-', 'x * 2']]), 6, { x: 3 });
  test('multi', tab('', [inp('x')], [out('a'), out('b')], [['-', '1', '"z"']]), { a: 1, b: 'z' }, { x: 3 }, 'tRow');
  test(
    'multi list',
    tab(
      'hitPolicy="COLLECT"',
      [inp('x')],
      [out('a'), out('b')],
      [
        ['-', '1', '"z"'],
        ['-', '2', '"y"'],
      ],
    ),
    [
      { a: 1, b: 'z' },
      { a: 2, b: 'y' },
    ],
    { x: 3 },
    'tRows',
  );
  test(
    'multi collect sum',
    tab('hitPolicy="COLLECT" aggregation="SUM"', [inp('x')], [out('a'), out('b')], [['-', '1', '2']]),
    null,
    { x: 3 },
  );
  test(
    'prio from type',
    tab(
      'hitPolicy="PRIORITY"',
      [inp('x')],
      [out('', 'tRisk')],
      [
        ['-', '"Low"'],
        ['-', '"High"'],
      ],
    ),
    'High',
    { x: 3 },
  );
  test(
    'prio multi',
    tab(
      'hitPolicy="PRIORITY"',
      [inp('x')],
      [out('a', '', '"A","B"'), out('b', '', '"x","y"')],
      [
        ['-', '"B"', '"x"'],
        ['-', '"A"', '"y"'],
        ['-', '"A"', '"x"'],
      ],
    ),
    { a: 'A', b: 'x' },
    { x: 3 },
  );
  test(
    'prio multi second only',
    tab(
      'hitPolicy="PRIORITY"',
      [inp('x')],
      [out('a', '', ''), out('b', '', '"x","y"')],
      [
        ['-', '"B"', '"y"'],
        ['-', '"A"', '"x"'],
      ],
    ),
    { a: 'A', b: 'x' },
    { x: 3 },
  );
  test(
    'any same',
    tab(
      'hitPolicy="ANY"',
      [inp('x')],
      [out('a'), out('b')],
      [
        ['-', '1', '2'],
        ['-', '1', '2'],
      ],
    ),
    { a: 1, b: 2 },
    { x: 3 },
  );
  test(
    'any diff',
    tab(
      'hitPolicy="ANY"',
      [inp('x')],
      [out('')],
      [
        ['-', '1'],
        ['-', '2'],
      ],
    ),
    null,
    { x: 3 },
  );
  test(
    'unique overlap',
    tab(
      '',
      [inp('x')],
      [out('')],
      [
        ['-', '1'],
        ['3', '1'],
      ],
    ),
    null,
    { x: 3 },
  );
  test('default', tab('', [inp('x')], [out('', '', '', '9')], [['1', '1']]), 9, { x: 3 });
  test('default collect', tab('hitPolicy="COLLECT"', [inp('x')], [out('', '', '', '9')], [['1', '1']]), 9, { x: 3 });
  test(
    'default multi partial',
    tab('', [inp('x')], [out('a', '', '', '9'), out('b')], [['1', '1', '1']]),
    { a: 9, b: null },
    { x: 3 },
  );
  test('values bad', tab('', [inp('x', '', '1,2')], [out('')], [['-', '1']]), null, { x: 3 });
  test('values range', tab('', [inp('x', '', '[1..5]')], [out('')], [['-', '1']]), 1, { x: 3 });
  test('output value bad', tab('', [inp('x')], [out('', '', '1,2')], [['-', '3']]), null, { x: 3 });
  test('output type bad', tab('', [inp('x')], [out('', 'tRisk')], [['-', '"Mid"']]), null, { x: 3 });
  test('output typed null cell', tab('', [inp('x')], [out('', 'tRisk')], [['-', '']]), null, { x: 3 });
  test('input typed singleton', tab('', [inp('x', 'number')], [out('')], [['> 2', '1']]), 1, { x: [3] });
  test('input typed mismatch', tab('', [inp('x', 'number')], [out('')], [['-', '1']]), 1, { x: 'a' });
  test('date input', tab('', [inp('x', 'date')], [out('')], [['< date("2020-01-01")', '1']]), 1, { x: '2019-01-01' });
  test(
    'min strings',
    tab(
      'hitPolicy="COLLECT" aggregation="MIN"',
      [inp('x')],
      [out('')],
      [
        ['-', '"b"'],
        ['-', '"a"'],
      ],
    ),
    'a',
    { x: 3 },
  );
  test('sum empty', tab('hitPolicy="COLLECT" aggregation="SUM"', [inp('x')], [out('')], [['1', '1']]), null, {
    x: 3,
  });
  test('count empty', tab('hitPolicy="COLLECT" aggregation="COUNT"', [inp('x')], [out('')], [['1', '1']]), null, {
    x: 3,
  });
  test('no inputs', tab('', [], [out('')], [['5']]), 5, { x: 3 });
  test(
    'context in context with table',
    `<context><contextEntry><variable name="k"/>${tab('', [inp('x')], [out('')], [['-', 'x + 1']])}</contextEntry><contextEntry>${literal('k * 2')}</contextEntry></context>`,
    8,
    { x: 3 },
  );
  test('list of tables', `<list>${tab('', [inp('x')], [out('')], [['-', 'x + 1']])}${literal('1')}</list>`, [4, 1], {
    x: 3,
  });
  test(
    'for with table',
    `<for iteratorVariable="i"><in>${literal('[1,2]')}</in><return>${tab(
      '',
      [inp('i')],
      [out('')],
      [
        ['1', '"one"'],
        ['2', '"two"'],
      ],
    )}</return></for>`,
    ['one', 'two'],
    { x: 3 },
  );
  test(
    'for typed child',
    `<for iteratorVariable="i"><in typeRef="string">${literal('[1,2]')}</in><return>${literal('i')}</return></for>`,
    null,
    { x: 3 },
  );
  test(
    'conditional nested',
    `<conditional typeRef="number"><if>${literal('x > 1')}</if><then><context><contextEntry>${literal('"s"')}</contextEntry></context></then><else>${literal('1')}</else></conditional>`,
    null,
    { x: 3 },
  );
  test(
    'filter by name',
    `<filter><in>${literal('[{a:1,item:5},{a:2,item:6}]')}</in><match>${literal('a > 1')}</match></filter>`,
    [{ a: 2, item: 6 }],
    { x: 3 },
  );
  test(
    'filter index null list',
    `<filter><in>${literal('[{a:1},{b:2}]')}</in><match>${literal('a = null')}</match></filter>`,
    [{ b: 2 }],
    { x: 3 },
  );
  test('relation empty', `<relation><column name="n"/></relation>`, [], { x: 3 });
  test(
    'relation in list order',
    `<relation><column name="n"/><row>${literal('x')}</row><row>${literal('x+1')}</row></relation>`,
    [{ n: 3 }, { n: 4 }],
    { x: 3 },
  );
  test(
    'context final without var name',
    `<context><contextEntry><variable name="a b"/>${literal('1')}</contextEntry><contextEntry><variable name="c"/>${literal('a b + 1')}</contextEntry></context>`,
    { 'a b': 1, c: 2 },
    { x: 3 },
  );
  test(
    'every nested quant',
    `<every iteratorVariable="i"><in>${literal('[1,2]')}</in><satisfies><some iteratorVariable="j"><in>${literal('[1,2]')}</in><satisfies>${literal('i = j')}</satisfies></some></satisfies></every>`,
    true,
    { x: 3 },
  );
  test(
    'function with boxed body',
    `<context><contextEntry><variable name="f"/><functionDefinition><formalParameter name="p" typeRef="number"/><context><contextEntry><variable name="q"/>${literal('p * 2')}</contextEntry><contextEntry>${literal('q + 1')}</contextEntry></context></functionDefinition></contextEntry><contextEntry>${literal('f(x)')}</contextEntry></context>`,
    7,
    { x: 3 },
  );
  test(
    'java',
    `<context><contextEntry><variable name="f"/><functionDefinition kind="Java"><formalParameter name="p" typeRef="number"/><context><contextEntry><variable name="class"/>${literal('"java.lang.Math"')}</contextEntry></context></functionDefinition></contextEntry><contextEntry>${literal('f(x)')}</contextEntry></context>`,
    null,
    { x: 3 },
  );
});
