import type { CatalogueRow } from './catalogue-row.ts';

/* prettier-ignore */
export const textRows: readonly CatalogueRow[] = [
  ['string', 'Any value as text.', 'Любое значение текстом.', 'string(1.1)', '1.1'],
  ['substring', 'A part of a text from a position, which counts from 1 or, when negative, from the end.', 'Часть текста с позиции; позиции — от 1, отрицательные — с конца.', 'substring("поставка", 3, 4)', 'став'],
  ['string length', 'The number of characters.', 'Число знаков.', 'string length("акт")', 3],
  ['upper case', 'The text in capitals.', 'Текст прописными буквами.', 'upper case("инн")', 'ИНН'],
  ['lower case', 'The text in small letters.', 'Текст строчными буквами.', 'lower case("АКТ")', 'акт'],
  ['substring before', 'What stands before the first match; empty when there is none.', 'Что стоит до первого вхождения; пусто, если его нет.', 'substring before("ОБР-2026", "-")', 'ОБР'],
  ['substring after', 'What stands after the first match; empty when there is none.', 'Что стоит после первого вхождения; пусто, если его нет.', 'substring after("ОБР-2026", "-")', '2026'],
  ['contains', 'Whether a text contains another.', 'Содержит ли текст другой текст.', 'contains("насос НШ-10", "НШ")', true],
  ['starts with', 'Whether a text starts with another.', 'Начинается ли текст с другого.', 'starts with("ОБР-1", "ОБР")', true],
  ['ends with', 'Whether a text ends with another.', 'Кончается ли текст другим.', 'ends with("scan.pdf", ".pdf")', true],
  ['matches', 'Whether a text matches a regular expression; flags i, s, m, x, q.', 'Подходит ли текст под регулярное выражение; флаги i, s, m, x, q.', 'matches("A-17", "^[A-Z]-\\d+$")', true],
  ['replace', 'Replaces what matches a regular expression; $1 is the first group.', 'Заменяет то, что подходит под регулярное выражение; $1 — первая группа.', 'replace("2026-11", "(\\d+)-(\\d+)", "$2.$1")', '11.2026'],
  ['split', 'Cuts a text at a regular expression.', 'Делит текст по регулярному выражению.', 'split("a; b;c", ";\\s*")', ['a', 'b', 'c']],
  ['string join', 'Joins texts, nulls left out.', 'Соединяет тексты, пропуская null.', 'string join(["a", null, "b"], ", ")', 'a, b'],
  ['trim', 'The text without outer white space.', 'Текст без пробелов по краям.', 'trim("  акт ")', 'акт'],
  ['is blank', 'Whether a text is empty or white space only.', 'Пуст ли текст или состоит из одних пробелов.', 'is blank("  ")', true],
];
