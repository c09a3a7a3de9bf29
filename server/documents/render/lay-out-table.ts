import type { CellContent, Frame } from './frame.ts';
import type { MarkupElement, MarkupNode } from './parse-markup.ts';
import type { Piece, PdfDocument } from './piece.ts';
import { lengthInPoints, styleWithin, type TextStyle } from './text-style.ts';

type Cell = {
  readonly element: MarkupElement;
  readonly style: TextStyle;
  readonly span: number;
  readonly column: number;
};
type Row = { readonly cells: readonly Cell[]; readonly head: boolean };
type Padding = { readonly left: number; readonly right: number; readonly y: number };
type PlacedCell = { readonly x: number; readonly width: number; readonly pieces: readonly Piece[] };

const RULED: Padding = { left: 3, right: 3, y: 2 };
const PLAIN: Padding = { left: 0, right: 6, y: 0.5 };
const HEAD_FILL = '#f0f0f0';

/**
 * A table as row pieces. Header rows are repeated on each page; a row stays whole unless it is taller than a page.
 * Columns: `width` of any cell spanning one column decides; the others share the rest by their content.
 */
export function layOutTable(
  table: MarkupElement,
  style: TextStyle,
  { frame, content }: { readonly frame: Frame; readonly content: CellContent },
): readonly Piece[] {
  const ruled = table.classes.has('ruled');
  const padding = ruled ? RULED : PLAIN;
  const width = lengthInPoints(table.style.get('width'), frame.width) ?? frame.width;
  const rows = rowsOf(table, style, ruled);
  const columns = columnWidths(rows, { width: Math.min(width, frame.width), padding, content });
  const paint: Paint = { ruled, padding, pageHeight: frame.pageHeight, content };

  const head = rows.filter((row) => row.head).flatMap((row) => rowPieces(row, columns, { ...paint, header: [] }));
  const header = head.map((piece) => ({ ...piece, keepWithNext: true }));
  const body = rows.filter((row) => !row.head).flatMap((row) => rowPieces(row, columns, { ...paint, header }));
  return [...header, ...body];
}

function rowsOf(table: MarkupElement, style: TextStyle, ruled: boolean): readonly Row[] {
  const rows: Row[] = [];
  const visit = (parent: MarkupElement, inherited: TextStyle, head: boolean): void => {
    for (const child of elements(parent.children)) {
      const own = styleWithin(child, inherited);
      if (child.name !== 'tr') {
        visit(child, own, child.name === 'thead');
        continue;
      }
      let column = 0;
      const cells = elements(child.children).map((element): Cell => {
        // A heading cell of a ruled table is centred unless it says otherwise.
        const base = element.name === 'th' && ruled ? { ...own, align: 'center' as const } : own;
        const span = Number(element.attributes.get('colspan') ?? 1);
        const cell = { element, style: { ...styleWithin(element, base), indent: 0 }, span, column };
        column += span;
        return cell;
      });
      rows.push({ cells, head });
    }
  };
  visit(table, style, false);
  return rows;
}

function elements(nodes: readonly MarkupNode[]): readonly MarkupElement[] {
  return nodes.filter((node) => node.kind === 'element');
}

function columnWidths(
  rows: readonly Row[],
  { width, padding, content }: { readonly width: number; readonly padding: Padding; readonly content: CellContent },
): readonly number[] {
  const count = Math.max(0, ...rows.map((row) => row.cells.reduce((sum, cell) => sum + cell.span, 0)));
  const columns = Array.from({ length: count }, () => ({ fixed: undefined as number | undefined, min: 0, max: 0 }));
  const around = padding.left + padding.right;
  for (const { element, style, span, column } of rows.flatMap((row) => row.cells)) {
    if (span !== 1) continue;
    const entry = columns[column]!;
    entry.fixed ??= lengthInPoints(element.style.get('width') ?? element.attributes.get('width'), width);
    if (entry.fixed !== undefined) continue;
    const { min, max } = content.measure(element.children, style);
    [entry.min, entry.max] = [Math.max(entry.min, min + around), Math.max(entry.max, max + around)];
  }
  const fixed = columns.reduce((sum, column) => sum + (column.fixed ?? 0), 0);
  const free = columns.filter((column) => column.fixed === undefined);
  const sum = (key: 'min' | 'max'): number => free.reduce((total, column) => total + column[key], 0);
  const rest = Math.max(0, width - fixed);
  const [min, max] = [sum('min'), sum('max')];
  const share = (column: { readonly min: number; readonly max: number }): number => {
    if (max <= rest) return column.max + (rest - max) * (max === 0 ? 1 / free.length : column.max / max);
    if (min >= rest) return min === 0 ? 0 : (rest * column.min) / min;
    return column.min + ((rest - min) * (column.max - column.min)) / (max - min);
  };
  const widths = columns.map((column) => column.fixed ?? share(column));
  const total = widths.reduce((left, right) => left + right, 0);
  // Widths that add up to more than the table are scaled: paper has no horizontal scroll.
  return total > width + 0.01 ? widths.map((one) => (one * width) / total) : widths;
}

