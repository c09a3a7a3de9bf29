/**
 * Splits a name into lower-case words: `vatRate` → vat, rate; `ACT_LINE` → act, line; `claim-triage` → claim, triage.
 *
 * @param {string} name
 * @returns {string[]}
 */
export function wordsOf(name) {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}
