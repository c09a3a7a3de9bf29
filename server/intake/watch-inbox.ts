import { watch } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { Refused } from '../http/refused.ts';
import type { Intake } from './intake.ts';
import { defaultMailLimits } from './mail/check-mail-limits.ts';
import { MailRefused } from './mail/mail-refused.ts';

/** The floor: file events get lost on network folders and in containers, so the folder is looked at anyway. */
const POLL_MS = 2_000;
/** A file that was written to less than this ago may still be growing. */
const SETTLE_MS = 1_000;
const SETTLE_EMPTY_MS = 60_000;

export interface InboxWatch {
  /** Looks once, now; waits until every settled file is dealt with. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

export interface InboxDeps {
  readonly folder: string;
  readonly intake: Intake;
  readonly logger: Logger;
  /** False while another node that sees the same folder looks after it. */
  readonly isOurs?: () => boolean;
  /** Wall clock for the age of files; tests give one that is ahead. */
  readonly now?: () => number;
}

/**
 * Takes `*.eml` files from a folder: what is taken in moves to `done/`, what cannot be read to `refused/` with a `.txt`
 * beside it that says why. A file leaves the folder only after its effect is stored, so a crash means a second look, and
 * the Message-ID makes that harmless. When the server or the database is at fault the file stays for the next look.
 */
export async function watchInbox(deps: InboxDeps): Promise<InboxWatch> {
  const { folder, logger } = deps;
  for (const name of ['done', 'refused']) await mkdir(join(folder, name), { recursive: true });
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let stopped = false;

  const look = (): Promise<void> => {
    // The one under way may have listed the folder before the file was there that the caller means.
    if (running !== undefined) {
      return (next ??= running.then(() => {
        next = undefined;
        return stopped ? undefined : look();
      }));
    }
    running = takeAll(deps)
      .catch((error: unknown) => logger.error({ err: error }, 'inbox'))
      .finally(() => (running = undefined));
    return running;
  };

  const timer = setInterval(() => void look(), POLL_MS);
  const hints = watch(folder, () => void setTimeout(() => !stopped && void look(), SETTLE_MS).unref());
  hints.on('error', (error) => logger.warn({ err: error }, 'inbox: no file events, polling goes on'));
  return {
    look,
    async stop() {
      stopped = true;
      clearInterval(timer);
      hints.close();
      await (next ?? running);
    },
  };
}

async function takeAll(deps: InboxDeps): Promise<void> {
  if (deps.isOurs?.() === false) return;
  const names = (await readdir(deps.folder)).filter((name) => name.toLowerCase().endsWith('.eml')).sort();
  for (const name of names) {
    if (!(await isSettled(deps, name))) continue;
    // One that cannot even be moved aside keeps none of those behind it.
    await takeOne(deps, name).catch((error: unknown) => deps.logger.error({ err: error, file: name }, 'inbox'));
  }
}

async function takeOne({ folder, intake, logger }: InboxDeps, name: string): Promise<void> {
  const path = join(folder, name);
  try {
    const { size } = await stat(path);
    // Read only so much of a file that is too large as makes the refusal the same as everywhere.
    const raw =
      size > defaultMailLimits.rawBytes ? new Uint8Array(defaultMailLimits.rawBytes + 1) : await readFile(path);
    const result = await intake.receive(raw);
    await moveSynced(folder, name, 'done');
    logger.info({ file: name, ...result }, 'inbox: mail taken in');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    if (error instanceof MailRefused) {
      const { ru, en } = error.texts;
      const reason = `${ru.message}\n${ru.remedy}\n\n${en.message}\n${en.remedy}\n`;
      await writeFile(join(folder, 'refused', `${name}.txt`), reason);
      await moveSynced(folder, name, 'refused');
      logger.warn({ file: name, code: error.code }, 'inbox: mail refused');
      return;
    }
    // Our fault or a passing one: the mail stays where it is and is tried again at the next look.
    if (error instanceof Refused) logger.warn({ file: name, code: error.code }, `inbox: ${error.message}`);
    else logger.error({ err: error, file: name }, 'inbox: mail not taken in yet');
  }
}

/** A quiet second since the last write: a copy that is under way is left alone. An empty file may still be filled. */
async function isSettled({ folder, now = Date.now }: InboxDeps, name: string): Promise<boolean> {
  const found = await stat(join(folder, name)).catch(() => undefined);
  if (found === undefined || !found.isFile()) return false;
  return now() - found.mtimeMs >= (found.size === 0 ? SETTLE_EMPTY_MS : SETTLE_MS);
}

async function moveSynced(folder: string, name: string, target: 'done' | 'refused'): Promise<void> {
  await rename(join(folder, name), join(folder, target, await freeName(join(folder, target), name)));
  const entry = await open(join(folder, target), 'r');
  await entry.sync().finally(() => entry.close());
}

/** A second file of the same name does not replace the first. */
async function freeName(folder: string, name: string): Promise<string> {
  for (let count = 0; ; count += 1) {
    const tried = count === 0 ? name : `${name.replace(/\.eml$/i, '')}-${count}.eml`;
    if ((await stat(join(folder, tried)).catch(() => undefined)) === undefined) return tried;
  }
}
