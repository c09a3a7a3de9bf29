import type { Request } from 'express';
import { Refused } from './refused.ts';

/**
 * Cross-site request forgery: an unsafe request that is carried by the browser's cookie must come from our own pages.
 * `Sec-Fetch-Site` says so in every current browser; where it is missing `Origin` must name our host. A client that
 * sends neither is no browser and nobody's page. SameSite=Lax on the cookie is the second wall.
 *
 * @throws Refused `cross-site`
 */
export function requireSameOrigin(request: Request): void {
  const site = request.headers['sec-fetch-site'];
  if (site === 'same-origin' || site === 'none') return;
  const { origin, host } = request.headers;
  if (site === undefined && (origin === undefined || hostOf(origin) === host)) return;
  throw new Refused('cross-site', {
    ru: 'Запрос пришёл с чужой страницы и не выполнен. Откройте систему по её собственному адресу.',
    en: 'The request came from a foreign page and was not carried out. Open the system at its own address.',
  });
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
