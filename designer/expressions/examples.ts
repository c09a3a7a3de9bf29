/** An expression with variables that show what it does; the names are those of the shipped processes. */
export interface Example {
  readonly title: { readonly ru: string; readonly en: string };
  readonly expression: string;
  readonly variables: object;
}

export const EXAMPLES: readonly Example[] = [
  {
    title: { ru: 'Условие шлюза', en: 'Condition of a gateway' },
    expression: 'topic = "delivery" and amount > 100000',
    variables: { topic: 'delivery', amount: 967265 },
  },
  {
    title: { ru: 'Срок в рабочем времени', en: 'Deadline in working time' },
    expression: 'working time after(receivedAt, "8WH", "ru-office")',
    variables: { receivedAt: '2026-11-27T16:30:00+03:00' },
  },
  {
    title: { ru: 'Сумма прописью', en: 'Amount in words' },
    expression: 'in words(sum(works.price))',
    variables: {
      works: [
        { name: 'Выезд', price: 150000 },
        { name: 'Замена платы', price: 817265 },
      ],
    },
  },
  {
    title: { ru: 'Отбор строк и НДС', en: 'Lines chosen, with VAT' },
    expression:
      'for line in works[price > 200000]\nreturn {\n  name: line.name,\n  vat: vat included(line.price, 22)\n}',
    variables: {
      works: [
        { name: 'Выезд', price: 150000 },
        { name: 'Замена платы', price: 817265 },
      ],
    },
  },
  {
    title: { ru: 'Проверка реквизитов', en: 'Check of requisites' },
    expression: 'is valid inn(контрагент.инн) and is valid bik(контрагент.бик)',
    variables: { контрагент: { название: 'ООО «Сервис»', инн: '7707083893', бик: '044525225' } },
  },
  {
    title: { ru: 'Кому назначить', en: 'Whom to assign' },
    expression: 'if amount > 1000000 then "начальник отдела"\nelse if warranty then "инженер"\nelse "оператор"',
    variables: { amount: 250000, warranty: true },
  },
];

export const FIRST_EXAMPLE = EXAMPLES[1]!;

export function sampleText(variables: object): string {
  return JSON.stringify(variables, null, 2);
}
