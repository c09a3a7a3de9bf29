import { queryRows, type Executor } from '../database/connect.ts';

const PLACEHOLDER = /\{(yyyy|yy|mm|0+)\}/gu;

/**
 * Takes the next number of a series: gap-free, because the row of the series is locked until the transaction ends and a
 * rollback gives the number back. Keep that transaction short.
 *
 * `format` holds exactly one counter: `ОБР-{yyyy}-{000000}` → «ОБР-2026-000001». The year and month (in `zone`) are part of
 * the series, so counting begins anew with each.
 *
 * @throws Error for a format without a counter or with two
 */
export async function takeNumber(
  tx: Executor,
  { format, now, zone }: { readonly format: string; readonly now: number; readonly zone: string },
): Promise<string> {
  if ([...format.matchAll(/\{0+\}/gu)].length !== 1) {
    throw new Error(`Expected exactly one counter such as {000000} in the number format, but got "${format}".`);
  }
  const series = fillDate(format, { now, zone });
  const [row] = await queryRows<{ next_number: number }>(
    tx,
    `INSERT INTO number_series (series, next_number) VALUES (?, 2)
     ON CONFLICT (series) DO UPDATE SET next_number = number_series.next_number + 1 RETURNING next_number`,
    [series],
  );
  const number = String(row!.next_number - 1);
  return series.replace(/\{(0+)\}/u, (_match, zeros: string) => number.padStart(zeros.length, '0'));
}

function fillDate(format: string, { now, zone }: { readonly now: number; readonly zone: string }): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit' }).formatToParts(
    now,
  );
  const year = parts.find(({ type }) => type === 'year')!.value;
  const month = parts.find(({ type }) => type === 'month')!.value;
  const values: Readonly<Record<string, string>> = { yyyy: year, yy: year.slice(-2), mm: month };
  return format.replace(PLACEHOLDER, (text, name: string) => values[name] ?? text);
}
