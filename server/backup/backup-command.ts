import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import { backup } from './backup.ts';
import { restore } from './restore.ts';

export interface BackupCommand {
  readonly verb: 'backup' | 'restore';
  readonly flags: readonly string[];
  readonly files: readonly string[];
  /** Where file names are relative to. */
  readonly folder: string;
  print(text: string): void;
}

/**
 * `reglament backup FILE [--force]` and `reglament restore FILE [--force]`.
 *
 * @returns the exit code: 0 when done, 2 for a command that does not read
 * @throws BackupFailed, RestoreRefused, BrokenArchive, DatabaseInUse, UnsupportedDatabase
 */
export async function backupCommand(
  config: Pick<Config, 'database' | 'dataFolder'>,
  { verb, flags, files, folder, print }: BackupCommand,
): Promise<number> {
  const [name, ...others] = files;
  if (name === undefined || others.length > 0) {
    print(`Usage: reglament ${verb} FILE [--force] [--data FOLDER]`);
    return 2;
  }
  const file = resolve(folder, name);
  const force = flags.includes('--force');
  if (verb === 'backup') {
    const { database, files: count } = await backup(config, { file, force });
    print(`Резервная копия готова: ${file} (база ${database.size} Б, файлов ${count}).`);
    print(`The backup is ready: ${file} (database ${database.size} B, ${count} files).`);
    return 0;
  }
  const { manifest, movedTo } = await restore(config, { file, force, now: Date.now() });
  print(`Восстановлено состояние на ${manifest.createdAt}; файлов ${manifest.files}. Проверьте: reglament fsck.`);
  print(`Restored the state of ${manifest.createdAt}; ${manifest.files} files. Check it: reglament fsck.`);
  if (movedTo !== null) print(`Прежняя база / the database that was there: ${movedTo}`);
  return 0;
}
