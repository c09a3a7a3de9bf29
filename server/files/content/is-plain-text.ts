/** Markup that a browser would run if it sniffed the type: refused even under the name `.txt`. */
const MARKUP =
  /^\s*<(?:!doctype|!--|\?xml|html|head|body|svg|script|iframe|object|embed|style|link|meta|img|table|form|a|div|p|h1|br|b)[\s>/!-]/iu;

/**
 * Strict: valid UTF-8 from the first byte to the last, no control characters but tab and line ends, and not HTML, SVG
 * or XML. windows-1251 text is refused here, since guessing a charset would garble names silently.
 */
export async function isPlainText(content: AsyncIterable<Uint8Array>): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let start = '';
  try {
    for await (const chunk of content) {
      const text = decoder.decode(chunk, { stream: true });
      if (start.length < 1_024) start += text.slice(0, 1_024);

      if (/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/u.test(text)) return false;
    }
    decoder.decode();
  } catch {
    return false;
  }
  return !MARKUP.test(start) && !/<(?:script|svg|html|iframe)[\s>]/iu.test(start);
}
