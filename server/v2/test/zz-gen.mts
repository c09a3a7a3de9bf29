import { readClientOperations } from '/work/main/server/v2/test/read-client-operations.ts';
const ops = await readClientOperations();
console.log(ops.length);
console.log(ops.map(o=>`${o.method} ${o.path} ${o.operationId}`).join('\n'));
