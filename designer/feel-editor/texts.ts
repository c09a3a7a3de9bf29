/** Every text of the FEEL editor, the namespace `feel` of the application. */
const ru = {
  placeholder: 'Выражение FEEL',
  hint: 'Ctrl+Пробел — подсказки. Чтобы выйти из редактора, нажмите Esc, затем Tab.',
  completions: 'Подсказки',
  replace: 'Заменить на {{text}}',
  replaceKey: 'Alt+Enter',
  problems: 'Замечания к выражению',
  moreProblems: 'Ещё замечаний: {{count}}',
  example: 'Пример',
  loading: 'Редактор загружается…',
};

const en: typeof ru = {
  placeholder: 'FEEL expression',
  hint: 'Ctrl+Space completes. To leave the editor press Escape, then Tab.',
  completions: 'Completions',
  replace: 'Replace with {{text}}',
  replaceKey: 'Alt+Enter',
  problems: 'Remarks on the expression',
  moreProblems: 'More remarks: {{count}}',
  example: 'Example',
  loading: 'The editor is loading…',
};

export const feelEditorTexts = { ru, en };
