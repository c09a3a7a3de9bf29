/** Pieces of forms kept by name. */
const ru = {
  fragments: 'Заготовки',
  fragmentsEmpty: 'Пока нет. Выделите поля на форме: «…» → «Сохранить как заготовку».',
  fragmentImport: 'Взять заготовку из файла',
  fragmentTitle: 'Заготовка',
  fragmentName: 'Название',
  fragmentNameHint: 'Поля с правилами, текстами и расположением; видна всем, кто рисует формы',
  fragmentSave: 'Сохранить',
  fragmentSaved: 'Заготовка сохранена: {{title}}',
  fragmentPut: 'Вставлено: {{title}}',
  fragmentMisplaced: 'Сюда эту заготовку не вставить: выберите другое место.',
  fragmentRename: 'Переименовать',
  fragmentDelete: 'Удалить',
  fragmentDeleted: 'Заготовка удалена: {{title}}',
  fragmentNone: '«{{file}}» — не заготовка формы (form-fragment/1).',
  menu_fragment: 'Сохранить как заготовку…',
};

const en: Record<keyof typeof ru, string> = {
  fragments: 'Fragments',
  fragmentsEmpty: 'None yet. Select fields on the form: “…” → “Save as a fragment”.',
  fragmentImport: 'Take a fragment from a file',
  fragmentTitle: 'Fragment',
  fragmentName: 'Name',
  fragmentNameHint: 'Fields with rules, texts and layout; seen by everybody who draws forms',
  fragmentSave: 'Save',
  fragmentSaved: 'Fragment saved: {{title}}',
  fragmentPut: 'Put in: {{title}}',
  fragmentMisplaced: 'This fragment cannot stand here: choose another place.',
  fragmentRename: 'Rename',
  fragmentDelete: 'Delete',
  fragmentDeleted: 'Fragment deleted: {{title}}',
  fragmentNone: '“{{file}}” is no fragment of a form (form-fragment/1).',
  menu_fragment: 'Save as a fragment…',
};

export const fragmentsTexts = { ru, en };
