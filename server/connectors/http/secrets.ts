import { JobFailure } from '../../worker/job-errors.ts';

/** One secret of the configuration. It never becomes a variable and is never logged; connectors ask for it by name. */
export interface Secret {
  readonly value: string;
  /** Hosts it may be sent to; null for all. */
  readonly hosts: readonly string[] | null;
}

export type Secrets = ReadonlyMap<string, Secret>;

const PREFIX = 'REGLAMENT_SECRET_';
const HOSTS = '_HOSTS';

/** `REGLAMENT_SECRET_<NAME>=value` and, if wanted, `REGLAMENT_SECRET_<NAME>_HOSTS=api.example, …`. */
export function readSecrets(env: Readonly<Record<string, string | undefined>>): Secrets {
  const secrets = new Map<string, Secret>();
  for (const [key, value] of Object.entries(env)) {
    if (!key.startsWith(PREFIX) || key.endsWith(HOSTS) || value === undefined || value === '') continue;
    const hosts = env[key + HOSTS]?.split(',').map((host) => host.trim().toLowerCase());
    secrets.set(key.slice(PREFIX.length), { value, hosts: hosts ?? null });
  }
  return secrets;
}

/** As Camunda 8 writes them: `{{secrets.NAME}}`, and the older `secrets.NAME` alone. */
const MENTION = /\{\{\s*secrets\.([A-Za-z0-9_]+)\s*\}\}|(?<![\w.{])secrets\.([A-Za-z0-9_]+)/gu;

/** Names that a text of the model mentions. */
export function secretsIn(text: string): readonly string[] {
  return [...text.matchAll(MENTION)].map(([, braced, plain]) => braced ?? plain!);
}

/** Puts secrets into what is sent, and takes them out of what comes back. */
export interface SecretUse {
  /** @throws JobFailure for a name that is not configured */
  fill(text: string): string;
  /** Remembers a text made of secrets, to be hidden as they are. */
  hide(text: string): string;
  /** Hides every secret that was used, should the other side send it back, as it is or inside of JSON. */
  mask(text: string): string;
  /** @throws JobFailure when a secret that was used is not meant for this host */
  checkHost(host: string): void;
}

/**
 * @param named the secrets that the author of the model has named in the step. Any other mention came with the variables,
 *   from a form or a mail, and is left as the plain text that it is.
 */
export function useSecrets(secrets: Secrets, named: ReadonlySet<string>): SecretUse {
  const used = new Map<string, Secret>();
  const derived = new Set<string>();
  return {
    fill: (text) =>
      text.replace(MENTION, (mention, braced?: string, plain?: string) => {
        const name = braced ?? plain!;
        if (!named.has(name)) return mention;
        const secret = secrets.get(name);
        if (secret === undefined) {
          throw new JobFailure(
            `Секрет «${name}» не настроен: задайте ${PREFIX}${name}. / The secret "${name}" is not configured: set ${PREFIX}${name}.`,
            { retries: 0 },
          );
        }
        used.set(name, secret);
        return secret.value;
      }),
    hide(text) {
      if (used.size > 0) derived.add(text);
      return text;
    },
    mask: (text) =>
      [...[...used.values()].map(({ value }) => value), ...derived]
        .flatMap((value) => [value, JSON.stringify(value).slice(1, -1)])
        .reduce((shown, value) => shown.replaceAll(value, '***'), text),
    checkHost(host) {
      for (const [name, { hosts }] of used) {
        if (hosts === null || hosts.includes(host)) continue;
        throw new JobFailure(
          `Секрет «${name}» нельзя отправлять на ${host}. / The secret "${name}" may not be sent to ${host}.`,
          { retries: 0 },
        );
      }
    },
  };
}
