// Starts the worker from its TypeScript source, for tests: tsx 4.23 registers itself in the main thread only, so
// `--import tsx` does nothing in a worker of Node 20. The build runs render-worker.js directly.
import { register } from 'tsx/esm/api';

register();
await import('./render-worker.ts');
