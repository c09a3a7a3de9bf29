import assert from 'node:assert/strict';
import type { ElementInstance, HistoryEvent } from '#engine';
import type { Language } from '#contract';
import { storySentence } from './story-sentence.ts';

const NAMES: Readonly<Record<string, string>> = { recall: 'Отзыв заказа', alarm: 'Тревога' };

function tell(event: HistoryEvent, language: Language = 'ru'): string | null {
  const sentence = storySentence(event, {
    language,
    by: null,
    isRoot: true,
    processName: 'Заказ',
    caseNumber: null,
    elementName: (elementId) => NAMES[elementId] ?? elementId,
    taskName: (_key, elementId) => elementId,
    personName: (username) => username,
    groupName: (groupId) => groupId,
  });
  return sentence && [sentence.text, ...sentence.details].join(' | ');
}

const element = (elementType: ElementInstance['elementType']): HistoryEvent => ({
  kind: 'elementActivated',
  element: {
    key: 1,
    elementId: 'alarm',
    elementType,
    scopeKey: null,
    state: 'active',
    startedAt: 0,
    loop: null,
    loopIndex: null,
    calledInstanceKey: null,
    memory: null,
  },
});

describe('the story of a case tells the events of the model', () => {
  const at = { elementId: 'recall' };
  const wait = { subscriptionKey: 1, closes: true, ...at };
  const told: readonly (readonly [HistoryEvent, string | null, string | null])[] = [
    [
      { kind: 'messageCorrelated', messageName: 'm', messageKey: 2, ...wait },
      'Получено сообщение: «Отзыв заказа»',
      'Message received: “Отзыв заказа”',
    ],
    [
      { kind: 'signalReceived', signalName: 's', ...wait },
      'Получен сигнал: «Отзыв заказа»',
      'Signal received: “Отзыв заказа”',
    ],
    [
      { kind: 'signalBroadcast', signalName: 's', ...at },
      'Подан сигнал: «Отзыв заказа»',
      'Signal sent: “Отзыв заказа”',
    ],
    [
      { kind: 'conditionChanged', subscriptionKey: 1, holds: true, ...at },
      'Условие выполнено: «Отзыв заказа»',
      'Condition met: “Отзыв заказа”',
    ],
    [{ kind: 'conditionChanged', subscriptionKey: 1, holds: false, ...at }, null, null],
    [
      { kind: 'escalationThrown', escalationCode: 'LATE', ...at },
      'Эскалация: «Отзыв заказа» | LATE',
      'Escalation: “Отзыв заказа” | LATE',
    ],
    [
      { kind: 'escalationCaught', escalationCode: '', ...at },
      'Эскалация принята: «Отзыв заказа»',
      'Escalation handled: “Отзыв заказа”',
    ],
    [
      { kind: 'errorCaught', elementInstanceKey: 1, errorCode: 'E', errorMessage: 'нет', ...at },
      'Обработана ошибка: «Отзыв заказа» | E: нет',
      'Error handled: “Отзыв заказа” | E: нет',
    ],
    [
      { kind: 'compensationStarted', recordKey: 1, ...at },
      'Отменяется сделанное: «Отзыв заказа»',
      'Being undone: “Отзыв заказа”',
    ],
    [
      { kind: 'elementCompensating', elementInstanceKey: 1, ...at },
      'Отменено, сделанное отменяется: «Отзыв заказа»',
      'Canceled, what was done is being undone: “Отзыв заказа”',
    ],
    [element('eventSubProcess'), 'Начато по событию: «Тревога»', 'Begun by an event: “Тревога”'],
    [element('userTask'), null, null],
  ];
  for (const [event, ru, en] of told) {
    it(`${event.kind}: ${ru ?? 'nothing'}`, () => assert.deepEqual([tell(event), tell(event, 'en')], [ru, en]));
  }
});
