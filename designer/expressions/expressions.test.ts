import assert from 'node:assert/strict';
import { describeType, feelFunctions } from '#engine';
import { evaluateSample, type Outcome } from './evaluate-sample.ts';
import { EXAMPLES, sampleText } from './examples.ts';
import { findFunctions, FUNCTION_GROUPS } from './find-functions.ts';
import { LINK_LIMIT, readPlaygroundSearch } from './playground-search.ts';
import { readSample } from './read-sample.ts';
import { shippedCalendars } from './shipped-calendars.ts';
import { warningText } from './warning-text.ts';

const scope = {
  now: Date.parse('2026-11-28T12:00:00+03:00'),
  zone: 'Europe/Moscow',
  calendars: shippedCalendars,
};

function outcome(expression: string, variables = '{}'): Outcome {
  return evaluateSample(expression, readSample(variables), scope);
}

/** Value and type in words. */
function told(expression: string, variables?: string): string {
  const found = outcome(expression, variables);
  assert.equal(found.kind, 'value');
  return found.kind === 'value' ? `${JSON.stringify(found.value)} ${describeType(found.type).ru}` : '';
}

describe('the playground of expressions', () => {
  it('evaluates as a case would, and names the type', () => {
    assert.equal(told('amount * 2', '{"amount": 0.1}'), '0.2 число');
    assert.equal(told('date("2026-11-28")'), '"2026-11-28" дата');
    assert.equal(
      told('working time after("2026-11-27T16:30:00+03:00", "8WH", "ru-office")'),
      '"2026-11-30T16:30:00+03:00" дата и время',
    );
  });

  it('says why there is no result', () => {
    assert.deepEqual(outcome('  '), { kind: 'empty' });
    assert.deepEqual(outcome('1 +'), { kind: 'syntax' });
    assert.deepEqual(outcome('a', '{'), { kind: 'variables' });
    const failed = outcome('working time after(now(), "8WH", "mars")');
    assert.equal(failed.kind, 'failed');
  });

  it('does not read what every object has', () => {
    for (const name of ['toString', 'hasOwnProperty']) assert.equal(told(name), 'null что угодно');
  });

  it('warns in Russian', () => {
    const found = outcome('weather + 1 + list[7]', '{"list": [1]}');
    assert.ok(found.kind === 'value');
    const texts = found.warnings.map(({ message }) => warningText(message, 'ru'));
    assert.ok(texts.includes('Переменной «weather» нет, взято null.'), texts.join('\n'));
    assert.equal(warningText('Something new', 'ru'), 'Something new');
  });

  it('finds the place of a mistake in the variables', () => {
    const place = (text: string): unknown => {
      const reading = readSample(text);
      return reading.ok ? reading.variables : `${reading.reason} ${reading.line}:${reading.column}`;
    };
    assert.equal(place('{\n  "a": 1,\n  b: 2\n}'), 'json 3:3');
    assert.equal(place('{ "a": 1'), 'json 1:9');
    assert.equal(place(' [1]'), 'object 1:2');
    assert.deepEqual(place(''), {});
  });

  for (const { title, expression, variables } of EXAMPLES) {
    it(`shows an example that works: ${title.en}`, () => {
      const found = outcome(expression, sampleText(variables));
      assert.ok(found.kind === 'value' && found.value !== null, JSON.stringify(found));
      assert.deepEqual(found.warnings, []);
    });
  }

  it('finds functions by name and by what they do, in both languages', () => {
    const names = (search: string, group: Parameters<typeof findFunctions>[2] = null): string[] =>
      findFunctions(feelFunctions, search, group).map(({ name }) => name);
    assert.ok(names('прописью').includes('in words'));
    assert.ok(names('WORKING day').includes('nth working day'));
    assert.deepEqual(names('бик', 'requisites').slice(0, 1), ['is valid bik']);
    assert.deepEqual(names('нет такой'), []);
    assert.deepEqual(
      feelFunctions.filter(({ group }) => !FUNCTION_GROUPS.some((one) => one === group)),
      [],
      'every function stands in a section',
    );
  });

  it('reads a link, also one whose expression looks like a number', () => {
    assert.deepEqual(readPlaygroundSearch({ e: 'a > 1', v: '{"a":2}', x: 1 }), { e: 'a > 1', v: '{"a":2}' });
    assert.deepEqual(readPlaygroundSearch({ e: 5, v: { a: 2 } }), { e: '5', v: '{"a":2}' });
    assert.equal(readPlaygroundSearch({ e: 'x'.repeat(9_000) }).e?.length, LINK_LIMIT);
    assert.deepEqual(readPlaygroundSearch({}), {});
  });
});
