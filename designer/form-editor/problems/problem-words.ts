import { shownText } from '../document/document-texts.ts';
import { controlOf } from '../document/document-tree.ts';
import type { FormDocument } from '../document/form-document.ts';
import { nodeName } from '../node-name.ts';
import type { EditorWords } from '../texts.ts';
import type { EditorProblem } from './lint-document.ts';

/** The commonest sentences of `readForm`, said in Russian as advice; the rest stands as the engine says it. */
const RUSSIAN: readonly (readonly [RegExp, string])[] = [
  [/^The Russian text ".*\.label" is missing/, 'Нет подписи. Напишите её: это читают люди.'],
  [/^The Russian text ".*\.options\.(.*)" is missing/, 'У варианта «$1» нет подписи. Напишите её.'],
  [/^The Russian text ".*\.text" is missing/, 'Пояснение пустое. Напишите текст или уберите его.'],
  [/^The Russian text "assert\..*" is missing/, 'У проверки нет сообщения. Напишите, что сказать человеку.'],
  [/^The Russian text "(.*)" is missing/, 'Нет русского текста «$1». Напишите его.'],
  [/^The Russian title is missing/, 'У формы нет названия. Напишите его в свойствах формы.'],
  [
    /^English texts are missing: (\d+)/,
    'Нет английских текстов: $1. Пока показываются русские; перевести можно на вкладке «Тексты».',
  ],
  [/^The text "(.*)" belongs to nothing/, 'Текст «$1» ни к чему не относится. Его можно убрать на вкладке «Тексты».'],
  [/^enum must list/, 'Перечислите варианты: каждый с непустым и неповторяющимся кодом.'],
  [/^A form has 1 to (\d+) fields, found 0/, 'На форме нет ни одного поля. Добавьте первое.'],
  [/^A form has 1 to (\d+) fields/, 'На форме больше $1 полей. Разделите её на несколько форм.'],
  [/^Rules depend on each other in a circle: (.*)$/, 'Условия зависят друг от друга по кругу: $1. Разорвите круг.'],
  [
    / is required but stands nowhere/,
    'Обязательное поле не размещено: форму нельзя будет отправить. Поставьте его на форму или сделайте необязательным.',
  ],
  [/ stands nowhere in the layout/, 'Поле не размещено на форме. Поставьте его или удалите насовсем.'],
  [/^The pattern cannot be used: (.*)$/, 'Образец не подходит: $1.'],
  [/ must be a FEEL expression/, 'Условие пустое. Напишите его или уберите.'],
  [/starts with "="/, 'Знак «=» в начале условия лишний.'],
  [/^Widget "(.*)" cannot show/, 'Так это поле спросить нельзя. Выберите другой вид в «Как спрашивать».'],
];

/** The sentence for the author in the language of the screen. */
export function problemText({ message, remedy }: EditorProblem, language: 'ru' | 'en'): string {
  if (language === 'ru') {
    for (const [pattern, sentence] of RUSSIAN) {
      const found = pattern.exec(message);
      if (found) return sentence.replace(/\$(\d)/g, (_, index: string) => found[Number(index)] ?? '');
    }
  }
  return `${message}. ${remedy}`;
}

/** What a problem is about, as the person knows it. */
export function problemPlace(document: FormDocument, { fieldId, nodeId }: EditorProblem, words: EditorWords): string {
  if (fieldId !== null) {
    const { name } = document.fields[fieldId]!;
    const control = controlOf(document, fieldId);
    return control ? nodeName(document, control.id, words) : shownText(document, `${name}.label`, name);
  }
  return nodeId === null ? words('canvas') : nodeName(document, nodeId, words);
}
