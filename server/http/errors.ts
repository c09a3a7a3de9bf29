import { CalendarFileError, InvalidBpmn, InvalidDmn, InvalidForm, type RejectionCode, TimeError } from '#engine';
import type { Language, ProblemDetails } from '#contract';
import { connectionLost } from '../database/connection-lost.ts';
import { CommitInDoubt } from '../database/transaction.ts';
import { IdempotencyConflict } from '../database/command-log.ts';
import { UnstorableText } from '../database/unstorable-text.ts';
import { FileRefused, type FileRefusalCode } from '../files/content/file-refused.ts';
import { MailRefused } from '../intake/mail/mail-refused.ts';
import { InvalidDeployment } from '../deployments/invalid-deployment.ts';
import {
  CallTooDeep,
  CommandRejected,
  SuspendedDefinition,
  UnknownDefinition,
  UnknownInstance,
} from '../runtime/runtime-errors.ts';
import { VariablesTooLarge } from '../runtime/check-variables.ts';
import { DuplicateMessage, NobodyWaits } from '../messages/message-errors.ts';
import { LateJobResult, UnknownJob } from '../worker/job-errors.ts';
import { isDiskFull } from '../disk/is-disk-full.ts';
import { diskFull } from './disk-full.ts';
import { Refused, type InputError, type RefusalCode, type Texts } from './refused.ts';

interface Answer {
  readonly status: number;
  readonly title: Texts;
}

/** The one table of the whole server from what went wrong to an HTTP status. */
const ANSWERS: Readonly<Record<RefusalCode, Answer>> = {
  'invalid-request': { status: 400, title: { ru: 'Запрос составлен неверно', en: 'Invalid request' } },
  'malformed-body': { status: 400, title: { ru: 'Данные не читаются', en: 'Malformed data' } },
  'invalid-model': { status: 400, title: { ru: 'Модель нельзя опубликовать', en: 'The model cannot be deployed' } },
  'mail-refused': { status: 400, title: { ru: 'Письмо не принято', en: 'The mail was refused' } },
  'not-signed-in': { status: 401, title: { ru: 'Нужно войти', en: 'Sign-in required' } },
  'wrong-credentials': { status: 401, title: { ru: 'Вход не выполнен', en: 'Sign-in failed' } },
  'captcha-failed': { status: 403, title: { ru: 'Проверка не пройдена', en: 'Captcha failed' } },
  forbidden: { status: 403, title: { ru: 'Нет права', en: 'Not permitted' } },
  'cross-site': { status: 403, title: { ru: 'Чужая страница', en: 'Cross-site request' } },
  'not-yours': { status: 403, title: { ru: 'Задача не ваша', en: 'Not your task' } },
  'not-found': { status: 404, title: { ru: 'Не найдено', en: 'Not found' } },
  'method-not-allowed': { status: 405, title: { ru: 'Действие не поддерживается', en: 'Method not allowed' } },
  'task-not-active': { status: 409, title: { ru: 'Задача уже завершена', en: 'The task has ended' } },
  'already-assigned': { status: 409, title: { ru: 'Задачу уже взяли', en: 'The task is taken' } },
  conflict: { status: 409, title: { ru: 'Состояние изменилось', en: 'The state has changed' } },
  'idempotency-conflict': { status: 409, title: { ru: 'Ключ повтора занят', en: 'Idempotency key reused' } },
  'too-large': { status: 413, title: { ru: 'Слишком большой объём', en: 'Too large' } },
  'quota-exceeded': { status: 413, title: { ru: 'Исчерпано место', en: 'Quota exceeded' } },
  'unsupported-type': { status: 415, title: { ru: 'Тип не поддерживается', en: 'Unsupported type' } },
  'file-refused': { status: 422, title: { ru: 'Файл не принят', en: 'The file was refused' } },
  'form-invalid': { status: 422, title: { ru: 'Форма заполнена не полностью', en: 'The form is not complete' } },
  'form-unpublishable': { status: 422, title: { ru: 'Форму нельзя опубликовать', en: 'The form cannot be published' } },
  'too-many-attempts': { status: 429, title: { ru: 'Слишком много попыток', en: 'Too many attempts' } },
  'too-many-requests': { status: 429, title: { ru: 'Слишком много обращений', en: 'Too many requests' } },
  'disk-full': { status: 507, title: { ru: 'Нет места на диске', en: 'Disk full' } },
  'not-ready': { status: 503, title: { ru: 'Система не готова', en: 'Not ready' } },
};

