import type PDFKit from 'pdfkit';
import { fontFace } from './fonts.ts';
import type { TextLine } from './break-lines.ts';
import { elementLooks, faceOf } from './text-style.ts';

export type PdfDocument = InstanceType<typeof PDFKit>;

/** The smallest thing that is never divided between pages: a line, a table row, a rule, a gap. Points, y grows down. */
export type Piece = {
  readonly height: number;
  /** Must not be the last thing on a page: a heading, the first line of a paragraph, a table header. */
  readonly keepWithNext: boolean;
  /** A gap: dropped at the top of a page. */
  readonly gap?: boolean;
  readonly breakBefore?: boolean;
  /** For table rows: drawn again when the row begins a page. */
  readonly header?: readonly Piece[];
  readonly draw: (doc: PdfDocument, x: number, y: number) => void;
};

export function gapPiece(height: number, keepWithNext = false): Piece {
  return { height, keepWithNext, gap: true, draw: () => undefined };
}

export function shifted(piece: Piece, dx: number): Piece {
  return dx === 0 ? piece : { ...piece, draw: (doc, x, y) => piece.draw(doc, x + dx, y) };
}

/** Only the last piece may end a page, so all stay together. */
export function keptTogether(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.map((piece, index) => (index < pieces.length - 1 ? { ...piece, keepWithNext: true } : piece));
}

/** Lines of one paragraph: at least two at the foot of a page and two at the head of the next. */
export function linePieces(lines: readonly TextLine[]): readonly Piece[] {
  return lines.map((line, index) => ({
    height: line.height,
    keepWithNext: index < lines.length - 1 && (index === 0 || index === lines.length - 2),
    draw: (doc, x, y) => drawLine(doc, line, x, y),
  }));
}

function drawLine(doc: PdfDocument, line: TextLine, x: number, y: number): void {
  const regular = fontFace('regular');
  const ascent = (regular.ascent / regular.unitsPerEm) * line.size;
  const natural = ((regular.ascent - regular.descent) / regular.unitsPerEm) * line.size;
  const baseline = y + (line.height - natural) / 2 + ascent;
  for (const { text, style, x: dx, width } of line.segments) {
    const color = style.muted ? elementLooks.mutedColor : '#000000';
    doc.font(faceOf(style)).fontSize(style.size).fillColor(color);
    doc.text(text, x + dx, baseline, { lineBreak: false, baseline: 'alphabetic' });
    if (style.underline) {
      const below = baseline + style.size * 0.12;
      doc
        .lineWidth(style.size * 0.05)
        .strokeColor(color)
        .moveTo(x + dx, below)
        .lineTo(x + dx + width, below)
        .stroke();
    }
  }
}
