/** The wanted key, or the nearest that no form has. */
export function freeKey(wanted: string, taken: ReadonlySet<string>): string {
  let key = wanted;
  for (let number = 2; taken.has(key); number += 1) key = `${wanted}-${number}`;
  return key;
}

/** The text that says why a new form cannot have this key; undefined when it can. */
export function keyProblem(key: string, taken: ReadonlySet<string>): 'createKeyWrong' | 'createKeyTaken' | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_.-]{0,99}$/.test(key)) return 'createKeyWrong';
  return taken.has(key) ? 'createKeyTaken' : undefined;
}
