import assert from 'node:assert/strict';
import { isAccount, isBik, isCorrespondentAccount, isInn, isKpp, isOgrn, isOgrnip } from './requisites.ts';

function verdicts(check: (text: string) => boolean, texts: readonly string[]): readonly boolean[] {
  return texts.map(check);
}

describe('requisites', () => {
  it('ИНН: 10 and 12 digits by their check digits, never all zeros', () => {
    assert.deepEqual(verdicts(isInn, ['7707083893', '500100732259']), [true, true]);
    const wrong = [
      '7707083894',
      '500100732258',
      '500100732269',
      '0000000000',
      '000000000000',
      '770708389',
      '77070838939',
      '',
    ];
    assert.deepEqual(
      verdicts(isInn, wrong),
      wrong.map(() => false),
    );
  });

  it('one wrong digit of an ИНН never passes', () => {
    for (const inn of ['7707083893', '500100732259']) {
      for (let at = 0; at < inn.length; at += 1) {
        const changed = `${inn.slice(0, at)}${(Number(inn[at]) + 1) % 10}${inn.slice(at + 1)}`;
        assert.equal(isInn(changed), false, changed);
      }
    }
  });

  it('КПП: four digits, two digits or capitals, three digits', () => {
    assert.deepEqual(verdicts(isKpp, ['770701001', '7707AB001']), [true, true]);
    assert.deepEqual(verdicts(isKpp, ['77070100', '7707аб001', '000000000', '7707ab001']), [
      false,
      false,
      false,
      false,
    ]);
  });

  it('ОГРН by 11, ОГРНИП by 13', () => {
    assert.deepEqual(verdicts(isOgrn, ['1027700132195', '1027700132194', '304500116000157']), [true, false, false]);
    assert.ok(isOgrnip('315774600001231'));
    assert.deepEqual(verdicts(isOgrnip, ['304500116000157', '304500116000158', '1027700132195']), [true, false, false]);
  });

  it('БИК: nine digits from 0', () => {
    assert.deepEqual(verdicts(isBik, ['044525225', '017003983']), [true, true]);
    assert.deepEqual(verdicts(isBik, ['144525225', '04452522', '000000000']), [false, false, false]);
  });

  it('accounts by their key with the БИК', () => {
    assert.ok(isAccount('40702810138250123017', '044525225'));
    assert.ok(!isAccount('40702810138250123018', '044525225'));
    assert.ok(!isAccount('40702810138250123017', '044525226'));
    assert.ok(!isAccount('4070281013825012301', '044525225'));
    assert.ok(!isAccount('00000000000000000000', '044525225'));
    assert.ok(isCorrespondentAccount('30101810400000000225', '044525225'));
    assert.ok(!isCorrespondentAccount('30101810400000000226', '044525225'));
    assert.ok(!isCorrespondentAccount('40702810138250123017', '044525225'));
  });

  it('accounts of the Treasury: the single one by the region, the others without a key', () => {
    assert.ok(isAccount('40102810445370000059', '017003983'));
    assert.ok(!isAccount('40102810445370000058', '017003983'));
    assert.ok(isAccount('03100643000000018500', '017003983'));
  });
});
