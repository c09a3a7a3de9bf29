import { decisionOf, gives, knowledge, literal, model, needs, TYPES } from './test/by-specification.ts';

describe('knowledge models and decision services are functions (DMN 1.5 §6.3.9, §6.3.10, §10.4)', () => {
  const fact = knowledge(
    'fact',
    `<encapsulatedLogic><formalParameter name="n" typeRef="number"/>${literal('if n = 0 then 1 else n * fact(n - 1)')}</encapsulatedLogic>`,
  );
  const withB = (b: string, expr: string, name = 'fact', type?: string) =>
    model(
      'a',
      TYPES + b + decisionOf('d', literal(expr), { requires: needs.knowledge('#' + name), ...(type ? { type } : {}) }),
    );
  gives('recursion', withB(fact, 'fact(5)'), 120);
  gives('too many arguments', withB(fact, 'fact(5, 6)'), null);
  gives('an argument of the wrong type', withB(fact, 'fact("a")'), null);
  gives('an argument in a list of one', withB(fact, 'fact([3])'), 6);
  gives('a named argument', withB(fact, 'fact(n: 3)'), 6);
  gives('a wrong name', withB(fact, 'fact(m: 3)'), null);
  gives(
    'a result of the wrong type',
    withB(
      knowledge(
        'f',
        `<encapsulatedLogic><formalParameter name="n" typeRef="number"/>${literal('"s"')}</encapsulatedLogic>`,
        'typeRef="number"',
      ),
      'f(5)',
      'f',
    ),
    null,
  );
  gives(
    'a variable typed as a function item',
    withB(
      knowledge(
        'f',
        `<encapsulatedLogic><formalParameter name="n" typeRef="number"/>${literal('n + 1')}</encapsulatedLogic>`,
        'typeRef="tFn"',
      ),
      'f(5)',
      'f',
    ),
    6,
  );
  gives('without logic it gives null', withB(knowledge('f', ''), 'f(5)', 'f'), null);
  gives('without logic it harms nobody who does not call it', withB(knowledge('f', ''), '1', 'f'), 1);
  gives(
    'no parameters',
    withB(knowledge('f', `<encapsulatedLogic>${literal('7')}</encapsulatedLogic>`), 'f()', 'f'),
    7,
  );
  gives(
    'it sees no variables',
    withB(knowledge('f', `<encapsulatedLogic>${literal('x')}</encapsulatedLogic>`), 'f()', 'f'),
    null,
    { x: 1 },
  );
  gives(
    'a function as an argument',
    withB(
      knowledge(
        'f',
        `<encapsulatedLogic><formalParameter name="g" typeRef="tFn"/>${literal('g(1)')}</encapsulatedLogic>`,
      ),
      'f(function(a: number) a + 1)',
      'f',
    ),
    2,
  );
  gives(
    'names of several words',
    withB(
      knowledge(
        'my fn',
        `<encapsulatedLogic><formalParameter name="first arg" typeRef="number"/>${literal('first arg + 1')}</encapsulatedLogic>`,
      ),
      'my fn(first arg: 3)',
      'my-fn',
    ),
    4,
  );
  gives(
    'a decision sees only what it requires',
    model('a', `<inputData id="x" name="x"><variable name="x"/></inputData>` + decisionOf('d', literal('x'))),
    null,
    { x: 1 },
  );
  gives(
    'a decision without logic is null',
    model('a', decisionOf('e', '') + decisionOf('d', literal('e'), { requires: needs.decision('#e') })),
    null,
  );
  gives(
    'and those who require it see the null',
    model(
      'a',
      decisionOf('e', '') + decisionOf('d', literal('if e = null then 1 else 2'), { requires: needs.decision('#e') }),
    ),
    1,
  );
  gives(
    'input data of the wrong type',
    model(
      'a',
      `<inputData id="x" name="x"><variable name="x" typeRef="number"/></inputData>` +
        decisionOf('d', literal('x'), { requires: needs.input('#x') }),
    ),
    null,
    { x: 'a' },
  );
  gives(
    'input data in a list of one',
    model(
      'a',
      `<inputData id="x" name="x"><variable name="x" typeRef="number"/></inputData>` +
        decisionOf('d', literal('x'), { requires: needs.input('#x') }),
    ),
    5,
    { x: [5] },
  );
  // services
  const svc = (parts: string, type = '') =>
    `<decisionService id="s" name="s"><variable name="s" ${type}/>${parts}</decisionService>`;
  const sModel = (expr: string, service: string) =>
    model(
      'a',
      TYPES +
        `<inputData id="x" name="x"><variable name="x" typeRef="number"/></inputData>` +
        decisionOf('p', literal('x + 1'), { requires: needs.input('#x') }) +
        decisionOf('q', literal('p * 2'), { requires: needs.decision('#p') }) +
        service +
        decisionOf('d', literal(expr), { requires: needs.knowledge('#s') }),
    );
  const one = svc('<outputDecision href="#q"/><encapsulatedDecision href="#p"/><inputData href="#x"/>');
  const two = svc('<outputDecision href="#q"/><outputDecision href="#p"/><inputData href="#x"/>');
  gives('a service with one output', sModel('s(1)', one), 4);
  gives('a service by name of the parameter', sModel('s(x: 1)', one), 4);
  gives('a service with an argument of the wrong type', sModel('s("a")', one), null);
  gives('a service without its argument', sModel('s()', one), null);
  gives('a service with two outputs gives a context', sModel('s(1)', two), { q: 4, p: 2 });
  gives('an output of a service', sModel('s(1).q', two), 4);
  gives(
    'an input decision is given',
    sModel('s(10)', svc('<outputDecision href="#q"/><inputDecision href="#p"/>')),
    20,
  );
  gives(
    'a service whose result is not of its type',
    sModel('s(1)', svc('<outputDecision href="#q"/><inputData href="#x"/>', 'typeRef="string"')),
    null,
  );
  gives(
    'a service typed as a function item',
    sModel('s(1)', svc('<outputDecision href="#q"/><inputData href="#x"/>', 'typeRef="tFn"')),
    4,
  );
  gives('a service is a value', sModel('(for f in [s] return f(1))', one), [4]);
  gives(
    'boxed invocation of service',
    model(
      'a',
      `<inputData id="x" name="x"><variable name="x" typeRef="number"/></inputData>` +
        decisionOf('q', literal('x * 2'), { requires: needs.input('#x') }) +
        svc('<outputDecision href="#q"/><inputData href="#x"/>') +
        decisionOf(
          'd',
          `<invocation>${literal('s')}<binding><parameter name="x"/>${literal('4')}</binding></invocation>`,
          { requires: needs.knowledge('#s') },
        ),
    ),
    8,
  );
});
