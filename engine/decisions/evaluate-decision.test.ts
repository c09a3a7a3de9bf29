import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { JsonValue } from '../json.ts';
import { decide, dmn } from './test/dmn-file.ts';

const fixture = (name: string): string => readFileSync(new URL(`./test/${name}.dmn`, import.meta.url), 'utf8');

describe('claim-source-routing', () => {
  const xml = fixture('claim-source-routing');
  const cases: readonly (readonly [string, string, string, number, JsonValue])[] = [
    ['email', 'info@client.ru', 'ПОЖАР: загорелся блок питания', 1, { module: 'claims', priority: 'high' }],
    ['marketplace', '', 'Меня ударило током', 1, { module: 'claims', priority: 'high' }],
    ['marketplace', '', 'Поток сознания о доставке', 2, { module: 'support', priority: 'normal' }],
    ['email', 'reklama@factory.ru', 'недовоз', 3, { module: 'claims', priority: 'normal' }],
    ['asc_portal', '', 'ремонт', 4, { module: 'repair', priority: 'normal' }],
    ['call', '', 'вопрос', 5, { module: 'claims', priority: 'normal' }],
  ];
  for (const [channel, mailbox, text, ruleIndex, expected] of cases) {
    it(`sends «${text}» from ${channel} by rule ${ruleIndex}`, async () => {
      const result = await decide(xml, { channel, mailbox, text }, 'claim-source-routing');
      assert.ok(result.ok, JSON.stringify(result));
      assert.deepEqual(result.output, expected);
      assert.deepEqual(
        result.trace.matchedRules.map((rule) => rule.ruleIndex),
        [ruleIndex],
      );
    });
  }

  it('keeps what the author wrote beside the rule', async () => {
    const result = await decide(xml, { channel: 'call', mailbox: '', text: 'пожар' }, 'claim-source-routing');
    assert.equal(result.ok && result.trace.matchedRules[0]!.annotation, 'Угроза жизни: сначала безопасность');
  });
});

describe('claim-triage', () => {
  const xml = fixture('claim-triage');
  const full = { 'Qty-Ordered': 10, 'Qty-Received': 10, transitDamage: false, defectSuspected: false };
  const cases: readonly (readonly [Readonly<Record<string, JsonValue>>, JsonValue])[] = [
    [{ ...full, topic: 'shortage', 'Qty-Received': 8 }, [{ department: 'warehouse', due: 'P1D' }]],
    [{ ...full, topic: 'transit', transitDamage: true }, [{ department: 'logistics', due: 'P2D' }]],
    [{ ...full, topic: 'defect', defectSuspected: true }, [{ department: 'production', due: 'P5D' }]],
    [{ ...full, topic: 'misuse' }, [{ department: 'consultation', due: 'PT4H' }]],
    [
      { ...full, topic: 'shortage', 'Qty-Received': 8, transitDamage: true },
      [
        { department: 'warehouse', due: 'P1D' },
        { department: 'logistics', due: 'P2D' },
      ],
    ],
    [{ ...full, topic: 'other' }, null],
  ];
  for (const [variables, expected] of cases) {
    it(`${JSON.stringify(variables)}`, async () => {
      const result = await decide(xml, variables, 'claim-triage');
      assert.ok(result.ok, JSON.stringify(result));
      assert.deepEqual(result.output, expected);
    });
  }

  it('traces inputs, the rule, its annotation and the required decision as plain JSON', async () => {
    const result = await decide(xml, { ...full, topic: 'shortage', 'Qty-Received': 8 }, 'claim-triage');
    assert.ok(result.ok);
    const { trace } = result;
    assert.deepEqual(JSON.parse(JSON.stringify(trace)), trace);
    assert.deepEqual(
      trace.evaluatedInputs.map(({ inputName, inputValue }) => [inputName, inputValue]),
      [
        ['Тема', 'shortage'],
        ['Недовоз', true],
        ['Бой в пути', false],
        ['Подозрение на брак', false],
      ],
    );
    assert.deepEqual(trace.matchedRules, [
      {
        ruleId: 'triage-warehouse',
        ruleIndex: 1,
        annotation: 'недовоз → склад',
        evaluatedOutputs: [
          { outputId: 'triage-department', outputName: 'department', outputValue: 'warehouse' },
          { outputId: 'triage-due', outputName: 'due', outputValue: 'P1D' },
        ],
      },
    ]);
    assert.deepEqual(
      trace.requiredDecisions.map(({ decisionId, output }) => [decisionId, output]),
      [['quantity-short', true]],
    );
  });

  it('fails for a topic outside the allowed values, and keeps the inputs in the trace', async () => {
    const result = await decide(xml, { ...full, topic: 'weather' }, 'claim-triage');
    assert.ok(!result.ok);
    assert.match(result.failure.message, /«Отделы разбора»: Expected input <Тема> to be one of .*"weather"/);
    assert.equal(result.failure.trace.evaluatedInputs.length, 1);
  });
});

