import assert from 'node:assert/strict';
import fc from 'fast-check';
import { propertyOptions } from '../../test/property-options.ts';
import type { JsonValue } from '../../json.ts';
import { FeelRun } from '../compiler/feel-run.ts';
import { compileFeel, compileUnaryTests, type EvaluationScope, type Expression } from '../expression.ts';
import { FeelRefusal } from '../own-function.ts';
import { passesIn, valueIn } from '../run.ts';
import { ANY } from '../values/feel-type.ts';
import { FeelFunction, type FeelValue } from '../values/feel-value.ts';
import { kindName } from '../values/kind-name.ts';
import { describeType } from './describe-type.ts';
import { balancedPlace } from './excerpt-of.ts';
import type { FindingCode } from './finding.ts';
import { inferTests, inferType } from './infer-type.ts';
import { drawCondition, drawExpression, type Draw } from './test/draw-expression.ts';
import { DRAWN_TYPES, drawVariables } from './test/drawn-variables.ts';
import { holdsValue } from './test/holds-value.ts';

const SHAPE = { ...Object.fromEntries([...DRAWN_TYPES.keys(), 'a'].map((name) => [name, null])), probe: null };
/** Values tried per expression. */
const TRIES = 6;

function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

function scopeOf(variables: Readonly<Record<string, FeelValue>>): EvaluationScope {
  return {
    variables: { get: (name) => variables[name] as JsonValue, toContext: () => ({}) },
    now: 1_767_312_000_000,
    zone: 'Europe/Moscow',
    calendars: { ids: [] } as unknown as EvaluationScope['calendars'],
  };
}

/** The value, or undefined when the evaluation is refused. */
function valueOf(expression: Expression, variables: Readonly<Record<string, FeelValue>>): FeelValue | undefined {
  try {
    return valueIn(expression, new FeelRun(scopeOf(variables)));
  } catch (error) {
    if (error instanceof FeelRefusal) return undefined;
    throw error;
  }
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 });

describe('types of expressions against their values', () => {
  it('a value is of the type that was inferred', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const draw = drawFrom(seed);
        const text = drawExpression(draw);
        const expression = compileFeel(text, { shape: SHAPE });
        const { type } = inferType(expression, DRAWN_TYPES);
        for (let attempt = 0; attempt < TRIES; attempt += 1) {
          const variables = drawVariables(draw);
          const value = valueOf(expression, variables);
          if (value === undefined || holdsValue(type, value)) continue;
          assert.fail(`${text}\n is ${kindName(value)}, not ${describeType(type).en}\n with ${shown(variables)}`);
        }
      }),
      propertyOptions(500),
    );
  });

  it('what is found to be never true is never true, wherever it stands; likewise never false, and null', () => {
    const impossible: Partial<Record<FindingCode, (value: FeelValue) => boolean>> = {
      'never-true': (value) => value === true,
      'never-false': (value) => value === false,
      'only-null': (value) => value !== null,
    };
    const found = new Map<FindingCode, number>();
    fc.assert(
      fc.property(seeds, (seed) => {
        const draw = drawFrom(seed);
        const text = drawCondition(draw);
        const { findings } = inferType(compileFeel(text, { shape: SHAPE }), DRAWN_TYPES);
        for (const finding of findings) {
          const isWrong = impossible[finding.code];
          // A test after `in` is no value of its own: the next test looks at those.
          if (isWrong === undefined || finding.subject === 'in' || finding.subject === '..') continue;
          const { start, end } = balancedPlace(text, finding.from, finding.to);
          const probed = compileFeel(`${text.slice(0, start)}probe(${text.slice(start, end)})${text.slice(end)}`, {
            shape: SHAPE,
          });
          found.set(finding.code, (found.get(finding.code) ?? 0) + 1);
          for (let attempt = 0; attempt < TRIES; attempt += 1) {
            const seen: FeelValue[] = [];
            const variables = drawVariables(draw);
            valueOf(probed, { ...variables, probe: probeInto(seen) });
            if (seen.some(isWrong)) assert.fail(`${text}\n ${shown(finding)}\n with ${shown(variables)}`);
          }
        }
      }),
      propertyOptions(500),
    );
    // The test is worth something only while it meets findings.
    for (const code of ['never-true', 'never-false', 'only-null'] as const) assert.ok(found.has(code), code);
  });

  it('an input that passes the tests of a cell is among those admitted; a condition in brackets is one of them', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const draw = drawFrom(seed);
        const name = ['n', 'age', 's', 'status', 'd', 'b', 'a', 'ns', 'dur'][draw(9)]!;
        const cells = Array.from({ length: 1 + draw(2) }, () => drawCell(draw));
        const text = draw(5) === 0 ? `not(${cells.join(', ')})` : cells.join(', ');
        const tests = compileUnaryTests(text, { shape: SHAPE });
        const { admitted, findings } = inferTests(tests, DRAWN_TYPES.get(name) ?? 'any', DRAWN_TYPES);
        for (let attempt = 0; attempt < TRIES; attempt += 1) {
          const variables = drawVariables(draw);
          const input = variables[name]!;
          let passes;
          try {
            passes = passesIn(tests, [input], new FeelRun(scopeOf(variables)));
          } catch (error) {
            if (error instanceof FeelRefusal) continue;
            throw error;
          }
          if (!passes) continue;
          if (!holdsValue(admitted, input)) {
            assert.fail(`${text} passes ${name} = ${kindName(input)}, not ${describeType(admitted).en}`);
          }
          // What `list contains` never finds is said under the same subject: it is false then, which an input may equal.
          const never = text.startsWith('list contains(')
            ? undefined
            : findings.find(({ subject, to, from }) => subject === 'in' && to - from === text.length);
          if (never !== undefined && input !== null) assert.fail(`${text} of ${name}: ${shown(never)}`);
        }
      }),
      propertyOptions(500),
    );
  });
});

function drawCell(draw: Draw): string {
  const of = () => drawExpression(draw, 1);
  const forms = [
    () => `> ${of()}`,
    () => `[${of()}..${of()}[`,
    () => `!= ${of()}`,
    of,
    of,
    () => `? ${['>', '=', '<='][draw(3)]} ${of()}`,
    () => `["new", ${of()}]`,
    () => `? in (${of()}, ${of()})`,
    () => `${of()} = 1 and ? > ${of()}`,
  ];
  return forms[draw(forms.length)]!();
}

function shown(value: unknown): string {
  return JSON.stringify(value).slice(0, 2_000);
}

function probeInto(seen: FeelValue[]): FeelFunction {
  return new FeelFunction({
    name: 'probe',
    parameters: [{ name: 'value', type: ANY }],
    result: ANY,
    call: ([value]) => {
      seen.push(value ?? null);
      return value ?? null;
    },
  });
}
