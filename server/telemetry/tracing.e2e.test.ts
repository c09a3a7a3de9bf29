import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mailFile } from '../intake/mail/test/mail-file.ts';
import { readFile } from 'node:fs/promises';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

interface SpanRecord {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
  readonly links: readonly { readonly traceId: string }[];
}

/** What a collector gets, as OTLP over HTTP in JSON. */
async function startCollector() {
  const spans: SpanRecord[] = [];
  const services: unknown[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      for (const { resource, scopeSpans } of resourceSpans) {
        services.push(resource.attributes);
        for (const scope of scopeSpans) spans.push(...scope.spans);
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, spans, services, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('traces', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reglament-traces-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("a request is a span under its caller's, its command under it, the commit links back, jobs have traces of their own", async () => {
    const collector = await startCollector();
    const env = {
      ...process.env,
      NODE_OPTIONS: '',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_SERVICE_NAME: 'reglament-test',
    };
    const args = ['--import', 'tsx', '--conditions=source', MAIN, '--data', folder, '--port', '0'];
    const child = spawn(process.execPath, args, { env });
    let output = '';
    const address = new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
        const url = /running: (http:\S+)\/\n/.exec(output)?.[1];
        if (url !== undefined) resolve(url);
      });
      child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
      child.on('exit', (code) => reject(new Error(`ended with ${code}:\n${output}`)));
    });
    try {
      const url = await address;
      const password = /^ {2}dispatcher +(\S+) /m.exec(output)![1];
      const authorization = `Basic ${Buffer.from(`dispatcher:${password}`).toString('base64')}`;
      const caller = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
      const answer = await fetch(`${url}/api/intake/mail`, {
        method: 'POST',
        headers: {
          authorization,
          'content-type': 'message/rfc822',
          traceparent: `00-${caller.traceId}-${caller.spanId}-01`,
        },
        body: new Uint8Array(await readFile(mailFile('claim-shortage.eml'))),
      });
      assert.equal(answer.status, 201, await answer.clone().text());
      await fetch(`${url}/api/cases?search=secret-query`, { headers: { authorization } });
      await fetch(`${url}/healthz`);
      const stopped = once(child, 'exit');
      child.kill('SIGTERM');
      assert.deepEqual(await stopped, [0, null], 'what is left is sent before the end');

      const { spans } = collector;
      const named = (name: string) => spans.filter((span) => span.name === name);
      const [request] = named('POST /api/intake/mail');
      assert.deepEqual([request!.traceId, request!.parentSpanId], [caller.traceId, caller.spanId]);
      const [command] = named('command').filter(({ traceId }) => traceId === caller.traceId);
      assert.ok(command !== undefined, 'the start of the case is in the trace of the caller');
      const commits = named('commit batch').filter(({ links }) => links.some((l) => l.traceId === caller.traceId));
      assert.equal(commits.length, 1);
      assert.notEqual(commits[0]!.traceId, caller.traceId, 'it is the commit of others too');
      assert.deepEqual(
        spans.filter(({ name }) => name.includes('healthz')),
        [],
      );
      const service = JSON.stringify(collector.services[0]);
      assert.ok(service.includes('reglament-test') && service.includes('service.version'), service);
      const all = JSON.stringify(spans);
      for (const secret of ['secret-query', password!, 'dispatcher', 'Недостача'])
        assert.ok(!all.includes(secret), secret);
    } finally {
      child.kill('SIGKILL');
      collector.server.closeAllConnections();
      collector.server.close();
    }
  }).timeout(120_000);

  it('a collector that is away holds nothing up', async () => {
    const env = { ...process.env, NODE_OPTIONS: '', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };
    const other = mkdtempSync(join(tmpdir(), 'reglament-traces-'));
    const args = ['--import', 'tsx', '--conditions=source', MAIN, '--data', other, '--port', '0'];
    const child = spawn(process.execPath, args, { env });
    try {
      let output = '';
      const url = await new Promise<string>((resolve) =>
        child.stdout.on('data', (chunk: Buffer) => {
          output += chunk.toString('utf8');
          const found = /running: (http:\S+)\/\n/.exec(output)?.[1];
          if (found !== undefined) resolve(found);
        }),
      );
      assert.equal((await fetch(`${url}/api/system`)).status, 200);
      const stopped = once(child, 'exit');
      child.kill('SIGTERM');
      assert.deepEqual(await stopped, [0, null]);
      assert.ok(!output.includes('OTLP'), output);
    } finally {
      child.kill('SIGKILL');
      rmSync(other, { recursive: true, force: true });
    }
  }).timeout(120_000);
});
