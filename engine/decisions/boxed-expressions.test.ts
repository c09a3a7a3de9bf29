import assert from 'node:assert/strict';
import type { JsonValue } from '../json.ts';
import { evaluateDecision } from './evaluate-decision.ts';
import { readDmnWithImports } from './read-dmn.ts';
import { decide, dmn, scopeOf, table } from './test/dmn-file.ts';

const literal = (text: string): string =>
  `<literalExpression><text>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text></literalExpression>`;
const decision = (logic: string, more = ''): string => dmn(`${more}<decision id="d" name="D">${logic}</decision>`);

describe('boxed expressions (DMN 1.5 §10.2.2)', () => {
  const entry = (name: string, text: string): string =>
    `<contextEntry>${name === '' ? '' : `<variable name="${name}" />`}${literal(text)}</contextEntry>`;
  const cases: readonly (readonly [string, string, JsonValue])[] = [
    [
      'a context',
      `<context>${entry('net sum', 'x * 2')}${entry('b', 'net sum + 1')}</context>`,
      { 'net sum': 10, b: 11 },
    ],
    ['a context with a result', `<context>${entry('a', 'x * 2')}${entry('', 'a + 1')}</context>`, 11],
    ['a list', `<list>${literal('1')}${literal('x')}</list>`, [1, 5]],
    [
      'a relation',
      `<relation><column name="n" /><column name="m" /><row>${literal('1')}${literal('x')}</row></relation>`,
      [{ n: 1, m: 5 }],
    ],
    [
      'a conditional',
      `<conditional><if>${literal('x > 3')}</if><then>${literal('"big"')}</then><else>${literal('"small"')}</else></conditional>`,
      'big',
    ],
    [
      'an iterator',
      `<for iteratorVariable="i"><in>${literal('1..3'.replace('1..3', '[1..3]'))}</in><return>${literal('i * x')}</return></for>`,
      [5, 10, 15],
    ],
    [
      'a quantifier',
      `<every iteratorVariable="i"><in>${literal('[1, 2]')}</in><satisfies>${literal('i < x')}</satisfies></every>`,
      true,
    ],
    [
      'a filter',
      `<filter><in>${literal('[{n: 1}, {n: 9}]')}</in><match>${literal('n > x')}</match></filter>`,
      [{ n: 9 }],
    ],
    [
      'an invocation of a boxed function',
      `<invocation><functionDefinition><formalParameter name="a" typeRef="number" />${literal('a + 1')}</functionDefinition>
       <binding><parameter name="a" />${literal('x')}</binding></invocation>`,
      6,
    ],
  ];
  for (const [what, logic, expected] of cases) {
    it(what, async () => {
      const result = await decide(decision(logic), { x: 5 });
      assert.ok(result.ok, JSON.stringify(result));
      assert.deepEqual(result.output, expected);
    });
  }
});

describe('knowledge models and services', () => {
  const requires = '<knowledgeRequirement><requiredKnowledge href="#k" /></knowledgeRequirement>';

  it('calls a knowledge model by name, and itself', async () => {
    const xml = dmn(`<businessKnowledgeModel id="k" name="sum to"><variable name="sum to" />
      <encapsulatedLogic><formalParameter name="n" typeRef="number" />${literal('if n = 0 then 0 else n + sum to(n - 1)')}</encapsulatedLogic>
      </businessKnowledgeModel><decision id="d" name="D">${requires}${literal('sum to(x)')}</decision>`);
    const result = await decide(xml, { x: 4 });
    assert.equal(result.ok && result.output, 10);
  });

  it('gives null for an argument of another type, and says so', async () => {
    const xml = dmn(`<businessKnowledgeModel id="k" name="k"><encapsulatedLogic>
      <formalParameter name="n" typeRef="number" />${literal('n')}</encapsulatedLogic></businessKnowledgeModel>
      <decision id="d" name="D">${requires}${literal('k("text")')}</decision>`);
    const result = await decide(xml, {});
    assert.match(
      result.ok ? '' : result.failure.message,
      /Cannot invoke <k\("text"\)>: 'n' must be number, but is string/,
    );
  });

  it('calls a decision service with its parameters', async () => {
    const xml = dmn(`<inputData id="i" name="price"><variable name="price" typeRef="number" /></inputData>
      <decision id="double" name="double"><informationRequirement><requiredInput href="#i" /></informationRequirement>${literal('price * 2')}</decision>
      <decisionService id="k" name="doubled"><outputDecision href="#double" /><inputData href="#i" /></decisionService>
      <decision id="d" name="D">${requires}${literal('doubled(x) + doubled(price: 1)')}</decision>`);
    const result = await decide(xml, { x: 4, price: 100 });
    assert.equal(result.ok && result.output, 10);
  });
});

