import { Refused } from './refused.ts';
import type { Route } from './route.ts';

export function diskFull(): Refused {
  return new Refused('disk-full', {
    ru: 'На диске сервера почти нет места, поэтому новое не принимается. Читать можно; повторите позже или сообщите администратору.',
    en: 'The disk of the server is almost full, so nothing new is taken in. Reading works; try again later, or tell the administrator.',
  });
}

/** POST that only reads, and what makes room or lets an administrator in. */
const ALLOWED = /\/(search|explain|session|cancellation|deletion|resolution)$|statistics/u;

/** False for requests that bring something new: they wait while the disk is low. */
export function bringsNothing({ method, path }: Pick<Route, 'method' | 'path'>): boolean {
  return method === 'get' || method === 'delete' || ALLOWED.test(path);
}
