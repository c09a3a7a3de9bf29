import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileTemplate } from '../../server/documents/render/compile-template.ts';
import { parseMarkup } from '../../server/documents/render/parse-markup.ts';
import type { PackProblem } from './pack-problem.ts';
import type { Pack } from './read-pack.ts';

/** Every template with its sample gives its expected page; what is inside the sheet, so that a new style changes nothing. */
export function checkTemplates(
  root: string,
  pack: Pack,
  options: { readonly rewrite: boolean },
): readonly PackProblem[] {
  return pack.files
    .filter(({ name }) => name.endsWith('.hbs'))
    .flatMap(({ path, content }) => {
      const base = join(root, path.slice(0, -'.hbs'.length));
      const sample = `${base}.sample.json`;
      const expected = `${base}.expected.html`;
      if (!existsSync(sample)) return [{ file: path, message: 'Expected a sample of its data beside it.' }];
      let markup: string;
      try {
        const data: unknown = JSON.parse(readFileSync(sample, 'utf8'));
        markup = compileTemplate(content).render(data, { locale: 'ru', timeZone: 'Europe/Moscow' });
        parseMarkup(markup);
      } catch (error) {
        return [{ file: path, message: (error as Error).message }];
      }
      if (options.rewrite) writeFileSync(expected, markup);
      if (existsSync(expected) && readFileSync(expected, 'utf8') === markup) return [];
      const message = existsSync(expected) ? 'It does not give its expected page.' : 'Expected a page to compare with.';
      return [{ file: path, message: `${message} Look at it, then run check-packs with --rewrite.` }];
    });
}
