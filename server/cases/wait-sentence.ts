import { assertNever, type ClosingFlow, type PossibleEvent, type TokenSource, type WaitReason } from '#engine';
import type { Language } from '#contract';

export interface WaitWords {
  readonly language: Language;
  /** Name of an element of this instance's model. */
  readonly elementName: (elementId: string) => string;
  /** What a flow is called on the screen: its own name, or where it comes from. */
  readonly flowName: (flowId: string) => string;
  readonly personName: (username: string) => string;
  readonly groupName: (groupId: string) => string;
  /** A date and time in the person's language. */
  readonly instant: (at: number) => string;
}

/** Why a place does not go on, as a sentence; null for what its inside says better. */
export function waitSentence(reason: WaitReason, words: WaitWords): string | null {
  const { instant } = words;
  const say = sayIn(words.language);
  switch (reason.kind) {
    case 'userTask':
      return userTaskSentence(reason, words);
    case 'job': {
      if (reason.retries === 0)
        return say('Попытки исчерпаны: нужен администратор', 'No tries are left: an administrator is needed');
      const again = reason.backingOff
        ? say(`, повтор ${instant(reason.availableAt)}`, `, next try ${instant(reason.availableAt)}`)
        : '';
      const error = reason.errorMessage === null ? '' : `. ${reason.errorMessage}`;
      return say(`Ждёт исполнителя «${reason.type}»`, `Waits for a worker of “${reason.type}”`) + again + error;
    }
    case 'timer':
    case 'message':
    case 'signal':
    case 'condition':
      return say(`Ждёт: ${triggerText(reason, words)}`, `Waits for ${triggerText(reason, words)}`);
    case 'incident':
      return say(
        `Остановлено на «${words.elementName(reason.elementId)}»: ${reason.message}`,
        `Stopped at “${words.elementName(reason.elementId)}”: ${reason.message}`,
      );
    case 'calledInstance':
      return say(
        `Ждёт окончания процесса «${reason.calledElement}»`,
        `Waits for the process “${reason.calledElement}” to end`,
      );
    case 'iterations': {
      const total = reason.total === null ? '' : say(` из ${reason.total}`, ` of ${reason.total}`);
      return say(
        `Проходов завершено: ${reason.completed}${total}, идёт: ${reason.running.length}`,
        `Passes done: ${reason.completed}${total}, running: ${reason.running.length}`,
      );
    }
    case 'adHoc': {
      const could = reason.couldStart.map((id) => `«${words.elementName(id)}»`).join(', ');
      if (could !== '') return say(`Можно начать: ${could}`, `Can be started: ${could}`);
      return say('Ждёт окончания начатого', 'Waits for what has begun to end');
    }
    case 'compensation':
      return reason.currentId === null
        ? say('Ждёт очереди на отмену сделанного', 'Waits for its turn to undo what was done')
        : say(
            `Отменяется сделанное: «${words.elementName(reason.currentId)}»`,
            `What was done is being undone: “${words.elementName(reason.currentId)}”`,
          );
    case 'join':
      return joinSentence(reason, words);
    case 'startQuantity':
      return say(
        `Начнётся, когда придут ветви: ${reason.needed}, пришло: ${reason.tokens.length}${from(reason.comesFrom, words)}`,
        `Starts when ${reason.needed} branches have come, so far ${reason.tokens.length}${from(reason.comesFrom, words)}`,
      );
    case 'inner':
      return null;
    default:
      return assertNever(reason);
  }
}

function userTaskSentence(reason: Extract<WaitReason, { kind: 'userTask' }>, words: WaitWords): string {
  const say = sayIn(words.language);
  const groups = reason.candidateGroups.map(words.groupName);
  const people = reason.candidateUsers.map(words.personName);
  const who = [...groups, ...people].join(', ');
  const due =
    reason.dueAt === null
      ? ''
      : reason.overdue
        ? say(`, срок прошёл ${words.instant(reason.dueAt)}`, `, was due ${words.instant(reason.dueAt)}`)
        : say(`, срок ${words.instant(reason.dueAt)}`, `, due ${words.instant(reason.dueAt)}`);
  if (reason.assignee !== null) {
    const name = words.personName(reason.assignee);
    return say(`Задача у исполнителя: ${name}`, `The task is with ${name}`) + due;
  }
  if (who === '') return say('Задачу никто не взял', 'Nobody has taken the task') + due;
  return say(`Задачу может взять: ${who}`, `The task can be taken by ${who}`) + due;
}

