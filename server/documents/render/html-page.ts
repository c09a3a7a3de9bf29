import { page } from './write-pdf.ts';
import { baseStyle, elementLooks, POINTS_PER_MM } from './text-style.ts';
import type { DocumentLocale } from './template-functions.ts';

const mm = (points: number): string => `${Math.round(points / POINTS_PER_MM)}mm`;
const heading = (name: 'h1' | 'h2' | 'h3'): string => {
  const { size, above, below } = elementLooks[name];
  return `${name}{font-size:${size}pt;margin:${above}pt 0 ${below}pt;line-height:${elementLooks.lineHeight}}`;
};

/** The look of the PDF, from the same numbers, on one sheet of paper on screen. */
const STYLE = [
  `body{margin:0;background:#e9ecef;color:#000;font:${baseStyle.size}pt/${elementLooks.lineHeight} 'DejaVu Sans',Verdana,Arial,sans-serif}`,
  `main{box-sizing:border-box;max-width:${mm(page.width)};min-height:${mm(page.height)};margin:8mm auto;background:#fff;` +
    `padding:${mm(page.top)} ${mm(page.right)} ${mm(page.bottom)} ${mm(page.left)}}`,
  heading('h1'),
  heading('h2'),
  heading('h3'),
  `p{margin:0 0 ${elementLooks.p.below}pt}`,
  `ul,ol{margin:2pt 0 6pt;padding-left:${elementLooks.listIndent}pt}ul{list-style:'–  '}`,
  'hr{border:0;border-top:.5pt solid #000;margin:2pt 0 6pt}',
  'table{width:100%;border-collapse:collapse;margin:2pt 0 6pt}td,th{vertical-align:top;padding:.5pt 6pt .5pt 0}th:not([align]){text-align:left}',
  'table.ruled td,table.ruled th{border:.5pt solid #000;padding:2pt 3pt}table.ruled th:not([align]){text-align:center}',
  'table.ruled thead th,table.ruled thead td{background:#f0f0f0}td p:last-child,th p:last-child{margin-bottom:0}',
  `.small{font-size:${elementLooks.smallSize}pt}.muted{color:${elementLooks.mutedColor}}.nowrap{white-space:nowrap}`,
  'table td.number,table.ruled td.number,.number{text-align:right;white-space:nowrap}',
  '@media(max-width:600px){main{margin:0;padding:5mm;overflow-x:auto}}@media print{body{background:#fff}main{margin:0;padding:0}}',
].join('');

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * A whole page around rendered markup, without scripts or outside references. Serve it with
 * `Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; sandbox`.
 */
export function htmlPage(markup: string, options: { readonly title: string; readonly locale: DocumentLocale }): string {
  const title = options.title.replace(/[&<>"]/gu, (char) => ESCAPES[char]!);
  return (
    `<!DOCTYPE html>\n<html lang="${options.locale}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>` +
    `<style>${STYLE}</style></head><body><main>\n${markup}\n</main></body></html>\n`
  );
}
