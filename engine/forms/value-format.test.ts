import assert from 'node:assert/strict';
import { formatPhone, isPhone, normalisePhone } from './phone-number.ts';
import { normaliseSerial, serialFits } from './serial-mask.ts';
import { isEmail, isIsoDate } from './value-format.ts';

describe('phone numbers', () => {
  for (const [typed, stored] of [
    ['8 (912) 345-67-89', '+79123456789'],
    ['+7 912 345‑67‑89', '+79123456789'],
    ['79123456789', '+79123456789'],
    ['912 345 67 89', '+79123456789'],
    ['(495) 123-45-67', '+74951234567'],
    ['+375 29 123-45-67', '+375291234567'],
  ] as const) {
    it(`${typed} → ${stored}`, () => {
      assert.equal(normalisePhone(typed), stored);
      assert.ok(isPhone(stored));
    });
  }
  for (const wrong of [
    '123',
    '8912345678',
    '+7912345678',
    '+7912345678901',
    '+71234567890',
    'звонить вечером',
    '+0 123 456 789',
    '',
  ]) {
    it(`"${wrong}" is no number`, () => assert.equal(isPhone(normalisePhone(wrong)), false));
  }
  it('is shown in groups', () => assert.equal(formatPhone('+79123456789'), '+7 912 345-67-89'));
});

describe('e-mail addresses', () => {
  for (const good of ['a@b.ru', 'ivanov.p+claims@mail.example.com', 'почта@пример.рф', "o'neil@x.ie"])
    it(`${good} is one`, () => assert.ok(isEmail(good)));
  for (const bad of [
    'a',
    '@b.ru',
    'a@b',
    'a@@b.ru',
    'a b@c.ru',
    'a@b..ru',
    'a@-b.ru',
    '.a@b.ru',
    'a..b@c.ru',
    'a@b.ru,c@d.ru',
    'Имя <a@b.ru>',
    `${'a'.repeat(65)}@b.ru`,
    `a@${'b.'.repeat(130)}ru`,
  ]) {
    it(`${bad.slice(0, 30)} is none`, () => assert.equal(isEmail(bad), false));
  }
});

describe('dates', () => {
  for (const good of ['2026-11-21', '2028-02-29', '2000-02-29']) it(`${good} is one`, () => assert.ok(isIsoDate(good)));
  for (const bad of [
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '0000-01-01',
    '21.11.2026',
    '2026-11-21T00:00Z',
    '2026-1-1',
  ]) {
    it(`${bad} is none`, () => assert.equal(isIsoDate(bad), false));
  }
});

describe('serial numbers', () => {
  it('are stored in upper case without blanks', () =>
    assert.equal(normaliseSerial(' sn 12-ab ', undefined), 'SN12-AB'));
  it('take Cyrillic look-alikes for Latin letters where the mask asks for a letter', () =>
    assert.equal(normaliseSerial('мх-123', 'AA-999'), 'MX-123'));
  it('stay Cyrillic without a mask', () => assert.equal(normaliseSerial('мх-123', undefined), 'МХ-123'));
  it('fit their mask exactly', () => {
    assert.ok(serialFits('MX-123', 'AA-999'));
    for (const wrong of ['MX-12', 'MX-1234', 'M1-123', 'MX-12A', 'MX123'])
      assert.equal(serialFits(wrong, 'AA-999'), false, wrong);
    assert.ok(serialFits('M1', '**'));
  });
});
