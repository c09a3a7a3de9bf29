import type { ExpressionSyntaxError } from '../../expressions/expression-syntax-error.ts';
import type { LintTexts } from '../lint-finding.ts';

/** What the grammar expects at a place, as `cursor.problem` names it. A phrase that is missing here is told without it. */
const EXPECTED: Readonly<Record<string, string>> = {
  'a comparison with a value on both sides': 'сравнение со значением с обеих сторон',
  'between … and …': 'between … and …',
  'a closing bracket': 'закрывающая скобка )',
  'a closing bracket ]': 'закрывающая скобка ]',
  'a closing brace }': 'закрывающая скобка }',
  'a closing >': 'закрывающая >',
  'instance of and a type': 'instance of и тип',
  'a value': 'значение',
  'a value after the operator': 'значение после знака',
  'an operator': 'знак действия',
  'an operator or the end of the expression': 'знак действия или конец выражения',
  'a date, time or duration in quotes after @': 'дата, время или длительность в кавычках после @',
  'another element': 'ещё один элемент',
  'another entry': 'ещё одна запись',
  'another argument': 'ещё один аргумент',
  'all arguments with names, or none': 'имена у всех аргументов или ни у одного',
  'two dots and the end of the range': 'две точки и конец диапазона',
  'the name of a type such as number, string or date': 'имя типа: number, string, date и другие',
  'the name of an entry': 'имя записи',
  'the name of a parameter': 'имя параметра',
  'a colon and a type': 'двоеточие и тип',
  'a colon after the name of the entry': 'двоеточие после имени записи',
  'an arrow -> and the type of the result': 'стрелка -> и тип результата',
  'a name after the dot': 'имя после точки',
  'a second backtick': 'вторая обратная кавычка `',
  'the parameters of the function in brackets': 'параметры функции в скобках',
  'the body of the function': 'тело функции',
  'the end of the tests': 'конец проверок',
};

const WHOLE: readonly (readonly [RegExp, string])[] = [
  [/^Expected a closing quote.*$/, 'Не закрыта кавычка.'],
  [/^Expected a value before the operator.*$/, 'Перед знаком нет значения.'],
  [/^.*but it is empty$/, 'Выражение пустое.'],
  [/^The expression nests .*$/, 'Слишком много вложений.'],
  [/^The name <(.+)> is reserved$/, 'Имя «$1» занято.'],
  [/^External functions are not executed$/, 'Внешние функции не выполняются.'],
  [/^The ranges make (\d+) steps.*$/, 'Диапазоны дают слишком много шагов: $1.'],
  [/^The expression has (\d+) characters.*$/, 'Выражение слишком длинное, знаков: $1.'],
];

const REMEDIES: Readonly<Record<string, string>> = {
  'FEEL compares with a single =.': 'В FEEL сравнивают одним знаком =.',
  'Write "and" instead of &&.': 'Вместо && пишите and.',
  'Write "or" instead of ||.': 'Вместо || пишите or.',
  'Write not(…), or != between two values.': 'Пишите not(…) или != между двумя значениями.',
  'Close the text with a second double quote.': 'Закройте текст второй двойной кавычкой.',
  'Put text in straight double quotes: "text".': 'Берите текст в прямые двойные кавычки: "текст".',
  'Write if … then … else ….': 'Пишите if … then … else ….',
  'Write one expression without semicolons.': 'Пишите одно выражение, без точек с запятой.',
  'Use modulo(a, b).': 'Остаток от деления: modulo(a, b).',
  'Write what is compared; a text after one leading = is FEEL.': 'Напишите, что сравнивается.',
  'Write a FEEL expression, or remove the leading = for a plain text.': 'Напишите выражение.',
  'Choose another name.': 'Выберите другое имя.',
  'Narrow the ranges.': 'Сузьте диапазоны.',
};

/** A mistake of syntax in words for an editor, which shows the place itself. */
export function syntaxWords(error: ExpressionSyntaxError): { readonly message: LintTexts; readonly remedy: LintTexts } {
  const { expected, remedy, unknownFunction } = error;
  if (unknownFunction !== null) {
    const { name, suggestion } = unknownFunction;
    return {
      message: { ru: `Функции «${name}» нет.`, en: `There is no function "${name}".` },
      remedy:
        suggestion === null
          ? { ru: 'Выберите функцию из списка: Ctrl+Пробел.', en: 'Choose one of the list: Ctrl+Space.' }
          : { ru: `Возможно, имелась в виду «${suggestion}».`, en: `Perhaps "${suggestion}" is meant.` },
    };
  }
  return {
    message: { ru: inRussian(expected), en: `${expected}.` },
    remedy: { ru: REMEDIES[remedy] ?? 'Исправьте выражение в этом месте.', en: remedy },
  };
}

function inRussian(expected: string): string {
  const ends = /^Expected (.+), but the expression ends$/s.exec(expected);
  if (ends !== null) return `Выражение не закончено: ожидается ${phrase(ends[1]!)}.`;
  const unexpected = /^Unexpected <(.+)>, expected (.+)$/s.exec(expected);
  if (unexpected !== null) return `Лишнее «${unexpected[1]}»: ожидается ${phrase(unexpected[2]!)}.`;
  const whole = WHOLE.find(([pattern]) => pattern.test(expected));
  return whole === undefined ? 'Здесь выражение не читается.' : expected.replace(...whole);
}

/** The forms `if … then … else …` and the like read the same in both languages. */
function phrase(expected: string): string {
  return EXPECTED[expected] ?? expected;
}
