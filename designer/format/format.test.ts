import assert from 'node:assert/strict';
import { formatFileSize } from './file-size.ts';
import { initials } from './initials.ts';
import { formatAgo, formatDayHeading, formatInstant, sameClock, type Telling } from './instant.ts';
import { formatMoney } from './money.ts';
import { formatPhone } from './phone.ts';
import { formatElapsed, formatWorkingTime } from './working-time.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const moscow: Telling = { language: 'ru', now: new Date('2026-11-21T09:00:00Z'), zone: 'Europe/Moscow' };

describe('formatWorkingTime', () => {
  const cases: readonly (readonly [minutes: number, perDay: number, ru: string, en: string])[] = [
    [200, 480, '3 ч 20 мин', '3 h 20 min'],
    [480, 480, '1 раб. день', '1 working day'],
    [-480, 480, '1 раб. день', '1 working day'],
    [600, 480, '1 раб. день 2 ч', '1 working day 2 h'],
    [625, 480, '1 раб. день 2 ч', '1 working day 2 h'],
    [960, 480, '2 раб. дня', '2 working days'],
    [2400, 480, '5 раб. дней', '5 working days'],
    [10_080, 480, '21 раб. день', '21 working days'],
    [0.2, 480, 'меньше минуты', 'less than a minute'],
    [59, 480, '59 мин', '59 min'],
    [1440, 1440, '1 день', '1 day'],
    [90, 0, '1 ч 30 мин', '1 h 30 min'],
  ];
  for (const [minutes, perDay, ru, en] of cases) {
    it(`says ${minutes} of ${perDay} as «${ru}»`, () => {
      assert.equal(plain(formatWorkingTime(minutes, perDay, 'ru')), ru);
      assert.equal(plain(formatWorkingTime(minutes, perDay, 'en')), en);
    });
  }

  it('keeps a number and its unit on one line', () => {
    assert.match(formatWorkingTime(200, 480, 'ru'), /^3\u00a0ч 20\u00a0мин$/);
  });

  it('tells plain time in plain days', () => {
    assert.equal(plain(formatElapsed(3 * 1440 + 240, 'ru')), '3 дня');
    assert.equal(plain(formatElapsed(1440 + 240, 'ru')), '1 день 4 ч');
  });
});

describe('formatInstant', () => {
  it('writes a date with a short month and a time', () => {
    assert.equal(plain(formatInstant('2026-11-16T06:12:00Z', moscow)), '16 ноя 2026, 09:12');
    assert.equal(plain(formatInstant('2026-05-01T06:12:00Z', { ...moscow, language: 'en' })), '1 May 2026, 09:12');
  });

  it('calls today, yesterday and tomorrow by name, in the zone told', () => {
    assert.equal(formatInstant('2026-11-21T06:12:00Z', moscow), 'сегодня, 09:12');
    assert.equal(formatInstant('2026-11-20T20:59:00Z', moscow), 'вчера, 23:59');
    assert.equal(formatInstant('2026-11-20T21:00:00Z', moscow), 'сегодня, 00:00');
    assert.equal(formatInstant('2026-11-22T06:00:00Z', moscow), 'завтра, 09:00');
    assert.equal(formatDayHeading('2026-11-20T06:00:00Z', moscow), 'Вчера');
  });

  it('counts seconds and minutes since a draft was saved', () => {
    assert.equal(formatAgo('2026-11-21T08:59:58Z', moscow), 'только что');
    assert.equal(formatAgo('2026-11-21T08:59:55Z', moscow), '5 с назад');
    assert.equal(formatAgo('2026-11-21T08:57:00Z', moscow), '3 мин назад');
    assert.equal(formatAgo('2026-11-21T06:57:00Z', moscow), 'сегодня, 09:57');
  });

  it('knows when two zones show the same clock', () => {
    assert.equal(sameClock('2026-11-21T06:00:00Z', 'Europe/Moscow', 'Europe/Istanbul'), true);
    assert.equal(sameClock('2026-11-21T06:00:00Z', 'Europe/Moscow', 'Asia/Yekaterinburg'), false);
  });
});

describe('money, phones, sizes and initials', () => {
  it('always shows kopecks and never breaks a sum', () => {
    assert.equal(formatMoney(967_265, 'ru'), '9\u00a0672,65\u00a0₽');
    assert.equal(formatMoney(0, 'ru'), '0,00\u00a0₽');
    assert.equal(formatMoney(-5, 'ru'), '\u22120,05\u00a0₽');
    assert.equal(
      formatMoney(123_456_789_012_345_678n, 'ru'),
      '1\u00a0234\u00a0567\u00a0890\u00a0123\u00a0456,78\u00a0₽',
    );
    assert.equal(formatMoney(967_265, 'en'), '9,672.65\u00a0₽');
  });

  it('groups a Russian phone and leaves others alone', () => {
    assert.equal(plain(formatPhone('+79123456789')), '+7 912 345-67-89');
    assert.equal(formatPhone('+4930123456'), '+4930123456');
  });

  it('tells sizes in powers of 1024', () => {
    assert.equal(plain(formatFileSize(0, 'ru')), '0 Б');
    assert.equal(plain(formatFileSize(1023, 'ru')), '1 023 Б');
    assert.equal(plain(formatFileSize(1024, 'ru')), '1 КБ');
    assert.equal(plain(formatFileSize(1_468_006, 'ru')), '1,4 МБ');
    assert.equal(plain(formatFileSize(10_475_000, 'ru')), '10 МБ');
    assert.equal(plain(formatFileSize(1_468_006, 'en')), '1.4 MB');
  });

  it('takes two letters of a name', () => {
    assert.equal(initials('Анна Сергеевна Петрова'), 'АС');
    assert.equal(initials('«ТеплоДом» ООО'), 'ТО');
    assert.equal(initials(''), '');
  });
});
