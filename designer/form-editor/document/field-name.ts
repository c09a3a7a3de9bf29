import { nameProblem } from '#engine';

const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  'а=a б=b в=v г=g д=d е=e ё=yo ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya'
    .split(' ')
    .map((pair) => pair.split('=') as [string, string]),
);
const LONGEST = 40;

/** «Серийный номер» → `seriynyyNomer`: letters that a rule, a template and a column heading can all carry. */
export function nameFromLabel(label: string): string {
  const latin = [...label.toLowerCase()].map((letter) => LETTERS[letter] ?? letter).join('');
  const words = latin.split(/[^a-z0-9]+/).filter((word) => word !== '');
  const joined = words.map((word, index) => (index === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join('');
  const name = joined.slice(0, LONGEST);
  if (name === '') return 'field';
  return /^[a-z]/.test(name) ? name : `field${name}`;
}

/** The name itself or with the first free number behind it. Words of FEEL are never free. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}${number}`;
    if (!taken.has(name) && isFieldName(name)) return name;
  }
}

/** Was `name` made from `label`, with or without a number? */
export function isMadeFrom(name: string, label: string): boolean {
  const base = nameFromLabel(label);
  return name.startsWith(base) && /^\d*$/.test(name.slice(base.length));
}

/** As `readForm` asks: an identifier that means itself in a rule. */
export function isFieldName(name: string): boolean {
  return nameProblem(name) === undefined;
}

/** «Заявка на ремонт» → `zayavka-na-remont`: the key of a form. */
export function kebabFromLabel(label: string): string {
  const name = nameFromLabel(label);
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
