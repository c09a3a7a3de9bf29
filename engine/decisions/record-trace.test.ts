import assert from 'node:assert/strict';
import { recordTrace, tracesInOrder } from './record-trace.ts';
import { decide, dmn } from './test/dmn-file.ts';
import type { DecisionTrace } from './decision-trace.ts';

const literal = (text: string): string => `<literalExpression><text>${text}</text></literalExpression>`;
const needs = (id: string): string =>
  `<informationRequirement><requiredDecision href="#${id}" /></informationRequirement>`;

/** Each decision requires the one before it twice over two others: 2^n ways lead down to the first. */
function lattice(height: number): string {
  const parts = [`<decision id="d0" name="D0">${literal('1')}</decision>`];
  for (let level = 1; level <= height; level += 1) {
    const below = needs(`d${level - 1}`);
    parts.push(`<decision id="l${level}" name="L${level}">${below}${literal(`d${level - 1}`)}</decision>`);
    parts.push(`<decision id="r${level}" name="R${level}">${below}${literal(`d${level - 1}`)}</decision>`);
    const logic = literal(`l${level} + r${level}`);
    parts.push(
      `<decision id="d${level}" name="D${level}">${needs(`l${level}`)}${needs(`r${level}`)}${logic}</decision>`,
    );
  }
  return dmn(parts.join(''));
}

async function traceOf(xml: string, id: string, variables = {}): Promise<DecisionTrace> {
  const result = await decide(xml, variables, id);
  assert.ok(result.ok);
  return result.trace;
}

describe('the trace of a decision as it is kept', () => {
  it('has every decision once, though many ways lead to it', async () => {
    const trace = recordTrace(await traceOf(lattice(20), 'd20'));
    assert.equal(trace.output, 2 ** 20);
    assert.equal(tracesInOrder(trace).length, 61);
    assert.ok(JSON.stringify(trace).length < 30_000);
  });

  it('has a decision once that is required directly and by another required one', async () => {
    const xml = dmn(
      `<decision id="rate" name="Rate">${literal('2')}</decision>
      <decision id="price" name="Price">${needs('rate')}${literal('rate * 10')}</decision>
      <decision id="total" name="Total">${needs('price')}${needs('rate')}${literal('price + rate')}</decision>`,
    );
    const text = JSON.stringify(recordTrace(await traceOf(xml, 'total')));
    assert.equal(text.split('"decisionId":"rate"').length - 1, 1);
  });

  it('says how many decisions it leaves out of a very large graph', async () => {
    const trace = recordTrace(await traceOf(lattice(40), 'd40'));
    assert.ok(tracesInOrder(trace).length <= 100);
    assert.equal(trace.cut, 121 - 100);
  });

  it('cuts a long value with a mark', async () => {
    const xml = dmn(`<decision id="d" name="D"><decisionTable>
      <input id="in" label="X"><inputExpression><text>x</text></inputExpression></input><output id="out" name="out" />
      <rule id="r"><inputEntry><text>-</text></inputEntry><outputEntry><text>x</text></outputEntry></rule></decisionTable></decision>`);
    const trace = recordTrace(await traceOf(xml, 'd', { x: 'я'.repeat(50_000) }));
    const input = trace.evaluatedInputs[0]!.inputValue;
    assert.ok(typeof input === 'string');
    assert.match(input, /… \(50002 characters\)$/);
    assert.ok(JSON.stringify(trace).length < 15_000);
  });
});
