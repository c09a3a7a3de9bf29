// Ends a throw-away PostgreSQL whose test run died without stopping it (kill -9, a crash of Node).
// The run holds the write end of our stdin: the word "stopped" is an orderly end, a bare end of file is a death.
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const [pid, directory] = [Number(process.argv[2]), process.argv[3]];
let word = '';

process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk) => (word += chunk));
process.stdin.on('end', async () => {
  if (word.startsWith('stopped')) return;
  try {
    process.kill(pid, 'SIGQUIT');
  } catch {
    // Already gone: only its directory is left to remove.
  }
  for (let attempt = 0; attempt < 50 && isAlive(); attempt++) await sleep(100);
  rmSync(directory, { recursive: true, force: true });
});

function isAlive() {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
