import type { RegisterModel } from '#engine';
import { notFound, Refused } from '../http/refused.ts';
import { isOutsider } from '../identity/roles.ts';
import type { Principal } from '../identity/principal.ts';

type Person = Pick<Principal, 'roles' | 'permissions'>;

/** Who may write may read; administrators may everything. */
export function mayRead({ access }: RegisterModel, person: Person): boolean {
  return isAmong(access.read, person) || isAmong(access.write, person);
}

export function mayWrite({ access }: RegisterModel, person: Person): boolean {
  return isAmong(access.write, person);
}

/** `*` is everybody of the house; people from outside are named by their role. */
function isAmong(roles: readonly string[], person: Person): boolean {
  return (
    person.permissions.has('administer') ||
    (roles.includes('*') && !isOutsider(person)) ||
    roles.some((role) => person.roles.includes(role))
  );
}

/** @throws Refused `not-found`: whoever may not read it need not know that it is there */
export function requireReader(register: RegisterModel | undefined, person: Person): RegisterModel {
  if (register !== undefined && mayRead(register, person)) return register;
  throw notFound({ ru: 'Справочник', en: 'Register' });
}

/** @throws Refused `not-found`, `forbidden` */
export function requireWriter(register: RegisterModel | undefined, person: Person): RegisterModel {
  const found = requireReader(register, person);
  if (mayWrite(found, person)) return found;
  const { ru, en = ru } = found.form.title;
  throw new Refused('forbidden', {
    ru: `Справочник «${ru}» вам открыт только для чтения. Попросите администратора дать право изменять его.`,
    en: `You may only read the register "${en}". Ask an administrator for the right to change it.`,
  });
}
