import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileTypeFromBuffer } from 'file-type';
import { caseNumberPattern } from './case-number-pattern.ts';
import { parseMail, type ParsedMail } from './parse-mail.ts';
import { mailFile } from './test/mail-file.ts';

const fixture = (name: string): Uint8Array => readFileSync(mailFile(`${name}.eml`));
const caseNumbers = caseNumberPattern('ОБР-{yyyy}-{000000}');
const parse = (name: string): Promise<ParsedMail> => parseMail(fixture(name), { caseNumbers });

async function assertPhoto(mail: ParsedMail, index: number, name: string): Promise<void> {
  const attachment = mail.attachments[index];
  assert.ok(attachment);
  assert.equal(attachment.name, name);
  assert.equal((await fileTypeFromBuffer(attachment.content))?.mime, 'image/jpeg');
  assert.deepEqual([...attachment.content.slice(-2)], [0xff, 0xd9], 'the photo is complete');
  assert.ok(attachment.content.length > 5_000);
}

describe('parseMail: Russian charsets', () => {
  const question = 'Прошу сообщить срок поставки реле РЕЛЕ-12, заказ 55-118.';
  for (const name of ['windows-1251-8bit', 'windows-1251-quoted-printable', 'koi8-r-base64']) {
    it(`reads ${name}`, async () => {
      const mail = await parse(name);
      assert.deepEqual(mail.from, { name: 'Иван Петров', address: 'ivan@petrov.example' });
      assert.equal(mail.subject, 'Вопрос по заказу 55-118');
      assert.ok(mail.text.includes(question), mail.text);
      assert.ok(mail.text.startsWith('Здравствуйте!') && mail.text.endsWith('Иван Петров'));
      assert.deepEqual(mail.warnings, []);
    });
  }

  it('keeps «», ё, — and № of windows-1251', async () => {
    const { text } = await parse('windows-1251-8bit');
    assert.ok(text.includes('Ёлки, «кавычки», тире — и знак № на месте.'));
  });

  it('mends eight-bit headers without any encoding and says so', async () => {
    const mail = await parse('raw-1251-headers');
    assert.equal(mail.from.name, 'Иван Петров');
    assert.equal(mail.subject, 'Вопрос без кодировки заголовка');
    assert.ok(mail.text.includes(question));
    assert.deepEqual(mail.warnings, ['raw-eight-bit-headers']);
  });
});

describe('parseMail: structure', () => {
  it('reads a mixed message with photos named by RFC 2047 and RFC 2231', async () => {
    const mail = await parse('utf-8-mixed-photo');
    assert.deepEqual(mail.from, { name: 'Смирнова, Ольга', address: 'olga@smirnova.example' });
    assert.deepEqual(
      mail.to.map((to) => to.address),
      ['reklama@tehnika.example', 'a@x.example', 'b@x.example'],
    );
    assert.equal(mail.text, 'Посылаю две фотографии одной коробки.');
    assert.equal(mail.date, '2026-11-10T08:00:00.000Z');
    assert.equal(mail.attachments.length, 2);
    await assertPhoto(mail, 0, 'Фото коробки № 1.jpg');
    await assertPhoto(mail, 1, 'Фотография коробки с очень длинным русским именем файла.jpg');
  });

  it('turns an HTML-only message into text, quote dropped and link kept', async () => {
    const mail = await parse('html-only');
    assert.ok(mail.text.includes('Жалоба на доставку'));
    assert.ok(mail.text.includes('Курьер опоздал на три часа.'));
    assert.ok(mail.text.includes('https://disk.example/f/1'));
    assert.ok(!mail.text.includes('передан курьеру') && !mail.text.includes('Магазин'), mail.text);
    assert.ok(mail.fullText.includes('передан курьеру'));
    assert.ok(!mail.text.includes('<'), 'no markup is left');
  });

  it('gives a message without Message-ID a stable synthetic one', async () => {
    const raw = fixture('missing-message-id');
    const mail = await parseMail(raw);
    assert.equal(mail.messageId, `<sha256-${createHash('sha256').update(raw).digest('hex')}@mail.invalid>`);
    assert.deepEqual(mail.warnings, ['no-message-id']);
  });

  it('reads what is left of a truncated message', async () => {
    const mail = await parse('truncated');
    assert.ok(mail.warnings.includes('truncated'));
    assert.ok(mail.text.includes('подозревают брак литья'));
    assert.equal(mail.attachments.length, 1);
  });
});

