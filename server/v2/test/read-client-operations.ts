import { CamundaClient } from '@camunda8/orchestration-cluster-api';
import type { ClientOperation } from '../client-operations.ts';

/**
 * Asks the official client itself what it can ask: every method is called with a stand-in for its arguments and a fetch
 * that only notes the request. What sends none is no operation (settings, workers, logging).
 */
export async function readClientOperations(): Promise<readonly ClientOperation[]> {
  const found: ClientOperation[] = [];
  const names = Object.getOwnPropertyNames(CamundaClient.prototype).filter((name) => /^[a-z]/.test(name));
  for (const operationId of names) {
    const request = await requestOf(operationId);
    if (request !== null) found.push({ operationId, ...request });
  }
  return found.sort((a, b) => (a.path === b.path ? compare(a.method, b.method) : compare(a.path, b.path)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const NOT_OPERATIONS = new Set(['constructor', 'configure', 'createJobWorker', 'stopAllWorkers']);

async function requestOf(operationId: string): Promise<Omit<ClientOperation, 'operationId'> | null> {
  if (NOT_OPERATIONS.has(operationId)) return null;
  let noted: Omit<ClientOperation, 'operationId'> | null = null;
  const client = new CamundaClient({
    config: { CAMUNDA_REST_ADDRESS: 'http://client.test', CAMUNDA_SDK_VALIDATION: 'none' },
    fetch: (input: unknown) => {
      const { url, method } = input as Request;
      const path = decodeURIComponent(new URL(url).pathname).replace(/^\/v2/, '');
      noted ??= { method: method.toLowerCase() as ClientOperation['method'], path };
      return Promise.resolve(new Response('{"type":"about:blank","status":400}', { status: 400 }));
    },
  });
  // A path parameter stands for itself, whatever it is called; nothing else of the arguments is there.
  const standIn = new Proxy(
    {},
    { get: (_, name) => (/(Key|Id|name)$/.test(String(name)) ? `{${String(name)}}` : undefined) },
  );
  const operation = (client as unknown as Record<string, unknown>)[operationId];
  if (typeof operation !== 'function') return null;
  try {
    await (operation as (...args: unknown[]) => unknown).call(client, standIn, { consistency: { waitUpToMs: 0 } });
  } catch {
    // The answer is always a refusal.
  }
  return noted;
}
