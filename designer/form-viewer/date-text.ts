import { formatDay, type FormLanguage } from '#engine';

const MONTHS: { readonly [L in FormLanguage]: readonly string[] } = {
  ru: ['янв', 'фев', 'мар', 'апр', 'мая', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
};

/** `2026-11-16` → «16 ноя 2026»; anything else comes back as it is. */
export function dateText(value: unknown, language: FormLanguage): string {
  return typeof value === 'string' ? formatDay(value, language) : '';
}

/**
 * What people type → ISO: 16.11.2026, 16.11.26, 16/11/2026, 16112026, 16 ноя 2026, 16 ноября 2026, 2026-11-16. A two-digit year is in
 * this century. A text that is none of these stays a text, and so does the day that does not exist: the form tells which.
 */
export function parseDate(text: string): string | null {
  const plain = text
    .replace(/\u00a0/g, ' ')
    .trim()
    .toLowerCase();
  if (plain === '') return null;
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(plain);
  if (iso) return isoDate(iso[1]!, iso[2]!, iso[3]!);
  const numbers =
    /^(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{2}|\d{4})$/.exec(plain) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(plain);
  if (numbers) return isoDate(numbers[3]!, numbers[2]!, numbers[1]!);
  const words = /^(\d{1,2})\s+([a-zа-яё]{3,})\.?\s+(\d{2}|\d{4})(?:\s*г\.?)?$/.exec(plain);
  const month = words ? monthNumber(words[2]!) : 0;
  return words && month > 0 ? isoDate(words[3]!, String(month), words[1]!) : text.trim();
}

function monthNumber(word: string): number {
  const start = word.slice(0, 3);
  const ru = start === 'май' ? 'мая' : start;
  return (
    Math.max(
      MONTHS.ru.indexOf(ru),
      MONTHS.en.findIndex((name) => name.toLowerCase() === start),
    ) + 1
  );
}

function isoDate(year: string, month: string, day: string): string {
  return `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
