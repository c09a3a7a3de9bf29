import { randomPassword } from '../identity/password.ts';
import type { RoleId } from '../identity/roles.ts';
import type { Users } from './users.ts';

interface DemoUser {
  readonly username: string;
  readonly name: string;
  readonly group: string;
  readonly role: RoleId;
}

const DEMO_USERS: readonly DemoUser[] = [
  { username: 'analyst', name: 'Соколова Марина Игоревна', group: 'analysts', role: 'analyst' },
  { username: 'dispatcher', name: 'Орлова Анна Сергеевна', group: 'dispatchers', role: 'dispatcher' },
  { username: 'head', name: 'Кузнецов Павел Андреевич', group: 'claims-head', role: 'head' },
  { username: 'warehouse', name: 'Беляев Илья Николаевич', group: 'warehouse', role: 'specialist' },
  { username: 'logistics', name: 'Фёдорова Ольга Викторовна', group: 'logistics', role: 'specialist' },
  { username: 'production', name: 'Щукин Роман Олегович', group: 'production', role: 'specialist' },
  { username: 'consultation', name: 'Ежова Дарья Михайловна', group: 'consultation', role: 'specialist' },
  { username: 'moscow', name: 'Громов Егор Ильич', group: 'asc-moscow', role: 'contractor' },
  { username: 'tula', name: 'Зайцева Нина Петровна', group: 'asc-tula', role: 'contractor' },
];

/** A login as it is shown once, at the first start. Only the hash of the password is stored. */
export interface DemoLogin {
  readonly username: string;
  readonly password: string;
  readonly name: string;
}

/**
 * Makes the demonstration accounts, each with a random password, when there is no account at all.
 * @returns the logins to print; empty when accounts exist
 */
export async function addDemoUsers(users: Users): Promise<readonly DemoLogin[]> {
  if ((await users.count()) > 0) return [];
  const logins: DemoLogin[] = [];
  for (const { username, name, group, role } of DEMO_USERS) {
    const password = randomPassword();
    await users.addUser({ username, name, password, groups: [group], roles: [role] });
    logins.push({ username, password, name });
  }
  return logins;
}

/** The table for the console. */
export function demoLoginTable(logins: readonly DemoLogin[]): string {
  const width = Math.max(...logins.map(({ username }) => username.length));
  const rows = logins.map(({ username, password, name }) => `  ${username.padEnd(width)}  ${password}  ${name}`);
  return ['Учётные записи для знакомства (пароли показаны один раз) / demo logins, shown once:', ...rows].join('\n');
}
