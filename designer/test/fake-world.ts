import type {
  CaseSummary,
  DeadlineView,
  FileView,
  MailView,
  StageView,
  StoryEntry,
  TaskSummary,
  VariableView,
} from '#contract';

/** People, cases and tasks of a plausible Tuesday. Everything is told relative to `now`, so it never goes stale. */
export interface FakeTask extends TaskSummary {
  readonly formKey: 'classify-claim' | 'check-set' | null;
}

export interface FakeWorld {
  readonly tasks: FakeTask[];
  readonly cases: CaseSummary[];
  readonly people: readonly { readonly username: string; readonly name: string; readonly groups: readonly string[] }[];
}

export const GROUPS = {
  dispatch: 'Диспетчеры',
  warehouse: 'Склад',
  logistics: 'Логистика',
  claims: 'Отдел рекламаций',
} as const;

const SUBJECTS = [
  ['Недовоз по накладной 4471: 8 из 10 котлов', 'ООО «ТеплоДом»'],
  ['Разбита колба водонагревателя при доставке', 'Смирнова Ольга Павловна'],
  ['Котёл не выходит на температуру после двух недель работы', 'ИП Кузнецов А. В.'],
  ['Прошу разъяснить порядок гарантийного ремонта', 'АО «СтройИнвест»'],
  ['Не тот артикул: пришёл ВН-80 вместо ВН-100', 'Филиал «Урал», Екатеринбург'],
  ['Течь по сварному шву бака, прошу замену', 'ООО «Комфорт-Сервис»'],
  ['Повреждена упаковка, товар цел', 'Маркетплейс, заказ 88213-004'],
  ['Шумит насос, видео во вложении', 'Гаврилов Денис'],
  ['Возврат денег за неисправный термостат', 'Орлова Мария Сергеевна'],
  [
    'Повторное обращение по котлу КН-24: после замены платы управления ошибка Е04 возвращается каждые три-четыре часа, отопление в детском саду № 17 не работает, просим срочно прислать инженера и письменно сообщить сроки, потому что на улице минус двадцать два градуса',
    'Муниципальное бюджетное дошкольное образовательное учреждение «Центр развития ребёнка — детский сад № 17 „Солнышко“»',
  ],
] as const;
const STEPS = [
  ['Classify', 'Классифицировать обращение', 'dispatch', 'classify-claim'],
  ['Check_set', 'Проверить комплект', 'warehouse', 'check-set'],
  ['Triage', 'Разбор', 'claims', null],
] as const;

export function fakeWorld(now: Date): FakeWorld {
  const people = [
    { username: 'anna', name: 'Анна Сергеевна Петрова', groups: ['dispatch', 'claims'] },
    { username: 'boris', name: 'Борис Кладовщиков', groups: ['warehouse'] },
    { username: 'vera', name: 'Вера Новикова', groups: [] },
    { username: 'ivanov', name: 'Иванов Пётр Алексеевич', groups: ['dispatch', 'claims'] },
  ];
  const at = (minutes: number): string => new Date(now.getTime() + minutes * 60_000).toISOString();
  const cases: CaseSummary[] = [];
  const tasks: FakeTask[] = [];
  for (let index = 0; index < 140; index++) {
    const [title, client] = SUBJECTS[index % SUBJECTS.length] ?? SUBJECTS[0];
    const ended = index > 120;
    const step = STEPS[index < 9 ? 0 : index % 3] ?? STEPS[0];
    const left = [-620, 24, 55, 200, 470, 830, -45, 1500, 2600, -1][index % 10] ?? 300;
    const deadline = ended ? null : index % 23 === 7 ? null : deadlineOf(left, at, index % 17 === 8);
    const caseKey = String(2251799813690000 + index);
    const caseNumber = index === 12 ? null : `ОБР-2026-${String(140 - index).padStart(6, '0')}`;
    cases.push({
      caseKey,
      caseNumber,
      title,
      client: index % 11 === 4 ? null : client,
      processId: 'claim-intake',
      processName: 'Приём и разбор обращения',
      state: ended ? (index % 5 === 1 ? 'TERMINATED' : 'COMPLETED') : 'ACTIVE',
      hasIncident: index === 5,
      stages: ended ? [] : [step[1]],
      startedAt: at(-(index * 97 + 40)),
      endedAt: ended ? at(-index * 11) : null,
      deadline,
    });
    if (ended) continue;
    const holder = index < 7 ? 'anna' : index % 4 === 1 ? 'ivanov' : null;
    tasks.push({
      userTaskKey: String(4503599627380000 + index),
      name: step[1],
      elementId: step[0],
      state: 'CREATED',
      caseKey,
      caseNumber,
      caseTitle: title,
      processId: index % 3 === 2 ? 'warranty-repair' : 'claim-intake',
      processName: index % 3 === 2 ? 'Гарантийный ремонт' : 'Приём и разбор обращения',
      client: index % 11 === 4 ? null : client,
      assignee: holder,
      assigneeName: people.find((person) => person.username === holder)?.name ?? null,
      candidateGroups: [step[2]],
      candidateGroupNames: [GROUPS[step[2]]],
      priority: 50,
      createdAt: at(-(index * 97 + 30)),
      deadline,
      formKey: index === 6 ? null : step[3],
    });
  }
  const due = (task: FakeTask): number => task.deadline?.leftMinutes ?? Number.MAX_SAFE_INTEGER;
  tasks.sort((one, other) => due(one) - due(other));
  return { tasks, cases, people };
}

