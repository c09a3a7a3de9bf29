import { findQuoteStart } from './find-quote-start.ts';

const SIGNATURE_DASHES = /^--\s?$/u;
const CLOSING_WORDS =
  /^(?:--\s*)?(?:с\s+(?:наилучшими\s+|искренним\s+|глубоким\s+)?(?:уважением|пожеланиями|приветом)|всего\s+(?:доброго|наилучшего)|best regards|kind regards|regards|sincerely|yours (?:sincerely|faithfully|truly))(?=[\s,.!;:]|$)/iu;
const DEVICE_LINE =
  /^(?:отправлено\s+(?:из|с|через)\s.{1,60}|sent from (?:my|outlook|mail|yahoo|yandex).{0,60}|get outlook for .{1,30}|--\s*отправлено\s.{1,60})$/iu;

/** A closing formula deep in a long letter is prose, not a signature; a signature is short. */
const SIGNATURE_MAX_LINES = 15;

/**
 * What the sender wrote this time: without the quoted message below (Outlook, Gmail, Mail.ru, Yandex, `>` marks, in
 * Russian and English) and without the signature. A forwarded message is kept: it is the substance.
 * Where nothing would be left the whole text is returned, since losing a claim is worse than showing a quote.
 *
 * @param text plain text with `\n` line ends; works line by line, in time linear in its length
 */
export function cleanMailText(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const quote = findQuoteStart(lines);
  const own: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (quote !== undefined && index >= quote.line && (quote.interleaved ? index < quote.end : true)) continue;
    if (/^\s*>/u.test(line) || DEVICE_LINE.test(line.trim())) continue;
    own.push(line);
  }
  const cleaned = collapse(withoutSignature(own));
  return cleaned === '' ? collapse(lines) : cleaned;
}

function withoutSignature(lines: readonly string[]): readonly string[] {
  for (const [index, line] of lines.entries()) {
    const trimmed = line.trim();
    const closes = SIGNATURE_DASHES.test(line) || (trimmed.length <= 80 && CLOSING_WORDS.test(trimmed));
    if (!closes) continue;
    const rest = lines.slice(index + 1).filter((other) => other.trim() !== '');
    if (rest.length <= SIGNATURE_MAX_LINES) return lines.slice(0, index);
  }
  return lines;
}

function collapse(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}
