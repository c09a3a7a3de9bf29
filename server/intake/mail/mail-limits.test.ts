import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { MailRefused, type MailRefusalCode } from './mail-refused.ts';
import { parseMail } from './parse-mail.ts';
import { mailFile } from './test/mail-file.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function assertRefused(raw: Uint8Array, code: MailRefusalCode): Promise<void> {
  // Time of the processor: a busy machine gives it later, but no more of it is needed.
  const started = process.cpuUsage();
  await assert.rejects(parseMail(raw), (error) => {
    assert.ok(error instanceof MailRefused, String(error));
    assert.equal(error.code, code);
    assert.ok(error.remedy.length > 20 && error.texts.en.remedy.length > 20);
    return true;
  });
  assert.ok(process.cpuUsage(started).user < 3_000_000, 'refused quickly');
}

describe('parseMail: limits and hostile input', () => {
  it('refuses what is no message', async () => {
    await assertRefused(new Uint8Array(0), 'mail-empty');
    await assertRefused(readFileSync(mailFile('not-a-mail.eml')), 'mail-not-a-message');
    await assertRefused(bytes('Просто текст без заголовков\n\nи ещё строка'), 'mail-not-a-message');
  });

  it('refuses sizes and counts over the limits', async () => {
    await assertRefused(new Uint8Array(25 * 1024 * 1024 + 1), 'mail-too-large');
    await assertRefused(bytes('X-A: 1\n'.repeat(1_001) + '\nbody'), 'mail-too-many-headers');
    await assertRefused(bytes(`From: a@b.example\nX-A: ${'x'.repeat(300_000)}\n\nbody`), 'mail-headers-too-large');
    const part = '--b\nContent-Type: image/png\n\nx\n';
    const head = 'From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n';
    await assertRefused(bytes(head + part.repeat(51)), 'mail-too-many-attachments');
    await assertRefused(bytes(head + `--b\n\n`.repeat(25_000)), 'mail-too-many-parts');
  });

  it('refuses two million empty lines at once instead of reading them for 26 seconds', async () => {
    await assertRefused(bytes(`From: a@b.example\n\n${'\n'.repeat(2_000_000)}`), 'mail-too-many-lines');
  });

  it('refuses nesting deeper than ten levels', async () => {
    let nested = 'From: a@b.example\n';
    for (let level = 0; level < 12; level += 1) {
      nested += `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\n`;
    }
    await assertRefused(bytes(`${nested}\n\nx`), 'mail-nested-too-deep');
  });

  it('reads messages within the limits', async () => {
    const mail = await parseMail(bytes(`From: a@b.example\nMessage-ID: <1@b>\n\n${'строка письма\n'.repeat(50_000)}`));
    assert.ok(mail.warnings.includes('text-cut'));
    assert.equal(mail.fullText.length <= 500_000, true);
  });

  it('neither crashes nor hangs on 400 damaged variants of real messages', async () => {
    let seed = 20261121;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed % below;
    };
    for (const name of ['claim-misuse', 'utf-8-mixed-photo', 'bounce', 'reply-with-case-number']) {
      const original = readFileSync(mailFile(`${name}.eml`));
      for (let round = 0; round < 100; round += 1) {
        const damaged = new Uint8Array(original.subarray(0, 1 + random(original.length)));
        for (let hit = 0; hit < 20; hit += 1) damaged[random(Math.min(damaged.length, 4_000))] = random(256);
        try {
          const mail = await parseMail(damaged);
          assert.ok(!/\u0000/u.test(mail.subject + mail.fullText));
        } catch (error) {
          assert.ok(error instanceof MailRefused, String(error));
        }
      }
    }
  });
});