function deadlineOf(left: number, at: (minutes: number) => string, paused: boolean): DeadlineView {
  const total = Math.max(480, Math.abs(left) * 1.4);
  const light = paused ? 'grey' : left < 0 ? 'red' : left <= total * 0.2 ? 'amber' : 'green';
  return {
    dueAt: at(left * 3),
    totalMinutes: Math.round(total),
    leftMinutes: left,
    minutesPerDay: 480,
    light,
    zone: 'Europe/Moscow',
    provisional: left > 2000,
    escalatesTo: 'Отдел рекламаций',
  };
}

export function fakeStages(now: Date, item: CaseSummary, tasks: readonly FakeTask[]): StageView[] {
  const at = (minutes: number): string => new Date(now.getTime() + minutes * 60_000).toISOString();
  const open = tasks.find((task) => task.caseKey === item.caseKey && task.state === 'CREATED');
  const step = STEPS.findIndex(([, name]) => name === open?.name);
  const passed = open === undefined ? STEPS.length : step;
  return [
    ...STEPS.slice(0, passed).map(([elementId, name], index) => ({
      elementId,
      name,
      state: 'done' as const,
      startedAt: at(-3000 + index * 500),
      endedAt: at(-2700 + index * 500),
      heldBy: index === 1 ? 'Борис Кладовщиков' : 'Анна Сергеевна Петрова',
      userTaskKey: null,
    })),
    ...(open === undefined
      ? []
      : [
          {
            elementId: open.elementId,
            name: open.name,
            state: (open.deadline?.leftMinutes ?? 1) < 0 ? ('overdue' as const) : ('current' as const),
            startedAt: open.createdAt,
            endedAt: null,
            heldBy: open.assigneeName,
            userTaskKey: open.userTaskKey,
          },
        ]),
  ];
}

export function fakeStory(now: Date): StoryEntry[] {
  const at = (minutes: number): string => new Date(now.getTime() + minutes * 60_000).toISOString();
  const entry = (
    id: number,
    minutes: number,
    kind: StoryEntry['kind'],
    text: string,
    details: string[] = [],
    by: string | null = null,
  ): StoryEntry => ({
    id: String(id),
    at: at(minutes),
    kind,
    by,
    text,
    details,
  });
  return [
    entry(12, -3, 'task', 'Анна Сергеевна Петрова взяла в работу «Классифицировать обращение»', [], 'anna'),
    entry(11, -64, 'deadline', 'Напоминание: до срока классификации осталось 20 % времени', [
      'Получили: Анна Сергеевна Петрова, Диспетчеры',
    ]),
    entry(10, -150, 'message', 'Клиент ответил на письмо, ответ присоединён к делу', [
      'Тема: Re: [ОБР-2026-000140] Недовоз по накладной 4471',
    ]),
    entry(9, -1490, 'document', 'Создан документ «Уведомление о приёме обращения» № УВ-2026-000140', [
      'Шаблон: answer-received',
      'SHA-256: 9f2c41d7…a1b0',
    ]),
    entry(8, -1495, 'job', 'Система отправила уведомление на info@teplodom.example'),
    entry(7, -1510, 'incident', 'Сбой при отправке: почтовый сервер не принял письмо, действие повторено через 30 с', [
      '421 4.7.0 Try again later',
      'Попытка 2 из 5',
      'Следующая через 30 с',
    ]),
    entry(6, -1520, 'decision', 'Решение «Маршрут обращения»: по правилу 3 — передать диспетчерам', [
      'Правило 3: канал = «почта», отправитель — юридическое лицо',
      'Результат: группа «Диспетчеры», приоритет «обычный»',
      'Проверены правила 1 и 2: не подошли',
    ]),
    entry(5, -1530, 'start', 'Открыто дело ОБР-2026-000140 по процессу «Приём и разбор обращения», версия 4'),
    entry(
      4,
      -1531,
      'mail',
      'Пришло письмо от ООО «ТеплоДом» <info@teplodom.example>: «Недовоз по накладной 4471: 8 из 10 котлов»',
      ['Вложений: 4'],
    ),
  ];
}

