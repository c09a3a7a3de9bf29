/** What the engine warns of, in Russian; its own words are English. What is missing here is shown as it is. */
const RUSSIAN: readonly (readonly [RegExp, string])[] = [
  [/^Variable '(.+)' not found$/, 'Переменной «$1» нет, взято null.'],
  [/^Property '(.+)' not found in .+$/, 'Свойства «$1» здесь нет, взято null.'],
  [/^Index (.+) is out of a list of (.+)$/, 'Элемента номер $1 нет: в списке их $2.'],
  [/^Can't compare '(.+)' with '(.+)'$/, 'Сравнить нельзя: $1 и $2.'],
  [/^Can't negate '(.+)'$/, 'Знак минус перед таким значением не имеет смысла: $1.'],
  [
    /^No result of '(.+)': division by zero or out of range$/,
    'У «$1» нет результата: деление на ноль или слишком большое число.',
  ],
  [
    /^Can't (?:add|subtract|multiply|divide|.*) '(.+)' (?:and|from|by|to|with) '(.+)'$/,
    'Действие над такими значениями не определено: $1 и $2.',
  ],
  [/^The range ends before it starts$/, 'Диапазон кончается раньше, чем начинается.'],
  [/^Expected a condition that is true or false$/, 'Здесь нужно условие: да или нет.'],
  [/^<(.+)> has no result$/s, 'У функции нет результата для таких значений: $1.'],
  [/^The argument '(.+)' of <(.+)> is null$/, 'Аргумент «$1» функции «$2» пуст.'],
  [/^The result of <(.+)> is not of its declared type$/, 'Результат «$1» не того типа, что объявлен.'],
  [/^Cannot invoke '(.+)': it is not a function\.$/, 'Это не функция: $1.'],
  [/^"(.+)" is no phone number$/, '«$1» — не номер телефона.'],
  [
    /^A function or range is not a JSON value and became null$/,
    'Функцию или диапазон нельзя сохранить, вместо них null.',
  ],
];

export function warningText(message: string, language: 'ru' | 'en'): string {
  if (language === 'en') return message;
  const found = RUSSIAN.find(([pattern]) => pattern.test(message));
  return found === undefined ? message : message.replace(...found);
}
