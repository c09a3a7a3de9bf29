/** What the check of a form finds. */
const ru = {
  problems: 'Замечания',
  problems_one: '{{count}} замечание',
  problems_few: '{{count}} замечания',
  problems_many: '{{count}} замечаний',
  problems_other: '{{count}} замечания',
  noProblems: 'Замечаний нет',
  problemGo: 'Показать: {{what}}',
  severity_error: 'Мешает публикации',
  severity_warning: 'Стоит поправить',
};

const en: Record<keyof typeof ru, string> = {
  problems: 'Problems',
  problems_one: '{{count}} problem',
  problems_few: '{{count}} problems',
  problems_many: '{{count}} problems',
  problems_other: '{{count}} problems',
  noProblems: 'No problems',
  problemGo: 'Show: {{what}}',
  severity_error: 'Keeps from publishing',
  severity_warning: 'Worth mending',
};

export const problemsTexts = { ru, en };
