/**
 * Groups a Russian number while it is typed: `89123` → `+7 912 3`. Anything that is not becoming one (another country's +, letters)
 * is left as typed. Deleting works because a group mark is only added when a digit follows it.
 */
export function phoneText(typed: string): string {
  const digits = typed.replace(/[\s()\-.\u00a0]/g, '');
  const local = /^(?:\+7|8|7)(\d{0,10})$/.exec(digits)?.[1] ?? (/^9\d{0,9}$/.test(digits) ? digits : undefined);
  if (local === undefined) return typed;
  if (local === '') return digits === '8' || digits === '7' || digits === '+7' ? '+7' : typed;
  const [code, first, second, third] = [local.slice(0, 3), local.slice(3, 6), local.slice(6, 8), local.slice(8)];
  return `+7 ${code}${first && ` ${first}`}${second && `-${second}`}${third && `-${third}`}`;
}