describe('types and imports', () => {
  const typed = `<itemDefinition name="Order"><itemComponent name="unit-price"><typeRef>number</typeRef></itemComponent>
    <itemComponent name="due"><typeRef>date</typeRef></itemComponent></itemDefinition>
    <inputData id="i" name="order"><variable name="order" typeRef="Order" /></inputData>`;
  const uses = '<informationRequirement><requiredInput href="#i" /></informationRequirement>';

  it('reads names and dates as the item definition says', async () => {
    const xml = dmn(
      `${typed}<decision id="d" name="D">${uses}${literal('{p: order.unit-price * 2, y: order.due.year}')}</decision>`,
    );
    const result = await decide(xml, { order: { 'unit-price': 3, due: '2026-11-20' } });
    assert.deepEqual(result.ok && result.output, { p: 6, y: 2026 });
  });

  it('warns of data of another type', async () => {
    const xml = dmn(`${typed}<decision id="d" name="D">${uses}${literal('order = null')}</decision>`);
    const result = await decide(xml, { order: { 'unit-price': 'three' } });
    assert.ok(result.ok);
    assert.equal(result.output, true);
    assert.match(result.trace.warnings[0]!.message, /order.*declared type/);
  });

  it('refuses a result of another type than declared', async () => {
    const xml = dmn(`<decision id="d" name="D"><variable name="D" typeRef="number" />${literal('"text"')}</decision>`);
    const result = await decide(xml, {});
    assert.match(result.ok ? '' : result.failure.message, /declared type, got "text"/);
  });

  it('reaches imported elements by the name of the import', async () => {
    const library = dmn(
      `<businessKnowledgeModel id="k" name="tax"><encapsulatedLogic><formalParameter name="n" />${literal('n * 0.2')}</encapsulatedLogic></businessKnowledgeModel>`,
    ).replace('urn:test', 'urn:library');
    const xml =
      dmn(`<import name="lib" namespace="urn:library" importType="https://www.omg.org/spec/DMN/20191111/MODEL/" />
      <decision id="d" name="D"><knowledgeRequirement><requiredKnowledge href="urn:library#k" /></knowledgeRequirement>${literal('lib.tax(x)')}</decision>`);
    const { decisions } = await readDmnWithImports(xml, [library]);
    const [only] = decisions;
    const result = evaluateDecision({ decision: only!, scope: scopeOf({ x: 100 }) });
    assert.equal(result.ok && result.output, 20);
  });
});

describe('a large table', () => {
  const rules = Array.from({ length: 5_000 }, (_, index): [string, string] => [
    index % 1_000 === 999 ? '-' : `"city ${index}"`,
    String(index),
  ]);

  it('gives by its index what a scan gives, and does not scan', async () => {
    const xml = table({ attributes: 'hitPolicy="COLLECT"', rules });
    const result = await decide(xml, { x: 'city 1500' });
    assert.deepEqual(result.ok && result.output, [999, 1500, 1999, 2999, 3999, 4999]);
    const none = await decide(xml, { x: 'nowhere' });
    assert.deepEqual(none.ok && none.output, [999, 1999, 2999, 3999, 4999]);
  });
});
