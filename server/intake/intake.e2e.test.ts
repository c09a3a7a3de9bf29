import assert from 'node:assert/strict';
import { queryRows, readerOf } from '../database/connect.ts';
import { startApp, type TestApp } from '../http/test/start-app.ts';
import { forEachDialect } from '../test/dialects.ts';

forEachDialect((dialect) => {
  describe('mail intake', () => {
    let test: TestApp;
    before(async () => {
      test = await startApp((await dialect.connect()).settings);
    });
    after(() => test.close());

    const count = async (table: string): Promise<number> => {
      const [row] = await queryRows<{ n: number }>(readerOf(test.database), `SELECT count(*) AS n FROM ${table}`);
      return Number(row!.n);
    };
    const mailsOf = async (caseKey: string) =>
      (await test.call('analyst', `GET /api/cases/${caseKey}/mails`)).body.items;

    it('makes a case with number, sender, text and the photo; the same mail twice makes one', async () => {
      const first = await test.mail('claim-shortage.eml');
      assert.deepEqual(
        [first.status, first.body.outcome, first.body.caseNumber],
        [201, 'case-created', 'ОБР-2026-000001'],
      );
      const again = await test.mail('claim-shortage.eml');
      assert.deepEqual([again.status, again.body.outcome, again.body.caseKey], [200, 'duplicate', first.body.caseKey]);
      const [mail, ...others] = await mailsOf(first.body.caseKey);
      assert.deepEqual(others, []);
      assert.equal(mail.from, 'Ковалёва Ирина, снабжение <snab@stroymir.example>');
      assert.match(mail.text, /в паллете оказалось 8 штук/);
      const photo = await test.call('analyst', `GET ${mail.attachments[0].url}?preview=1`);
      assert.equal(photo.headers.get('content-type'), 'image/jpeg');
      assert.match(photo.headers.get('content-disposition')!, /^inline/);
      assert.match(photo.headers.get('content-security-policy')!, /sandbox/);
      assert.deepEqual([...photo.body.subarray(0, 3)], [0xff, 0xd8, 0xff]);
    });

    it('makes one case of the same mail that arrives many times at once', async () => {
      const before = await count('process_instance');
      const answers = await Promise.all(Array.from({ length: 6 }, () => test.mail('claim-transit.eml')));
      assert.equal(answers.filter(({ body }) => body.outcome === 'case-created').length, 1);
      assert.equal(answers.filter(({ body }) => body.outcome === 'duplicate').length, 5);
      assert.equal(new Set(answers.map(({ body }) => body.caseNumber)).size, 1);
      assert.equal(await count('process_instance'), before + 1);
    });

    it('numbers cases without gaps, whatever else arrives', async () => {
      const numbers = [];
      for (const name of ['claim-defect.eml', 'not-a-mail.eml', 'claim-misuse.eml'])
        numbers.push((await test.mail(name)).body.caseNumber);
      assert.deepEqual(numbers, ['ОБР-2026-000003', undefined, 'ОБР-2026-000004']);
    });

    it('keeps automatic replies and bounces, but makes no case of them', async () => {
      const before = await count('process_instance');
      const [reply, bounce] = [await test.mail('out-of-office.eml'), await test.mail('bounce.eml')];
      assert.deepEqual([reply.body.outcome, reply.body.reason], ['ignored', 'auto-reply']);
      assert.deepEqual([bounce.body.outcome, bounce.body.reason], ['ignored', 'bounce']);
      assert.equal(await count('process_instance'), before);
      assert.equal((await test.mail('bounce.eml')).body.outcome, 'duplicate');
    });

    it('refuses what is no mail with a reason in both languages, and stores nothing', async () => {
      const before = await count('mail');
      const send = (body: Uint8Array, headers: Record<string, string> = {}) =>
        test.call('dispatcher', 'POST /api/intake/mail', body, { 'content-type': 'message/rfc822', ...headers });
      const refused = await send(Buffer.from('просто текст\n'), { 'accept-language': 'en' });
      assert.deepEqual([refused.status, refused.body.code], [400, 'mail-refused']);
      assert.match(refused.body.detail, /not an e-mail message/);
      assert.equal((await send(new Uint8Array(0))).status, 400);
      assert.equal((await send(new Uint8Array(26 * 1024 * 1024))).status, 413);
      assert.equal((await send(Buffer.from('{}'), { 'content-type': 'application/json' })).status, 415);
      assert.equal(await count('mail'), before);
    });

    it('joins an answer by the case number in its subject, and tells the case', async () => {
      const { caseKey } = (await test.mail('claim-shortage.eml')).body;
      const reply = Buffer.from(
        'From: Irina <snab@stroymir.example>\r\nTo: reklama@tehnika.example\r\nMessage-ID: <answer-1@stroymir.example>\r\n' +
          'Subject: =?utf-8?B?' +
          Buffer.from('Re: [#обр–2026–000001] вопрос').toString('base64') +
          '?=\r\n' +
          'Content-Type: text/plain; charset=utf-8\r\n\r\nВот акт.\r\n',
      );
      const answer = await test.call('dispatcher', 'POST /api/intake/mail', reply, {
        'content-type': 'message/rfc822',
      });
      assert.deepEqual([answer.status, answer.body.outcome, answer.body.caseKey], [200, 'joined-case', caseKey]);
      await test.settle();
      const messages = await queryRows<{ name: string; correlation_key: string; variables: string }>(
        readerOf(test.database),
        `SELECT name, correlation_key, variables FROM message WHERE correlation_key = 'ОБР-2026-000001'`,
      );
      assert.deepEqual(
        messages.map(({ name }) => name),
        ['client.replied'],
      );
      assert.equal(JSON.parse(messages[0]!.variables).text, 'Вот акт.');
      assert.equal((await mailsOf(caseKey)).at(-1).text, 'Вот акт.');
      const notices = (await test.call('dispatcher', 'GET /api/notifications')).body.items;
      assert.deepEqual(
        notices.map(({ text }: { text: string }) => text),
        ['Клиент ответил по делу ОБР-2026-000001: Irina, «Re: [#обр–2026–000001] вопрос»'],
      );
      assert.deepEqual((await test.call('warehouse', 'GET /api/notifications')).body.items, []);
    });

    it('joins an answer to an answer by References alone', async () => {
      const { caseKey } = (await test.mail('claim-shortage.eml')).body;
      const reply = Buffer.from(
        'From: i@stroymir.example\r\nTo: reklama@tehnika.example\r\nMessage-ID: <answer-2@stroymir.example>\r\n' +
          'References: <unknown@x.example> <answer-1@stroymir.example>\r\nSubject: no number\r\n\r\ntext\r\n',
      );
      const answer = await test.call('dispatcher', 'POST /api/intake/mail', reply, {
        'content-type': 'message/rfc822',
      });
      assert.deepEqual([answer.body.outcome, answer.body.caseKey], ['joined-case', caseKey]);
    });

    it('takes a mail whose attachment is refused, and says which', async () => {
      const raw = Buffer.from(
        'From: a@b.example\r\nTo: reklama@tehnika.example\r\nMessage-ID: <page@b.example>\r\nSubject: page\r\n' +
          'Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nbody\r\n' +
          '--x\r\nContent-Type: text/html; name=evil.html\r\nContent-Disposition: attachment; filename=evil.html\r\n\r\n' +
          '<html><script>alert(1)</script></html>\r\n--x--\r\n',
      );
      const { body } = await test.call('dispatcher', 'POST /api/intake/mail', raw, {
        'content-type': 'message/rfc822',
      });
      assert.equal(body.outcome, 'case-created');
      const variables = (await test.call('analyst', `GET /api/cases/${body.caseKey}/variables`)).body.items;
      const value = (name: string) => variables.find((variable: { name: string }) => variable.name === name).value;
      assert.deepEqual([value('attachments'), value('refusedAttachments')], [[], ['evil.html']]);
      assert.deepEqual((await test.call('analyst', `GET /api/cases/${body.caseKey}/files`)).body.items, []);
    });
  });
});
