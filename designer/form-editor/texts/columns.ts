/** Columns of a table, on the canvas and in the inspector. */
const ru = {
  columns: 'Колонки таблицы',
  columnOne: 'Колонка',
  columnNamed: 'Колонка «{{name}}»',
  columnHandle: '{{name}} {{kind}}: колонка, выбрать или переместить',
  columnBack: 'Таблица «{{name}}»',
  columnUp: 'Раньше: колонка «{{name}}»',
  columnDown: 'Позже: колонка «{{name}}»',
  columnRemove: 'Убрать колонку «{{name}}»',
  columnRemoveThis: 'Убрать колонку',
  columnKeyHint: 'Имя значения в строке: row.имя',
  columnWidth: 'Ширина, пикселей',
  columnTotal: 'Итог под таблицей',
  rowAsserts: 'Проверки строки',
  whereTable: 'в таблице «{{name}}»',
  addColumn: 'Добавить колонку',
};

const en: Record<keyof typeof ru, string> = {
  columns: 'Columns of the table',
  columnOne: 'Column',
  columnNamed: 'Column “{{name}}”',
  columnHandle: '{{name}} {{kind}}: column, select or move',
  columnBack: 'Table “{{name}}”',
  columnUp: 'Earlier: column “{{name}}”',
  columnDown: 'Later: column “{{name}}”',
  columnRemove: 'Remove the column “{{name}}”',
  columnRemoveThis: 'Remove the column',
  columnKeyHint: 'Name of the value in a row: row.name',
  columnWidth: 'Width, pixels',
  columnTotal: 'Sum below the table',
  rowAsserts: 'Checks of a row',
  whereTable: 'in the table “{{name}}”',
  addColumn: 'Add a column',
};

export const columnsTexts = { ru, en };
