import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { lintFiles, type FileFinding, type LintFile } from '#engine';

type Language = 'ru' | 'en';

const WORDS = {
  ru: { error: 'ошибка', warning: 'предупреждение', path: 'Путь', remedy: 'Что делать', fine: 'Замечаний нет.' },
  en: { error: 'error', warning: 'warning', path: 'Path', remedy: 'Remedy', fine: 'Nothing found.' },
} as const;

const USAGE = 'Usage: reglament lint [--lang=ru|en] FILE…   (.bpmn, .dmn, .form.json)';

/**
 * `reglament lint FILE…`: looks at the files together and prints what it finds.
 *
 * @returns the exit code: 0 without errors, 1 with some, 2 when it could not look
 */
export async function lintCommand(
  args: readonly string[],
  { folder, print }: { readonly folder: string; print(text: string): void },
): Promise<number> {
  const language: Language = args.includes('--lang=en') ? 'en' : 'ru';
  const paths = args.filter((arg) => !arg.startsWith('--'));
  const unknown = args.find((arg) => arg.startsWith('--') && !/^--lang=(ru|en)$/.test(arg));
  if (paths.length === 0 || unknown !== undefined) {
    print(USAGE);
    return 2;
  }
  const files: LintFile[] = [];
  for (const path of paths) {
    try {
      files.push({ name: path, content: await readFile(resolve(folder, path), 'utf8') });
    } catch (error) {
      print(`${basename(path)}: ${error instanceof Error ? error.message : String(error)}`);
      return 2;
    }
  }
  const findings = await lintFiles(files);
  for (const finding of findings) print(describe(finding, language));
  if (findings.length === 0) print(WORDS[language].fine);
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function describe({ file, line, severity, code, message, remedy, path }: FileFinding, language: Language): string {
  const words = WORDS[language];
  const way = path.map(({ elementName }) => elementName).join(' → ');
  return [
    `${file}${line === null ? '' : `:${line}`}: ${words[severity]} ${code}`,
    `  ${message[language]}`,
    ...(way === '' ? [] : [`  ${words.path}: ${way}`]),
    `  ${words.remedy}: ${remedy[language]}`,
  ].join('\n');
}
