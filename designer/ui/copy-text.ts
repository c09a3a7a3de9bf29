/** The clipboard API exists on https and localhost only, and may be forbidden; the old command still works then. */
export async function copyText(text: string): Promise<boolean> {
  const written = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  if (written === true) return true;
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'r-hidden';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
