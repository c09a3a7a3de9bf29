import { join } from 'node:path';
import type { Config } from '../config.ts';
import { readerOf } from '../database/connect.ts';
import { openForReading } from '../database/open-for-reading.ts';
import { createFileContent } from '../files/content/create-file-content.ts';
import { runFsck } from './run-fsck.ts';

type Language = 'ru' | 'en';

const WORDS = {
  ru: {
    fine: 'Всё в порядке: проверок',
    places: 'Нарушение',
    more: 'и другие места',
    remedy: 'Что делать',
    running: 'Сервер работает; проверяю рядом с ним.',
  },
  en: {
    fine: 'All is well. Checks:',
    places: 'Violation',
    more: 'and other places',
    remedy: 'Remedy',
    running: 'The server is running; looking beside it.',
  },
} as const;

/**
 * `reglament fsck [--fast] [--lang=ru|en]`: looks whether the installation is sound. Changes nothing.
 *
 * @returns the exit code: 0 when everything holds, 1 when something does not
 */
export async function fsckCommand(
  config: Pick<Config, 'database' | 'dataFolder'>,
  { flags, print }: { readonly flags: readonly string[]; print(text: string): void },
): Promise<number> {
  const language: Language = flags.includes('--lang=en') ? 'en' : 'ru';
  const words = WORDS[language];
  const { database, serverRuns } = await openForReading(config.database);
  try {
    if (serverRuns) print(words.running);
    let checks = 0;
    const violations = await runFsck(
      {
        executor: readerOf(database),
        now: Date.now(),
        serverRuns,
        content: createFileContent({ root: join(config.dataFolder, 'files') }),
        fast: flags.includes('--fast'),
      },
      {
        told: ({ id, rule }, holds) => {
          checks += 1;
          print(`${holds ? 'ok  ' : 'FAIL'} ${id}: ${rule[language]}`);
        },
      },
    );
    for (const { invariant, places, more } of violations) {
      print(`\n${words.places} ${invariant.id}`);
      for (const place of places) print(`  ${place[language]}`);
      if (more) print(`  … ${words.more}`);
      print(`  ${words.remedy}: ${invariant.remedy[language]}`);
    }
    if (violations.length === 0) print(`${words.fine} ${checks}.`);
    return violations.length === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
}
