import { join, resolve } from 'node:path';
import { readAllowedHosts, type AllowedHost } from './connectors/http/check-target.ts';
import { readSecrets, type Secrets } from './connectors/http/secrets.ts';
import type { DatabaseSettings } from './database/connect.ts';
import type { CaptchaSettings } from './start-forms/captcha.ts';
import { PUBLIC_FORM_DEFAULTS, type PublicFormSettings } from './start-forms/public-form-settings.ts';

/** Everything that differs between installations; read once at the start. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Absolute path of everything the server keeps: database, files, inbox, outbox. */
  readonly dataFolder: string;
  readonly database: DatabaseSettings;
  /** `auto`: demonstration accounts only where the data folder is new. */
  readonly demo: 'on' | 'off' | 'auto';
  /** How people reach us from outside; `https:` switches on secure cookies and HSTS. */
  readonly publicUrl: URL | null;
  /** Number of proxies in front whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: number;
  /** IANA zone of the business: dates without a zone, case numbers, sentences. */
  readonly zone: string;
  readonly smtpUrl: string | null;
  /** Hosts of the own network that the HTTP connector may reach. */
  readonly httpAllow: readonly AllowedHost[];
  /** For connectors, by name. From the environment only: arguments are seen by everybody on the machine. */
  readonly secrets: Secrets;
  /** Sender of our own mail and the address that clients answer to. */
  readonly mailFrom: { readonly name: string; readonly address: string };
  readonly logLevel: string;
  /** A node that falls silent loses its timers and jobs to the others after so many milliseconds. */
  readonly nodeLeaseMs: number;
  readonly publicForms: PublicFormSettings;
  /** Authorisations for single resources count beside roles. */
  readonly authorizations: boolean;
  /** Tests may move the clock (`/v2/clock`); never where people work. */
  readonly testMode: boolean;
}

/** A setting that cannot be used; says which one, what it holds and what it may hold. */
export class InvalidSetting extends Error {
  override readonly name = 'InvalidSetting';
}

/**
 * Reads settings from the environment (`REGLAMENT_…`) and, winning over it, from `--name=value` or `--name value`.
 *
 * @throws InvalidSetting
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, args: readonly string[] = []): Config {
  const given = readArguments(args);
  const setting = (name: string): string | undefined => {
    const value = given.get(name) ?? env[`REGLAMENT_${name.toUpperCase().replaceAll('-', '_')}`];
    return value === undefined || value === '' ? undefined : value;
  };
  const secrets = readSecrets(env);
  const dataFolder = resolve(setting('data') ?? 'data');
  const publicUrl = setting('public-url');
  return {
    host: setting('host') ?? '127.0.0.1',
    port: integer('port', setting('port') ?? (env['PORT'] || '8080'), { from: 0, to: 65_535 }),
    dataFolder,
    database: databaseOf(setting('database-url') ?? (env['DATABASE_URL'] || undefined), {
      dataFolder,
      mode: setting('database-mode') ?? 'plain',
    }),
    demo: demoOf(setting('demo')),
    publicUrl: publicUrl === undefined ? null : urlOf('public-url', publicUrl, ['http:', 'https:']),
    trustedProxies: integer('trusted-proxies', setting('trusted-proxies') ?? '0', { from: 0, to: 10 }),
    zone: zoneOf(setting('zone') ?? 'Europe/Moscow'),
    smtpUrl: setting('smtp-url') ?? null,
    httpAllow: allowedHostsOf(setting('http-allow') ?? ''),
    secrets,
    mailFrom: {
      name: setting('mail-name') ?? 'Отдел рекламаций',
      address: setting('mail-address') ?? 'claims@localhost.localdomain',
    },
    logLevel: setting('log-level') ?? 'info',
    nodeLeaseMs: 1_000 * integer('node-lease', setting('node-lease') ?? '10', { from: 2, to: 300 }),
    publicForms: publicFormsOf(setting, { secrets, publicUrl }),
    authorizations: flagOf('authorizations', setting('authorizations') ?? 'off'),
    testMode: flagOf('test-mode', setting('test-mode') ?? 'off'),
  };
}

const KNOWN = [
  'host',
  'port',
  'data',
  'database-url',
  'database-mode',
  'demo',
  'public-url',
  'trusted-proxies',
  'zone',
  'smtp-url',
  'http-allow',
  'mail-name',
  'mail-address',
  'log-level',
  'test-mode',
  'authorizations',
  'node-lease',
  'public-requests-per-minute',
  'public-starts-per-address',
  'public-starts-per-form',
  'public-files-per-address',
  'captcha-kind',
  'captcha-verify-url',
  'captcha-frame-url',
];

type Setting = (name: string) => string | undefined;

interface Surroundings {
  readonly secrets: Secrets;
  readonly publicUrl: string | undefined;
}

function publicFormsOf(setting: Setting, surroundings: Surroundings): PublicFormSettings {
  const count = (name: string, fallback: number): number =>
    integer(name, setting(name) ?? String(fallback), { from: 1, to: 1_000_000 });
  return {
    requestsPerMinute: count('public-requests-per-minute', PUBLIC_FORM_DEFAULTS.requestsPerMinute),
    startsPerAddress: count('public-starts-per-address', PUBLIC_FORM_DEFAULTS.startsPerAddress),
    startsPerForm: count('public-starts-per-form', PUBLIC_FORM_DEFAULTS.startsPerForm),
    filesPerAddress: count('public-files-per-address', PUBLIC_FORM_DEFAULTS.filesPerAddress),
    captcha: captchaOf(setting, surroundings),
  };
}

/** A half of it would be a captcha that everybody passes, or nobody. */
function captchaOf(setting: Setting, { secrets, publicUrl }: Surroundings): CaptchaSettings | null {
  const kind = setting('captcha-kind');
  const verifyUrl = setting('captcha-verify-url');
  const frameUrl = setting('captcha-frame-url');
  if (kind === undefined && verifyUrl === undefined && frameUrl === undefined) return null;
  const secret = secrets.get('CAPTCHA')?.value;
  if (verifyUrl === undefined || frameUrl === undefined || secret === undefined) {
    throw new InvalidSetting(
      'Expected --captcha-verify-url, --captcha-frame-url and REGLAMENT_SECRET_CAPTCHA together, but one is missing.',
    );
  }
  if (kind !== undefined && kind !== 'siteverify' && kind !== 'smartcaptcha') {
    throw new InvalidSetting(`Expected --captcha-kind to be siteverify or smartcaptcha, but it is "${kind}".`);
  }
  const protocols = ['http:', 'https:'];
  const frame = urlOf('captcha-frame-url', frameUrl, protocols);
  if (publicUrl !== undefined && frame.origin === new URL(publicUrl).origin) {
    throw new InvalidSetting(
      "Expected --captcha-frame-url to be of another host than --public-url: the provider's script must not run in ours.",
    );
  }
  return {
    kind: kind ?? 'siteverify',
    verifyUrl: urlOf('captcha-verify-url', verifyUrl, protocols).href,
    frameUrl: frame.href,
    secret,
  };
}

