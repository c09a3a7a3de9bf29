import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';

export const fontFaces = ['regular', 'bold', 'italic', 'boldItalic'] as const;
export type FontFace = (typeof fontFaces)[number];

const FILES: Readonly<Record<FontFace, string>> = {
  regular: 'DejaVuSans.ttf',
  bold: 'DejaVuSans-Bold.ttf',
  italic: 'DejaVuSans-Oblique.ttf',
  boldItalic: 'DejaVuSans-BoldOblique.ttf',
};

const faces = new Map<FontFace, Font>();
const widths = new Map<string, number>();
const MAX_WIDTHS = 50_000;

/**
 * One fontkit object per face and process: parsing a font is 57 % of a document (77 ms against 33 ms, performance.md).
 */
export function fontFace(face: FontFace): Font {
  let font = faces.get(face);
  if (font === undefined) {
    const path = createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${FILES[face]}`);
    font = create(readFileSync(path));
    rememberCharacters(font);
    faces.set(face, font);
  }
  return font;
}

/**
 * fontkit keeps each glyph as it was first asked for. Subsetting asks for the Latin «o» inside the Cyrillic «о» without
 * its character, and from then on every document of this process loses «o» when copied or searched («of» → «f»), and
 * its bytes depend on what was rendered before. Asking for every glyph by its character first (20 ms) settles both.
 */
function rememberCharacters(font: Font): void {
  for (const character of font.characterSet) font.glyphForCodePoint(character);
}

/** Width of a text without line breaks, in points. */
export function textWidth(text: string, face: FontFace, size: number): number {
  const key = `${face} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    const font = fontFace(face);
    width = font.layout(text).advanceWidth / font.unitsPerEm;
    if (widths.size >= MAX_WIDTHS) widths.clear();
    widths.set(key, width);
  }
  return width * size;
}
