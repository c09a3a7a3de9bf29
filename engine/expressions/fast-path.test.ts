import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JsonValue } from '../json.ts';
import { compileTests, compileText, type CompiledExpression } from './compile.ts';
import { NOT_FAST } from './fast-path.ts';
import { runFeel, runFeelTests } from './feelin.ts';

type Variables = Record<string, JsonValue>;

const names = ['a', 'b', 'сумма', 'count'] as const;
const scalar = fc.oneof(
  fc.constantFrom<JsonValue>(null, true, false, 0, -1, 2.5, '', 'a', 'б', '10'),
  fc.integer({ min: -3, max: 3 }),
);
const data: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 6, arbitrary: scalar },
  fc.array(scalar, { maxLength: 2 }),
  fc.record({ x: scalar, y: fc.record({ z: scalar }) }),
);
const variables = fc.record(
  { a: data, b: scalar, сумма: scalar, count: data },
  { requiredKeys: ['a', 'b'], noNullPrototype: true },
) as fc.Arbitrary<Variables>;

const literal = fc.constantFrom('1', '-1', '2.5', '0', '"a"', '"б"', '"10"', 'true', 'false', 'null', '"\\n"', '007');
const operand = fc.oneof(
  fc.constantFrom(...names),
  fc.constantFrom(...names.map((name) => `${name}.x`), ...names.map((name) => `${name}.y.z`), 'missing', 'a.q'),
  literal,
);
const operator = fc.constantFrom('=', '!=', '<', '<=', '>', '>=');
const comparison = fc.tuple(operand, operator, operand).map((parts) => parts.join(' '));
const { expression } = fc.letrec<{ expression: string; term: string }>((tie) => ({
  term: fc.oneof(
    operand,
    comparison,
    tie('expression').map((inner) => `(${inner})`),
  ),
  expression: fc.oneof(
    { maxDepth: 3 },
    tie('term'),
    fc.tuple(tie('term'), fc.constantFrom('and', 'or'), tie('term')).map((parts) => parts.join(' ')),
  ),
}));

const bound = fc.constantFrom('-1', '0', '1', '2.5', '"a"', '"б"', 'null', 'true');
const cell = fc.oneof(
  fc.constant('-'),
  literal,
  fc.tuple(operator, bound).map((parts) => parts.join(' ')),
  fc
    .tuple(fc.constantFrom('[', '(', ']'), bound, bound, fc.constantFrom(']', ')', '['))
    .map(([o, l, h, c]) => `${o}${l}..${h}${c}`),
);
const cells = fc
  .tuple(fc.boolean(), fc.array(cell, { minLength: 1, maxLength: 3 }))
  .map(([negated, list]) => (negated ? `not(${list.join(', ')})` : list.join(', ')));

/** feelin's answer, or its exception: the fast path must not answer there. */
function orError(run: () => { readonly value: unknown; readonly warnings: readonly unknown[] }) {
  try {
    const { value, warnings } = run();
    return { value, warned: warnings.length > 0 };
  } catch {
    return { error: true as const };
  }
}

function compiledOrNull(compile: () => CompiledExpression): CompiledExpression | null {
  try {
    return compile();
  } catch {
    return null;
  }
}

describe('the fast path', () => {
  it('answers exactly what feelin answers, without warnings, or leaves the answer to it', () => {
    let answered = 0;
    fc.assert(
      fc.property(expression, variables, (text, values: Variables) => {
        const fast = compileText(text, {}).fast;
        if (fast === null) return;
        const value = fast({ get: (name) => values[name], toContext: () => values });
        if (value === NOT_FAST) return;
        answered += 1;
        assert.deepEqual(
          { value, warned: false },
          orError(() => runFeel(text, { ...values })),
        );
      }),
      { numRuns: 4_000 },
    );
    assert.ok(answered > 500, `only ${answered} of 4000 expressions took the fast path`);
  });

  it('tests cells exactly as feelin does, or leaves them to it', () => {
    let answered = 0;
    fc.assert(
      fc.property(cells, data, (text, input) => {
        const fast = compiledOrNull(() => compileTests(text, {}))?.fastTests ?? null;
        if (fast === null) return;
        const value = fast(input);
        if (value === NOT_FAST) return;
        answered += 1;
        assert.deepEqual(
          { value, warned: false },
          orError(() => runFeelTests(text, { '?': input })),
        );
      }),
      { numRuns: 4_000 },
    );
    assert.ok(answered > 500, `only ${answered} of 4000 cells took the fast path`);
  });

  it('serves the usual conditions and cells', () => {
    for (const text of ['amount > 1000 and region = "north"', 'order.paid', '(a = null) or b.c != "x"']) {
      assert.notEqual(compileText(text, {}).fast, null, text);
    }
    for (const text of ['-', '"a", "b"', 'not("a")', '>= 18', '[1..10)', 'true', 'null']) {
      assert.notEqual(compileTests(text, {}).fastTests, null, text);
    }
  });
});
