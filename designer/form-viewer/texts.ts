import * as ofFields from './field-texts.ts';

/**
 * Every text of the form viewer that is not the form's own. Shape and placeholders are i18next's, so the application registers the two
 * objects as the namespace `form`; the viewer itself reads them by its `language` prop and needs no i18next.
 */
const ru = {
  ...ofFields.ru,
  required: 'обязательно',
  optionsEmpty: 'Ничего не найдено',
  choose: 'Выберите',
  chooseSome: 'Выберите одно или несколько',
  clear: 'Очистить',
  yes: 'Да',
  no: 'Нет',
  empty: 'не указано',
  notYet: '—',
  datePlaceholder: 'дд.мм.гггг',
  openCalendar: 'Открыть календарь: {{label}}',
  lookupPlaceholder: 'Начните вводить имя',
  lookupRowPlaceholder: 'Начните вводить название или код',
  lookupLoading: 'Ищем…',
  lookupFailed: 'Список не загрузился. Проверьте связь и откройте его ещё раз.',
  errorsTitle_one: 'Исправьте {{count}} поле',
  errorsTitle_few: 'Исправьте {{count}} поля',
  errorsTitle_many: 'Исправьте {{count}} полей',
  errorsTitle_other: 'Исправьте {{count}} поля',
  addFiles: 'Выбрать файлы',
  addPhotos: 'Выбрать фото',
  addVideos: 'Выбрать видео',
  takePhoto: 'Снять фото',
  takeVideo: 'Снять видео',
  dropHere: 'или перетащите их сюда',
  filesLimit: '{{types}}, до {{size}}, не больше {{count}}\u00a0шт.',
  fileLimit: '{{types}}, до {{size}}, один файл',
  uploading: 'Загружается, {{percent}} %',
  uploadFailed: 'Не загрузилось. Проверьте связь и повторите.',
  uploadTooBig: 'Файл больше {{size}}',
  uploadWrongType: 'Файл такого вида приложить нельзя: {{types}}',
  uploadTooMany: 'Уже приложено {{count}}, больше нельзя',
  uploadPending: '«{{label}}»: дождитесь загрузки файлов или уберите их.',
  uploadUnfinished: '«{{label}}»: файл не загрузился, повторите загрузку или уберите его.',
  retry: 'Повторить загрузку: {{name}}',
  remove: 'Убрать: {{name}}',
  openFile: 'Открыть:',
  removed: 'Убрано: {{name}}',
  undo: 'Вернуть',
  fileList: 'Приложено: {{label}}',
  charactersLeft: 'Осталось символов: {{count}}',
  invalidForm: 'Эту форму нельзя показать: в её описании ошибка. Сообщите администратору: {{problem}}',
  submitFailed: 'Отправить не удалось. Введённое сохранено на экране, попробуйте ещё раз.',
} as const;

export type FormTextKey = keyof typeof ru;

const en: { readonly [K in FormTextKey]: string } = {
  ...ofFields.en,
  required: 'required',
  optionsEmpty: 'Nothing found',
  choose: 'Choose',
  chooseSome: 'Choose one or more',
  clear: 'Clear',
  yes: 'Yes',
  no: 'No',
  empty: 'not given',
  notYet: '—',
  datePlaceholder: 'dd.mm.yyyy',
  openCalendar: 'Open the calendar: {{label}}',
  lookupPlaceholder: 'Start typing a name',
  lookupRowPlaceholder: 'Start typing a name or a code',
  lookupLoading: 'Searching…',
  lookupFailed: 'The list did not load. Check the connection and open it again.',
  errorsTitle_one: 'Correct {{count}} field',
  errorsTitle_few: 'Correct {{count}} fields',
  errorsTitle_many: 'Correct {{count}} fields',
  errorsTitle_other: 'Correct {{count}} fields',
  addFiles: 'Choose files',
  addPhotos: 'Choose photos',
  addVideos: 'Choose videos',
  takePhoto: 'Take a photo',
  takeVideo: 'Take a video',
  dropHere: 'or drop them here',
  filesLimit: '{{types}}, up to {{size}}, at most {{count}}',
  fileLimit: '{{types}}, up to {{size}}, one file',
  uploading: 'Uploading, {{percent}}%',
  uploadFailed: 'The upload failed. Check the connection and try again.',
  uploadTooBig: 'The file is larger than {{size}}',
  uploadWrongType: 'Such a file cannot be attached: {{types}}',
  uploadTooMany: '{{count}} attached already, no more allowed',
  uploadPending: '“{{label}}”: wait until the files are uploaded or remove them.',
  uploadUnfinished: '“{{label}}”: a file was not uploaded, try again or remove it.',
  retry: 'Upload again: {{name}}',
  remove: 'Remove: {{name}}',
  openFile: 'Open:',
  removed: 'Removed: {{name}}',
  undo: 'Undo',
  fileList: 'Attached: {{label}}',
  charactersLeft: 'Characters left: {{count}}',
  invalidForm: 'This form cannot be shown: its definition has an error. Tell the administrator: {{problem}}',
  submitFailed: 'Sending failed. What you entered is still on the screen, try again.',
};

export const formViewerTexts = { ru, en };

type Values = Readonly<Record<string, string | number>>;

/** The text in the language, with `{{name}}` replaced. */
export function viewerText(language: 'ru' | 'en', key: FormTextKey, values: Values = {}): string {
  return formViewerTexts[language][key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** The plural form for `values.count`; `key` without its suffix. */
export function viewerPlural(
  language: 'ru' | 'en',
  key: 'errorsTitle',
  values: Values & { readonly count: number },
): string {
  const form = new Intl.PluralRules(language).select(values.count) as 'one' | 'few' | 'many' | 'other';
  return viewerText(language, `${key}_${form}`, values);
}
