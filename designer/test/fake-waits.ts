import type { CaseWaitView } from '#contract';

/** A case that stands at several places at once: one late, one stopped, a join, and long words in each. */
export function fakeWaits(now: Date): CaseWaitView[] {
  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString();
  const place = { processInstanceKey: '1', processName: 'Обращение клиента' };
  return [
    {
      ...place,
      id: '1-2',
      title: 'Проверить гарантию и полноту приложенных документов',
      elementId: 'Warranty',
      since: hoursAgo(50),
      state: 'overdue',
      reasons: ['Задачу может взять: Инженеры сервиса, срок прошёл 20 ноя 2026 г., 18:00'],
      possible: [
        '«Клиент отозвал обращение»: сообщение «обращение отозвано» с ключом ОБР-2026-000417 — прервёт',
        '«Напомнить»: время 23 ноя 2026 г., 09:00 — пойдёт рядом',
      ],
    },
    {
      ...place,
      id: '1-3',
      title: 'Запросить остатки на складе',
      elementId: 'Stock',
      since: hoursAgo(3),
      state: 'stopped',
      reasons: [
        'Остановлено на «Запросить остатки на складе»: склад не отвечает (504)',
        'Попытки исчерпаны: нужен администратор',
      ],
      possible: [],
    },
    {
      id: '4-5',
      processInstanceKey: '4',
      processName: 'Выполнение',
      title: 'Всё готово?',
      elementId: 'Join',
      since: hoursAgo(1),
      state: 'waiting',
      reasons: ['Ждёт, пока придут все ветви. Пришла: «Оплачено». Нет: «Собрано» — может прийти от «Собрать заказ»'],
      possible: [],
    },
  ];
}
