import type { LintTexts } from './lint-finding.ts';

/**
 * What each problem of the readers means, in Russian; their own message is English and names the detail. A code without
 * an entry is still reported, with `UNKNOWN_PROBLEM`; a test finds it.
 */
export const READER_TEXTS: Readonly<Record<string, { readonly what: string; readonly remedy: string }>> = {
  'malformed-xml': {
    what: 'файл не читается как BPMN 2.0',
    remedy: 'Откройте файл в редакторе BPMN, исправьте названное место и сохраните снова.',
  },
  'too-large': { what: 'файл больше 2 МБ', remedy: 'Разделите процесс на несколько файлов.' },
  doctype: { what: 'в файле есть объявление <!DOCTYPE>', remedy: 'Уберите его: BPMN оно не нужно.' },
  'too-deep': { what: 'вложенность больше 64 уровней', remedy: 'Вынесите внутренние части в вызываемые процессы.' },
  'too-many-elements': { what: 'в файле больше 3000 элементов', remedy: 'Вынесите части в вызываемые процессы.' },
  'no-executable-process': {
    what: 'в файле нет исполняемого процесса',
    remedy: 'Отметьте процесс как исполняемый (isExecutable="true").',
  },
  'unsupported-element': {
    what: 'здесь задано то, чего движок не выполняет',
    remedy: 'Уберите это или выразите шаг иначе.',
  },
  'missing-property': {
    what: 'не задано обязательное',
    remedy: 'Заполните недостающее: что именно, сказано в описании.',
  },
  'invalid-expression': {
    what: 'выражение FEEL не читается',
    remedy: 'Исправьте выражение в названном месте; условие начинается со знака «=».',
  },
  'invalid-name': {
    what: 'имя переменной недопустимо',
    remedy: 'Используйте буквы, цифры и _, начиная с буквы или _.',
  },
  'invalid-mapping': {
    what: 'сопоставление пишет в недопустимое имя',
    remedy: 'Используйте буквы, цифры и _, части пути разделяйте точкой.',
  },
  'invalid-id': {
    what: 'идентификатор отсутствует или недопустим',
    remedy: 'Латинская буква или _, затем до 99 букв, цифр, _ . -',
  },
  'invalid-timer': {
    what: 'таймер задан неверно',
    remedy: 'Укажите дату, длительность или повтор по ISO 8601, например PT1H, либо выражение FEEL.',
  },
  'illegal-number': { what: 'число недопустимо', remedy: 'Укажите целое число в разрешённых пределах.' },
  'no-conversation': {
    what: 'ничто не связывает два процесса, между которыми идёт сообщение',
    remedy: 'Задайте сообщению ключ корреляции, например =caseNumber, или запускайте один процесс сообщением другого.',
  },
  'misplaced-message-flow': {
    what: 'поток сообщений проведён туда, где его быть не может',
    remedy: 'Проведите его от отправки в одном пуле к одному приёму в другом.',
  },
  'contradicting-message': {
    what: 'концы потока сообщений называют разные сообщения или ключи',
    remedy: 'Выберите одно сообщение для обоих концов и для потока.',
  },
  'broken-compensation': {
    what: 'компенсация нарисована неверно',
    remedy: 'Свяжите граничное событие компенсации с одним обработчиком в той же области.',
  },
  'broken-transaction': {
    what: 'транзакция или её отмена нарисована неверно',
    remedy: 'Отмену ставьте завершающим событием внутри транзакции и событием на её границе.',
  },
  'misplaced-event': { what: 'событие стоит там, где его быть не может', remedy: 'Переставьте или замените его.' },
  'dangling-flow': { what: 'поток не соединяет два элемента', remedy: 'Соедините оба конца или удалите поток.' },
  'misplaced-flow': {
    what: 'поток проведён туда, где его быть не может',
    remedy:
      'Потоки не пересекают границу подпроцесса, не входят в начальное и граничное событие и не выходят из завершающего.',
  },
  'misplaced-gateway': {
    what: 'за шлюзом по событиям стоит не то, чего он умеет ждать',
    remedy: 'Ставьте за ним события-ожидания и задачи приёма, к которым ведёт только он.',
  },
  'misplaced-start': {
    what: 'элемент запускает процесс, но стоит не в его начале',
    remedy: 'Уберите входящие потоки или признак «запускает процесс».',
  },
  'missing-condition': {
    what: 'поток из разветвления не имеет условия',
    remedy: 'Задайте условие или сделайте поток потоком по умолчанию.',
  },
  'several-none-starts': {
    what: 'у процесса несколько простых начальных событий',
    remedy: 'Оставьте одно; другим задайте сообщение или таймер.',
  },
  'broken-link': {
    what: 'у события-ссылки нет пары или оно проведено неверно',
    remedy: 'В одной области нужны бросок и ровно один приём с тем же именем, без потока между ними.',
  },
  'unreachable-element': { what: 'к элементу не ведёт ни один путь от начала', remedy: 'Соедините его или удалите.' },
  'invalid-form': { what: 'форма задана неверно', remedy: 'Исправьте названное место формы.' },
  'invalid-json': { what: 'файл не читается как JSON', remedy: 'Исправьте запись JSON.' },
  'no-decision': { what: 'в файле нет решения', remedy: 'Нарисуйте хотя бы одно решение.' },
  'requirement-cycle': { what: 'решения требуют друг друга по кругу', remedy: 'Разорвите одну из связей.' },
  'unknown-requirement': {
    what: 'решение требует того, чего нет',
    remedy: 'Исправьте ссылку или добавьте недостающее.',
  },
  'unknown-hit-policy': { what: 'политика срабатывания таблицы неизвестна', remedy: 'Выберите одну из политик DMN.' },
  'unknown-aggregation': {
    what: 'агрегирование таблицы недопустимо',
    remedy: 'Выберите SUM, COUNT, MIN или MAX при политике COLLECT.',
  },
  'no-expression': { what: 'в таблице не задано выражение', remedy: 'Задайте выражение.' },
  'no-output-values': {
    what: 'политике нужен порядок значений на выходе',
    remedy: 'Перечислите значения выхода по порядку.',
  },
  'rule-cells': { what: 'число ячеек правила не совпадает с числом столбцов', remedy: 'Дополните или уберите ячейки.' },
  'output-names': { what: 'имена выходов заданы неверно', remedy: 'Дайте каждому выходу своё имя.' },
  'duplicate-id': { what: 'идентификатор встречается дважды', remedy: 'Дайте каждому элементу свой.' },
  'no-logic': { what: 'у решения нет логики', remedy: 'Задайте таблицу или выражение.' },
};

export const UNKNOWN_PROBLEM = { what: 'модель не принята', remedy: 'Исправьте то, что названо в описании.' };

/** The Russian sentence with the reader's own words behind it: they name the property, the text or the place. */
export function readerMessage(code: string, title: string | null, message: string): LintTexts {
  const { what } = READER_TEXTS[code] ?? UNKNOWN_PROBLEM;
  const sentence = title === null ? `${what.charAt(0).toUpperCase()}${what.slice(1)}` : `${title}: ${what}`;
  return { ru: `${sentence}. По-английски: ${message}`, en: message };
}
