/** Whole numbers in English words, up to quintillions, written as on cheques: without "and". */

const UNITS = [
  '', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen',
  'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen',
]; // prettier-ignore
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const SCALES = ['', 'thousand', 'million', 'billion', 'trillion', 'quadrillion', 'quintillion'];

/** @param count from 0 up to WORDS_LIMIT of `words-ru.ts`, not included */
export function englishWords(count: bigint): string {
  if (count === 0n) return 'zero';
  const words: string[] = [];
  for (let scale = SCALES.length - 1; scale >= 0; scale -= 1) {
    const group = Number((count / 1000n ** BigInt(scale)) % 1000n);
    if (group > 0) words.push(...tripleWords(group), SCALES[scale]!);
  }
  return words.filter((word) => word !== '').join(' ');
}

function tripleWords(group: number): string[] {
  const hundreds = Math.floor(group / 100);
  const rest = group % 100;
  const below = rest < 20 ? UNITS[rest]! : [TENS[Math.floor(rest / 10)]!, UNITS[rest % 10]!].filter(Boolean).join('-');
  return hundreds === 0 ? [below] : [UNITS[hundreds]!, 'hundred', below];
}