type Paint = {
  readonly ruled: boolean;
  readonly padding: Padding;
  readonly pageHeight: number;
  readonly content: CellContent;
};

function rowPieces(
  row: Row,
  columns: readonly number[],
  paint: Paint & { readonly header: readonly Piece[] },
): readonly Piece[] {
  const { padding, header } = paint;
  const cells = row.cells.map((cell): PlacedCell => {
    const x = columns.slice(0, cell.column).reduce((left, right) => left + right, 0);
    const width = columns.slice(cell.column, cell.column + cell.span).reduce((left, right) => left + right, 0);
    const inner = Math.max(1, width - padding.left - padding.right);
    const pieces = paint.content.layOut(cell.element.children, cell.style, {
      width: inner,
      pageHeight: paint.pageHeight,
    });
    return { x, width, pieces: trimmed(pieces) };
  });
  const headerHeight = header.reduce((sum, piece) => sum + piece.height, 0);
  const limit = Math.max(40, paint.pageHeight - headerHeight - 2 * padding.y);
  return chunksOf(cells, limit).map((chunk) => ({
    height: Math.max(...chunk.map(({ pieces }) => heightOf(pieces)), 0) + 2 * padding.y,
    keepWithNext: false,
    header,
    draw: (doc, x, y) => drawRow(doc, chunk, { x, y, head: row.head, ...paint }),
  }));
}

/** The gap below the last paragraph of a cell would only make the row taller. */
function trimmed(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.at(-1)?.gap === true ? pieces.slice(0, -1) : pieces;
}

function heightOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + piece.height, 0);
}

/** One chunk for an ordinary row; several for a row taller than `limit`, cut between lines. */
function chunksOf(cells: readonly PlacedCell[], limit: number): readonly (readonly PlacedCell[])[] {
  if (cells.every(({ pieces }) => heightOf(pieces) <= limit)) return [cells];
  const rest = cells.map(({ pieces }) => [...pieces]);
  const chunks: (readonly PlacedCell[])[] = [];
  while (rest.some((pieces) => pieces.length > 0)) {
    chunks.push(
      cells.map((cell, index) => {
        const taken: Piece[] = [];
        let height = 0;
        while (rest[index]!.length > 0 && (taken.length === 0 || height + rest[index]![0]!.height <= limit)) {
          height += rest[index]![0]!.height;
          taken.push(rest[index]!.shift()!);
        }
        return { ...cell, pieces: taken };
      }),
    );
  }
  return chunks;
}

function drawRow(
  doc: PdfDocument,
  cells: readonly PlacedCell[],
  at: Paint & { readonly x: number; readonly y: number; readonly head: boolean },
): void {
  const height = Math.max(...cells.map(({ pieces }) => heightOf(pieces)), 0) + 2 * at.padding.y;
  for (const cell of cells) {
    const left = at.x + cell.x;
    if (at.ruled) {
      if (at.head) doc.rect(left, at.y, cell.width, height).fill(HEAD_FILL);
      doc.lineWidth(0.5).strokeColor('#000000').rect(left, at.y, cell.width, height).stroke();
    }
    let y = at.y + at.padding.y;
    for (const piece of cell.pieces) {
      piece.draw(doc, left + at.padding.left, y);
      y += piece.height;
    }
  }
}
