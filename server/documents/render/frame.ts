import type { MarkupNode } from './parse-markup.ts';
import type { Piece } from './piece.ts';
import type { TextStyle } from './text-style.ts';

/** The room pieces are laid out in; `pageHeight` is the height of an empty page body. */
export type Frame = { readonly width: number; readonly pageHeight: number };

/** How a table lays out what stands in its cells: blocks again, so it is passed in. */
export interface CellContent {
  layOut(nodes: readonly MarkupNode[], style: TextStyle, frame: Frame): readonly Piece[];
  measure(nodes: readonly MarkupNode[], style: TextStyle): { readonly min: number; readonly max: number };
}
