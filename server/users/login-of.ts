/** Logins are compared as typed by people: without regard to case, composed letters. */
export function loginOf(text: string): string {
  return text.normalize('NFC').trim().toLowerCase();
}
