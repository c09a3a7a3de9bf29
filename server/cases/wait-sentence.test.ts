import assert from 'node:assert/strict';
import { possibleSentence, waitSentence, type WaitWords } from './wait-sentence.ts';

const words = (language: 'ru' | 'en'): WaitWords => ({
  language,
  elementName: (id) => ({ Pack: 'Собрать заказ', Join: 'Всё готово' })[id] ?? id,
  flowName: (id) => ({ F1: 'Оплачено', F2: 'Собрано' })[id] ?? id,
  personName: (username) => ({ anna: 'Анна Петрова' })[username] ?? username,
  groupName: (id) => ({ warehouse: 'Склад' })[id] ?? id,
  instant: () => '16 ноя 2026 г., 09:12',
});
const ru = words('ru');

describe('what a case waits for, in words', () => {
  const task = {
    kind: 'userTask',
    userTaskKey: 1,
    assignee: null,
    candidateUsers: [],
    candidateGroups: ['warehouse'],
    dueAt: null,
    overdue: false,
    since: 0,
  } as const;

  it('says who can take a task, who has it, and that its time has passed', () => {
    assert.equal(waitSentence(task, ru), 'Задачу может взять: Склад');
    assert.equal(
      waitSentence({ ...task, assignee: 'anna', dueAt: 1, overdue: true }, ru),
      'Задача у исполнителя: Анна Петрова, срок прошёл 16 ноя 2026 г., 09:12',
    );
    assert.equal(waitSentence({ ...task, candidateGroups: [] }, words('en')), 'Nobody has taken the task');
  });

  it('says of a join which way is missing and from where it may come', () => {
    const join = {
      kind: 'join',
      opensBy: 'everyFlow',
      condition: null,
      tokens: [{ tokenKey: 1, flowId: 'F1', arrivedAt: 0 }],
      closedBy: [
        { flowId: 'F2', comesFrom: [{ elementId: 'Pack', elementInstanceKey: 2, tokenKey: null }] },
        { flowId: 'F3', comesFrom: [] },
      ],
    } as const;
    assert.equal(
      waitSentence(join, ru),
      'Ждёт, пока придут все ветви. Пришла: «Оплачено». Нет: «Собрано» — может прийти от «Собрать заказ»; «F3» — прийти уже некому',
    );
  });

  it('says what may happen meanwhile, and whether it would interrupt', () => {
    const trigger = {
      kind: 'message',
      subscriptionKey: 1,
      messageName: 'отмена',
      correlationKey: '42',
      since: 0,
    } as const;
    assert.equal(
      possibleSentence(
        {
          place: 'boundary',
          eventId: 'Stop',
          eventName: 'Отменили',
          interrupting: true,
          trigger: { ...trigger, eventId: 'Stop', eventName: 'Отменили' },
        },
        ru,
      ),
      '«Отменили»: сообщение «отмена» с ключом 42 — прервёт',
    );
  });

  it('leaves a scope that only waits for what is inside it to those places', () => {
    assert.equal(waitSentence({ kind: 'inner', elementInstanceKeys: [1], tokenKeys: [] }, ru), null);
  });
});
