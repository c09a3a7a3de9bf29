import type { FeelCompletion } from './feel-completion.ts';

type Language = 'ru' | 'en';

/** A part in angle brackets is filled in, as CodeMirror writes it. */
const FIELD = '$' + '{$1}';

/* prettier-ignore */
const ROWS: readonly (readonly [label: string, ru: string, en: string, titleRu: string, titleEn: string])[] = [
  ['if … then … else …', 'if <условие> then <да> else <иначе>', 'if <condition> then <yes> else <otherwise>', 'одно из двух значений', 'one of two values'],
  ['for … in … return …', 'for <элемент> in <список> return <значение>', 'for <item> in <list> return <value>', 'новый список из каждого элемента', 'a new list made of every element'],
  ['some … in … satisfies …', 'some <элемент> in <список> satisfies <условие>', 'some <item> in <list> satisfies <condition>', 'хотя бы один подходит', 'at least one passes'],
  ['every … in … satisfies …', 'every <элемент> in <список> satisfies <условие>', 'every <item> in <list> satisfies <condition>', 'подходят все', 'all of them pass'],
  ['between … and …', 'between <от> and <до>', 'between <from> and <to>', 'от и до включительно', 'from and to, both included'],
  ['in (…)', 'in (<значения>)', 'in (<values>)', 'одно из перечисленных', 'one of these'],
  ['instance of …', 'instance of <тип>', 'instance of <type>', 'значение такого типа', 'a value of the type'],
  ['function(…) …', 'function(<параметр>) <значение>', 'function(<parameter>) <value>', 'своя функция', 'a function of your own'],
  ['and', 'and ', 'and ', 'и', 'both'],
  ['or', 'or ', 'or ', 'или', 'either'],
  ['true', 'true', 'true', 'да', 'yes'],
  ['false', 'false', 'false', 'нет', 'no'],
  ['null', 'null', 'null', 'пусто', 'nothing'],
];

const BY_LANGUAGE: Readonly<Record<Language, readonly FeelCompletion[]>> = { ru: rowsIn('ru'), en: rowsIn('en') };

/** The forms of the language, with their parts to be filled in. */
export function keywordCompletions(language: Language): readonly FeelCompletion[] {
  return BY_LANGUAGE[language];
}

function rowsIn(language: Language): readonly FeelCompletion[] {
  return ROWS.map(([label, ru, en, titleRu, titleEn]) => {
    const insert = (language === 'ru' ? ru : en).replace(/<([^>]+)>/g, FIELD);
    const title = language === 'ru' ? titleRu : titleEn;
    return { kind: 'keyword', label, insert, isSnippet: insert.includes('{'), title };
  });
}
