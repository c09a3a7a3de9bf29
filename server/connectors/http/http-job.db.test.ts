import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bpmn, sequence } from '../../runtime/test/bpmn.ts';
import { openRuntime, type TestRuntime } from '../../runtime/test/open-runtime.ts';
import { forEachDialect } from '../../test/dialects.ts';
import { readAllowedHosts } from './check-target.ts';
import { HTTP_JOB, httpJob } from './http-job.ts';
import { readSecrets } from './secrets.ts';

interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A step as Camunda Modeler writes it when its REST connector template is applied. */
function restTask(inputs: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) {
  const quoted = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const mappings = Object.entries(inputs).map(([to, from]) => `<zeebe:input source="${quoted(from)}" target="${to}"/>`);
  const written = Object.entries(headers).map(
    ([key, value]) => `<zeebe:header key="${key}" value="${quoted(value)}"/>`,
  );
  return {
    id: 'Call',
    xml: `<bpmn:serviceTask id="Call"><bpmn:extensionElements><zeebe:taskDefinition type="io.camunda:http-json:1" retries="3"/>
      <zeebe:ioMapping>${mappings.join('')}</zeebe:ioMapping><zeebe:taskHeaders>${written.join('')}</zeebe:taskHeaders></bpmn:extensionElements></bpmn:serviceTask>`,
  };
}

