import { randomUUID } from 'node:crypto';
import { link, mkdir, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { MailNotSent } from './mail-not-sent.ts';

/**
 * Writes a complete message as `<name>.eml`: into a temporary file first, then under its name in one step, so that a
 * reader of the folder never sees half a message. `link` rather than `rename`, because rename would overwrite.
 *
 * @param name a hash of ours, never input
 * @returns false where the file was there already, which is left untouched
 * @throws MailNotSent `mail-outbox-unwritable`, retryable
 */
export async function writeToOutbox(folder: string, name: string, message: Uint8Array): Promise<boolean> {
  const temporary = join(folder, `.${name}.${randomUUID()}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(message);
      await file.sync();
    } finally {
      await file.close();
    }
    try {
      await link(temporary, join(folder, `${name}.eml`));
      await syncFolder(folder);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    } finally {
      await unlink(temporary);
    }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'error';
    throw new MailNotSent({
      code: 'mail-outbox-unwritable',
      retryable: true,
      ru: {
        message: `Не удалось записать письмо в папку исходящих (${reason}).`,
        remedy: 'Проверьте место на диске и права на папку исходящих; отправка повторится сама.',
      },
      en: {
        message: `The message could not be written to the outbox folder (${reason}).`,
        remedy: 'Check disk space and permissions of the outbox folder; sending is retried by itself.',
      },
    });
  }
}

/** The name itself must survive a power cut: the job is marked done right after. */
async function syncFolder(folder: string): Promise<void> {
  const entry = await open(folder, 'r');
  try {
    await entry.sync();
  } finally {
    await entry.close();
  }
}
