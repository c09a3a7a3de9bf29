import type { CatalogueRow } from './catalogue-row.ts';

/* prettier-ignore */
export const temporalRows: readonly CatalogueRow[] = [
  ['date', 'A date of text, of year, month and day, or of a date and time.', 'Дата из текста, из года, месяца и дня или из даты и времени.', 'date(2026, 11, 20)', '2026-11-20'],
  ['time', 'A time of text, of its parts, or of a date and time.', 'Время из текста, из частей или из даты и времени.', 'time(10, 30, 0)', '10:30:00'],
  ['date and time', 'A date and time of text, of a date and a time, of its parts, or moved into a zone.', 'Дата и время: из текста, из даты и времени, из частей или с заменой зоны.', 'date and time(date("2026-11-20"), time("10:00:00"))', '2026-11-20T10:00:00'],
  ['duration', 'A duration of ISO 8601 text: days and time, or years and months.', 'Длительность из текста ISO 8601: дни и время либо годы и месяцы.', 'duration("P1DT2H")', 'P1DT2H'],
  ['years and months duration', 'The whole months between two dates.', 'Целые месяцы между двумя датами.', 'years and months duration(date("2025-12-22"), date("2026-08-24"))', 'P8M'],
  ['day of year', 'The number of the day in its year.', 'Номер дня в году.', 'day of year(date("2026-03-01"))', 60],
  ['day of week', 'The English name of the weekday.', 'День недели по-английски.', 'day of week(date("2026-11-20"))', 'Friday'],
  ['month of year', 'The English name of the month.', 'Месяц по-английски.', 'month of year(date("2026-11-20"))', 'November'],
  ['week of year', 'The number of the week (ISO 8601).', 'Номер недели (ISO 8601).', 'week of year(date("2026-11-20"))', 47],
  ['now', 'The date and time of the evaluation.', 'Дата и время вычисления.', 'now() > date and time("2020-01-01T00:00:00Z")', true],
  ['today', 'The date of the evaluation.', 'Дата вычисления.', 'today() > date("2020-01-01")', true],
  ['cycle', 'The text of a repeating timer: how often, and after which time each.', 'Текст повторяющегося таймера: сколько раз и через какое время.', 'cycle(3, duration("PT1H"))', 'R3/PT1H'],
];

/* prettier-ignore */
export const rangeRows: readonly CatalogueRow[] = [
  ['range', 'A range of its text.', 'Диапазон из текста.', '5 in range("[1..10)")', true],
  ['before', 'Whether one point or range ends before the other begins.', 'Кончается ли одно раньше, чем начинается другое.', 'before([1..4], [5..10])', true],
  ['after', 'Whether one point or range begins after the other ends.', 'Начинается ли одно после конца другого.', 'after(11, [5..10])', true],
  ['meets', 'Whether one range ends where the other begins.', 'Кончается ли один диапазон там, где начинается другой.', 'meets([1..5], [5..10])', true],
  ['met by', 'Whether one range begins where the other ends.', 'Начинается ли один диапазон там, где кончается другой.', 'met by([5..10], [1..5])', true],
  ['overlaps', 'Whether two ranges have a point in common.', 'Есть ли у двух диапазонов общая точка.', 'overlaps([1..5], [3..8])', true],
  ['overlaps before', 'Whether a range begins first and reaches into the other.', 'Начинается ли диапазон раньше и заходит ли в другой.', 'overlaps before([1..5], [3..8])', true],
  ['overlaps after', 'Whether a range begins inside the other and reaches beyond it.', 'Начинается ли диапазон внутри другого и выходит ли за него.', 'overlaps after([3..8], [1..5])', true],
  ['finishes', 'Whether a point or range is the end of a range.', 'Заканчивает ли точка или диапазон другой диапазон.', 'finishes(10, [1..10])', true],
  ['finished by', 'Whether a range ends with a point or range.', 'Заканчивается ли диапазон точкой или диапазоном.', 'finished by([1..10], 10)', true],
  ['includes', 'Whether a range includes a point or range.', 'Включает ли диапазон точку или диапазон.', 'includes([1..10], 5)', true],
  ['during', 'Whether a point or range lies in a range.', 'Лежит ли точка или диапазон в диапазоне.', 'during([4..6], [1..10])', true],
  ['starts', 'Whether a point or range is the beginning of a range.', 'Начинает ли точка или диапазон другой диапазон.', 'starts(1, [1..10])', true],
  ['started by', 'Whether a range begins with a point or range.', 'Начинается ли диапазон точкой или диапазоном.', 'started by([1..10], 1)', true],
  ['coincides', 'Whether two points or two ranges are the same.', 'Совпадают ли две точки или два диапазона.', 'coincides([1..5], [1..5])', true],
];