export interface ProblemContext {
  readonly language: Language;
  readonly path: string;
  readonly requestId: string;
}

/**
 * The problem details (RFC 9457) of whatever was thrown. What is not a refusal is our own bug: it answers 500 and says
 * nothing of its inside but the id under which the log holds it.
 */
export function problemOf(error: unknown, context: ProblemContext): ProblemDetails {
  const { language, path, requestId } = context;
  const refused = refusalOf(error);
  if (refused === null) {
    const title = language === 'ru' ? 'Внутренняя ошибка' : 'Internal error';
    const detail =
      language === 'ru'
        ? `Действие не выполнено из-за ошибки системы. Повторите; если не поможет, сообщите администратору номер ${requestId}.`
        : `A fault of the system stopped this. Try again; if it stays, give the administrator the id ${requestId}.`;
    return {
      type: 'urn:reglament:problem:internal',
      title,
      status: 500,
      detail,
      instance: path,
      code: 'internal',
      requestId,
    };
  }
  const answer = ANSWERS[refused.code];
  return {
    type: `urn:reglament:problem:${refused.code}`,
    title: answer.title[language],
    status: answer.status,
    detail: refused.texts[language],
    instance: path,
    code: refused.code,
    requestId,
    ...(refused.errors.length > 0 ? { errors: [...refused.errors] as NonNullable<ProblemDetails['errors']> } : {}),
  };
}

/** Refusals of the other rooms, told in our words. Null: not a refusal but a bug. */
function refusalOf(error: unknown): Refused | null {
  if (error instanceof Refused) return error;
  if (isDiskFull(error)) return diskFull();
  const model = modelRefusal(error);
  if (model !== null) return model;
  if (error instanceof VariablesTooLarge) {
    return new Refused('too-large', {
      ru: `Слишком много данных в переменных дела: ${error.message}`,
      en: error.message,
    });
  }
  if (error instanceof CommandRejected) {
    const texts = { ru: `Действие отклонено: ${error.message}`, en: error.message };
    const errors = error.problems.map(({ elementId, message, remedy }) => ({
      path: elementId,
      keyword: 'instruction',
      params: { remedy },
      message: `${message}. ${remedy}`,
    }));
    return new Refused(COMMAND_ANSWERS[error.code], texts, errors);
  }
  for (const [kind, code, ru] of RUNTIME_ANSWERS) {
    if (error instanceof kind) return new Refused(code, { ru: `${ru}: ${error.message}`, en: error.message });
  }
  if (error instanceof MailRefused) {
    const { ru, en } = error.texts;
    const texts = { ru: `${ru.message} ${ru.remedy}`, en: `${en.message} ${en.remedy}` };
    return new Refused(error.code === 'mail-too-large' ? 'too-large' : 'mail-refused', texts);
  }
  if (error instanceof FileRefused) {
    const { ru, en } = error.texts;
    return new Refused(FILE_ANSWERS[error.code], {
      ru: `${ru.message} ${ru.remedy}`,
      en: `${en.message} ${en.remedy}`,
    });
  }
  if (error instanceof IdempotencyConflict) {
    return new Refused('idempotency-conflict', {
      ru: 'Этот Idempotency-Key уже использован для другого запроса. Возьмите новый ключ.',
      en: 'This Idempotency-Key was used for another request. Send a new one.',
    });
  }
  if (error instanceof UnstorableText) {
    return new Refused('invalid-request', {
      ru: 'В тексте есть недопустимые знаки (U+0000 или половина суррогатной пары). Уберите их.',
      en: 'The text holds characters that cannot be stored (U+0000 or a lone surrogate). Remove them.',
    });
  }
  if (error instanceof CommitInDoubt) {
    return new Refused('not-ready', {
      ru: 'Связь с базой прервалась, результат неизвестен. Повторите запрос с тем же Idempotency-Key.',
      en: 'The connection to the database broke; the outcome is unknown. Repeat with the same Idempotency-Key.',
    });
  }
  if (connectionLost(error)) {
    return new Refused('not-ready', {
      ru: 'База данных сейчас недоступна. Повторите через несколько секунд.',
      en: 'The database does not answer at the moment. Try again in a few seconds.',
    });
  }
  return null;
}

