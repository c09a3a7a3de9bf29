import assert from 'node:assert/strict';
import { shippedCalendars } from '../../time/test/shipped-calendars.ts';
import { builtins } from '../builtins/builtins.ts';
import { compileFeel, evaluate } from '../expression.ts';
import { feelFunctions } from './feel-functions.ts';

const scope = {
  variables: { get: () => undefined, toContext: () => ({}) },
  now: Date.parse('2026-11-20T12:30:00+03:00'),
  zone: 'Europe/Moscow',
  calendars: shippedCalendars,
};

describe('the catalogue of FEEL functions', () => {
  it('has every function that an expression may call, once', () => {
    assert.deepEqual(feelFunctions.map(({ name }) => name).sort(), [...builtins.keys()].sort());
  });

  for (const { example } of feelFunctions) {
    it(`tells the truth about ${example.expression}`, () => {
      assert.deepEqual(evaluate(compileFeel(example.expression), scope), {
        ok: true,
        value: example.result,
        warnings: [],
      });
    });
  }

  it('says of each function what it takes and gives', () => {
    const unsaid = feelFunctions.filter(({ signatures }) => signatures.some(({ result }) => result === 'Any'));
    // The result of these depends on their arguments.
    assert.deepEqual(
      unsaid.map(({ name }) => name),
      ['min', 'max', 'get value', 'get or else', 'assert', 'from json', 'duration'],
    );
  });
});
