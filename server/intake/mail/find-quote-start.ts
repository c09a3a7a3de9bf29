/**
 * Where the quoted earlier message begins. `interleaved` quotes are marked with `>`: the sender may have written below
 * and between them, so only the attribution (`line` up to `end`) goes and the marked lines are dropped elsewhere.
 */
export type QuoteStart = { readonly line: number; readonly end: number; readonly interleaved: boolean };

const ORIGINAL_MESSAGE =
  /^[\s>]*[-_=*]{2,}\s*(?:исходное сообщение|оригинальное сообщение|original message|ursprüngliche nachricht)\s*[-_=*]*\s*$/iu;
const FROM_FIELD = /^[\s>*]*(?:от|от кого|from|отправитель)\s*:\**\s*\S/iu;
const OTHER_FIELD =
  /^[\s>*]*(?:отправлено|дата|кому|копия|тема|sent|date|to|cc|subject|важность|importance)\s*:\**\s*/iu;
const WROTE = /(?:пишет|писал(?:а|\(а\))?|написал(?:а|\(а\))?|wrote)\s*:$/iu;
/** Mail.ru («… от Иван <a@b.ru>:») and Yandex («09.11.2026, 10:12, "Иван" <a@b.ru>:») end with the address. */
const ADDRESS_END = /<[^<>\s]{1,254}@[^<>\s]{1,254}>\s*:$/u;
const ADDRESS = /[^\s<>]{1,254}@[^\s<>]{1,254}/u;
const DATE_LIKE = /\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}:\d{2}|\b\d{4}\b/u;

/** An attribution is at most this long, however it was wrapped; longer text is the sender's own. */
const ATTRIBUTION_MAX_LENGTH = 320;
const ATTRIBUTION_MAX_LINES = 3;

/** The first place where an earlier message begins, or nothing. `lines` are trimmed at the end. */
export function findQuoteStart(lines: readonly string[]): QuoteStart | undefined {
  for (const [index, line] of lines.entries()) {
    if (ORIGINAL_MESSAGE.test(line)) return { line: index, end: lines.length, interleaved: false };
    if (isHeaderBlock(lines, index)) {
      // Outlook rules the block off with a line of underscores above it.
      const ruled = index > 0 && /^[_-]{5,}$/u.test(lines[index - 1]!.trim());
      const forwarded = lines.slice(Math.max(0, index - 3), index).some((above) => FORWARDED.test(above));
      if (!forwarded) return { line: ruled ? index - 1 : index, end: lines.length, interleaved: false };
    }
    const end = attributionEnd(lines, index);
    if (end !== undefined) {
      const below = lines.slice(end).find((other) => other.trim() !== '');
      return { line: index, end, interleaved: below !== undefined && /^\s*>/u.test(below) };
    }
  }
  return undefined;
}

const FORWARDED = /(?:пересылаемое|пересланное|переадресованное|forwarded|начало переадресованного)\s/iu;

/** Outlook: «От: … / Отправлено: … / Кому: … / Тема: …» on following lines. */
function isHeaderBlock(lines: readonly string[], index: number): boolean {
  if (!FROM_FIELD.test(lines[index]!)) return false;
  const following = lines.slice(index + 1, index + 7);
  return following.filter((line) => OTHER_FIELD.test(line)).length >= 2;
}

/** Attributions are wrapped by mail clients, so up to three lines are read as one. */
function attributionEnd(lines: readonly string[], index: number): number | undefined {
  if (lines[index]!.trim() === '') return undefined;
  let joined = '';
  for (let count = 0; count < ATTRIBUTION_MAX_LINES; count += 1) {
    const line = lines[index + count];
    if (line === undefined || line.trim() === '') return undefined;
    joined = joined === '' ? line.trim() : `${joined} ${line.trim()}`;
    if (joined.length > ATTRIBUTION_MAX_LENGTH) return undefined;
    if (!joined.endsWith(':') || joined.startsWith('>')) continue;
    const dated = DATE_LIKE.test(joined);
    if (ADDRESS_END.test(joined) && dated) return index + count + 1;
    if (WROTE.test(joined) && (dated || ADDRESS.test(joined))) return index + count + 1;
  }
  return undefined;
}
