import { breakLines, measureRuns, type InlineRun } from './break-lines.ts';
import type { Frame } from './frame.ts';
import { layOutTable } from './lay-out-table.ts';
import type { MarkupElement, MarkupNode } from './parse-markup.ts';
import { gapPiece, keptTogether, linePieces, shifted, type Piece } from './piece.ts';
import { elementLooks, lengthInPoints, styleWithin, type TextStyle } from './text-style.ts';

const BLOCKS = new Set(['h1', 'h2', 'h3', 'p', 'div', 'hr', 'ul', 'ol', 'table']);

/**
 * Blocks, and text between them as paragraphs without margins, from top to bottom. The end of what stands before a
 * `keep` block stays with it: a signature alone on the last sheet could be put under any text.
 */
export function layOutBlocks(nodes: readonly MarkupNode[], style: TextStyle, frame: Frame): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const entry of paragraphsAndBlocks(nodes, style)) {
    if (entry instanceof Array) pieces.push(...textPieces(entry, style, frame));
    else {
      if (entry.classes.has('keep')) holdEnd(pieces);
      pieces.push(...blockPieces(entry, style, frame));
    }
  }
  return pieces;
}

function holdEnd(pieces: Piece[]): void {
  for (let index = pieces.length - 1; index >= 0; index -= 1) {
    const piece = pieces[index]!;
    pieces[index] = { ...piece, keepWithNext: true };
    if (piece.gap !== true) return;
  }
}

/** Narrowest and widest useful width of the content, for table columns. */
function measureBlocks(nodes: readonly MarkupNode[], style: TextStyle): { readonly min: number; readonly max: number } {
  let [min, max] = [0, 0];
  for (const entry of paragraphsAndBlocks(nodes, style)) {
    const found =
      entry instanceof Array
        ? measureRuns(entry)
        : entry.name === 'p' || /^h\d$/u.test(entry.name)
          ? measureRuns(inlineRuns(entry.children, styleWithin(entry, style)))
          : measureBlocks(entry.children, styleWithin(entry, style));
    [min, max] = [Math.max(min, found.min), Math.max(max, found.max)];
  }
  return { min, max };
}

function paragraphsAndBlocks(
  nodes: readonly MarkupNode[],
  style: TextStyle,
): readonly (readonly InlineRun[] | MarkupElement)[] {
  const entries: (InlineRun[] | MarkupElement)[] = [];
  for (const node of nodes) {
    if (node.kind === 'element' && BLOCKS.has(node.name)) {
      entries.push(node);
      continue;
    }
    const last = entries.at(-1);
    const runs = inlineRuns([node], style);
    if (last instanceof Array) last.push(...runs);
    else if (node.kind === 'element' || node.text.trim() !== '') entries.push([...runs]);
  }
  return entries;
}

function inlineRuns(nodes: readonly MarkupNode[], style: TextStyle): readonly InlineRun[] {
  return nodes.flatMap((node): readonly InlineRun[] => {
    if (node.kind === 'text') return [{ text: node.text, style }];
    if (node.name === 'br') return ['break'];
    return inlineRuns(node.children, styleWithin(node, style));
  });
}

function textPieces(runs: readonly InlineRun[], style: TextStyle, frame: Frame): readonly Piece[] {
  const { align, indent, size } = style;
  return linePieces(breakLines(runs, { width: frame.width, align, indent, size }));
}

function blockPieces(element: MarkupElement, inherited: TextStyle, frame: Frame): readonly Piece[] {
  const style = styleWithin(element, inherited);
  const left = lengthInPoints(element.style.get('margin-left')) ?? 0;
  const inner: Frame = { ...frame, width: frame.width - left };
  const content = withoutMargins(element, style, inner).map((piece) => shifted(piece, left));
  const kept = element.classes.has('keep') ? keptTogether(content) : content;
  return withMargins(element, kept);
}

function withoutMargins(element: MarkupElement, style: TextStyle, frame: Frame): readonly Piece[] {
  switch (element.name) {
    case 'h1':
    case 'h2':
    case 'h3':
      return textPieces(inlineRuns(element.children, style), style, frame).map((piece) => ({
        ...piece,
        keepWithNext: true,
      }));
    case 'p':
      return textPieces(inlineRuns(element.children, style), style, frame);
    case 'hr':
      return [rulePiece(frame.width)];
    case 'ul':
    case 'ol':
      return listPieces(element, style, frame);
    case 'table':
      return layOutTable(element, style, { frame, content: { layOut: layOutBlocks, measure: measureBlocks } });
    default:
      return layOutBlocks(element.children, style, frame);
  }
}

function withMargins(element: MarkupElement, content: readonly Piece[]): readonly Piece[] {
  const { name } = element;
  const looks = name === 'h1' || name === 'h2' || name === 'h3' || name === 'p' ? elementLooks[name] : undefined;
  const defaults = looks ?? (name === 'div' ? { above: 0, below: 0 } : { above: 2, below: 6 });
  const above = lengthInPoints(element.style.get('margin-top')) ?? defaults.above;
  const below = lengthInPoints(element.style.get('margin-bottom')) ?? defaults.below;
  const holds = content.at(-1)?.keepWithNext === true;
  const pieces = [
    ...(above > 0 ? [gapPiece(above, true)] : []),
    ...content,
    ...(below > 0 ? [gapPiece(below, holds)] : []),
  ];
  if (element.style.get('page-break-before') === 'always' && pieces.length > 0) {
    return [{ ...pieces[0]!, breakBefore: true }, ...pieces.slice(1)];
  }
  return pieces;
}

function rulePiece(width: number): Piece {
  return {
    height: 1,
    keepWithNext: false,
    draw: (doc, x, y) =>
      void doc
        .lineWidth(0.5)
        .strokeColor('#000000')
        .moveTo(x, y + 0.5)
        .lineTo(x + width, y + 0.5)
        .stroke(),
  };
}

function listPieces(list: MarkupElement, style: TextStyle, frame: Frame): readonly Piece[] {
  const items = list.children.filter((node) => node.kind === 'element');
  const indent = list.name === 'ol' && items.length > 9 ? elementLooks.listIndent * 1.6 : elementLooks.listIndent;
  return items.flatMap((item, index) => {
    const own = styleWithin(item, style);
    const label = list.name === 'ol' ? `${index + 1}.` : '–';
    const [mark] = linePieces(
      breakLines([{ text: label, style: own }], { width: indent, align: 'left', indent: 0, size: own.size }),
    );
    const content = layOutBlocks(item.children, own, { ...frame, width: frame.width - indent });
    const pieces = content.map((piece, position): Piece => {
      const body = shifted(piece, indent);
      if (position > 0 || mark === undefined) return body;
      return {
        ...body,
        draw: (doc, x, y) => {
          mark.draw(doc, x, y);
          body.draw(doc, x, y);
        },
      };
    });
    return [...pieces, gapPiece(2)];
  });
}
