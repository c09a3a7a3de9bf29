/**
 * Checks of Russian requisites (`domain.md` §2.0 and §5): form and check digits. That a number exists and is whose one thinks
 * it is, no check of digits can tell.
 */

function digitsOf(text: string): number[] {
  return [...text].map(Number);
}

function weighted(text: string, weights: readonly number[]): number {
  const digits = digitsOf(text);
  return weights.reduce((sum, weight, index) => sum + weight * digits[index]!, 0);
}

const INN_10 = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN_11 = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN_12 = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/** ИНН of a company (10 digits) or a person (12); all zeros satisfy the check digits and belong to nobody. */
export function isInn(text: string): boolean {
  if (!/^(?:\d{10}|\d{12})$/.test(text) || /^0+$/.test(text)) return false;
  const check = (weights: readonly number[]): boolean =>
    (weighted(text, weights) % 11) % 10 === Number(text[weights.length]);
  return text.length === 10 ? check(INN_10) : check(INN_11) && check(INN_12);
}

/** КПП has no check digit: tax office, reason (digits or Latin capitals), number. */
export function isKpp(text: string): boolean {
  return /^\d{4}[0-9A-Z]{2}\d{3}$/.test(text) && !/^0+$/.test(text);
}

/** ОГРН of a company: 13 digits, the last is the rest of the others by 11. */
export function isOgrn(text: string): boolean {
  return /^\d{13}$/.test(text) && isOwnRest(text, 11n);
}

/** ОГРНИП of an entrepreneur: 15 digits, the rest is by 13. */
export function isOgrnip(text: string): boolean {
  return /^\d{15}$/.test(text) && isOwnRest(text, 13n);
}

function isOwnRest(text: string, divisor: bigint): boolean {
  if (/^0+$/.test(text)) return false;
  return (BigInt(text.slice(0, -1)) % divisor) % 10n === BigInt(text.slice(-1));
}

/** БИК: 9 digits; 04 is Russia, 00 to 03 are bodies of the Treasury and other participants, none is all zeros. */
export function isBik(text: string): boolean {
  return /^0[0-4]\d{7}$/.test(text) && !/^0+$/.test(text);
}

const ACCOUNT = [7, 1, 3];

function hasAccountKey(prefix: string, account: string): boolean {
  const sum = digitsOf(prefix + account).reduce(
    (total, digit, index) => total + ((digit * ACCOUNT[index % 3]!) % 10),
    0,
  );
  return sum % 10 === 0;
}

/**
 * A settlement account at the bank of the БИК: its key is right with the last three digits of the БИК (weights 7, 1, 3). An
 * account in a settlement centre of the Bank of Russia (БИК ending 000 to 002) and the single treasury account (40102) take
 * `0` and digits 5–6 of the БИК instead; treasury accounts (03…) have no key.
 */
export function isAccount(account: string, bik: string): boolean {
  if (!/^\d{20}$/.test(account) || /^0+$/.test(account) || !isBik(bik)) return false;
  if (account.startsWith('03')) return true;
  const inCentre = /00[0-2]$/.test(bik) || account.startsWith('40102');
  return hasAccountKey(inCentre ? `0${bik.slice(4, 6)}` : bik.slice(6), account);
}

/** A bank's correspondent account: 301…, its last three digits are those of the БИК, the key with `0` and digits 5–6. */
export function isCorrespondentAccount(account: string, bik: string): boolean {
  if (!/^301\d{17}$/.test(account) || !isBik(bik)) return false;
  return account.slice(-3) === bik.slice(6) && hasAccountKey(`0${bik.slice(4, 6)}`, account);
}
