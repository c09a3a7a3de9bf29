import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, crc32 } from 'node:zlib';
import { createFileContent } from './create-file-content.ts';
import { FileRefused, type FileRefusalCode } from './file-refused.ts';
import { defaultContentRules, inspectContent } from './inspect-content.ts';
import { safeFileName } from './safe-file-name.ts';
import { mailFile } from '../../intake/mail/test/mail-file.ts';

/** The real photo inside a real mail, so that no second copy is kept. */
const mail = readFileSync(mailFile('claim-shortage.eml'), 'latin1');
const jpeg = Buffer.from(/\r\n\r\n(\/9j[\s\S]+?)--=_stroymir/u.exec(mail)![1]!, 'base64');
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
const ftyp = (brand: string): Buffer =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    Buffer.from(`ftyp${brand}`),
    Buffer.from([0, 0, 2, 0]),
    Buffer.from(brand),
    Buffer.from('mif1'),
    Buffer.alloc(64),
  ]);
const utf8 = (text: string): Buffer => Buffer.from(text);

/** A real ZIP: local headers, directory and end record, one deflated entry per name. */
function zip(entries: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(entries)) {
    const packed = deflateRawSync(text);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(text), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(Buffer.byteLength(text), 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}
const officeTypes = (type: string): string =>
  `<Types><Override PartName="/main.xml" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`;
const xlsx = zip({ '[Content_Types].xml': officeTypes('spreadsheetml.sheet'), 'xl/workbook.xml': '<workbook/>' });
const docx = zip({ '[Content_Types].xml': officeTypes('wordprocessingml.document'), 'word/document.xml': '<d/>' });
const macro = zip({
  '[Content_Types].xml': officeTypes('x').replace(
    /ContentType="[^"]+"/u,
    'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"',
  ),
  'word/document.xml': '<d/>',
});

describe('inspectContent', () => {
  const accepted: readonly [string, Buffer, string, string?][] = [
    ['jpeg', jpeg, 'паллета 8 из 10.jpg', 'image/jpeg'],
    ['jpeg', jpeg, 'IMG_1.JPEG', 'application/octet-stream'],
    ['png', png, 'скан.png', 'image/png'],
    ['heic', ftyp('heic'), 'IMG_2.HEIC', 'image/heif'],
    ['mp4', ftyp('isom'), 'видео.mp4', 'video/mp4'],
    ['mov', ftyp('qt  '), 'IMG_3.MOV', 'video/quicktime'],
    ['pdf', pdf, 'акт.pdf', 'application/pdf'],
    ['xlsx', xlsx, 'остатки.xlsx'],
    ['docx', docx, 'письмо.docx'],
    ['csv', utf8('Артикул;Кол-во\nДУ-750;8\n'), 'остатки.csv', 'text/csv'],
    ['text', utf8('Здравствуйте, 5 < 6.\n'), 'заметка.txt', 'text/plain; charset=utf-8'],
  ];
  for (const [kind, bytes, name, mimeType] of accepted) {
    it(`takes ${name} as ${kind}`, async () => {
      const inspected = await inspectContent(bytes, { name, ...(mimeType === undefined ? {} : { mimeType }) });
      assert.deepEqual([inspected.kind, inspected.fileName], [kind, name]);
    });
  }

  const refused: readonly [FileRefusalCode, string, Buffer, string, string?][] = [
    ['empty', 'nothing', Buffer.alloc(0), 'a.jpg'],
    ['mislabelled', 'PNG named .jpg', png, 'a.jpg', 'image/jpeg'],
    ['mislabelled', 'PDF declared as a picture', pdf, 'a', 'image/png'],
    ['mislabelled', 'JPEG named .exe', jpeg, 'a.exe'],
    ['mislabelled', 'DOCX named .xlsx', docx, 'a.xlsx'],
    ['mislabelled', 'text named .html', utf8('просто текст'), 'a.html'],
    ['type-not-allowed', 'HTML named .txt', utf8('<!doctype html><script>alert(1)</script>'), 'a.txt', 'text/plain'],
    ['type-not-allowed', 'HTML after text', utf8('привет <script >alert(1)</script>'), 'a.txt'],
    [
      'type-not-allowed',
      'SVG',
      utf8('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'),
      'a.svg',
      'image/svg+xml',
    ],
    ['type-not-allowed', 'SVG with XML declaration', utf8('<?xml version="1.0"?><svg/>'), 'a.png', 'image/png'],
    ['type-not-allowed', 'a program', Buffer.from('MZ\x90\x00\x03\x00\x00\x00', 'latin1'), 'a.jpg'],
    ['type-not-allowed', 'an archive', zip({ 'a.txt': 'x' }), 'a.zip'],
    ['type-not-allowed', 'macros', macro, 'a.docx'],
    ['type-not-allowed', 'windows-1251 text', Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]), 'a.txt'],
    ['type-not-allowed', 'text with NUL', utf8('a\0b'), 'a.txt'],
    ['type-not-allowed', 'a cut-off archive', xlsx.subarray(0, 40), 'a.xlsx'],
  ];
  for (const [code, what, bytes, name, mimeType] of refused) {
    it(`refuses ${what}: ${code}`, async () => {
      await assert.rejects(
        inspectContent(bytes, { name, ...(mimeType === undefined ? {} : { mimeType }) }),
        (error) => {
          assert.ok(error instanceof FileRefused, String(error));
          assert.equal(error.code, code);
          assert.ok(error.remedy !== '' && error.texts.en.remedy !== '');
          return true;
        },
      );
    });
  }

  it('keeps to the rules given: kinds and sizes', async () => {
    const rules = { ...defaultContentRules, kinds: ['png'] as const };
    await assert.rejects(inspectContent(jpeg, { name: 'a.jpg' }, rules), { code: 'type-not-allowed' });
    const small = { ...defaultContentRules, maxBytes: { image: 1_000, video: 1, document: 1 } };
    await assert.rejects(inspectContent(jpeg, { name: 'a.jpg' }, small), { code: 'too-large' });
  });

  it('names a nameless photo by its content', async () => {
    assert.equal((await inspectContent(jpeg, { name: 'image' })).fileName, 'image.jpg');
  });

  it('inspects staged content, text checked to its last byte', async () => {
    const root = await mkdtemp(join(tmpdir(), 'inspect-'));
    try {
      const content = createFileContent({ root });
      assert.equal((await inspectContent(await content.stage(jpeg), { name: 'a.jpg' })).kind, 'jpeg');
      const late = Buffer.concat([Buffer.alloc(400_000, 'текст '), Buffer.from([0xff])]);
      await assert.rejects(inspectContent(await content.stage(late), { name: 'a.txt' }), { code: 'type-not-allowed' });
    } finally {
      await rm(root, { recursive: true });
    }
  });
});

describe('safeFileName', () => {
  it('keeps names readable and harmless', () => {
    assert.equal(safeFileName('Фото коробки № 1 (вид сверху).jpg'), 'Фото коробки № 1 (вид сверху).jpg');
    assert.equal(safeFileName('../../etc/passwd'), 'passwd');
    assert.equal(safeFileName('C:\\Users\\a\\акт.pdf'), 'акт.pdf');
    assert.equal(safeFileName('фото\u202egpj.exe'), 'фотоgpj.exe');
    assert.equal(safeFileName('a\r\nSet-Cookie: x\0.txt'), 'aSet-Cookie_ x.txt');
    assert.equal(safeFileName(' .. '), 'файл');
    const long = safeFileName(`${'ы'.repeat(300)}.jpeg`);
    assert.deepEqual([long.length, long.endsWith('ы.jpeg')], [200, true]);
  });
});
