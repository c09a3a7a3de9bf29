import assert from 'node:assert/strict';
import type { CaseDecisionView, DecisionView } from '#contract';
import {
  decisionValue,
  failedFirst,
  matchedText,
  policyText,
  remedyText,
  type DecisionTelling,
} from './decision-text.ts';

const ru: DecisionTelling = {
  language: 'ru',
  now: new Date('2026-11-21T09:00:00Z'),
  zone: 'Europe/Moscow',
  groupNames: { warehouse: 'Склад' },
};
const en: DecisionTelling = { ...ru, language: 'en' };
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

const decision: DecisionView = {
  decisionId: 'triage',
  name: 'Разбор',
  version: 1,
  table: { hitPolicy: 'UNIQUE', aggregation: null, ruleCount: 12 },
  inputs: [],
  matchedRules: [],
  output: null,
  failure: null,
};
const matching = (...indexes: number[]) => indexes.map((index) => ({ index, annotation: null, outputs: [] }));

describe('words of a decision', () => {
  const values: readonly (readonly [unknown, string, string])[] = [
    [9672.65, '9 672,65', '9,672.65'],
    [-0.1, '-0,1', '-0.1'],
    [true, 'да', 'yes'],
    [null, '—', '—'],
    ['', '—', '—'],
    ['warehouse', 'Склад', 'Склад'],
    ['toString', 'toString', 'toString'],
    ['2026-11-10', '10 ноя 2026', '10 Nov 2026'],
    ['2026-11-20T21:30:00Z', 'сегодня, 00:30', 'today, 00:30'],
    ['2026-13-45', '2026-13-45', '2026-13-45'],
    [[], 'пустой список', 'empty list'],
    [['warehouse', 2.5], 'Склад; 2,5', 'Склад; 2.5'],
    [
      { group: 'warehouse', days: 3, urgent: false },
      'group: Склад, days: 3, urgent: нет',
      'group: Склад, days: 3, urgent: no',
    ],
  ];
  for (const [value, russian, english] of values) {
    it(`tells ${JSON.stringify(value)} in Russian and in English`, () => {
      assert.deepEqual([plain(decisionValue(value, ru)), plain(decisionValue(value, en))], [russian, english]);
    });
  }

  it('tells which rules matched, of how many', () => {
    const told = (part: Partial<DecisionView>): string | null => matchedText({ ...decision, ...part }, ru);
    assert.equal(told({ matchedRules: matching(3) }), 'правило 3 из 12');
    assert.equal(told({ matchedRules: matching(1, 4) }), 'правила 1, 4 из 12');
    assert.equal(told({}), 'ни одно правило не подошло (всего 12)');
    assert.equal(told({ table: null }), null);
    assert.equal(told({ table: null, matchedRules: matching(2) }), 'правило 2');
  });

  it('explains the hit policy, and leaves one that it does not know as it is', () => {
    const told = (hitPolicy: string, aggregation: string | null = null): string | null =>
      policyText({ ...decision, table: { hitPolicy, aggregation, ruleCount: 2 } }, ru);
    assert.equal(told('FIRST'), 'FIRST — берётся первое подошедшее правило');
    assert.equal(told('COLLECT', 'SUM'), 'COLLECT SUM — собираются все подошедшие');
    assert.equal(told('NEW'), 'NEW');
  });

  it('finds where an evaluation failed first, and says what to do about it', () => {
    const failed = { ...decision, failure: 'x', matchedRules: matching(1, 3) };
    const evaluation = { decisions: [decision, failed, { ...decision, failure: 'x' }] } as unknown as CaseDecisionView;
    assert.equal(failedFirst(evaluation), failed);
    assert.match(remedyText(failed, ru), /^Подошли сразу правила 1, 3,/);
    assert.match(remedyText({ ...failed, matchedRules: [] }, ru), /исправляет данные дела или таблицу/);
  });
});
