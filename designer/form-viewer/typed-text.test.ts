import assert from 'node:assert/strict';
import { dateText, parseDate } from './date-text.ts';
import { moneyText, numberText, parseMoney, parseNumber } from './number-text.ts';
import { phoneText } from './phone-text.ts';
import { parseDateTime, parsePeriod, parseTime } from './time-text.ts';
import { accountText, typedRequisite } from './typed-requisite.ts';
import { formViewerTexts, viewerPlural, viewerText } from './texts.ts';

describe('money as typed', () => {
  for (const [typed, kopecks] of [
    ['9 672,65', 967265],
    ['9\u00a0672,65', 967265],
    ['9672.6', 967260],
    ['100', 10000],
    ['0,07', 7],
    ['1 500 ₽', 150000],
    ['200 руб.', 20000],
    ['−5,5', -550],
    ['', null],
    ['1,234', '1,234'],
    ['десять', 'десять'],
    ['1e5', '1e5'],
  ] as const) {
    it(`«${typed}» is ${kopecks}`, () => assert.equal(parseMoney(typed), kopecks));
  }
  it('is shown with kopecks and comes back the same', () => {
    assert.equal(moneyText(967265, 'ru'), '9\u00a0672,65');
    assert.equal(moneyText(5, 'en'), '0.05');
    for (const kopecks of [0, 1, 99, 100, 123456789, -7]) assert.equal(parseMoney(moneyText(kopecks, 'ru')), kopecks);
  });
  it('shows what could not be understood as it was typed', () => assert.equal(moneyText('десять', 'ru'), 'десять'));
});

describe('numbers as typed', () => {
  it('take a comma or a point, and only digits where a whole number is asked', () => {
    assert.deepEqual(
      [parseNumber('1 200,5', false), parseNumber('7', true), parseNumber('7,5', true), parseNumber('', true)],
      [1200.5, 7, '7,5', null],
    );
    assert.equal(numberText(-1.5, 'ru'), '−1,5');
  });
});

describe('dates as typed', () => {
  for (const typed of [
    '16.11.2026',
    '16.11.26',
    '16/11/2026',
    '16-11-2026',
    '16112026',
    '16 ноя 2026',
    '16 ноября 2026 г.',
    '16\u00a0ноя\u00a02026',
    '2026-11-16',
    '16 Nov 2026',
  ]) {
    it(`«${typed}» is 16 November 2026`, () => assert.equal(parseDate(typed), '2026-11-16'));
  }
  it('knows May in both cases', () =>
    assert.deepEqual([parseDate('1 май 2026'), parseDate('1 мая 2026')], ['2026-05-01', '2026-05-01']));
  it('leaves anything else for the form to refuse', () =>
    assert.deepEqual([parseDate('завтра'), parseDate('31.02.2026'), parseDate('')], ['завтра', '2026-02-31', null]));
  it('are shown with a short month', () =>
    assert.deepEqual([dateText('2026-11-06', 'ru'), dateText('завтра', 'ru')], ['6\u00a0ноя\u00a02026', 'завтра']));
});

describe('times as typed', () => {
  it('of day', () => {
    for (const typed of ['14:30', '14.30', '1430', '14 30']) assert.equal(parseTime(typed), '14:30:00', typed);
    assert.deepEqual(['9', '905', '25:00', 'утром', ''].map(parseTime), [
      '09:00:00',
      '09:05:00',
      '25:00:00',
      'утром',
      null,
    ]);
  });
  it('of a day, by the clock of a zone', () => {
    const zone = 'Asia/Yekaterinburg';
    for (const typed of ['28.11.2026 14:30', '28 ноя 2026, 14:30', '28.11.26 1430'])
      assert.equal(parseDateTime(typed, zone), '2026-11-28T14:30:00+05:00', typed);
    for (const typed of ['28.11.2026', '31.02.2026 10:00', '28.11.2026 25:00', 'завтра 10:00'])
      assert.equal(parseDateTime(typed, zone), typed, 'what is no moment stays a text');
  });
  it('months', () => {
    for (const typed of ['ноябрь 2026', 'ноя 2026 г.', '11.2026', '2026-11', 'November 2026', '11/2026'])
      assert.equal(parsePeriod(typed), '2026-11', typed);
    assert.deepEqual(['мая 2026', 'май 2026', 'марта 2026', 'весна 2026', ''].map(parsePeriod), [
      '2026-05',
      '2026-05',
      '2026-03',
      'весна 2026',
      null,
    ]);
  });
});

describe('requisites while typed', () => {
  it('lose the words and blanks that are copied along', () => {
    assert.equal(typedRequisite('inn', 'ИНН 7707 083-893'), '7707083893');
    assert.equal(typedRequisite('kpp', 'КПП: 7701 ab 001'), '7701AB001');
    assert.equal(typedRequisite('ogrn', '1 027 700 132 195'), '1027700132195');
  });
  it('an account is grouped as banks print it, digit by digit, and nothing is cut', () => {
    let text = '';
    for (const digit of '40702810200000000001') text = typedRequisite('account', text + digit);
    assert.equal(text, '40702 810 2 0000 0000001');
    assert.equal(typedRequisite('account', '407028102000000000012'), '40702 810 2 0000 00000012');
    assert.equal(accountText('4070'), '4070');
  });
});

describe('phones while typed', () => {
  it('are grouped digit by digit', () => {
    let text = '';
    for (const digit of '89123456789') text = phoneText(text + digit);
    assert.equal(text, '+7 912 345-67-89');
  });
  it('can be deleted backwards and start with anything', () => {
    let text = '+7 912 345-67-89';
    for (let left = 0; left < 16; left += 1) text = phoneText(text.slice(0, -1));
    assert.ok(text.length <= 2);
    assert.deepEqual(['+375291234567', 'доб. 5', '912'].map(phoneText), ['+375291234567', 'доб. 5', '+7 912']);
  });
});

describe('texts of the viewer', () => {
  it('use the same placeholders in both languages', () => {
    const marks = (text: string): readonly string[] => (text.match(/\{\{\w+\}\}/g) ?? []).sort();
    for (const [key, text] of Object.entries(formViewerTexts.ru))
      assert.deepEqual(marks(formViewerTexts.en[key as 'yes']), marks(text), key);
  });
  it('count in Russian', () => {
    assert.deepEqual(
      [1, 3, 5, 21].map((count) => viewerPlural('ru', 'errorsTitle', { count })),
      ['Исправьте 1 поле', 'Исправьте 3 поля', 'Исправьте 5 полей', 'Исправьте 21 поле'],
    );
    assert.equal(viewerText('en', 'remove', { name: 'a.jpg' }), 'Remove: a.jpg');
  });
});
