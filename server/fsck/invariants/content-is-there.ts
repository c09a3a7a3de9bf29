import { createHash } from 'node:crypto';
import { isContentUsed, referredContent } from '../../files/content-use.ts';
import type { FsckSite, Invariant } from '../invariant.ts';

/** Each file, document and stored mail has its bytes, and they are the bytes that were stored. */
export const contentIsThere: Invariant = {
  id: 'content-is-there',
  rule: {
    ru: 'У каждого файла, документа и письма есть содержимое с той же SHA-256.',
    en: 'Every file, document and mail has its content with the same SHA-256.',
  },
  remedy: {
    ru: 'Верните файл с таким именем из резервной копии в папку files/ (первые две и следующие две цифры имени это папки).',
    en: 'Bring the file of this name back from a backup into files/ (its first two and next two digits are the folders).',
  },
  async *look(site) {
    for await (const sha256 of referredContent(site.executor)) {
      const state = await stateOf(site, sha256);
      if (state === 'sound') continue;
      // Swept between the row and the look: nothing refers to it any more.
      if (state === 'missing' && !(await isContentUsed(site.executor, sha256))) continue;
      yield state === 'missing'
        ? { ru: `содержимого ${sha256} нет`, en: `content ${sha256} is not there` }
        : { ru: `содержимое ${sha256} испорчено: сумма другая`, en: `content ${sha256} is damaged: its hash differs` };
    }
  },
};

async function stateOf({ content, fast }: FsckSite, sha256: string): Promise<'sound' | 'missing' | 'damaged'> {
  if (!(await content.exists(sha256))) return 'missing';
  if (fast) return 'sound';
  const hash = createHash('sha256');
  for await (const chunk of await content.open(sha256)) hash.update(chunk as Uint8Array);
  return hash.digest('hex') === sha256 ? 'sound' : 'damaged';
}
