/** «Анна Петрова» → «АП»: at most two letters, for the small round badge. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  return words
    .slice(0, 2)
    .map((word) => /\p{L}/u.exec(word)?.[0]?.toUpperCase() ?? '')
    .join('');
}
