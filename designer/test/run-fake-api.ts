import { buildDesigner } from './build-designer.ts';
import { startFakeApi } from './fake-api.ts';

/** `node --import tsx --conditions source designer/test/run-fake-api.ts [port]`: the built designer over the fake API. */
const api = await startFakeApi(await buildDesigner(), Number(process.argv[2] ?? 8090));
console.log(`${api.url} (anna, boris, vera; password demo)`);
