import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { functionsPage } from './feel-functions-page.ts';

describe('docs/guide/feel.md', () => {
  it('lists the functions as the catalogue has them', async () => {
    const guide = await readFile(new URL('../docs/guide/feel.md', import.meta.url), 'utf8');
    assert.ok(guide.includes(functionsPage()), 'Expected the functions of the catalogue. Run: npm run docs:feel');
  });
});
