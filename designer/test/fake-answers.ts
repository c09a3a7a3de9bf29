import { SessionView } from '#contract';
import { Type, type TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GROUPS, type FakeWorld } from './fake-world.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));

export const FACTS = [
  { name: 'channel', label: 'Канал', value: 'mail', text: 'Почта' },
  { name: 'client', label: 'Клиент', value: 'ООО «ТеплоДом»', text: 'ООО «ТеплоДом», Екатеринбург' },
  { name: 'phone', label: 'Телефон', value: '+79123456789', text: '+7 912 345-67-89' },
  { name: 'topic', label: 'Тема обращения', value: 'shortage', text: 'Недовоз' },
  { name: 'amount', label: 'Сумма претензии', value: 967265, text: '9 672,65 ₽' },
  { name: 'orderNo', label: 'Номер заказа или накладной', value: '4471', text: '4471 от 18.11.2026' },
];

export function sessionOf(user: FakeWorld['people'][number]): unknown {
  const groups = user.groups.map((groupId) => ({ groupId, name: GROUPS[groupId as keyof typeof GROUPS] }));
  const more = { anna: ['all-tasks'], boris: ['deploy'] }[user.username as 'anna' | 'boris'];
  const permissions = ['tasks', 'cases', ...(more ?? [])];
  return checked(SessionView, {
    user: { username: user.username, name: user.name, email: null },
    groups,
    roles: [],
    permissions,
  });
}

export function fakeDocument(now: Date): unknown {
  return {
    documentKey: '601',
    documentNumber: 'УВ-2026-000140',
    title: 'Уведомление о приёме обращения',
    template: 'answer-received',
    sha256: '9f2c41d7c0e64b1d8f0a5a6b1c2d3e4f5061728394a5b6c7d8e9f00112233a1b0',
    createdAt: new Date(now.getTime() - 1490 * 60_000).toISOString(),
    createdBy: null,
    shownTo: [],
    htmlUrl: '/api/documents/601/html',
    pdfUrl: '/api/documents/601/pdf',
  };
}

export function fakeDiagram(now: Date, overdue: boolean, incident: boolean): unknown {
  const since = new Date(now.getTime() - 60 * 60_000).toISOString();
  const done = (elementId: string, minutes: number) => ({ elementId, count: 1, minutes });
  const xml = (name: string): string => readFileSync(join(HERE, `${name}.bpmn`), 'utf8');
  return {
    diagrams: [
      {
        processInstanceKey: '2251799813690001',
        processId: 'claim-intake',
        processName: 'Приём и разбор обращения',
        version: 4,
        xml: xml('claim-intake'),
        active: [
          { elementId: 'Triage', count: 1, since, overdue, incident: false },
          { elementId: 'Production', count: 2, since, overdue: false, incident },
        ],
        completed: [
          done('Start_mail', 0),
          done('Decide_source', 0),
          done('Classify', 42),
          done('Gw_claim', 0),
          done('Check_set', 135),
        ],
        flowsTaken: ['F1', 'F2', 'F3', 'F4', 'F5'],
      },
      {
        processInstanceKey: '2251799813690002',
        processId: 'expertise',
        processName: 'Экспертиза производства',
        version: 1,
        xml: xml('expertise'),
        active: [{ elementId: 'E_inspect', count: 1, since, overdue: false, incident: false }],
        completed: [done('E_start', 0)],
        flowsTaken: ['E_f1'],
      },
    ],
  };
}

export function formDefinition(name: string): unknown {
  return JSON.parse(readFileSync(join(HERE, `../../engine/forms/test/${name}.form.json`), 'utf8'));
}

export function items<T extends TSchema>(item: T) {
  return Type.Object({ items: Type.Array(item) });
}

export function checked(schema: TSchema, value: unknown): unknown {
  const [error] = Value.Errors(schema, value);
  if (error !== undefined) throw new Error(`The fake answer breaks the contract at ${error.path}: ${error.message}`);
  return value;
}

export function page<T>(
  found: readonly T[],
  query: URLSearchParams,
  limit = 50,
): { items: T[]; nextCursor: string | null } {
  const start = Number(query.get('cursor') ?? 0);
  const end = start + Number(query.get('limit') ?? limit);
  return { items: found.slice(start, end), nextCursor: end < found.length ? String(end) : null };
}
