import { rowInvariant } from '../invariant.ts';

export const candidatesOfOpenTasks = rowInvariant({
  id: 'candidates-of-open-tasks',
  rule: {
    ru: 'Кандидаты есть только у открытых задач: по ним строится список работы.',
    en: 'Only open tasks have candidates: the work list is made from them.',
  },
  remedy: {
    ru: 'Удалите лишние строки: DELETE FROM user_task_candidate WHERE user_task_key = …',
    en: 'Delete the rows that are left over: DELETE FROM user_task_candidate WHERE user_task_key = …',
  },
  broken: () => `SELECT c.user_task_key, c.kind, c.name FROM user_task_candidate c
    LEFT JOIN user_task t ON t.bucket = c.bucket AND t.user_task_key = c.user_task_key
    WHERE t.user_task_key IS NULL OR t.ended_at IS NOT NULL`,
  tell: (row) => ({
    ru: `задача ${row['user_task_key']} закончилась или её нет, а кандидат «${row['name']}» остался`,
    en: `task ${row['user_task_key']} has ended or is not there, but its candidate "${row['name']}" is`,
  }),
});
