import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startApp, type Answer, type TestApp } from '../http/test/start-app.ts';
import { forEachDialect } from '../test/dialects.ts';
import { newSubmissionKey, photoBody, REPAIR_REQUEST } from './test/repair-request.ts';

const FORM = '/api/public/starts/repair-request';
const HOUR = 60 * 60_000;

forEachDialect((dialect) => {
  describe('an open form under a flood', () => {
    let test: TestApp;
    let provider: Server;
    let solved: (form: URLSearchParams) => { readonly status: number; readonly body: string };
    const asked: URLSearchParams[] = [];

    before(async () => {
      provider = createServer((request, response) => {
        let body = '';
        request.on('data', (part: Buffer) => (body += part.toString()));
        request.on('end', () => {
          const form = new URLSearchParams(body);
          asked.push(form);
          const answer = solved(form);
          response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
        });
      });
      await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done));
    });
    after(() => {
      provider.closeAllConnections();
      provider.close();
    });
    beforeEach(() => {
      asked.length = 0;
      solved = (form) => ({ status: 200, body: JSON.stringify({ success: form.get('response') === 'solved' }) });
    });
    afterEach(() => test.close());

    const open = async (options: Parameters<typeof startApp>[1]): Promise<void> => {
      test = await startApp((await dialect.connect()).settings, options);
    };
    const submit = (submission = newSubmissionKey(), more: object = {}): Promise<Answer> =>
      test.call(null, `POST ${FORM}`, { submission, data: REPAIR_REQUEST, ...more });

    it('lets in exactly as many an hour from one address as it may, however many come at once, and so many files', async () => {
      await open({ publicForms: { startsPerAddress: 5, filesPerAddress: 2, requestsPerMinute: 1_000 } });
      const kept = newSubmissionKey();
      const sent = await Promise.all([submit(kept), ...Array.from({ length: 19 }, () => submit())]);
      const accepted = sent.filter(({ status }) => status === 201);
      assert.equal(accepted.length, 5, sent.map(({ status }) => status).join());
      const refused = sent.find(({ status }) => status === 429)!;
      assert.equal(refused.body.code, 'too-many-requests');
      const wait = Number(refused.headers.get('retry-after'));
      assert.ok(wait > 0 && wait <= 3_600, String(wait));
      const numbers = accepted.map(({ body }) => body.caseNumber as string).sort();
      assert.deepEqual(
        numbers,
        ['1', '2', '3', '4', '5'].map((n) => `ОБР-2026-00000${n}`),
        'what is refused takes no number',
      );
      test.advance(HOUR);
      const first = sent[0].status === 201 ? sent[0].body.caseNumber : undefined;
      const again = await submit(kept);
      assert.equal(again.status, 201);
      if (first !== undefined) assert.equal(again.body.caseNumber, first);
      const headers = { 'submission-key': kept };
      const files: number[] = [];
      for (let file = 0; file < 3; file += 1)
        files.push((await test.call(null, `POST ${FORM}/files?path=/photos`, photoBody(), headers)).status);
      assert.deepEqual(files, [201, 201, 429]);
    });

    it('stops guessing and hammering before anything is looked up, and reads no large body to its end', async () => {
      await open({ publicForms: { requestsPerMinute: 10 } });
      const large = await submit(newSubmissionKey(), { data: { problem: 'x'.repeat(300_000) } });
      assert.equal(large.status, 413);
      const guesses: number[] = [];
      for (let guess = 0; guess < 12; guess += 1)
        guesses.push((await test.call(null, 'POST /api/public/case-state', { token: newSubmissionKey() })).status);
      assert.deepEqual(guesses, [...Array<number>(9).fill(404), ...Array<number>(3).fill(429)]);
      const stopped = await test.call(null, `GET ${FORM}`);
      assert.deepEqual([stopped.status, stopped.body.code], [429, 'too-many-requests']);
      assert.equal(Number(stopped.headers.get('retry-after')), 60);
      assert.equal((await test.call('dispatcher', 'GET /api/session')).status, 200, 'people of the house go on');
    });

    it('asks the provider of the captcha, lets nobody by without it, and spends no token on a wrong form or a repeat', async () => {
      const { port } = provider.address() as AddressInfo;
      const captcha = {
        kind: 'siteverify',
        verifyUrl: `http://127.0.0.1:${port}/siteverify`,
        frameUrl: 'https://captcha.example/widget.html',
        secret: 's3cr3t',
      } as const;
      await open({ publicForms: { captcha, startsPerForm: 1 }, httpAllow: [{ host: '127.0.0.1', port }] });
      const form = await test.call(null, `GET ${FORM}`);
      assert.deepEqual(form.body.captcha, { frameUrl: captcha.frameUrl });
      const policy = form.headers.get('content-security-policy')!;
      assert.match(policy, /script-src 'self';/);
      assert.match(policy, /frame-src 'self' https:\/\/captcha\.example;/);

      const submission = newSubmissionKey();
      const wrong = await submit(submission, { data: {}, captcha: 'solved' });
      assert.deepEqual([wrong.status, asked.length], [422, 0]);
      const without = await submit(submission);
      assert.deepEqual([without.status, without.body.code, asked.length], [403, 'captcha-failed', 0]);
      const robot = await submit(submission, { captcha: 'guessed' });
      assert.equal(robot.body.code, 'captcha-failed');
      assert.deepEqual(
        [asked[0]!.get('secret'), asked[0]!.get('response'), asked[0]!.get('remoteip')],
        ['s3cr3t', 'guessed', '127.0.0.1'],
      );
      solved = () => ({ status: 500, body: 'down' });
      assert.equal((await submit(submission, { captcha: 'solved' })).status, 503, 'nobody is let by while it is down');
      solved = (asking) => ({ status: 200, body: JSON.stringify({ success: asking.get('response') === 'solved' }) });
      const person = await submit(submission, { captcha: 'solved' });
      assert.equal(person.status, 201, JSON.stringify(person.body));
      const count = asked.length;
      assert.equal((await submit(submission)).body.caseNumber, person.body.caseNumber);
      assert.equal(asked.length, count);
      const next = await submit(newSubmissionKey(), { captcha: 'solved' });
      assert.deepEqual([next.status, next.body.code], [429, 'too-many-requests'], 'one form has an hour, too');
    });
  });
});
