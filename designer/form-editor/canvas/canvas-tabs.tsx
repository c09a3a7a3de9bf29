import { useDndContext, useDraggable } from '@dnd-kit/core';
import { IconPlus } from '@tabler/icons-react';
import { use, useState, type KeyboardEvent, type ReactNode } from 'react';
import { placeInside, subtreeOf } from '../document/document-tree.ts';
import { isJsonObject, type FormDocument, type LayoutEntry, type NodeId } from '../document/form-document.ts';
import { useEditor, useStore } from '../editor-context.ts';
import { nodeName, nodeTitle } from '../node-name.ts';
import { useWords } from '../texts.ts';
import { CanvasGap } from './canvas-gap.tsx';
import styles from './canvas.module.css';
import { ChosenGap } from './chosen-gap.ts';
import { placeOfGap } from './drop-places.ts';
import { NodeMenu } from './node-menu.tsx';
import { focusHandle, useNodeActions } from './use-node-actions.ts';

interface CanvasTabsProps {
  readonly document: FormDocument;
  readonly node: LayoutEntry;
  /** What stands in the tab that is shown. */
  readonly children: (tab: NodeId) => ReactNode;
}

/** Tabs or steps, one of them shown as on the form: the one with what is selected, or over which something is held. */
export function CanvasTabs({ document, node, children }: CanvasTabsProps) {
  const words = useWords();
  const store = useStore();
  const { selection } = useEditor();
  const tabs = node.children ?? [];
  const [shown, setShown] = useState(tabs[0]);
  const place = placeOfGap(use(ChosenGap) ?? '');
  // What was chosen elsewhere, or the place that the keyboard has come to, is brought into sight once; after that a click decides.
  const wanted = place?.parent ?? selection.at(-1);
  const [seen, setSeen] = useState<NodeId | undefined>(undefined);
  if (seen !== wanted) {
    setSeen(wanted);
    const around = tabs.find((tab) => subtreeOf(document, tab).some(({ id }) => id === wanted));
    if (around !== undefined) setShown(around);
  }
  const active = shown !== undefined && tabs.includes(shown) ? shown : tabs[0];
  const options = node.shell['options'];
  const numbered = isJsonObject(options) && options['variant'] === 'stepper';
  return (
    <section className={styles.tabs}>
      <div className={styles.tabBar}>
        <div role="tablist" aria-label={nodeTitle(document, node.id, words)} className={styles.tabList}>
          {tabs.map((tab, index) => (
            <CanvasTab
              key={tab}
              {...{ document, tab, index, tabs, numbered, onShow: setShown }}
              parent={node.id}
              active={tab === active}
            />
          ))}
        </div>
        {active !== undefined && selection.at(-1) === active && (
          <NodeMenu id={active} title={nodeTitle(document, active, words)} />
        )}
        <button
          type="button"
          className={styles.addTab}
          aria-label={words('addTab')}
          onClick={(event) => {
            event.stopPropagation();
            const at = placeInside(store.document, node.id);
            const text = { ru: `${words('node_Category')} ${at.index + 1}` };
            store.run({ kind: 'insertNode', type: 'Category', text, at }, { typeLabel: true });
          }}
        >
          <IconPlus size={16} aria-hidden />
        </button>
      </div>
      {active !== undefined && (
        <div
          id={`canvas-panel-${active}`}
          role="tabpanel"
          aria-labelledby={`canvas-tab-${active}`}
          className={styles.tabPanel}
        >
          {children(active)}
        </div>
      )}
    </section>
  );
}

interface CanvasTabProps {
  readonly document: FormDocument;
  readonly tab: NodeId;
  readonly parent: NodeId;
  readonly index: number;
  readonly tabs: readonly NodeId[];
  readonly active: boolean;
  readonly numbered: boolean;
  readonly onShow: (tab: NodeId) => void;
}

function CanvasTab({ document, tab, parent, index, tabs, active, numbered, onShow }: CanvasTabProps) {
  const words = useWords();
  const store = useStore();
  const { selection } = useEditor();
  const actions = useNodeActions();
  const held = useDndContext().active !== null;
  const { listeners, setNodeRef, attributes, isDragging } = useDraggable({
    id: `node:${tab}`,
    data: { kind: 'node', nodeId: tab },
  });
  const { onKeyDown, ...pointerListeners } = (listeners ?? {}) as Record<string, (event: unknown) => void>;
  const show = (id: NodeId): void => {
    onShow(id);
    store.select(id);
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.code];
    // While something is held the arrows choose its place.
    if (isDragging || (step === undefined && !actions.onKey(event, tab))) return onKeyDown?.(event);
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.altKey) {
      const to = index + step;
      if (to < 0 || to >= tabs.length) return;
      store.run({ kind: 'move', nodeId: tab, at: { parent, index: step > 0 ? to + 1 : to } });
      focusHandle(tab);
    } else {
      const next = tabs[index + step];
      if (next === undefined) return;
      show(next);
      focusHandle(next);
    }
  };
  return (
    <span role="presentation" className={styles.tab}>
      <CanvasGap place={{ parent, index }} shape="upright" side="before" />
      <button
        ref={setNodeRef}
        type="button"
        role="tab"
        id={`canvas-tab-${tab}`}
        aria-selected={active}
        aria-controls={active ? `canvas-panel-${tab}` : undefined}
        aria-describedby={attributes['aria-describedby']}
        tabIndex={active ? 0 : -1}
        className={styles.tabButton}
        data-handle={tab}
        data-node={tab}
        data-selected={selection.includes(tab) || undefined}
        data-dragging={isDragging || undefined}
        {...pointerListeners}
        onKeyDown={onKey}
        // Held above a tab, a field may go into it.
        onPointerEnter={() => held && !isDragging && onShow(tab)}
        onMouseMove={() => held && !isDragging && !active && onShow(tab)}
        onClick={(event) => {
          event.stopPropagation();
          show(tab);
          store.showPane('inspector');
        }}
      >
        {numbered && `${index + 1}. `}
        {nodeName(document, tab, words)}
      </button>
      {index === tabs.length - 1 && <CanvasGap place={{ parent, index: index + 1 }} shape="upright" side="after" />}
    </span>
  );
}
