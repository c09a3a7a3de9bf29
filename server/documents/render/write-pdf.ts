import PDFKit from 'pdfkit';
import { fontFace, fontFaces, textWidth } from './fonts.ts';
import { layOutBlocks } from './lay-out-blocks.ts';
import type { MarkupNode } from './parse-markup.ts';
import type { PdfDocument, Piece } from './piece.ts';
import type { DocumentLocale } from './template-functions.ts';
import { baseStyle, elementLooks, POINTS_PER_MM } from './text-style.ts';

/** A4 with the margins of ГОСТ Р 7.0.97-2016 §3.3 (left ≥ 20, right ≥ 10, top and bottom ≥ 20 mm). Points. */
export const page = {
  width: 595.28,
  height: 841.89,
  left: 25 * POINTS_PER_MM,
  right: 15 * POINTS_PER_MM,
  top: 20 * POINTS_PER_MM,
  bottom: 20 * POINTS_PER_MM,
} as const;

export type PdfOptions = {
  readonly title: string;
  readonly locale: DocumentLocale;
  /** Goes into CreationDate; nothing else in the file depends on when it was made. */
  readonly createdAt: Date;
  /** Left part of the footer, such as the number and date of the document. */
  readonly footer?: string;
};

/**
 * The PDF of a markup tree. Same tree, options and library versions give the same bytes: the only date is `createdAt`,
 * and PDFKit derives the file identifier from the document facts.
 */
export async function writePdf(nodes: readonly MarkupNode[], options: PdfOptions): Promise<Uint8Array> {
  const doc = new PDFKit({
    size: [page.width, page.height],
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7',
    lang: options.locale === 'ru' ? 'ru-RU' : 'en-GB',
    displayTitle: true,
    info: { Title: options.title, Creator: 'Reglament', Producer: 'Reglament', CreationDate: options.createdAt },
    font: null as never,
  });
  const chunks: Uint8Array[] = [];
  const finished = new Promise<void>((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    doc.on('end', () => resolve());
    doc.on('error', reject);
  });
  // PDFKit takes a fontkit object where its types say path or bytes (performance.md, 77 → 33 ms); unused faces cost nothing.
  for (const face of fontFaces) doc.registerFont(face, fontFace(face) as never);

  const frame = {
    width: page.width - page.left - page.right,
    pageHeight: page.height - page.top - page.bottom,
  };
  placeOnPages(doc, layOutBlocks(nodes, baseStyle, frame));
  drawFooters(doc, options);
  doc.end();
  await finished;
  return new Uint8Array(Buffer.concat(chunks));
}

function placeOnPages(doc: PdfDocument, pieces: readonly Piece[]): void {
  const bottom = page.height - page.bottom;
  let y: number = page.top;
  const turn = (): void => {
    doc.addPage();
    y = page.top;
  };
  turn();
  const put = (piece: Piece): void => {
    piece.draw(doc, page.left, y);
    y += piece.height;
  };

  for (let index = 0; index < pieces.length;) {
    let end = index;
    while (end < pieces.length - 1 && pieces[end]!.keepWithNext) end += 1;
    const group = pieces.slice(index, end + 1);
    const height = group.reduce((sum, piece) => sum + piece.height, 0);
    if (
      y > page.top &&
      (group[0]!.breakBefore === true || (y + height > bottom && group.some(({ gap }) => gap !== true)))
    ) {
      turn();
    }
    for (const piece of group) {
      // A group taller than a page is divided after all: better than running off the paper.
      if (y > page.top && y + piece.height > bottom) turn();
      const fresh = y === page.top;
      if (piece.gap === true && fresh) continue;
      if (fresh && piece.header !== undefined) for (const repeated of piece.header) put(repeated);
      put(piece);
    }
    index = end + 1;
  }
}

function drawFooters(doc: PdfDocument, options: PdfOptions): void {
  const { count } = doc.bufferedPageRange();
  const size = elementLooks.smallSize;
  for (let index = 0; index < count; index += 1) {
    doc.switchToPage(index);
    const label = options.locale === 'ru' ? `Лист ${index + 1} из ${count}` : `Page ${index + 1} of ${count}`;
    const baseline = page.height - 10 * POINTS_PER_MM;
    doc.font('regular').fontSize(size).fillColor(elementLooks.mutedColor);
    const x = page.width - page.right - textWidth(label, 'regular', size);
    doc.text(label, x, baseline, { lineBreak: false, baseline: 'alphabetic' });
    if (options.footer !== undefined)
      doc.text(options.footer, page.left, baseline, { lineBreak: false, baseline: 'alphabetic' });
  }
}