function readArguments(args: readonly string[]): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (let at = 0; at < args.length; at += 1) {
    const match = /^--([a-z-]+)(?:=(.*))?$/s.exec(args[at]!);
    if (match === null || !KNOWN.includes(match[1]!)) {
      throw new InvalidSetting(
        `Expected one of ${KNOWN.map((name) => `--${name}`).join(', ')}, but got "${args[at]}".`,
      );
    }
    const value = match[2] ?? args[(at += 1)];
    if (value === undefined) throw new InvalidSetting(`Expected a value after --${match[1]}.`);
    given.set(match[1]!, value);
  }
  return given;
}

function databaseOf(
  url: string | undefined,
  { dataFolder, mode }: { readonly dataFolder: string; readonly mode: string },
): DatabaseSettings {
  if (mode !== 'plain' && mode !== 'distributed') {
    throw new InvalidSetting(`Expected --database-mode to be plain or distributed, but it is "${mode}".`);
  }
  if (url === undefined && mode === 'distributed') {
    throw new InvalidSetting('Expected --database-url together with --database-mode distributed, but there is none.');
  }
  if (url === undefined) return { client: 'sqlite', file: join(dataFolder, 'reglament.sqlite') };
  urlOf('database-url', url, ['postgres:', 'postgresql:']);
  return { client: 'postgres', url, ...(mode === 'distributed' ? { distributed: true } : {}) };
}

function allowedHostsOf(text: string): readonly AllowedHost[] {
  try {
    return readAllowedHosts(text);
  } catch (error) {
    throw new InvalidSetting((error as Error).message);
  }
}

function demoOf(text: string | undefined): Config['demo'] {
  if (text === undefined || text === 'auto') return 'auto';
  if (['1', 'true', 'on'].includes(text)) return 'on';
  if (['0', 'false', 'off'].includes(text)) return 'off';
  throw new InvalidSetting(`Expected REGLAMENT_DEMO to be 1, 0 or auto, but it is "${text}".`);
}

function flagOf(name: string, text: string): boolean {
  if (['1', 'true', 'on'].includes(text)) return true;
  if (['0', 'false', 'off'].includes(text)) return false;
  throw new InvalidSetting(`Expected --${name} to be on or off, but it is "${text}".`);
}

function integer(name: string, text: string, bounds: { readonly from: number; readonly to: number }): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= bounds.from && value <= bounds.to) return value;
  throw new InvalidSetting(
    `Expected --${name} to be a whole number from ${bounds.from} to ${bounds.to}, but it is "${text}".`,
  );
}

function urlOf(name: string, text: string, protocols: readonly string[]): URL {
  // A URL with a password is never quoted back.
  const wrong = new InvalidSetting(`Expected --${name} to be a URL beginning with ${protocols.join(' or ')}.`);
  if (!URL.canParse(text)) throw wrong;
  const url = new URL(text);
  if (!protocols.includes(url.protocol)) throw wrong;
  return url;
}

function zoneOf(text: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return text;
  } catch {
    throw new InvalidSetting(`Expected --zone to be an IANA zone such as Europe/Moscow, but it is "${text}".`);
  }
}
