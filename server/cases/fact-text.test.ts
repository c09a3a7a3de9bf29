import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readForm, type JsonValue } from '#engine';
import { factText } from './fact-text.ts';

const definition: unknown = JSON.parse(
  readFileSync(new URL('../../engine/forms/test/field-gallery.form.json', import.meta.url), 'utf8'),
);

describe('facts of a case', () => {
  const form = readForm(definition);
  const told = (name: string, value: JsonValue, language: 'ru' | 'en' = 'ru'): string =>
    factText(form.fieldsByName.get(name)!, value, {
      form,
      language,
      zone: 'Europe/Moscow',
      personName: (username) => username,
      groupName: (group) => group,
      rowLabel: (_source, value) => value,
    }).replace(/\u00a0/g, ' ');

  for (const [name, value, ru, en] of [
    ['share', 12.5, '12,5 %', '12.5 %'],
    ['arrival', '09:05:00', '09:05', '09:05'],
    ['visitAt', '2026-11-28T14:30:00+05:00', '28 ноя 2026, 12:30', '28 Nov 2026, 12:30'],
    ['period', '2026-11', 'ноябрь 2026', 'November 2026'],
    ['labour', 'P1DT2H30M', '1 день 2 ч 30 мин', '1 day 2 h 30 min'],
    ['labour', 'PT0M', '0 мин', '0 min'],
    ['place', { lat: 55.75, lon: 37.6, accuracy: 12 }, '55,75; 37,6 (±12 м)', '55.75; 37.6 (±12 m)'],
    ['signature', [{ fileKey: '1' }], 'Подписано', 'Signed'],
    ['letter', '<p>Не <b>греет</b></p>', 'Не греет', 'Не греет'],
    ['outcome', 'accept', 'Принять работу', 'Accept the work'],
    ['inn', '7707083893', '7707083893', '7707083893'],
  ] as const) {
    it(`${name}: ${ru}`, () => assert.deepEqual([told(name, value), told(name, value, 'en')], [ru, en]));
  }

  it('a value that an older form wrote otherwise is still shown', () => {
    for (const [name, value] of [
      ['visitAt', 'завтра'],
      ['labour', 'P1M'],
      ['period', 'осень'],
      ['place', 'склад'],
      ['share', '12'],
    ] as const)
      assert.equal(told(name, value), value);
  });
});