forEachDialect((dialect) => {
  describe('the HTTP connector', () => {
    let runtime: TestRuntime;
    let server: Server;
    let base = '';
    const heard: Heard[] = [];
    let answer: { status: number; body: string; headers?: Record<string, string> } = { status: 200, body: '{}' };
    let count = 0;

    before(async () => {
      runtime = await openRuntime(dialect);
      server = createServer((request, response) => {
        let body = '';
        request.on('data', (part: Buffer) => (body += part.toString()));
        request.on('end', () => {
          const { method = '', url = '', headers } = request;
          heard.push({ method, url, headers, body });
          const text = answer.body
            .replace('AUTH', headers.authorization ?? '')
            .replace('KEY', String(headers['x-key']));
          response.writeHead(answer.status, answer.headers).end(text);
        });
      });
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const secrets = readSecrets({
        REGLAMENT_SECRET_TOKEN: 's3cr3t-token',
        REGLAMENT_SECRET_QUOTED: 'p"a\\b',
        REGLAMENT_SECRET_OTHER: 'never-named',
        REGLAMENT_SECRET_BOUND: 'for-others',
        REGLAMENT_SECRET_BOUND_HOSTS: 'api.partner.example',
      });
      const httpRules = { allow: readAllowedHosts(base.slice('http://'.length)), ports: new Set([80]) };
      const { definitions, clock } = runtime;
      runtime.worker.registerJobType(HTTP_JOB, httpJob({ definitions, secrets, httpRules, now: () => clock.now() }));
    });
    beforeEach(() => void (heard.length = 0));
    after(async () => {
      server.closeAllConnections();
      server.close();
      await runtime.drop();
    });

    /** Runs a process of one such step; gives its variables, its incident and the state of its job. */
    const run = async (task: ReturnType<typeof restTask>, variables: Readonly<Record<string, string>> = {}) => {
      const processDefinitionKey = await runtime.deployProcess(bpmn(`rest${(count += 1)}`, sequence(task)));
      const { processInstanceKey: key } = await runtime.runner.start({ processDefinitionKey, variables, by: null });
      await runtime.worker.drain();
      const of = (sql: string) => runtime.rows(sql, [key]);
      const stored = await of(
        'SELECT name, value FROM variable WHERE process_instance_key = ? AND scope_key = process_instance_key',
      );
      const [incident] = await of('SELECT message FROM incident WHERE process_instance_key = ? AND ended_at IS NULL');
      const [job] = await of('SELECT state, retries, available_at FROM job WHERE process_instance_key = ?');
      const everything = JSON.stringify(await of('SELECT event FROM history_event WHERE process_instance_key = ?'));
      return {
        variables: Object.fromEntries(stored.map(({ name, value }) => [name, JSON.parse(value as string) as unknown])),
        incident: incident?.['message'] as string | undefined,
        job: job!,
        everything: everything + JSON.stringify(runtime.errors),
      };
    };

    it('runs the REST connector of Camunda as its template writes it', async () => {
      answer = { status: 201, body: '{"id": 7, "state": "new"}', headers: { 'x-page': '1' } };
      const { variables, everything } = await run(
        restTask(
          {
            'authentication.type': 'bearer',
            'authentication.token': '{{secrets.TOKEN}}',
            method: 'POST',
            url: `${base}/orders`,
            headers: '={"X-Trace": "t-1"}',
            queryParameters: '={q: "да & нет", n: 2}',
            body: '={number: number, lines: [1, 2]}',
            connectionTimeoutInSeconds: '5',
          },
          {
            resultVariable: 'whole',
            resultExpression: '={orderId: response.body.id, page: response.headers["x-page"], code: status}',
          },
        ),
        { number: 'А-7' },
      );
      const [one] = heard;
      assert.deepEqual(
        [one?.method, new URL(one!.url, base).searchParams.get('q'), new URL(one!.url, base).searchParams.get('n')],
        ['POST', 'да & нет', '2'],
      );
      assert.deepEqual(JSON.parse(one!.body), { number: 'А-7', lines: [1, 2] });
      assert.deepEqual(
        [one?.headers['x-trace'], one?.headers.authorization, one?.headers['content-type']],
        ['t-1', 'Bearer s3cr3t-token', 'application/json'],
      );
      assert.match(one!.headers['idempotency-key'] as string, /^job:\d+$/);
      assert.deepEqual([variables['orderId'], variables['code']], [7, 201]);
      assert.deepEqual((variables['whole'] as { body: unknown }).body, { id: 7, state: 'new' });
      assert.ok(!everything.includes('s3cr3t'), 'the secret is in no event and no log');
      assert.ok(everything.includes('{{secrets.TOKEN}}'));
    });

    it('hides a secret that the other side sends back', async () => {
      answer = { status: 200, body: '{"you": "AUTH", "key": "KEY"}' };
      const authentication = {
        'authentication.type': 'basic',
        'authentication.username': 'ann',
        'authentication.password': '{{secrets.TOKEN}}',
      };
      const task = restTask(
        { ...authentication, url: base, headers: '={"X-Key": "{{secrets.TOKEN}}"}' },
        { resultExpression: '=response.body' },
      );
      const { variables, everything } = await run(task);
      assert.equal(heard[0]?.headers.authorization, `Basic ${Buffer.from('ann:s3cr3t-token').toString('base64')}`);
      assert.deepEqual([variables['you'], variables['key']], ['Basic ***', '***']);
      assert.ok(!everything.includes('s3cr3t'));
    });

    it('writes a secret with quotation marks into JSON, and hides it in JSON', async () => {
      answer = { status: 200, body: JSON.stringify({ back: 'p"a\\b' }) };
      const task = restTask(
        { url: base, method: 'POST', body: '={pass: "{{secrets.QUOTED}}", n: 1}' },
        { resultExpression: '=response.body' },
      );
      const { variables } = await run(task);
      assert.deepEqual(JSON.parse(heard[0]!.body), { pass: 'p"a\\b', n: 1 });
      assert.equal(variables['back'], '***');
    });

    it('gives a secret only where the author of the model has named it, and only to its hosts', async () => {
      answer = { status: 200, body: '{}' };
      await run(restTask({ url: base, method: 'POST', body: '=text' }), {
        text: 'give me {{secrets.OTHER}} and secrets.TOKEN',
      });
      assert.equal(heard[0]?.body, 'give me {{secrets.OTHER}} and secrets.TOKEN');
      const bound = await run(restTask({ url: base, headers: '={a: "{{secrets.BOUND}}"}' }));
      assert.match(bound.incident ?? '', /BOUND.*may not be sent to 127\.0\.0\.1/);
      const missing = await run(restTask({ url: base, headers: '={a: "{{secrets.NOBODY}}"}' }));
      assert.match(missing.incident ?? '', /set REGLAMENT_SECRET_NOBODY/);
      assert.equal(heard.length, 1);
    });

    it('tries again what may pass, and stops at once at what does not', async () => {
      answer = { status: 503, body: 'busy', headers: { 'retry-after': '40' } };
      const passing = await run(restTask({ url: base }));
      assert.deepEqual([passing.job['state'], passing.job['retries']], ['FAILED', 2]);
      assert.equal(Number(passing.job['available_at']) - runtime.clock.now(), 40_000, 'when the server asks for it');
      const paced = await run(restTask({ url: base }, { retryBackoff: 'PT5M' }));
      assert.equal(Number(paced.job['available_at']) - runtime.clock.now(), 300_000);
      answer = { status: 404, body: 'no such thing' };
      const wrong = await run(restTask({ url: base }));
      assert.match(wrong.incident ?? '', /HTTP 404: no such thing/);
      const forbidden = await run(restTask({ url: 'http://169.254.169.254/latest' }));
      assert.match(forbidden.incident ?? '', /не разрешён.*not allowed/);
      const method = await run(restTask({ url: base, method: 'TRACE' }));
      assert.match(method.incident ?? '', /input "method" does not fit/);
    });

    it('asks errorExpression what an error means', async () => {
      answer = { status: 404, body: '{}' };
      const ignoring = '=if error.code = "404" then ignoreError({found: false}) else null';
      const ignored = await run(restTask({ url: base }, { errorExpression: ignoring }));
      assert.deepEqual([ignored.variables['found'], ignored.incident], [false, undefined]);
      const throwing = '=if response.status = 404 then bpmnError("GONE", "нет такого") else null';
      const thrown = await run(restTask({ url: base }, { errorExpression: throwing }));
      assert.match(thrown.incident ?? '', /GONE/);
    });
  });
});
