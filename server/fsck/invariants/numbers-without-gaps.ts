import { queryRows } from '../../database/connect.ts';
import type { Invariant } from '../invariant.ts';

const PAGE = 500;
/** Everything that keeps a number of a series; every mail of a case repeats the number of its case. */
const NUMBERS = `SELECT document_number AS number, job_key AS owner FROM document_number
  UNION SELECT case_number AS number, case_key AS owner FROM mail_receipt WHERE case_number IS NOT NULL
  UNION SELECT case_number AS number, case_key AS owner FROM start_submission WHERE case_number IS NOT NULL`;

/** One statement a series, so that a number taken meanwhile is seen in both places or in none. */
export const numbersWithoutGaps: Invariant = {
  id: 'numbers-without-gaps',
  rule: {
    ru: 'Номера каждой серии идут подряд и не повторяются.',
    en: 'The numbers of every series have no gaps and no repeats.',
  },
  remedy: {
    ru: 'Нумерация документов прервана: найдите пропавший номер в копии базы; объясните разрыв в учёте, номер заново не выдавайте.',
    en: 'The numbering of documents is broken: look for the missing number in a backup; explain the gap in the books, do not give the number again.',
  },
  async *look({ executor }) {
    for (let after = ''; ;) {
      const page = await queryRows<{ series: string }>(
        executor,
        `SELECT series FROM number_series WHERE series > ? ORDER BY series LIMIT ${PAGE}`,
        [after],
      );
      for (const { series } of page) {
        const [before = '', ending = ''] = series.split(/\{0+\}/u);
        const [row] = await queryRows<{ next: number; numbers: number; distinct_numbers: number }>(
          executor,
          `SELECT (SELECT next_number FROM number_series WHERE series = ?) AS next, count(*) AS numbers,
             count(DISTINCT number) AS distinct_numbers FROM (${NUMBERS}) n
           WHERE number LIKE ? ESCAPE '\\'
             AND trim(substr(number, ?, length(number) - ?), '0123456789') = '' AND length(number) > ?`,
          [series, `${literal(before)}%${literal(ending)}`, before.length + 1, ...twice(before.length + ending.length)],
        );
        const { next, numbers, distinct_numbers: distinct } = row!;
        if (numbers === next - 1 && distinct === numbers) continue;
        yield {
          ru: `серия «${series}»: выдано ${next - 1}, сохранено ${numbers}, различных ${distinct}`,
          en: `series "${series}": ${next - 1} were given out, ${numbers} are stored, ${distinct} of them distinct`,
        };
      }
      if (page.length < PAGE) return;
      after = page.at(-1)!.series;
    }
  },
};

function literal(text: string): string {
  return text.replace(/[\\%_]/gu, (sign) => `\\${sign}`);
}

function twice(value: number): readonly [number, number] {
  return [value, value];
}
