import { isJsonObject } from '../document/form-document.ts';
import { readFragment, type FormFragment } from '../document/form-fragment.ts';

export interface NamedFragment {
  readonly title: string;
  readonly fragment: FormFragment;
}

/** `*.fragment.json`: the fragment with its title, plain enough for a pack and for a diff. */
export function writeFragmentFile({ title, fragment }: NamedFragment): string {
  const { $schema, ...rest } = fragment;
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}

/** Null: no fragment. A file without a title is called by its name. */
export function readFragmentFile(text: string, fileName: string): NamedFragment | null {
  const fragment = readFragment(text);
  if (fragment === null || fragment.layout.length === 0) return null;
  const json: unknown = JSON.parse(text);
  const title = isJsonObject(json) && typeof json['title'] === 'string' ? json['title'].trim() : '';
  return { title: title === '' ? fileName.replace(/(?:\.fragment)?\.json$/i, '') : title.slice(0, 200), fragment };
}
