/**
 * Phone numbers as E.164, default region RU (`domain.md` §2.0). Only Russian habits are guessed: 8 912 …, 7 912 …, 912 … A number
 * of another country needs its +. A full numbering plan (libphonenumber, 80 kB gzipped at the least) would not fit the phone's budget.
 */
const E164 = /^\+[1-9]\d{6,14}$/;

/** `8 (912) 345-67-89` → `+79123456789`; what cannot be a number comes back as it was, for `isPhone` to refuse. */
export function normalisePhone(text: string): string {
  const trimmed = text.trim();
  const digits = trimmed.replace(/[\s()\-.\u2010-\u2015]/g, '');
  if (/^\+\d+$/.test(digits)) return digits;
  if (/^[78]\d{10}$/.test(digits)) return `+7${digits.slice(1)}`;
  // No area code starts with 89: ten digits from 89 are a mobile number typed with 8 and one digit short.
  if (/^(?:[3-79]\d|8[0-8])\d{8}$/.test(digits)) return `+7${digits}`;
  return trimmed;
}

/** Russian and Kazakh numbers (+7) have exactly ten digits after the code. */
export function isPhone(text: string): boolean {
  return E164.test(text) && (!text.startsWith('+7') || /^\+7[3-9]\d{9}$/.test(text));
}

/** `+79123456789` → `+7 912 345-67-89`; other countries are shown as stored. */
export function formatPhone(phone: string): string {
  const parts = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(phone);
  return parts ? `+7 ${parts[1]} ${parts[2]}-${parts[3]}-${parts[4]}` : phone;
}
