import { isDeepStrictEqual } from 'node:util';
import type { Executor } from '../database/connect.ts';
import { findFormFragment, writeFormFragment } from './form-fragment-store.ts';
import { readFragmentFile, type FragmentFile } from './read-fragment-file.ts';

export interface DeployedFragment {
  readonly name: string;
  readonly content: string;
  /** The file that was deployed under this id before; null: there was none. */
  readonly before: { readonly name: string; readonly content: string } | null;
}

/**
 * Puts the fragments of a deployment into the palette. One that an analyst has changed, renamed or deleted since stays as they left
 * it: a fragment has no versions to go back to, and nothing says beforehand what a new release of a pack would take away.
 */
export async function placeFragments(
  tx: Executor,
  fragments: readonly DeployedFragment[],
  { by, now }: { readonly by: string | null; readonly now: number },
): Promise<void> {
  for (const { before, ...file } of fragments) {
    const { fragmentId, title, content } = readFragmentFile(file);
    const standing = await findFormFragment(tx, fragmentId);
    const untouched =
      before === null
        ? standing === undefined
        : standing !== undefined && saysSame(readFragmentFile(before), standing.title, standing.content);
    if (untouched)
      await writeFormFragment(tx, { fragment_id: fragmentId, title, content, saved_at: now, saved_by: by ?? '' });
  }
}

function saysSame(file: FragmentFile, title: string, content: unknown): boolean {
  return file.title === title && isDeepStrictEqual(file.content, content);
}
