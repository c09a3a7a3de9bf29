import type { CaseDecisionView, DecisionView } from '#contract';

const LONG_TEXT = `Добрый день! ${'В паллете оказалось восемь штук вместо десяти, акт подписан водителем. '.repeat(12)}Это конец письма.`;

/** Fifty evaluations: one with all there is to see, one that failed, and many short ones. */
export function fakeDecisions(now: Date): CaseDecisionView[] {
  const at = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString();
  const place = { processName: 'Обращение клиента', groupNames: { warehouse: 'Склад' } };
  return [
    { ...place, id: '900', at: at(1), elementName: 'Кому разбирать', decisions: [URGENCY, TRIAGE] },
    { ...place, id: '899', at: at(2), elementName: 'Кому разбирать', decisions: [URGENCY, FAILED] },
    ...Array.from({ length: 48 }, (_, index) => ({
      ...place,
      id: String(898 - index),
      at: at(3 + index),
      elementName: 'Ещё раз',
      decisions: [URGENCY],
    })),
  ];
}

const URGENCY: DecisionView = {
  decisionId: 'urgency',
  name: 'Срочность',
  version: 3,
  table: null,
  inputs: [],
  matchedRules: [],
  output: false,
  failure: null,
};

const TRIAGE: DecisionView = {
  decisionId: 'triage',
  name: 'Разбор обращения',
  version: 3,
  table: { hitPolicy: 'FIRST', aggregation: null, ruleCount: 12 },
  inputs: [
    { name: 'Тема', value: 'Недовоз' },
    { name: 'Сумма претензии', value: 9672.65 },
    { name: 'Дата покупки', value: '2026-11-10' },
    { name: 'Повреждено в пути', value: false },
    { name: 'Письмо', value: LONG_TEXT },
    ...Array.from({ length: 22 }, (_, index) => ({ name: `Признак ${index + 1}`, value: null })),
  ],
  matchedRules: [
    {
      index: 4,
      annotation: 'недовоз: склад сверяет отгрузку',
      outputs: [
        { name: 'группа', value: 'warehouse' },
        { name: 'дней', value: 3 },
      ],
    },
  ],
  output: 'warehouse',
  failure: null,
};

const FAILED: DecisionView = {
  ...TRIAGE,
  table: { hitPolicy: 'UNIQUE', aggregation: null, ruleCount: 12 },
  matchedRules: [1, 3].map((index) => ({ index, annotation: null, outputs: [{ name: 'группа', value: 'warehouse' }] })),
  output: null,
  failure:
    'Decision <triage> «Разбор обращения»: Expected one matching rule (hit policy UNIQUE), but rules 1, 3 match. Make them exclusive or choose another hit policy.',
};
