import { notFound, Refused, type RefusalCode, type Texts } from '../http/refused.ts';
import { LateJobResult, UnknownJob } from '../worker/job-errors.ts';
import { DuplicateMessage, NobodyWaits } from '../messages/message-errors.ts';
import { CommandRejected, UnknownDefinition, UnknownInstance } from '../runtime/runtime-errors.ts';

/**
 * Waits for a command and tells its rejection in the API's statuses: 404 what is not there (or no longer), 409 what is in
 * the wrong state, 400 what the command may not say.
 */
export async function carriedOut<T>(command: Promise<T>): Promise<T> {
  try {
    return await command;
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
}

const CODES: Readonly<Record<CommandRejected['code'], RefusalCode>> = {
  NOT_FOUND: 'not-found',
  INVALID_STATE: 'conflict',
  INVALID_ARGUMENT: 'invalid-request',
  ALREADY_ASSIGNED: 'already-assigned',
};

function refusalOf(error: unknown): Refused | null {
  if (error instanceof UnknownInstance) return notFound(PROCESS_INSTANCE);
  if (error instanceof NobodyWaits) {
    const { messageName: name, correlationKey: key } = error;
    return new Refused('not-found', {
      ru: `Сообщения «${name}» с ключом «${key}» никто не ждёт. Проверьте имя и ключ или опубликуйте его с timeToLive.`,
      en: error.message,
    });
  }
  if (error instanceof DuplicateMessage) {
    return new Refused('conflict', {
      ru: `Сообщение с messageId «${error.messageId}» уже опубликовано; второй раз оно не публикуется.`,
      en: error.message,
    });
  }
  if (error instanceof UnknownJob) return notFound(JOB);
  if (error instanceof LateJobResult) {
    return new Refused('conflict', {
      ru: `Срок аренды работы ${error.jobKey} истёк, ответ не учтён. Берите работу на больший timeout или продлевайте его.`,
      en: error.message,
    });
  }
  if (error instanceof UnknownDefinition) {
    return new Refused('not-found', {
      ru: `Не опубликовано: ${error.reference}. Опубликуйте или исправьте ссылку.`,
      en: error.message,
    });
  }
  if (error instanceof CommandRejected) {
    return new Refused(CODES[error.code], { ru: `Движок отклонил действие: ${error.message}.`, en: `${error.message}.` });
  }
  return null;
}

export const PROCESS_INSTANCE: Texts = { ru: 'Экземпляр процесса', en: 'Process instance' };
export const JOB: Texts = { ru: 'Работа', en: 'Job' };
export const PROCESS_DEFINITION: Texts = { ru: 'Процесс', en: 'Process definition' };
