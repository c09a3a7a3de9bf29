/** `npm run docs:feel`: writes the functions of the catalogue into `docs/guide/feel.md`, between its two marks. */
import { readFile, writeFile } from 'node:fs/promises';
import { functionsPage } from './feel-functions-page.ts';

const BEGIN = '<!-- functions: npm run docs:feel -->';
const END = '<!-- end of functions -->';
const file = new URL('../docs/guide/feel.md', import.meta.url);

const text = await readFile(file, 'utf8');
const begin = text.indexOf(BEGIN);
const end = text.indexOf(END);
if (begin < 0 || end < 0) throw new Error(`Expected ${BEGIN} and ${END} in docs/guide/feel.md`);
await writeFile(file, `${text.slice(0, begin + BEGIN.length)}\n\n${functionsPage()}\n\n${text.slice(end)}`);
