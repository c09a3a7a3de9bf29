/** E.164 of Russia as people write it: «+7 912 345-67-89». Anything else stays as it came. */
export function formatPhone(phone: string): string {
  const match = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(phone);
  if (!match) return phone;
  const [, code, first, second, third] = match;
  return `+7\u00a0${code}\u00a0${first}-${second}-${third}`;
}
