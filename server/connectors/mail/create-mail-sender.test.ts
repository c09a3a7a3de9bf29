import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { createMailSender, type MailSender } from './create-mail-sender.ts';
import { MailNotSent } from './mail-not-sent.ts';
import type { OutgoingMail } from './outgoing-mail.ts';
import { startSmtpServer, type TestSmtpServer } from './test/smtp-server.ts';

const from = { name: 'Отдел рекламаций', address: 'reklama@tehnika.example' };
const mail: OutgoingMail = {
  idempotencyKey: 'job-42',
  to: [{ name: 'Пётр Орлов', address: 'p.orlov@mail.example' }],
  subject: 'Ответ на рекламацию',
  caseNumber: 'ОБР-2026-000124',
  text: 'Здравствуйте!\n\n.Точка в начале строки.\n',
  inReplyTo: '<DU750-004418@mail.example>',
  references: ['<first@mail.example>'],
  attachments: [{ name: 'Ответ № 12.pdf', mimeType: 'application/pdf', content: new TextEncoder().encode('%PDF-1.7') }],
  date: new Date('2026-11-20T09:00:00Z'),
};
const ID = /^<[0-9a-f]{40}@tehnika\.example>$/u;

function notSent(code: string, retryable: boolean) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof MailNotSent, String(error));
    assert.deepEqual([error.code, error.retryable], [code, retryable]);
    assert.ok(error.remedy !== '' && error.texts.en.remedy !== '');
    return true;
  };
}

describe('createMailSender: outbox folder', () => {
  let folder: string;
  let sender: MailSender;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'outbox-'));
    sender = createMailSender({ outboxFolder: join(folder, 'out'), from });
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('writes a complete message that reads back', async () => {
    const sent = await sender.send(mail);
    assert.match(sent.messageId, ID);
    const [file, ...others] = await readdir(join(folder, 'out'));
    assert.deepEqual(others, []);
    const raw = await readFile(join(folder, 'out', file!));
    assert.ok(!/[^\r]\n/u.test(raw.toString('latin1')), 'CRLF line ends throughout');
    const read = await PostalMime.parse(raw);
    assert.equal(read.subject, '[#ОБР-2026-000124] Ответ на рекламацию');
    assert.equal(read.messageId, sent.messageId);
    assert.equal(read.inReplyTo, '<DU750-004418@mail.example>');
    assert.equal(read.references, '<first@mail.example> <DU750-004418@mail.example>');
    assert.deepEqual(read.from, { name: 'Отдел рекламаций', address: from.address });
    assert.deepEqual(read.to, [{ name: 'Пётр Орлов', address: 'p.orlov@mail.example' }]);
    assert.equal(read.date, '2026-11-20T09:00:00.000Z');
    assert.ok(read.text?.startsWith('Здравствуйте!'));
    assert.equal(read.attachments[0]?.filename, 'Ответ № 12.pdf');
  });

  it('a repeated job gives the same id and leaves the file alone; another key gives another', async () => {
    const first = await sender.send(mail);
    const [file] = await readdir(join(folder, 'out'));
    await writeFile(join(folder, 'out', file!), 'kept');
    const second = await sender.send({ ...mail, text: 'другой текст' });
    assert.deepEqual([first.repeated, second.repeated], [false, true]);
    assert.equal(second.messageId, first.messageId);
    assert.equal(await readFile(join(folder, 'out', file!), 'utf8'), 'kept');
    assert.notEqual((await sender.send({ ...mail, idempotencyKey: 'job-43' })).messageId, first.messageId);
    assert.equal((await readdir(join(folder, 'out'))).length, 2);
  });

  it('strips header injection and marks automatic mail', async () => {
    await sender.send({
      ...mail,
      automatic: true,
      subject: 'Ответ\r\nBcc: victim@x.example\r\n\r\nbody',
      to: [{ name: 'Имя\r\nBcc: v@x.example', address: 'a@b.example' }],
      inReplyTo: '<a@b>\r\nBcc: v@x.example',
      attachments: [{ name: 'a.txt"\r\nX-Evil: 1', mimeType: 'text/plain\r\nX-Evil: 1', content: new Uint8Array(1) }],
    });
    const [file] = await readdir(join(folder, 'out'));
    const read = await PostalMime.parse(await readFile(join(folder, 'out', file!)));
    assert.equal(read.bcc, undefined);
    assert.equal(read.inReplyTo, undefined);
    assert.ok(!read.headers.some((header) => header.key === 'x-evil'));
    assert.equal(read.headers.find((header) => header.key === 'auto-submitted')?.value, 'auto-replied');
  });

  it('refuses addresses that could carry more than one recipient', async () => {
    for (const address of ['a@b.example, c@d.example', 'a@b.example\r\nBcc: x@y.example', 'нет собаки', '<a@b>', '']) {
      await assert.rejects(sender.send({ ...mail, to: [{ address }] }), notSent('mail-address-invalid', false));
    }
    await assert.rejects(sender.send({ ...mail, to: [] }), notSent('mail-address-invalid', false));
  });

  it('tells when the folder cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    const blocked = createMailSender({ outboxFolder: join(folder, 'file', 'out'), from });
    await assert.rejects(blocked.send(mail), notSent('mail-outbox-unwritable', true));
  });
});