describe('parseMail: answers and machines', () => {
  it('finds the case number and the thread of an Outlook answer, and strips the quote and signature', async () => {
    const mail = await parse('reply-with-case-number');
    assert.deepEqual(mail.caseNumbers, ['ОБР-2026-000123']);
    assert.equal(mail.inReplyTo, '<case-123-ack@tehnika.example>');
    assert.deepEqual(mail.references, ['<20261116064057.4471@stroymir.example>', '<case-123-ack@tehnika.example>']);
    assert.equal(
      mail.text,
      'Добрый день, высылаю скан акта отдельным письмом до обеда.\n\nСерийные номера полученных дрелей перепишем сегодня.',
    );
    assert.ok(mail.fullText.includes('Пришлите, пожалуйста, акт о расхождении.'));
    assert.equal(mail.autoReply, false);
  });

  it('keeps answers written between the quoted lines', async () => {
    const mail = await parse('reply-in-reply-to-only');
    assert.deepEqual(mail.caseNumbers, []);
    assert.equal(mail.inReplyTo, '<case-124-ack@tehnika.example>');
    assert.equal(mail.text, 'Фото шильдика сделаю вечером.\n\nЧек во вложении к первому письму.');
  });

  it('recognises an out-of-office answer even when it names a case', async () => {
    const mail = await parse('out-of-office');
    assert.equal(mail.autoReply, 'auto-submitted');
    assert.equal(mail.bounce, false);
    assert.deepEqual(mail.caseNumbers, ['ОБР-2026-000123']);
  });

  it('recognises a bounce and keeps the returned message as an attachment', async () => {
    const mail = await parse('bounce');
    assert.equal(mail.bounce, true);
    assert.equal(mail.autoReply, 'delivery-report');
    assert.ok(mail.text.includes('550 5.1.1 User unknown'));
    assert.deepEqual(
      mail.attachments.map((part) => part.mimeType),
      ['message/delivery-status', 'message/rfc822'],
    );
  });
});

describe('parseMail: the four claims of the article', () => {
  it('8 of 10 units', async () => {
    const mail = await parse('claim-shortage');
    assert.equal(mail.subject, 'Недостача по ТТН 4471: получили 8 дрелей из 10');
    assert.ok(mail.text.includes('Заказывали 10 дрелей ДУ-750, в паллете оказалось 8 штук.'));
    assert.ok(mail.text.endsWith('Фото паллеты с отметкой приложила.'), 'the signature is gone');
    await assertPhoto(mail, 0, 'паллета 8 из 10.jpg');
  });
  it('broken in transit', async () => {
    const mail = await parse('claim-transit');
    assert.equal(mail.subject, 'Коробка разбита при доставке, заказ 55-109');
    assert.ok(mail.text.includes('коммерческий акт № 12') && mail.text.endsWith('пока фото.'));
    await assertPhoto(mail, 0, 'Коробка после доставки (Быстровоз).jpg');
  });
  it('suspected factory defect', async () => {
    const mail = await parse('claim-defect');
    assert.ok(mail.text.includes('серийный номер DU750-26-004418'));
    assert.ok(!mail.text.includes('iPhone'));
    await assertPhoto(mail, 0, 'трещина.jpg');
  });
  it('misuse, HTML with the photo inline', async () => {
    const mail = await parse('claim-misuse');
    assert.ok(mail.text.includes('во\u00a0дворе под дождём'), mail.text);
    assert.ok(mail.text.endsWith('Гарантия до 01.03.2028.'), mail.text);
    await assertPhoto(mail, 0, 'дрель в луже.jpg');
    assert.equal(mail.attachments[0]?.inline, true);
    assert.equal(mail.attachments[0]?.contentId, 'photo-misuse@vesna.example');
  });
  it('none is taken for a machine, all are complete', async () => {
    for (const name of ['claim-shortage', 'claim-transit', 'claim-defect', 'claim-misuse']) {
      const mail = await parse(name);
      assert.deepEqual([mail.autoReply, mail.bounce, mail.warnings], [false, false, []], name);
    }
  });
});
