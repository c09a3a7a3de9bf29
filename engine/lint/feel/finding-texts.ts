import { describeType } from '../../expressions/analysis/describe-type.ts';
import { excerptOf } from '../../expressions/analysis/excerpt-of.ts';
import type { FindingCode, TypeFinding } from '../../expressions/analysis/finding.ts';
import { mayBe, type StaticType } from '../../expressions/analysis/static-type.ts';
import type { LintTexts } from '../lint-finding.ts';
import { titleOf, type RuleFinding } from '../lint-rule.ts';
import type { TypedPlace } from './typed-expressions.ts';

/** What is wrong in an expression, as lint tells it; `at` is where the expression stands, `title` how a person knows it. */
export function feelFinding(
  finding: TypeFinding,
  { text, at, title }: { readonly text: string; readonly at: RuleFinding['at']; readonly title: LintTexts },
): RuleFinding {
  const excerpt = excerptOf(text, finding);
  const { ru, en } = WHAT[finding.code](finding);
  const place = text.includes('\n')
    ? {
        ru: ` (строка ${finding.line}, знак ${finding.column})`,
        en: ` (line ${finding.line}, column ${finding.column})`,
      }
    : { ru: '', en: '' };
  return {
    at,
    severity: 'warning',
    code: finding.code,
    message: { ru: `${title.ru}: «${excerpt}»${place.ru} ${ru}`, en: `${title.en}: "${excerpt}"${place.en} ${en}` },
    remedy: remedyOf(finding),
  };
}

/** What is wrong at a place of a process, as far as one rule speaks of it. */
export function feelFindings(
  { owner, expression, findings }: TypedPlace,
  speaksOf: (finding: TypeFinding) => boolean,
): readonly RuleFinding[] {
  const title = { ru: titleOf(owner), en: titleOf(owner) };
  return findings.filter(speaksOf).map((finding) => feelFinding(finding, { text: expression.text, at: owner, title }));
}

/** What is wrong and what to do, for whoever already shows the place: an editor underlines it. */
export function findingWords(finding: TypeFinding): { readonly message: LintTexts; readonly remedy: LintTexts } {
  return { message: WHAT[finding.code](finding), remedy: remedyOf(finding) };
}

type Words = (finding: TypeFinding) => LintTexts;

const WHAT: Readonly<Record<FindingCode, Words>> = {
  'never-true': ({ types, subject }) =>
    types.length === 0
      ? {
          ru: `никогда не выполняется: условия на ${subject} исключают друг друга.`,
          en: `is never true: its conditions on ${subject} exclude each other.`,
        }
      : withTypes(types, { ru: 'никогда не выполняется', en: 'is never true' }),
  'never-false': ({ types, subject }) =>
    types.length === 0
      ? {
          ru: `не бывает ложным: подходит любое заполненное значение ${subject}.`,
          en: `is never false: every value of ${subject} that is there passes.`,
        }
      : withTypes(types, { ru: 'не бывает ложным', en: 'is never false' }),
  'different-types': ({ types }) =>
    withTypes(types, { ru: 'сравнивает значения разных типов', en: 'compares values of different types' }),
  'only-null': ({ types, subject }) =>
    withTypes(types, {
      ru: `не имеет результата: «${subject}» не определено для таких значений`,
      en: `has no result: "${subject}" is not defined for such values`,
    }),
  'not-a-condition': ({ types }) =>
    withTypes(types, { ru: 'стоит как условие, но это не да/нет', en: 'stands as a condition, but is no boolean' }),
  'unknown-property': ({ types, subject }) =>
    withTypes(types, { ru: `свойства «${subject}» нет`, en: `there is no property "${subject}"` }),
  'wrong-arguments': ({ types, subject, suggestion }) =>
    types.length < 2
      ? {
          ru: `функция «${subject}» не принимает столько или таких аргументов.`,
          en: `the function "${subject}" does not take these arguments: their number or names are wrong.`,
        }
      : {
          ru: `аргумент «${suggestion}» функции «${subject}» должен быть: ${describeType(types[1]!).ru}, а здесь ${describeType(types[0]!).ru}.`,
          en: `the argument "${suggestion}" of the function "${subject}" must be ${describeType(types[1]!).en}, but is ${describeType(types[0]!).en}.`,
        },
  'not-a-function': ({ types }) =>
    withTypes(types, { ru: 'вызывается, но это не функция', en: 'is called, but is no function' }),
  'empty-range': () => ({
    ru: 'ничего не содержит: диапазон кончается раньше, чем начинается.',
    en: 'holds nothing: the range ends before it starts.',
  }),
};

function withTypes(types: readonly StaticType[], { ru, en }: LintTexts): LintTexts {
  const texts = types.map(describeType);
  return {
    ru: `${ru} (${texts.map((one) => one.ru).join('; ')}).`,
    en: `${en} (${texts.map((one) => one.en).join('; ')}).`,
  };
}

function remedyOf({ code, types, suggestion, subject }: TypeFinding): LintTexts {
  if (suggestion !== null && code !== 'wrong-arguments') {
    return { ru: `Возможно, имелось в виду «${suggestion}».`, en: `Perhaps "${suggestion}" is meant.` };
  }
  const kinds = ['date', 'date and time'] as const;
  if (
    types.some((type) => type !== 'any' && mayBe(type, 'string')) &&
    types.some((type) => type !== 'any' && kinds.some((kind) => mayBe(type, kind)))
  ) {
    return {
      ru: 'Дата в переменной хранится текстом: напишите date(…) или date and time(…) вокруг неё.',
      en: 'A variable holds a date as text: write date(…) or date and time(…) around it.',
    };
  }
  if (code === 'unknown-property') return { ru: 'Исправьте имя свойства.', en: 'Correct the name of the property.' };
  if (code === 'wrong-arguments') {
    return {
      ru: `Исправьте аргументы функции «${subject}».`,
      en: `Correct the arguments of the function "${subject}".`,
    };
  }
  return {
    ru: 'Исправьте значение, переменную или условие.',
    en: 'Correct the value, the variable or the condition.',
  };
}