describe('createMailSender: SMTP over a socket', () => {
  let server: TestSmtpServer | undefined;
  const started: MailSender[] = [];
  afterEach(async () => {
    for (const sender of started.splice(0)) sender.close();
    await server?.stop();
  });
  const connect = async (answer?: Parameters<typeof startSmtpServer>[0]): Promise<MailSender> => {
    server = await startSmtpServer(answer);
    const sender = createMailSender({ smtpUrl: server.url, outboxFolder: '/nonexistent', from });
    started.push(sender);
    return sender;
  };

  it('delivers the message with the same deterministic id', async () => {
    const sender = await connect();
    const sent = await sender.send(mail);
    assert.deepEqual([sent.via, sent.rejected], ['smtp', []]);
    assert.match(sent.messageId, ID);
    const [got] = server!.received;
    assert.deepEqual([got?.from, got?.to], [from.address, ['p.orlov@mail.example']]);
    const read = await PostalMime.parse(Buffer.from(got!.raw, 'latin1'));
    assert.equal(read.messageId, sent.messageId);
    assert.ok(read.text?.includes('\n.Точка в начале строки.'), 'dots are unstuffed');
    assert.equal((await sender.send(mail)).messageId, sent.messageId);
  });

  it('a rejected recipient is permanent, a greylisted one is retried', async () => {
    const rejecting = await connect((command) => (command === 'RCPT' ? '550 5.1.1 no such user' : undefined));
    await assert.rejects(rejecting.send(mail), (error) => {
      assert.equal((error as MailNotSent).smtpStatus, 550);
      return notSent('mail-recipient-rejected', false)(error);
    });
    await server!.stop();
    const greylisting = await connect((command) => (command === 'RCPT' ? '451 4.7.1 try later' : undefined));
    await assert.rejects(greylisting.send(mail), notSent('mail-recipient-rejected', true));
  });

  it('reports the one refused among several recipients', async () => {
    const sender = await connect((command, argument) =>
      command === 'RCPT' && argument.includes('gone@') ? '550 gone' : undefined,
    );
    const sent = await sender.send({ ...mail, to: [{ address: 'gone@x.example' }, { address: 'ok@x.example' }] });
    assert.deepEqual(sent.rejected, ['gone@x.example']);
    assert.deepEqual(server!.received[0]?.to, ['ok@x.example']);
  });

  it('a connection dropped at MAIL or after DATA, or no server at all, is retried', async () => {
    for (const at of ['MAIL', '.']) {
      const sender = await connect((command) => (command === at ? 'drop' : undefined));
      await assert.rejects(sender.send(mail), notSent('mail-server-unreachable', true));
      await server!.stop();
    }
    const gone = createMailSender({ smtpUrl: server!.url, outboxFolder: '/nonexistent', from });
    await assert.rejects(gone.send(mail), notSent('mail-server-unreachable', true));
  });

  it('a message too large for the server is permanent', async () => {
    const sender = await connect((command) => (command === '.' ? '552 5.3.4 too big' : undefined));
    await assert.rejects(sender.send(mail), notSent('mail-message-rejected', false));
  });

  it('never shows the password', async () => {
    server = await startSmtpServer((command) =>
      command === 'AUTH' ? '535 bad login' : command === 'EHLO' ? '250-test\r\n250 AUTH PLAIN LOGIN' : undefined,
    );
    const sender = createMailSender({
      smtpUrl: server.url.replace('//', '//user:s3cret@'),
      outboxFolder: '/nonexistent',
      from,
    });
    await assert.rejects(sender.send(mail), (error) => {
      assert.ok(!JSON.stringify(error, Object.getOwnPropertyNames(error)).includes('s3cret'));
      return notSent('mail-login-failed', false)(error);
    });
  });
});
