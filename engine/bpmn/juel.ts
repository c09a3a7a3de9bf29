/** `${amount > 100}` or `#{…}`, the expressions of Camunda 7, with or without our "="; undefined for anything else. */
export function juelIn(text: string): string | undefined {
  return /^=?\s*([$#]\{[\s\S]*\})\s*$/.exec(text)?.[1];
}

/** Operators of JUEL that FEEL writes in another way; longer ones first. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/\s*(&&)\s*/g, ' and '],
  [/\s*(\|\|)\s*/g, ' or '],
  [/\s*(==|\beq\b)\s*/g, ' = '],
  [/\s*\bne\b\s*/g, ' != '],
  [/\s*\blt\b\s*/g, ' < '],
  [/\s*\ble\b\s*/g, ' <= '],
  [/\s*\bgt\b\s*/g, ' > '],
  [/\s*\bge\b\s*/g, ' >= '],
  [/!\s*([\p{L}_][\p{L}\p{N}_.]*)/gu, 'not($1)'],
  [/'([^']*)'/g, '"$1"'],
];

/** How the same is written in FEEL, as far as a few spellings go: a proposal for whoever mends the model. */
export function juelToFeel(juel: string): string {
  const inner = juel.slice(2, -1).trim();
  return SPELLINGS.reduce((text, [pattern, feel]) => text.replace(pattern, feel), inner);
}
