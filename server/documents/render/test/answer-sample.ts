/** Data for `answer.hbs`: `count` lines of goods. Sums are integer kopecks. */
export function answerSample(count: number) {
  const lines = Array.from({ length: count }, (_, index) => ({
    position: index + 1,
    name:
      index % 7 === 3
        ? `Дрель ударная ДУ-750 с аккумулятором повышенной ёмкости, партия 2026-09-${index}`
        : `Дрель ДУ-${700 + index}`,
    quantity: index % 5 === 0 ? 1.5 : 2,
    price: 499_000n,
    sum: 998_000n,
  }));
  return {
    company: {
      name: 'ООО «Техника для дома»',
      inn: '7707083893',
      kpp: '770701001',
      address: '115191, г. Москва, ул. Большая Тульская, д. 10, стр. 3',
      phone: '+7 (495) 555-01-00',
      email: 'reklama@tehnika.example',
    },
    number: 'ОТВ-2026-000017',
    documentDate: '2026-11-20',
    receivedDate: '2026-11-16',
    caseNumber: 'ОБР-2026-000123',
    client: {
      title: 'Директору ООО «Строймир»',
      name: 'И. П. Ковалёвой',
      address: '127018, г. Москва, ул. Сущёвский Вал, д. 5',
    },
    greeting: 'Уважаемая Ирина Петровна!',
    verdict: 'недостача двух изделий по ТТН № 4471 подтверждена, вина склада установлена актом',
    lines,
    total: 998_000n * BigInt(count),
    days: 10,
    requests: ['прислать реквизиты для возврата', 'приложить подписанный акт о расхождении (форма ТОРГ-2)'],
    signatory: { position: 'Руководитель отдела рекламаций', name: 'А. В. Соколова' },
    author: { name: 'Д. Мельников', phone: '+7 (495) 555-01-03' },
  };
}
