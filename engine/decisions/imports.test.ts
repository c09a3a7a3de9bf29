import { allowed, decisionOf, gives, item, knowledge, literal, model, needs, ref } from './test/by-specification.ts';

describe('imported models (DMN 1.5 §6.3.2)', () => {
  const lib = model(
    'lib',
    item('tAge', ref('number') + allowed('[0..150]')) +
      item('tP', `<itemComponent name="the age">${ref('tAge')}</itemComponent>`) +
      `<inputData id="x" name="in x"><variable name="in x" typeRef="number"/></inputData>` +
      decisionOf('base', literal('in x + 1'), { requires: needs.input('#x'), type: 'tAge' }) +
      decisionOf('person', literal('{the age: 5}'), { type: 'tP' }) +
      knowledge(
        'inc',
        `<encapsulatedLogic><formalParameter name="n" typeRef="tAge"/>${literal('n + 1')}</encapsulatedLogic>`,
        'typeRef="tAge"',
      ),
  );
  const imp = (name: string, ns: string) =>
    `<import id="i_${ns}" name="${name}" namespace="urn:${ns}" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>`;
  const using = (expr: string, requires: string, type?: string, name = 'my lib') =>
    model('a', imp(name, 'lib') + decisionOf('d', literal(expr), { requires, ...(type ? { type } : {}) }));
  gives('a decision', [using('my lib.base', needs.decision('urn:lib#base')), lib], 6, { 'in x': 5 });
  gives(
    'input data inside a context named as the import',
    [using('my lib.base', needs.decision('urn:lib#base')), lib],
    6,
    {
      'my lib': { 'in x': 5 },
    },
  );
  gives('input data by a dotted name', [using('my lib.base', needs.decision('urn:lib#base')), lib], 6, {
    'my lib.in x': 5,
  });
  gives('input data', [using('my lib.in x * 2', needs.input('urn:lib#x')), lib], 10, { 'my lib': { 'in x': 5 } });
  gives('a result outside its own allowed values', [using('my lib.base', needs.decision('urn:lib#base')), lib], null, {
    'in x': 150,
  });
  gives('a knowledge model', [using('my lib.inc(4)', needs.knowledge('urn:lib#inc')), lib], 5);
  gives(
    'an argument outside the allowed values',
    [using('my lib.inc(151)', needs.knowledge('urn:lib#inc')), lib],
    null,
  );
  gives('a knowledge model with a named argument', [using('my lib.inc(n: 1)', needs.knowledge('urn:lib#inc')), lib], 2);
  gives('a type', [using('5', '', 'my lib.tAge'), lib], 5);
  gives('a value outside an imported type', [using('500', '', 'my lib.tAge'), lib], null);
  gives('types of an imported file are read with its own names', [using('{the age: 500}', '', 'my lib.tP'), lib], null);
  gives('a path into a result', [using('my lib.person.the age', needs.decision('urn:lib#person')), lib], 5);
  gives('instance of an imported type', [using('5 instance of my lib.tAge', ''), lib], true);
  gives(
    'a boxed invocation',
    [
      model(
        'a',
        imp('my lib', 'lib') +
          decisionOf(
            'd',
            `<invocation>${literal('my lib.inc')}<binding><parameter name="n"/>${literal('4')}</binding></invocation>`,
            { requires: needs.knowledge('urn:lib#inc') },
          ),
      ),
      lib,
    ],
    5,
  );
  gives('an import without a name', [using('base', needs.decision('urn:lib#base'), undefined, ''), lib], 6, {
    'in x': 5,
  });
  gives('a type of an import without a name', [using('500', '', 'tAge', ''), lib], null);
  const mid = model(
    'mid',
    imp('L', 'lib') +
      decisionOf('m', literal('L.base * 10'), { requires: needs.decision('urn:lib#base') }) +
      item('tM', `<itemComponent name="p">${ref('L.tP')}</itemComponent>`),
  );
  const top = (expr: string, type?: string) =>
    model(
      'a',
      imp('M', 'mid') +
        imp('L2', 'lib') +
        decisionOf('d', literal(expr), { requires: needs.decision('urn:mid#m'), ...(type ? { type } : {}) }),
    );
  gives('an import of an import', [top('M.m'), mid, lib], 60, { 'in x': 5 });
  gives('input data of an import of an import, context in context', [top('M.m'), mid, lib], 60, {
    M: { L: { 'in x': 5 } },
  });
  gives('input data under the name the first file gives', [top('M.m'), mid, lib], 60, { L2: { 'in x': 5 } });
  gives('a type over two imports', [top('{p: {the age: 500}}', 'M.tM'), mid, lib], null);
  gives('a value of a type over two imports', [top('{p: {the age: 50}}', 'M.tM'), mid, lib], { p: { 'the age': 50 } });
});