function joinSentence(reason: Extract<WaitReason, { kind: 'join' }>, words: WaitWords): string {
  const say = sayIn(words.language);
  const came = reason.tokens.map(({ flowId }) => `«${words.flowName(flowId)}»`).join(', ');
  const closed = reason.closedBy.map((flow) => closingText(flow, words)).join('; ');
  const opensBy = {
    everyFlow: say('Ждёт, пока придут все ветви', 'Waits until every branch has come'),
    nothingElse: say('Ждёт ветви, которые ещё могут прийти', 'Waits for branches that may still come'),
    condition: say(`Ждёт условия ${reason.condition ?? ''}`, `Waits for the condition ${reason.condition ?? ''}`),
    incident: say('Ждёт, пока снимут остановку', 'Waits until its stop is resolved'),
  }[reason.opensBy];
  const have = came === '' ? '' : say(`. Пришла: ${came}`, `. Came by ${came}`);
  const lacks = closed === '' ? '' : say(`. Нет: ${closed}`, `. Missing: ${closed}`);
  return opensBy + have + lacks;
}

function closingText({ flowId, comesFrom }: ClosingFlow, words: WaitWords): string {
  const say = sayIn(words.language);
  const name = `«${words.flowName(flowId)}»`;
  if (comesFrom.length > 0) return `${name}${from(comesFrom, words)}`;
  return say(`${name} — прийти уже некому`, `${name} — nothing can come any more`);
}

function from(sources: readonly TokenSource[], { language, elementName }: WaitWords): string {
  if (sources.length === 0) return '';
  const names = [...new Set(sources.map(({ elementId }) => `«${elementName(elementId)}»`))].join(', ');
  return sayIn(language)(` — может прийти от ${names}`, ` — may come from ${names}`);
}

type AnyTrigger = Extract<WaitReason, { kind: 'timer' | 'message' | 'signal' | 'condition' }>;

function triggerText(trigger: AnyTrigger, { language, instant }: WaitWords): string {
  const say = sayIn(language);
  switch (trigger.kind) {
    case 'timer':
      return say(`время ${instant(trigger.dueAt)}`, `the time ${instant(trigger.dueAt)}`);
    case 'message': {
      const key =
        trigger.correlationKey === ''
          ? ''
          : say(` с ключом ${trigger.correlationKey}`, ` with the key ${trigger.correlationKey}`);
      return say(`сообщение «${trigger.messageName}»${key}`, `the message “${trigger.messageName}”${key}`);
    }
    case 'signal':
      return say(`сигнал «${trigger.signalName}»`, `the signal “${trigger.signalName}”`);
    case 'condition':
      return say(`условие ${trigger.condition}`, `the condition ${trigger.condition}`);
    default:
      return assertNever(trigger);
  }
}

/** What may happen to a place meanwhile, as a sentence. */
export function possibleSentence(event: PossibleEvent, words: WaitWords): string {
  const say = sayIn(words.language);
  const name = `«${event.eventName || event.eventId}»`;
  const what = possibleTrigger(event.trigger, words);
  const effect = event.interrupting ? say('прервёт', 'would interrupt') : say('пойдёт рядом', 'would run beside');
  return `${name}: ${what} — ${effect}`;
}

function possibleTrigger(trigger: PossibleEvent['trigger'], words: WaitWords): string {
  const say = sayIn(words.language);
  switch (trigger.kind) {
    case 'error':
      return trigger.code === null
        ? say('любая ошибка', 'any error')
        : say(`ошибка ${trigger.code}`, `the error ${trigger.code}`);
    case 'escalation':
      return trigger.code === null
        ? say('любая эскалация', 'any escalation')
        : say(`эскалация ${trigger.code}`, `the escalation ${trigger.code}`);
    case 'cancel':
      return say('отмена транзакции', 'the transaction is cancelled');
    case 'timer':
    case 'message':
    case 'signal':
    case 'condition':
      return triggerText(trigger, words);
    default:
      return assertNever(trigger);
  }
}

function sayIn(language: Language): (ru: string, en: string) => string {
  return (ru, en) => (language === 'ru' ? ru : en);
}
