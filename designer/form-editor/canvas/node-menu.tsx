import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconClipboard,
  IconColumns2,
  IconCopy,
  IconCopyPlus,
  IconCornerRightDown,
  IconCornerUpLeft,
  IconDots,
  IconPuzzle,
  IconSection,
  IconTrash,
  IconBoxOff,
} from '@tabler/icons-react';
import { useState } from 'react';
import { placeOf } from '../document/document-tree.ts';
import type { NodeId } from '../document/form-document.ts';
import { fragmentOf } from '../document/form-fragment.ts';
import { useDocument, useStore } from '../editor-context.ts';
import { FragmentNameDialog } from '../fragments/fragment-name-dialog.tsx';
import { useFragments } from '../fragments/use-fragments.tsx';
import { nodeName } from '../node-name.ts';
import { useWords } from '../texts.ts';
import styles from './canvas.module.css';
import { neighbourContainers, useNodeActions } from './use-node-actions.ts';

/** Everything that dragging does, and more, for whoever does not drag. */
export function NodeMenu({ id, title }: { readonly id: NodeId; readonly title: string }) {
  const words = useWords();
  const document = useDocument();
  const actions = useNodeActions();
  const store = useStore();
  const fragments = useFragments();
  const [naming, setNaming] = useState(false);
  const node = document.nodes[id];
  const place = placeOf(document, id);
  if (!node || !place) return null;
  const inner = place.parent !== document.root;
  const icon = { size: 16, 'aria-hidden': true } as const;
  return (
    <>
      {naming && (
        <FragmentNameDialog
          name={nodeName(document, id, words)}
          onName={(name) => void fragments.save(name, fragmentOf(store.document, store.state().selection))}
          onClose={() => setNaming(false)}
        />
      )}
      <Menu position="bottom-end" withinPortal width={260}>
        <Menu.Target>
          <ActionIcon variant="default" size="sm" className={styles.menu} aria-label={words('menu', { what: title })}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
          <Menu.Item leftSection={<IconArrowUp {...icon} />} rightSection="Alt+↑" onClick={() => actions.up(id)}>
            {words('menu_up')}
          </Menu.Item>
          <Menu.Item leftSection={<IconArrowDown {...icon} />} rightSection="Alt+↓" onClick={() => actions.down(id)}>
            {words('menu_down')}
          </Menu.Item>
          {neighbourContainers(document, id).map((container) => (
            <Menu.Item
              key={container}
              leftSection={<IconCornerRightDown {...icon} />}
              onClick={() => actions.into(id, container)}
            >
              {document.nodes[container]!.type === 'HorizontalLayout'
                ? words('menu_intoColumns')
                : words('menu_into', { name: nodeName(document, container, words) })}
            </Menu.Item>
          ))}
          {inner && (
            <Menu.Item leftSection={<IconCornerUpLeft {...icon} />} onClick={() => actions.out(id)}>
              {words('menu_out')}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item leftSection={<IconSection {...icon} />} onClick={() => actions.wrap('Group')}>
            {words('menu_wrapGroup')}
          </Menu.Item>
          <Menu.Item leftSection={<IconColumns2 {...icon} />} onClick={() => actions.wrap('HorizontalLayout')}>
            {words('menu_wrapColumns')}
          </Menu.Item>
          {node.children && (
            <Menu.Item leftSection={<IconBoxOff {...icon} />} onClick={() => actions.unwrap(id)}>
              {words('menu_unwrap')}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item leftSection={<IconCopyPlus {...icon} />} rightSection="Ctrl+D" onClick={() => actions.duplicate()}>
            {words('menu_duplicate')}
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy {...icon} />} rightSection="Ctrl+C" onClick={() => actions.copy()}>
            {words('menu_copy')}
          </Menu.Item>
          <Menu.Item leftSection={<IconClipboard {...icon} />} rightSection="Ctrl+V" onClick={() => actions.paste()}>
            {words('menu_paste')}
          </Menu.Item>
          <Menu.Item leftSection={<IconPuzzle {...icon} />} onClick={() => setNaming(true)}>
            {words('menu_fragment')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconTrash {...icon} />} rightSection="Del" onClick={() => actions.remove()}>
            {words('menu_remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
