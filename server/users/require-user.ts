import { queryRows, type Executor } from '../database/connect.ts';
import { Refused } from '../http/refused.ts';
import { loginOf } from './login-of.ts';

/** The login as stored, of an active account. @throws Refused `not-found` */
export async function requireUser(executor: Executor, login: string): Promise<string> {
  const username = loginOf(login);
  const rows = await queryRows(executor, 'SELECT username FROM app_user WHERE username = ? AND active = ?', [
    username,
    true,
  ]);
  if (rows.length === 0) throw unknownUser(username);
  return username;
}

export function unknownUser(username: string): Refused {
  return new Refused('not-found', { ru: `Логина «${username}» нет.`, en: `There is no login "${username}".` });
}
