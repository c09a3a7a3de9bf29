import { backupCommand } from './backup/backup-command.ts';
import { readConfig } from './config.ts';
import { fsckCommand } from './fsck/fsck-command.ts';
import { lintCommand } from './lint/lint-command.ts';

export interface CommandLine {
  readonly verb: string | undefined;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  print(text: string): void;
}

/**
 * The commands beside `start`: they do one thing and end. Their settings are those of the server (`--data`, …); what is
 * left are their own flags and file names.
 *
 * @returns the exit code, or null when the words are not a command but settings of the server
 * @throws InvalidSetting, UnsupportedDatabase, DatabaseInUse
 */
export async function runCommand({ verb, args, env, print }: CommandLine): Promise<number | null> {
  // npm runs us in the folder of the package and says where it was called.
  const folder = env['INIT_CWD'] ?? process.cwd();
  switch (verb) {
    case 'lint':
      return lintCommand(args, { folder, print });
    case 'fsck': {
      const { own, settings } = split(args, ['--fast', '--lang=ru', '--lang=en']);
      return fsckCommand(readConfig(env, settings), { flags: own, print });
    }
    case 'backup':
    case 'restore': {
      const { own: flags, settings } = split(args, ['--force']);
      const { files, others } = splitFiles(settings);
      return backupCommand(readConfig(env, others), { verb, flags, files, folder, print });
    }
    default:
      return null;
  }
}

/** Takes a command's own flags out; everything else must be a setting, or `readConfig` refuses it by name. */
function split(args: readonly string[], flags: readonly string[]) {
  return {
    own: args.filter((arg) => flags.includes(arg)),
    settings: args.filter((arg) => !flags.includes(arg)),
  };
}

/** Words without dashes are file names, unless they are the value of a setting before them (`--data FOLDER`). */
function splitFiles(args: readonly string[]) {
  const isFile = (arg: string, at: number): boolean =>
    !arg.startsWith('--') && !/^--[a-z-]+$/u.test(args[at - 1] ?? '');
  return { files: args.filter(isFile), others: args.filter((arg, at) => !isFile(arg, at)) };
}
