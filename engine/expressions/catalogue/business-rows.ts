import type { CatalogueRow } from './catalogue-row.ts';

/** Ours: `domain.md` §3 (money, requisites) and §4 (working time). Amounts are whole kopecks. */

/* prettier-ignore */
export const workingTimeRows: readonly CatalogueRow[] = [
  ['working time after', 'The moment when so much working time has passed since the start: "PT4H" or "4WH" are working hours, "P3D" or "3WD" working days.', 'Момент, когда с начала пройдёт столько рабочего времени: "PT4H" или "4WH" — рабочие часы, "P3D" или "3WD" — рабочие дни.', 'working time after("2026-04-30T16:00:00+03:00", "4WH", "ru-office")', '2026-05-04T12:00:00+03:00'],
  ['working duration between', 'The working minutes between two moments; negative when the second is earlier.', 'Рабочие минуты между двумя моментами; отрицательно, если второй раньше.', 'working duration between("2026-11-20T17:00:00+03:00", "2026-11-23T10:00:00+03:00", "ru-office")', 120],
  ['nth working day', 'The n-th working day of a month; -1 is the last.', 'n-й рабочий день месяца; -1 — последний.', 'nth working day(2026, 11, 5, "ru")', '2026-11-09'],
  ['is working day', 'Whether the calendar calls a date a working day.', 'Рабочий ли день по календарю.', 'is working day(date("2026-11-04"), "ru")', false],
  ['working day after', 'The n-th working day after a date, before it when n is negative; 0 moves a free day to the next working day.', 'n-й рабочий день после даты, до неё при отрицательном n; 0 переносит выходной на ближайший рабочий.', 'working day after(date("2026-11-03"), 1, "ru")', '2026-11-05'],
  ['legal deadline', 'The last day of a term set by law: counted in calendar days from the next day, moved from a free day to a working one (Civil Code, art. 191–193).', 'Последний день срока по закону: календарные дни со следующего дня, с выходного — на рабочий (ГК РФ, ст. 191–193).', 'legal deadline(date("2026-10-25"), "P10D", "ru")', '2026-11-05'],
];

/* prettier-ignore */
export const moneyRows: readonly CatalogueRow[] = [
  ['in words', 'An amount in words as accounting writes it; "ru" unless "en".', 'Сумма прописью, как пишет бухгалтерия; по умолчанию "ru", есть "en".', 'in words(967265)', 'Девять тысяч шестьсот семьдесят два рубля 65 копеек'],
  ['money', 'An amount of kopecks as it is shown; "ru" unless "en".', 'Сумма в копейках так, как её показывают; по умолчанию "ru", есть "en".', 'money(967265, "en")', '₽9,672.65'],
  ['vat on top', 'The VAT of a line on its net amount at a rate in percent, half-up to kopecks.', 'НДС строки сверх суммы без НДС по ставке в процентах, до копейки, половина — вверх.', 'vat on top(792839, 22)', 174425],
  ['vat included', 'The VAT contained in the gross amount of a line at a rate in percent, half-up to kopecks.', 'НДС в составе суммы строки с НДС по ставке в процентах, до копейки, половина — вверх.', 'vat included(792839, 22)', 142971],
];

/* prettier-ignore */
export const requisiteRows: readonly CatalogueRow[] = [
  ['is valid inn', 'Whether a taxpayer number (ИНН, 10 or 12 digits) has right check digits.', 'Верны ли контрольные цифры ИНН (10 или 12 цифр).', 'is valid inn("7707083893")', true],
  ['is valid kpp', 'Whether a text has the form of a КПП.', 'Имеет ли текст вид КПП.', 'is valid kpp("770701001")', true],
  ['is valid ogrn', 'Whether the check digit of an ОГРН (13 digits) is right.', 'Верна ли контрольная цифра ОГРН (13 цифр).', 'is valid ogrn("1027700132195")', true],
  ['is valid ogrnip', 'Whether the check digit of an ОГРНИП (15 digits) is right.', 'Верна ли контрольная цифра ОГРНИП (15 цифр).', 'is valid ogrnip("304500116000157")', true],
  ['is valid bik', 'Whether a text has the form of a БИК.', 'Имеет ли текст вид БИК.', 'is valid bik("044525225")', true],
  ['is valid account', 'Whether the key of a settlement account is right at the bank of the БИК.', 'Верен ли ключ расчётного счёта в банке с этим БИК.', 'is valid account("40702810138250123017", "044525225")', true],
  ['is valid correspondent account', 'Whether a correspondent account belongs to the БИК.', 'Подходит ли корреспондентский счёт к БИК.', 'is valid correspondent account("30101810400000000225", "044525225")', true],
  ['normalise phone', 'A phone number as E.164; null for what is none.', 'Номер телефона в виде E.164; null, если это не номер.', 'normalise phone("8 (912) 345-67-89")', '+79123456789'],
  ['format phone', 'A phone number as it is shown.', 'Номер телефона так, как его показывают.', 'format phone("+79123456789")', '+7 912 345-67-89'],
];
