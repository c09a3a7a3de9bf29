import type { CatalogueRow } from './catalogue-row.ts';

/* prettier-ignore */
export const listRows: readonly CatalogueRow[] = [
  ['list contains', 'Whether a value is among the elements.', 'Есть ли значение среди элементов.', 'list contains([1, 2, 3], 2)', true],
  ['count', 'The number of elements.', 'Число элементов.', 'count([5, 7])', 2],
  ['min', 'The least of numbers, texts or dates.', 'Наименьшее из чисел, текстов или дат.', 'min(3, 1, 2)', 1],
  ['max', 'The greatest of numbers, texts or dates.', 'Наибольшее из чисел, текстов или дат.', 'max([3, 1, 2])', 3],
  ['sum', 'The sum; null for an empty list.', 'Сумма; null для пустого списка.', 'sum([0.1, 0.2])', 0.3],
  ['mean', 'The arithmetic mean.', 'Среднее арифметическое.', 'mean([1, 2, 6])', 3],
  ['product', 'The product.', 'Произведение.', 'product([2, 3, 4])', 24],
  ['median', 'The middle number.', 'Медиана.', 'median([8, 2, 5, 3])', 4],
  ['stddev', 'The standard deviation of a sample.', 'Стандартное отклонение выборки.', 'stddev([2, 4, 6])', 2],
  ['mode', 'The most frequent numbers, in order.', 'Самые частые числа по возрастанию.', 'mode([6, 3, 6, 1, 1])', [1, 6]],
  ['all', 'Whether all are true.', 'Все ли истинны.', 'all([true, false])', false],
  ['any', 'Whether one is true.', 'Есть ли истинное.', 'any([true, false])', true],
  ['sublist', 'A part of a list from a position.', 'Часть списка с позиции.', 'sublist([4, 5, 6], 1, 2)', [4, 5]],
  ['append', 'The list with elements added at its end.', 'Список с элементами, добавленными в конец.', 'append([1], 2, 3)', [1, 2, 3]],
  ['concatenate', 'Lists one after another.', 'Списки друг за другом.', 'concatenate([1, 2], [3])', [1, 2, 3]],
  ['insert before', 'The list with an element inserted at a position.', 'Список с элементом, вставленным на позицию.', 'insert before([1, 3], 2, 2)', [1, 2, 3]],
  ['remove', 'The list without the element at a position.', 'Список без элемента на позиции.', 'remove([1, 2, 3], 2)', [1, 3]],
  ['list replace', 'The list with one element replaced, at a position or where a function of (item, newItem) is true.', 'Список с заменой элемента: на позиции или там, где функция (item, newItem) истинна.', 'list replace([2, 4, 7], 3, 6)', [2, 4, 6]],
  ['reverse', 'The elements from last to first.', 'Элементы в обратном порядке.', 'reverse([1, 2, 3])', [3, 2, 1]],
  ['index of', 'The positions of a value.', 'Позиции значения.', 'index of([1, 2, 1], 1)', [1, 3]],
  ['union', 'All elements of the lists, each once.', 'Все элементы списков, каждый один раз.', 'union([1, 2], [2, 3])', [1, 2, 3]],
  ['distinct values', 'The elements, each once.', 'Элементы, каждый один раз.', 'distinct values([1, 2, 1])', [1, 2]],
  ['flatten', 'The elements of nested lists in one list.', 'Элементы вложенных списков одним списком.', 'flatten([[1, 2], [[3]]])', [1, 2, 3]],
  ['sort', 'Sorts in ascending order, or by a function that tells which of two comes first.', 'Упорядочивает по возрастанию или функцией, которая говорит, кто из двух раньше.', 'sort([3, 1, 2], function(x, y) x > y)', [3, 2, 1]],
  ['is empty', 'Whether a list has no elements.', 'Пуст ли список.', 'is empty([])', true],
];

/* prettier-ignore */
export const contextRows: readonly CatalogueRow[] = [
  ['get value', 'The entry of a context by its name, or by a list of names the entry inside.', 'Значение контекста по имени, по списку имён — вложенное.', 'get value({цена: 5}, "цена")', 5],
  ['get entries', 'The entries as a list of {key, value}.', 'Записи контекста списком {key, value}.', 'get entries({a: 1})', [{ key: 'a', value: 1 }]],
  ['context', 'A context made of {key, value} entries.', 'Контекст из записей {key, value}.', 'context([{key: "a", value: 1}])', { a: 1 }],
  ['context put', 'The context with one entry set; a list of names reaches inside.', 'Контекст с заданной записью; список имён ведёт внутрь.', 'context put({a: 1}, "b", 2)', { a: 1, b: 2 }],
  ['context merge', 'One context of several; the later one wins.', 'Один контекст из нескольких; последний важнее.', 'context merge([{a: 1}, {a: 2, b: 3}])', { a: 2, b: 3 }],
];

/* prettier-ignore */
export const logicRows: readonly CatalogueRow[] = [
  ['not', 'The contrary of true or false; null for anything else.', 'Отрицание; null для всего, что не true и не false.', 'not(true)', false],
  ['is', 'Whether two values are the same in kind and notation: 10:00Z is not 12:00+02:00.', 'Одно ли это значение по виду и записи: 10:00Z — не 12:00+02:00.', 'is(@"10:00:00Z", @"12:00:00+02:00")', false],
  ['get or else', 'A value, or another when it is null.', 'Значение или другое, если оно null.', 'get or else(null, 0)', 0],
  ['is defined', 'Whether a variable or entry exists, null or not.', 'Есть ли переменная или запись, пусть и null.', 'is defined({a: null}.a)', true],
  ['assert', 'The value when the condition holds; otherwise the evaluation fails with the cause.', 'Значение, если условие верно; иначе вычисление прерывается с причиной.', 'assert(5, 5 > 3, "мало")', 5],
  ['from json', 'A value of JSON text.', 'Значение из текста JSON.', 'from json("[1, 2]")', [1, 2]],
  ['to json', 'A value as JSON text.', 'Значение текстом JSON.', 'to json({a: 1})', '{"a":1}'],
];
