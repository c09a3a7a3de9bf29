import type { HistoryEvent } from '#engine';
import type { Sentence, SentenceContext } from './story-sentence.ts';

/** Kinds of history about the events of the model that people read about. */
export const STORY_EVENT_KINDS = [
  'messageCorrelated',
  'messageSent',
  'signalReceived',
  'signalBroadcast',
  'conditionChanged',
  'escalationThrown',
  'escalationCaught',
  'errorCaught',
  'compensationStarted',
  'elementCompensating',
] as const;

/** An event sub-process begins like any element; which of the many that begin is one, only the row itself tells. */
export const EVENT_SUB_PROCESS_BEGUN = `(kind = 'elementActivated' AND event LIKE '%"elementType":"eventSubProcess"%')`;

/** What an event of the model did, by the name that its author gave it; null for what is not worth a sentence. */
export function eventSentence(event: HistoryEvent, { language, elementName }: SentenceContext): Sentence | null {
  const say = (kind: Sentence['kind'], ru: string, en: string, elementId: string, details: string[] = []): Sentence => {
    const name = elementName(elementId);
    return { kind, text: language === 'ru' ? `${ru}: «${name}»` : `${en}: “${name}”`, details };
  };
  switch (event.kind) {
    case 'messageCorrelated':
      return say('message', 'Получено сообщение', 'Message received', event.elementId);
    case 'messageSent':
      return say('message', 'Отправлено сообщение', 'Message sent', event.elementId);
    case 'signalReceived':
      return say('message', 'Получен сигнал', 'Signal received', event.elementId);
    case 'signalBroadcast':
      return say('message', 'Подан сигнал', 'Signal sent', event.elementId);
    case 'conditionChanged':
      // That it holds no more makes nothing happen.
      return event.holds ? say('decision', 'Условие выполнено', 'Condition met', event.elementId) : null;
    case 'escalationThrown':
      return say('deadline', 'Эскалация', 'Escalation', event.elementId, codeOf(event.escalationCode));
    case 'escalationCaught':
      return say('deadline', 'Эскалация принята', 'Escalation handled', event.elementId, codeOf(event.escalationCode));
    case 'errorCaught': {
      const { errorCode, errorMessage } = event;
      const details = errorMessage === '' ? [errorCode] : [`${errorCode}: ${errorMessage}`];
      return say('incident', 'Обработана ошибка', 'Error handled', event.elementId, details);
    }
    case 'compensationStarted':
      return say('task', 'Отменяется сделанное', 'Being undone', event.elementId);
    case 'elementCompensating':
      return say(
        'incident',
        'Отменено, сделанное отменяется',
        'Canceled, what was done is being undone',
        event.elementId,
      );
    case 'elementActivated':
      return event.element.elementType === 'eventSubProcess'
        ? say('task', 'Начато по событию', 'Begun by an event', event.element.elementId)
        : null;
    default:
      return null;
  }
}

function codeOf(code: string): string[] {
  return code === '' ? [] : [code];
}
