import { Button, Switch } from '@mantine/core';
import { textKeyOf } from '../../commands/layout-commands.ts';
import { textOf } from '../document/document-texts.ts';
import { placeInside } from '../document/document-tree.ts';
import { isJsonObject, type LayoutEntry } from '../document/form-document.ts';
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
  const label = node.type === 'Label' || node.type === 'Markdown' ? words('noteText') : words('groupTitle');
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
        {node.type === 'Categorization' && <TabsProperties node={node} />}
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

function TabsProperties({ node }: { readonly node: LayoutEntry }) {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const options = node.shell['options'];
  const variant = isJsonObject(options) ? options['variant'] : undefined;
  return (
    <>
      <Switch
        size="sm"
        label={words('stepper')}
        checked={variant === 'stepper'}
        onChange={(event) =>
          store.run({
            kind: 'updateOptions',
            nodeId: node.id,
            changes: { variant: event.currentTarget.checked ? 'stepper' : undefined },
          })
        }
      />
      <Button
        variant="default"
        size="xs"
        onClick={() => {
          const at = placeInside(document, node.id);
          const text = { ru: `${words('node_Category')} ${at.index + 1}` };
          store.run({ kind: 'insertNode', type: 'Category', text, at }, { typeLabel: true });
        }}
      >
        {words('addTab')}
      </Button>
    </>
  );
}