describe('evaluateDecision', () => {
  it('evaluates a shared required decision once and lets its result hide a variable', async () => {
    const xml = dmn(`
      <decision id="base" name="Base"><variable name="rate" /><literalExpression><text>x * 2</text></literalExpression></decision>
      <decision id="left" name="Left"><informationRequirement><requiredDecision href="#base" /></informationRequirement>
        <literalExpression><text>rate + 1</text></literalExpression></decision>
      <decision id="top" name="Top"><informationRequirement><requiredDecision href="#left" /></informationRequirement>
        <informationRequirement><requiredDecision href="#base" /></informationRequirement>
        <literalExpression><text>[left, Left, rate, base]</text></literalExpression></decision>`);
    const result = await decide(xml, { x: 5, rate: 1000 }, 'top');
    assert.ok(result.ok, JSON.stringify(result));
    assert.deepEqual(result.output, [11, 11, 10, 10]);
    const [left, base] = result.trace.requiredDecisions;
    assert.equal(left!.requiredDecisions[0], base);
  });

  it('names the required decision that failed', async () => {
    const xml = dmn(`
      <decision id="base" name="Base"><literalExpression><text>for i in 1..x return i</text></literalExpression></decision>
      <decision id="top" name="Top"><informationRequirement><requiredDecision href="#base" /></informationRequirement>
        <literalExpression><text>count(base)</text></literalExpression></decision>`);
    const result = await decide(xml, { x: 1.5 }, 'top');
    assert.ok(!result.ok);
    assert.equal(result.failure.decisionId, 'base');
    assert.equal(result.failure.trace.decisionId, 'top');
    assert.match(result.failure.message, /Decision <base> «Base».*whole numbers/);
  });

  it('keeps the warnings behind a null', async () => {
    const xml = dmn(
      '<decision id="d" name="D"><literalExpression><text>missing + 1</text></literalExpression></decision>',
    );
    const result = await decide(xml, {});
    assert.ok(result.ok);
    assert.equal(result.output, null);
    assert.deepEqual(result.trace.warnings[0], {
      message: "Variable 'missing' not found",
      from: 0,
      to: 7,
      expression: 'missing + 1',
    });
  });

  it('checks inputs against the allowed values of their type', async () => {
    const xml = dmn(`
      <itemDefinition name="Grade"><typeRef>string</typeRef><allowedValues><text>"gold", "silver"</text></allowedValues></itemDefinition>
      <inputData id="grade" name="grade"><variable name="grade" typeRef="Grade" /></inputData>
      <decision id="d" name="D"><informationRequirement><requiredInput href="#grade" /></informationRequirement>
        <literalExpression><text>upper case(grade)</text></literalExpression></decision>`);
    const good = await decide(xml, { grade: 'gold' });
    assert.equal(good.ok && good.output, 'GOLD');
    const bad = await decide(xml, { grade: 'tin' });
    assert.match(bad.ok ? '' : bad.failure.message, /one of "gold", "silver", got "tin"/);
  });
});
