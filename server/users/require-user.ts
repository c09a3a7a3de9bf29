import { queryRows, type Executor } from '../database/connect.ts';
import { Refused } from '../http/refused.ts';
import { loginOf } from './login-of.ts';

/** A person signs in to the screens; a client is a machine, with a secret and without a session. */
export type AccountKind = 'person' | 'client';

/** The login or client id as stored, of an active account. @throws Refused `not-found` */
export async function requireAccount(executor: Executor, id: string, kind: AccountKind): Promise<string> {
  const username = loginOf(id);
  const rows = await queryRows(
    executor,
    'SELECT username FROM app_user WHERE username = ? AND kind = ? AND active = ?',
    [username, kind, true],
  );
  if (rows.length === 0) throw kind === 'person' ? unknownUser(username) : unknownClient(username);
  return username;
}

export function unknownUser(username: string): Refused {
  return new Refused('not-found', { ru: `Логина «${username}» нет.`, en: `There is no login "${username}".` });
}

function unknownClient(clientId: string): Refused {
  return new Refused('not-found', {
    ru: `Клиента API «${clientId}» нет.`,
    en: `There is no API client "${clientId}".`,
  });
}
