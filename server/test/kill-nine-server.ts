import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const START_TIMEOUT_MS = 60_000;

/** The real server in a process of its own, started as `npm start` does, from the sources. */
export interface ServerProcess {
  readonly url: string;
  /** What it printed so far; the first start prints the demo logins. */
  readonly output: string;
  readonly pid: number;
  /** No goodbye: the operating system takes the process away in the middle of whatever it does. */
  killNine(): Promise<void>;
}

/** @throws Error with what the process printed, when it does not come up */
export async function startServerProcess(dataFolder: string, args: readonly string[] = []): Promise<ServerProcess> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=source', MAIN, '--data', dataFolder, '--port', '0', ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        DATABASE_URL: '',
        REGLAMENT_DATABASE_URL: '',
        REGLAMENT_LOG_LEVEL: 'error',
      },
    },
  );
  let output = '';
  child.stdout.on('data', (part: Buffer) => (output += part.toString()));
  child.stderr.on('data', (part: Buffer) => (output += part.toString()));
  const url = await addressOf(child, () => output);
  return {
    url,
    pid: child.pid!,
    get output() {
      return output;
    },
    async killNine() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** One command of ours in a process of its own. @returns exit code and what it printed */
export async function runCommandProcess(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=source', MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: '', REGLAMENT_DATABASE_URL: '' },
  });
  let output = '';
  child.stdout.on('data', (part: Buffer) => (output += part.toString()));
  child.stderr.on('data', (part: Buffer) => (output += part.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? -1, output };
}

async function addressOf(child: ChildProcess, output: () => string): Promise<string> {
  for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline;) {
    const address = /is running: (http:\S+?)\/?\n/.exec(output())?.[1];
    if (address !== undefined) {
      const answer = await fetch(`${address}/readyz`).catch(() => null);
      if (answer?.ok) return address;
    }
    if (child.exitCode !== null || child.signalCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  child.kill('SIGKILL');
  throw new Error(`The server did not come up:\n${output()}`);
}