/** Models, forms, decisions and calendars that cannot be deployed, with every problem found. */
function modelRefusal(error: unknown): Refused | null {
  if (error instanceof InvalidDeployment) {
    const errors = error.problems.map(({ resource, path, message, remedy, code, elementId, elementName, line }) => ({
      path: path ?? elementId ?? '',
      keyword: code,
      params: { resource, elementId, elementName, line, remedy },
      message: `${resource}: ${message} ${remedy}`,
    }));
    return invalidModel(errors);
  }
  if (error instanceof InvalidBpmn || error instanceof InvalidDmn) {
    const errors = error.problems.map((problem) => ({
      path: problem.elementId ?? '',
      keyword: problem.code,
      params: {
        elementName: problem.elementName,
        line: 'line' in problem ? problem.line : null,
        remedy: problem.remedy,
      },
      message: `${problem.message} ${problem.remedy}`,
    }));
    return invalidModel(errors);
  }
  if (error instanceof InvalidForm) {
    const errors = error.problems.map(({ path, message, remedy }) => ({
      path,
      keyword: 'invalid-form',
      params: { remedy },
      message: `${message} ${remedy}`,
    }));
    return invalidModel(errors);
  }
  if (error instanceof CalendarFileError) {
    return invalidModel([
      { path: error.params.field, keyword: 'invalid-calendar', params: {}, message: error.message },
    ]);
  }
  if (error instanceof TimeError) return new Refused('invalid-request', { ru: error.message, en: error.message });
  return null;
}

function invalidModel(errors: readonly InputError[]): Refused {
  const [first] = errors;
  const ru = `Замечаний: ${errors.length}. ${first?.message ?? ''}`;
  const en = `Problems: ${errors.length}. ${first?.message ?? ''}`;
  return new Refused('invalid-model', { ru, en }, errors);
}

/** Failures of the runtime with what they are called in Russian; their own message names the thing. */
const RUNTIME_ANSWERS: readonly (readonly [abstract new (...args: never[]) => Error, RefusalCode, string])[] = [
  [UnknownInstance, 'not-found', 'Дело не найдено'],
  [UnknownDefinition, 'not-found', 'Не опубликовано'],
  [SuspendedDefinition, 'conflict', 'Процесс приостановлен'],
  [UnknownJob, 'not-found', 'Задание не найдено'],
  [LateJobResult, 'conflict', 'Ответ опоздал'],
  [DuplicateMessage, 'conflict', 'Сообщение уже было'],
  [NobodyWaits, 'not-found', 'Сообщения никто не ждёт'],
  [CallTooDeep, 'conflict', 'Слишком глубокие вызовы'],
];

const COMMAND_ANSWERS: Readonly<Record<RejectionCode, RefusalCode>> = {
  NOT_FOUND: 'not-found',
  INVALID_STATE: 'conflict',
  INVALID_ARGUMENT: 'invalid-request',
  ALREADY_ASSIGNED: 'already-assigned',
};

const FILE_ANSWERS: Readonly<Record<FileRefusalCode, RefusalCode>> = {
  mislabelled: 'file-refused',
  empty: 'file-refused',
  'type-not-allowed': 'unsupported-type',
  'too-large': 'too-large',
};
