import { useDraggable } from '@dnd-kit/core';
import { IconEyeQuestion, IconGripVertical, IconInfoCircle } from '@tabler/icons-react';
import { memo, type KeyboardEvent } from 'react';
import viewer from '../../form-viewer/form-viewer.module.css';
import { textKeyOf } from '../../commands/layout-commands.ts';
import { shownText } from '../document/document-texts.ts';
import {
  isJsonObject,
  type FormDocument,
  type LayoutEntry,
  type NodeId,
  type Place,
} from '../document/form-document.ts';
import { columnsOf } from '../document/table-columns.ts';
import { useStore } from '../editor-context.ts';
import { nodeTitle } from '../node-name.ts';
import { useWords } from '../texts.ts';
import { CanvasField } from './canvas-field.tsx';
import { CanvasGap } from './canvas-gap.tsx';
import { CanvasTable } from './canvas-table.tsx';
import { CanvasTabs } from './canvas-tabs.tsx';
import styles from './canvas.module.css';
import { fieldModelOf } from './field-model.ts';
import { NodeMenu } from './node-menu.tsx';
import { useNodeActions } from './use-node-actions.ts';

interface CanvasNodeProps {
  readonly document: FormDocument;
  readonly id: NodeId;
  readonly selection: readonly NodeId[];
  readonly language: 'ru' | 'en';
}

/** The children of a container with the gaps between them. */
export function CanvasChildren({ document, id, selection, language }: CanvasNodeProps) {
  const words = useWords();
  const node = document.nodes[id]!;
  const children = node.children ?? [];
  const upright = node.type === 'HorizontalLayout';
  if (children.length === 0) {
    return (
      <CanvasGap place={{ parent: id, index: 0 }} shape="area">
        {words(id === document.root ? 'dropHere' : 'emptyContainer')}
      </CanvasGap>
    );
  }
  return children.map((child, index) => (
    <CanvasNode
      key={child}
      document={document}
      id={child}
      selection={selection}
      language={language}
      place={{ parent: id, index }}
      last={index === children.length - 1}
      upright={upright}
      span={upright ? spanOf(document.nodes[child]!, children.length) : undefined}
    />
  ));
}

interface StandingNodeProps extends CanvasNodeProps {
  readonly place: Place;
  readonly last: boolean;
  readonly upright: boolean;
  readonly span: number | undefined;
}

const CanvasNode = memo(function CanvasNode(props: StandingNodeProps) {
  const { document, id, selection, place, last, upright, span } = props;
  const store = useStore();
  const words = useWords();
  const actions = useNodeActions();
  const node = document.nodes[id]!;
  const title = nodeTitle(document, id, words);
  const selected = selection.includes(id);
  const { listeners, setNodeRef, setActivatorNodeRef, attributes, isDragging } = useDraggable({
    id: `node:${id}`,
    data: { kind: 'node', nodeId: id },
  });
  const { onKeyDown, ...pointerListeners } = (listeners ?? {}) as Record<string, (event: unknown) => void>;
  const shape = upright ? 'upright' : 'line';
  return (
    // A click beside the handle selects too; what it does for the mouse, the handle does for the keyboard.
    <div
      ref={setNodeRef}
      className={styles.node}
      data-span={span}
      data-node={id}
      data-type={node.type}
      data-selected={selected || undefined}
      data-dragging={isDragging || undefined}
      {...pointerListeners}
      onClick={(event) => {
        event.stopPropagation();
        store.select(id, { more: event.shiftKey || event.ctrlKey || event.metaKey });
      }}
    >
      <CanvasGap place={place} shape={shape} side="before" />
      {/* The menu speaks of the whole selection: opening it must not choose this node alone. */}
      <div className={styles.tools} onClick={(event) => event.stopPropagation()}>
        <button
          ref={setActivatorNodeRef}
          type="button"
          className={styles.handle}
          aria-label={words('handle', { what: title })}
          aria-pressed={selected}
          aria-describedby={attributes['aria-describedby']}
          aria-roledescription={undefined}
          data-handle={id}
          onFocus={(event) => {
            // By mouse the click decides, because it knows of Shift.
            const byKey = event.currentTarget.matches(':focus-visible');
            if (byKey && !store.state().selection.includes(id)) store.select(id);
          }}
          onKeyDown={(event: KeyboardEvent) => {
            if (actions.onKey(event, id)) return;
            onKeyDown?.(event);
          }}
          onClick={(event) => {
            event.stopPropagation();
            store.select(id, { more: event.shiftKey || event.ctrlKey || event.metaKey });
            store.showPane('inspector');
          }}
        >
          <IconGripVertical size={16} aria-hidden />
        </button>
        {selected && selection.at(-1) === id && <NodeMenu id={id} title={title} />}
      </div>
      <NodeContent {...props} node={node} />
      {last && <CanvasGap place={{ parent: place.parent, index: place.index + 1 }} shape={shape} side="after" />}
    </div>
  );
});

function NodeContent({ node, ...props }: StandingNodeProps & { readonly node: LayoutEntry }) {
  const words = useWords();
  const { document, language } = props;
  const key = textKeyOf(node);
  if (node.fieldId !== null) {
    const field = document.fields[node.fieldId]!;
    const options = node.shell['options'];
    const rows = isJsonObject(options) && typeof options['rows'] === 'number' ? options['rows'] : undefined;
    const model = fieldModelOf(document, field, node);
    const isTable = columnsOf(field).length > 0;
    return (
      <>
        {typeof field.schema['x-visible'] === 'string' && (
          <span className={styles.condition} title={words('hasCondition')}>
            <IconEyeQuestion size={16} aria-label={words('hasCondition')} />
          </span>
        )}
        {isTable ? (
          <>
            <CanvasTable document={document} table={field} control={node} />
            {model.problem !== undefined && (
              <p className={styles.broken}>{words('brokenField', { problem: model.problem })}</p>
            )}
          </>
        ) : (
          <CanvasField model={model} language={language} rows={rows} />
        )}
      </>
    );
  }
  switch (node.type) {
    case 'Divider':
      return <hr className={styles.divider} />;
    case 'Label':
    case 'Markdown':
      return (
        <p className={viewer.note}>
          <IconInfoCircle size={16} aria-hidden className={viewer.noteIcon} />
          {shownText(document, key ?? '', words.named('node', node.type))}
        </p>
      );
    case 'HorizontalLayout':
      return (
        <div className={`${viewer.horizontal} ${styles.container}`}>
          <CanvasChildren {...props} />
        </div>
      );
    case 'Categorization':
      return (
        <CanvasTabs document={document} node={node}>
          {(tab) => (
            <div className={`${viewer.vertical} ${styles.container}`}>
              <CanvasChildren {...props} id={tab} />
            </div>
          )}
        </CanvasTabs>
      );
    case 'Group':
    case 'Category':
      return (
        <section className={viewer.group}>
          {key !== null && (
            <h2 className={viewer.groupTitle}>{shownText(document, key, words.named('node', node.type))}</h2>
          )}
          <div className={`${viewer.vertical} ${styles.container}`}>
            <CanvasChildren {...props} />
          </div>
        </section>
      );
    default:
      return node.children ? (
        <div className={`${viewer.vertical} ${styles.container}`}>
          <CanvasChildren {...props} />
        </div>
      ) : (
        <p className={styles.broken}>{words.named('node', node.type)}</p>
      );
  }
}

function spanOf({ shell }: LayoutEntry, count: number): number {
  const options = shell['options'];
  const span = isJsonObject(options) ? options['span'] : undefined;
  return typeof span === 'number' ? span : Math.max(1, Math.floor(12 / count));
}
