import assert from 'node:assert/strict';
import { caseNumberPattern } from './case-number-pattern.ts';
import { recogniseAutomaticMail } from './recognise-automatic-mail.ts';

function recognise(headers: Readonly<Record<string, string>>, fromAddress = 'a@b.example', subject = 'Заказ') {
  return recogniseAutomaticMail({ headers: { get: (name) => headers[name] }, fromAddress, subject });
}

describe('recogniseAutomaticMail', () => {
  const automatic: readonly [string, Readonly<Record<string, string>>, string?, string?][] = [
    ['auto-submitted', { 'auto-submitted': 'auto-generated; type=x' }],
    ['auto-response-suppress', { 'x-auto-response-suppress': 'DR, OOF, AutoReply' }],
    ['precedence', { precedence: 'bulk' }],
    ['autoreply-header', { 'x-autoreply': 'yes' }],
    ['null-return-path', { 'return-path': '<>' }],
    [
      'disposition-notification',
      { 'content-type': 'multipart/report; report-type=disposition-notification; boundary=x' },
    ],
    ['autoreply-subject', { 'x-auto-response-suppress': 'DR' }, 'a@b.example', 'Нет на месте: до 30.11'],
    ['autoreply-subject', {}, 'noreply@b.example', 'Автоответ: отпуск'],
  ];
  for (const [reason, headers, from, subject] of automatic) {
    it(`${reason} from ${JSON.stringify(headers)}`, () =>
      assert.deepEqual(recognise(headers, from, subject), { autoReply: reason, bounce: false }));
  }

  it('bounces', () => {
    assert.equal(recognise({ 'content-type': 'multipart/report; report-type=delivery-status' }).bounce, true);
    assert.equal(recognise({}, 'MAILER-DAEMON@mx.example').bounce, true);
    assert.equal(recognise({ 'return-path': '<>' }, 'postmaster@mx.example').bounce, true);
    assert.equal(recognise({}, 'postmaster@mx.example', 'Не доставлено: Ответ').bounce, true);
  });

  it('leaves people alone', () => {
    const person = { autoReply: false, bounce: false };
    assert.deepEqual(recognise({ 'auto-submitted': 'no' }), person);
    assert.deepEqual(recognise({ 'x-auto-response-suppress': 'DR, RN, NRN' }), person);
    assert.deepEqual(recognise({}, 'a@b.example', 'Нет на месте детали крепления'), person);
    assert.deepEqual(recognise({}, 'postmaster@small.example', 'Рекламация'), person);
    assert.deepEqual(recognise({ 'return-path': '<a@b.example>', precedence: 'normal' }), person);
  });
});

describe('caseNumberPattern', () => {
  const { find } = caseNumberPattern('ОБР-{yyyy}-{000000}');
  it('finds bracketed, bare, lower-case and retyped numbers once each', () => {
    assert.deepEqual(find('Re: [#ОБР-2026-000123] ответ'), ['ОБР-2026-000123']);
    assert.deepEqual(find('по обр–2026–000123 и ОБР-2026-000123, ещё ОБР-2027-1000001'), [
      'ОБР-2026-000123',
      'ОБР-2027-1000001',
    ]);
  });
  it('does not find parts of other words or numbers', () => {
    assert.deepEqual(find('ОБР-2026-00012 СОБР-2026-000123 ОБР-2026-000123а ОБР-26-000123'), []);
  });
  it('takes literals literally and needs one counter', () => {
    assert.deepEqual(caseNumberPattern('№(A.{yy}/{mm}/{000})').find('№(A.26/11/007) №(Ax26/11/007)'), [
      '№(A.26/11/007)',
    ]);
    assert.throws(() => caseNumberPattern('ОБР-{yyyy}'), /exactly one counter/u);
  });
});
