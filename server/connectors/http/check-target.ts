import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.ts';

/** Where the HTTP connector may go. */
export interface TargetRules {
  /** Hosts of the own network that an administrator has opened, e.g. the accounting system; without a port on every port. */
  readonly allow: readonly AllowedHost[];
  /** Ports of all other hosts. */
  readonly ports: ReadonlySet<number>;
}

export interface AllowedHost {
  readonly host: string;
  readonly port: number | null;
}

export const WEB_PORTS: ReadonlySet<number> = new Set([80, 443, 8080, 8443]);

/** An address that the connector does not go to. Says which rule, never what lies behind the address. */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused';
  constructor(target: string, { ru, en }: { readonly ru: string; readonly en: string }) {
    super(
      `Адрес ${target} не разрешён: ${ru}. Внутренние узлы открывает администратор настройкой --http-allow. / ` +
        `The address ${target} is not allowed: ${en}. An administrator opens hosts of the own network by --http-allow.`,
    );
  }
}

export interface Target {
  readonly url: URL;
  readonly host: string;
  readonly port: number;
  /** An administrator has opened it: its addresses are not looked at. */
  readonly opened: boolean;
}

/**
 * Judges a URL before anything is sent. The URL parser has brought `127.1`, `0x7f000001` and `2130706433` to the form that
 * is checked. A name still has to be resolved: `checkAddress` judges what it resolves to.
 *
 * @throws TargetRefused
 */
export function checkTarget(text: string, rules: TargetRules): Target {
  if (!URL.canParse(text)) throw new TargetRefused('', { ru: 'это не URL', en: 'it is no URL' });
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TargetRefused(url.protocol, { ru: 'только http и https', en: 'only http and https' });
  }
  const host = hostOf(url);
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const shown = `${host}:${port}`;
  if (url.username !== '' || url.password !== '') {
    throw new TargetRefused(shown, {
      ru: 'логин и пароль задаются входом authentication, а не в URL',
      en: 'login and password belong into the input authentication, not into the URL',
    });
  }
  const opened = rules.allow.some((one) => one.host === host && (one.port === null || one.port === port));
  if (opened) return { url, host, port, opened };
  if (!rules.ports.has(port)) throw new TargetRefused(shown, { ru: 'такой порт закрыт', en: 'this port is closed' });
  if (isIP(host) !== 0) checkAddress(host, shown);
  return { url, host, port, opened };
}

/** @throws TargetRefused for an address that is not public */
export function checkAddress(address: string, shown: string): void {
  if (!isPublicAddress(address)) {
    throw new TargetRefused(shown, { ru: 'это адрес внутренней сети', en: 'it lies in a network that is not public' });
  }
}

/** Without the brackets of IPv6 and the final dot that means the same host. */
export function hostOf(url: URL): string {
  return url.hostname
    .replace(/^\[|\]$/gu, '')
    .replace(/\.+$/u, '')
    .toLowerCase();
}

/** `1c.example:8080, 10.0.0.5, [fd00::5]:443`. @throws Error naming the entry that does not read */
export function readAllowedHosts(text: string): readonly AllowedHost[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const url = /^[^/?#@\s]+$/u.test(entry) && URL.canParse(`ws://${entry}`) ? new URL(`ws://${entry}`) : null;
      if (url === null) throw new Error(`Expected hosts such as 1c.example:8080 in --http-allow, but got "${entry}".`);
      const port = /:(\d+)$/u.exec(entry.replace(/^\[[^\]]*\]/u, 'v6'))?.[1];
      return { host: hostOf(url), port: port === undefined ? null : Number(port) };
    });
}
