import { Button } from '@mantine/core';
import { textKeyOf } from '../../commands/layout-commands.ts';
import { textOf } from '../document/document-texts.ts';
import type { LayoutEntry } from '../document/form-document.ts';
import { useDocument, useStore } from '../editor-context.ts';
import { useWords } from '../texts.ts';
import { Section } from './section.tsx';
import { TypedText, useLabelFocus } from './typed-text.tsx';

/** Properties of a section, a note or columns. */
export function NodeInspector({ node }: { readonly node: LayoutEntry }) {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const first = useLabelFocus();
  const key = textKeyOf(node);
  const what = words.named('node', node.type);
  const label = node.type === 'Label' ? words('noteText') : words('groupTitle');
  return (
    <>
      <Section title={what}>
        {key !== null && (
          <>
            <TypedText
              inputRef={first}
              label={label}
              value={textOf(document, 'ru', key) ?? ''}
              onType={(text) => store.run({ kind: 'setText', language: 'ru', key, text })}
            />
            <TypedText
              label={`${label} (English)`}
              value={textOf(document, 'en', key) ?? ''}
              onType={(text) => store.run({ kind: 'setText', language: 'en', key, text })}
            />
          </>
        )}
        <Button
          variant="default"
          size="xs"
          onClick={() =>
            store.run(node.children ? { kind: 'unwrap', nodeId: node.id } : { kind: 'remove', nodeIds: [node.id] })
          }
        >
          {words(node.children ? 'menu_unwrap' : 'menu_remove')}
        </Button>
      </Section>
    </>
  );
}
