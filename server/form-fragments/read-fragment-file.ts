import { Value } from '@sinclair/typebox/value';
import { FormFragmentContent, FragmentId } from '#contract';
import { InvalidForm, readForm } from '#engine';

export interface FragmentFile {
  readonly fragmentId: string;
  readonly title: string;
  readonly content: FormFragmentContent;
}

const ENDING = '.fragment.json';

/**
 * `<id>.fragment.json` of a pack, as the form designer exports it. What stands in it must be sound as a form of its own: a mistake
 * shows at deployment, and not to the analyst who puts it into a form.
 * @throws SyntaxError for what is no JSON, InvalidForm for what is no piece of a form
 */
export function readFragmentFile({
  name,
  content: text,
}: {
  readonly name: string;
  readonly content: string;
}): FragmentFile {
  const fragmentId = name.slice(name.lastIndexOf('/') + 1, -ENDING.length);
  if (!Value.Check(FragmentId, fragmentId))
    throw refused(
      '',
      'The name of the file is no id',
      `Name it <id>${ENDING}, the id in Latin letters, digits and dashes.`,
    );
  const { title, ...content } = JSON.parse(text) as Readonly<Record<string, unknown>>;
  if (typeof title !== 'string' || title.trim() === '' || title.length > 200)
    throw refused('/title', 'There is no title', 'Write a "title" of at most 200 characters.');
  if (!Value.Check(FormFragmentContent, content)) {
    const wrong = Value.Errors(FormFragmentContent, content).First();
    throw refused(
      wrong?.path ?? '',
      wrong?.message ?? 'This is no fragment',
      'Export the fragment from the form designer.',
    );
  }
  const { layout, properties, required, i18n } = content;
  readForm({
    $schema: 'form/1',
    key: 'fragment',
    title: { ru: title },
    data: { type: 'object', required, properties },
    layout: { type: 'VerticalLayout', elements: layout },
    i18n,
  });
  return { fragmentId, title: title.trim(), content };
}

function refused(path: string, message: string, remedy: string): InvalidForm {
  return new InvalidForm([{ path, message, remedy }]);
}
