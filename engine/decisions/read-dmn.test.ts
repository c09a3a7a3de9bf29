import assert from 'node:assert/strict';
import { InvalidDmn, type DmnProblem } from './invalid-dmn.ts';
import { readDmn } from './read-dmn.ts';
import { dmn, table } from './test/dmn-file.ts';

const LITERAL = '<literalExpression><text>1</text></literalExpression>';

async function problemsOf(xml: string): Promise<readonly DmnProblem[]> {
  try {
    await readDmn(xml);
  } catch (error) {
    assert.ok(error instanceof InvalidDmn, String(error));
    return error.problems;
  }
  return assert.fail('Expected the file to be refused');
}

describe('readDmn', () => {
  for (const version of ['20180521', '20191111', '20211108', '20230324']) {
    it(`reads the namespace of ${version}`, async () => {
      const xml = dmn(`<decision id="d" name="D">${LITERAL}</decision>`).replace('20191111', version);
      const { definitionsId, name, decisions } = await readDmn(xml);
      assert.deepEqual([definitionsId, name, decisions.length], ['graph', 'Graph', 1]);
    });
  }

  it('freezes what it reads', async () => {
    const { decisions } = await readDmn(table({ attributes: '', rules: [['1', '2']] }));
    const [decision] = decisions;
    assert.ok(Object.isFrozen(decision) && Object.isFrozen(decision!.logic));
    assert.ok(decision!.logic.kind === 'decisionTable' && Object.isFrozen(decision!.logic.rules[0]!.inputEntries));
  });

  const unsupported: readonly (readonly [string, string, RegExp])[] = [
    [
      'a knowledge model without logic',
      `<decision id="d" name="D">${LITERAL}</decision><businessKnowledgeModel id="bkm" name="B" />`,
      /knowledge model <bkm> has no logic/,
    ],
    [
      'an unfinished conditional of DMN 1.4',
      '<decision id="d" name="D"><conditional><if><literalExpression><text>true</text></literalExpression></if></conditional></decision>',
      /<then> of <d> is empty/,
    ],
    [
      'an import that is not there',
      `<import name="other" namespace="urn:other" importType="x" /><decision id="d" name="D">${LITERAL}</decision>`,
      /<urn:other>/,
    ],
    [
      'a missing knowledge requirement',
      `<decision id="d" name="D"><knowledgeRequirement><requiredKnowledge href="#bkm" /></knowledgeRequirement>${LITERAL}</decision>`,
      /<#bkm>/,
    ],
    [
      'a function in Java',
      `<decision id="d" name="D"><functionDefinition kind="Java"><context /></functionDefinition></decision>`,
      /Java function of <d>/,
    ],
    [
      'another language',
      '<decision id="d" name="D"><literalExpression id="e" expressionLanguage="javascript"><text>1</text></literalExpression></decision>',
      /<javascript>/,
    ],
  ];
  for (const [what, elements, message] of unsupported) {
    it(`refuses ${what} by name`, async () => {
      const problems = await problemsOf(dmn(elements));
      assert.match(problems.map((problem) => problem.message).join('\n'), message);
    });
  }

  it('lists every problem with the element that has it', async () => {
    const xml = dmn(`
      <decision id="a" name="A"><literalExpression id="a-text"><text>1 +</text></literalExpression></decision>
      <decision id="b" name="B"><decisionTable hitPolicy="SOMETIMES"><output id="o" /></decisionTable></decision>
      <decision id="c" name="C" />`);
    const problems = await problemsOf(xml);
    assert.deepEqual(
      problems.map(({ code, elementId }) => [code, elementId]),
      [
        ['invalid-expression', 'a-text'],
        ['unknown-hit-policy', 'b'],
        ['no-logic', 'c'],
      ],
    );
    assert.ok(problems.every(({ remedy }) => remedy !== ''));
  });

  const tables: readonly (readonly [string, string, string])[] = [
    ['a cell that is not FEEL', table({ attributes: '', rules: [['> ', '1']] }), 'invalid-expression'],
    ['a row with a missing cell', table({ attributes: '', rules: [['1']] }), 'rule-cells'],
    ['SUM with UNIQUE', table({ attributes: 'aggregation="SUM"', rules: [['1', '1']] }), 'unknown-aggregation'],
    [
      'PRIORITY without output values',
      table({ attributes: 'hitPolicy="PRIORITY"', rules: [['1', '1']] }),
      'no-output-values',
    ],
    [
      'outputs without names',
      table({ attributes: '', outputs: '<output id="a" /><output id="b" />', rules: [['1', '1', '2']] }),
      'output-names',
    ],
  ];
  for (const [what, xml, code] of tables) {
    it(`refuses ${what}`, async () => {
      const [first] = await problemsOf(xml);
      assert.equal(first!.code, code);
    });
  }

  it('refuses decisions that require each other', async () => {
    const xml = dmn(
      ['a', 'b', 'c']
        .map(
          (id, index, ids) =>
            `<decision id="${id}" name="${id}"><informationRequirement><requiredDecision href="#${ids[(index + 1) % 3]}" /></informationRequirement>${LITERAL}</decision>`,
        )
        .join(''),
    );
    const [problem] = await problemsOf(xml);
    assert.equal(problem!.code, 'requirement-cycle');
    assert.match(problem!.message, /a → b → c → a/);
  });

  it('refuses a requirement that is not in the file', async () => {
    const [problem] = await problemsOf(
      dmn(
        `<decision id="d" name="D"><informationRequirement><requiredDecision href="#gone" /></informationRequirement>${LITERAL}</decision>`,
      ),
    );
    assert.match(problem!.message, /<#gone>/);
  });

  const broken: readonly (readonly [string, string, string])[] = [
    ['a document type', dmn('').replace('<definitions', '<!DOCTYPE x [<!ENTITY a "b">]><definitions'), 'doctype'],
    ['more than 2 MB', dmn(`<!-- ${'я'.repeat(1_100_000)} -->`), 'too-large'],
    ['deep nesting', dmn(`${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`), 'too-deep'],
    ['text that is not XML', 'hello', 'malformed'],
    [
      'an unfinished file',
      '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="a"><decision id="d"',
      'malformed',
    ],
    ['another root', '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="a" />', 'malformed'],
    [
      'a hostile id',
      dmn(`<decision id="__proto__" name="D">${LITERAL}</decision><decision id="a b" name="E">${LITERAL}</decision>`),
      'invalid-id',
    ],
    [
      'an id twice',
      dmn(`<decision id="d" name="D">${LITERAL}</decision><decision id="d" name="E">${LITERAL}</decision>`),
      'duplicate-id',
    ],
    ['no decision', dmn('<inputData id="i" name="I" />'), 'no-decision'],
  ];
  for (const [what, xml, code] of broken) {
    it(`refuses ${what}`, async () => {
      const problems = await problemsOf(xml);
      assert.ok(
        problems.some((problem) => problem.code === code),
        JSON.stringify(problems),
      );
    });
  }

  it('counts depth, not elements', async () => {
    const many = Array.from({ length: 200 }, (_, index) => `<decision id="d${index}" name="D">${LITERAL}</decision>`);
    assert.equal((await readDmn(dmn(many.join('')))).decisions.length, 200);
  });

  it('lets foreign elements pass', async () => {
    const foreign = `<decision id="d" name="D" xmlns:v="urn:vendor"><extensionElements><v:note /></extensionElements>${LITERAL}</decision><v:mark xmlns:v="urn:vendor" />`;
    assert.equal((await readDmn(dmn(foreign))).decisions.length, 1);
  });

  it('does not take tags in comments and CDATA for nesting', async () => {
    const noise = `<!-- ${'<a>'.repeat(100)} --><decision id="d" name="a > b"><description><![CDATA[${'<b>'.repeat(100)}]]></description>${LITERAL}</decision>`;
    assert.equal((await readDmn(dmn(noise))).decisions.length, 1);
  });
});