const MAIL_TEXT = `Добрый день!

Сегодня получили груз по накладной 4471 от 18.11.2026. По документам 10 котлов КН-24, фактически на паллете 8 штук. Упаковка одного места вскрыта, лента чужая, фото приложил.

Просим допоставить 2 котла до конца недели: у нас монтаж на объекте «ЖК Северный», бригада простаивает.

Контакт: Илья Орлов, +7 912 345-67-89.`;
const MAIL_QUOTE = `

--
С уважением,
Илья Орлов, начальник снабжения ООО «ТеплоДом»
г. Екатеринбург, ул. Монтажников, 24

> 18.11.2026 09:14, Отдел отгрузки пишет:
> Илья, добрый день! Машина вышла, водитель Сергей, тел. +7 902 111-22-33.
> Ожидайте 21.11 до обеда.
>> Когда отгрузка по счёту 1187? Сроки горят.`;

export function fakeFiles(now: Date): FileView[] {
  const at = (minutes: number): string => new Date(now.getTime() + minutes * 60_000).toISOString();
  const file = (
    key: number,
    name: string,
    mimeType: string,
    size: number,
    source: FileView['source'],
    by: string,
  ): FileView => ({
    fileKey: String(key),
    name,
    mimeType,
    size,
    sha256: `${key}`.padEnd(64, 'a3'),
    url: `/api/files/${key}`,
    createdAt: at(-1531),
    source,
    by,
  });
  return [
    file(501, 'IMG_20261121_114512.jpg', 'image/png', 2_412_300, 'mail', 'ООО «ТеплоДом»'),
    file(502, 'Вскрытая коробка, лента чужая, вид сбоку.png', 'image/png', 1_908_112, 'mail', 'ООО «ТеплоДом»'),
    file(503, 'Накладная 4471 от 18.11.2026.pdf', 'application/pdf', 184_320, 'mail', 'ООО «ТеплоДом»'),
    file(504, 'IMG_0012.HEIC', 'image/heic', 3_250_000, 'mail', 'ООО «ТеплоДом»'),
    file(505, 'УВ-2026-000140.pdf', 'application/pdf', 48_128, 'document', 'answer-received'),
  ];
}

export function fakeMails(now: Date): MailView[] {
  const at = (minutes: number): string => new Date(now.getTime() + minutes * 60_000).toISOString();
  const files = fakeFiles(now)
    .slice(0, 4)
    .map(({ fileKey, name, mimeType, size, sha256, url }) => ({ fileKey, name, mimeType, size, sha256, url }));
  const mail = (
    mailKey: string,
    direction: MailView['direction'],
    minutes: number,
    subject: string,
    text: string,
    rest: Partial<MailView> = {},
  ): MailView => ({
    mailKey,
    direction,
    from: direction === 'in' ? 'ООО «ТеплоДом» <info@teplodom.example>' : 'Отдел рекламаций <claims@zavod.example>',
    to: direction === 'in' ? 'Отдел рекламаций <claims@zavod.example>' : 'ООО «ТеплоДом» <info@teplodom.example>',
    subject,
    at: at(minutes),
    text,
    fullText: text,
    attachments: [],
    ...rest,
  });
  return [
    mail('901', 'in', -1531, 'Недовоз по накладной 4471: 8 из 10 котлов', MAIL_TEXT, {
      fullText: MAIL_TEXT + MAIL_QUOTE,
      attachments: files,
    }),
    mail(
      '902',
      'out',
      -1495,
      '[ОБР-2026-000140] Мы получили ваше обращение',
      'Здравствуйте!\n\nВаше обращение зарегистрировано под номером ОБР-2026-000140. Ответим до 24 ноября 2026 года.',
    ),
    mail(
      '903',
      'in',
      -150,
      'Re: [ОБР-2026-000140] Мы получили ваше обращение',
      'Спасибо. Добавлю: водитель подтвердил, что паллету перегружали на терминале в Перми.',
      {
        fullText:
          'Спасибо. Добавлю: водитель подтвердил, что паллету перегружали на терминале в Перми.\n\n> Ваше обращение зарегистрировано под номером ОБР-2026-000140.',
      },
    ),
  ];
}

export function fakeVariables(now: Date): VariableView[] {
  const updatedAt = new Date(now.getTime() - 40 * 60_000).toISOString();
  const value = (name: string, content: unknown, scope = 'дело'): VariableView => ({
    name,
    value: content,
    scope,
    updatedAt,
  });
  return [
    value('caseNumber', 'ОБР-2026-000140'),
    value('channel', 'mail'),
    value('client', { name: 'ООО «ТеплоДом»', kind: 'b2b', email: 'info@teplodom.example', phone: '+79123456789' }),
    value('text', MAIL_TEXT),
    value('quantityOrdered', 10),
    value('quantityReceived', 8),
    value('isClaim', true),
    value('attachments', fakeFiles(now).slice(0, 4)),
    value('amount', 967265),
    value('verdict', null),
    value('attempt', 2, 'Отправить ответ клиенту'),
  ];
}
