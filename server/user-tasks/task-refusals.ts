import type { Language, Permission } from '#contract';
import { queryRows, type Executor } from '../database/connect.ts';
import { Refused, type InputError } from '../http/refused.ts';
import { readDirectory } from '../users/directory.ts';
import type { TaskRow } from './task-read-model.ts';

/** Why a task that is no longer open cannot be worked on: who completed it, or that the case has moved on. */
export async function ended(executor: Executor, row: TaskRow, language: Language): Promise<Refused> {
  const [last] = await queryRows<{ completed_by: string | null; state: string }>(
    executor,
    'SELECT completed_by, state FROM user_task WHERE bucket = ? AND user_task_key = ?',
    [row.bucket, row.user_task_key],
  );
  const by = last?.completed_by ?? null;
  const { personName } = await readDirectory(executor, { usernames: by === null ? [] : [by], groupIds: [], language });
  if (by !== null && last?.state === 'COMPLETED') {
    return new Refused('task-not-active', {
      ru: `Задачу уже завершил(а) ${personName(by)}. Обновите список.`,
      en: `${personName(by)} has completed the task already. Refresh the list.`,
    });
  }
  return new Refused('task-not-active', {
    ru: 'Задача больше не ждёт: дело ушло дальше. Обновите список.',
    en: 'The task no longer waits: the case has moved on. Refresh the list.',
  });
}

export function notYours(assignee: string | null): Refused {
  return new Refused('not-yours', {
    ru: assignee === null ? 'Задача предложена другой группе.' : 'Задачу взял коллега; вы можете только смотреть.',
    en: assignee === null ? 'The task is offered to another group.' : 'A colleague holds the task; you may only look.',
  });
}

/** Without a form nothing says what a person may write. */
export function writesNothing(): Refused {
  const right = 'operate' satisfies Permission;
  return new Refused('invalid-request', {
    ru: `У задачи нет формы, поэтому данные принимаются только от тех, у кого есть право «${right}».`,
    en: `The task has no form, so data is taken only from those with the permission "${right}".`,
  });
}

/** All errors of a form; the first one is told in the sentence. */
export function formInvalid(errors: readonly InputError[]): Refused {
  const [first] = errors;
  const more =
    errors.length > 1 ? [` И ещё замечаний: ${errors.length - 1}.`, ` And ${errors.length - 1} more.`] : ['', ''];
  return new Refused(
    'form-invalid',
    { ru: `${first?.message ?? ''}${more[0]}`, en: `${first?.message ?? ''}${more[1]}` },
    errors,
  );
}
