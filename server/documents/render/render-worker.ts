import { parentPort } from 'node:worker_threads';
import { fontFace } from './fonts.ts';
import type { WorkerAnswer, WorkerTask } from './render-protocol.ts';
import { runTask } from './render-task.ts';

// The thread behind `createDocumentRenderer`; it answers one task at a time. Fonts are parsed before it says it is
// ready, so that the first document does not pay for them out of its time limit.
const port = parentPort!;
const answer = (message: WorkerAnswer): void => port.postMessage(message);

port.on('message', (task: WorkerTask) => {
  void runTask(task, () => answer({ kind: 'stage' })).then(answer);
});
fontFace('regular');
fontFace('bold');
answer({ kind: 'ready' });
