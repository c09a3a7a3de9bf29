import {
  DndContext,
  DragOverlay,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
  type Announcements,
  type CollisionDetection,
  type DragCancelEvent,
  type DragEndEvent,
  type DragOverEvent,
  type DragStartEvent,
  type KeyboardCoordinateGetter,
} from '@dnd-kit/core';
import { useRef, useState, type ReactNode } from 'react';
import type { FormCommand } from '../../commands/form-command.ts';
import { useStore } from '../editor-context.ts';
import { insertColumnCommand, insertCommand, PALETTE } from '../palette/palette-items.ts';
import { insertVariable } from '../palette/process-variables.ts';
import { useWords } from '../texts.ts';
import { placeAfter } from '../document/document-tree.ts';
import type { FormDocument, Place } from '../document/form-document.ts';
import { placeSentence, subjectName } from './drag-words.ts';
import { ChosenGap } from './chosen-gap.ts';
import { dropPlaces, gapId, isOwnPlace, placeOfGap, tableAtPlace, type DragSubject } from './drop-places.ts';
import { nearestGap } from './nearest-gap.ts';
import styles from './canvas.module.css';

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** dnd-kit hears the arrows from its next task on; that something is held is said when they are heard. */
const LISTENS_AFTER_MS = 20;

/** For 50 ms after a drop by mouse dnd-kit unselects every text: a label selected earlier would lose the first letters typed into it. */
const LETS_GO_AFTER_MS = 60;

/** dnd-kit says nothing of its own: it hears of an arrow only with its next rendering, and of none that moves nothing. */
const SILENT: Announcements = {
  onDragStart: () => undefined,
  onDragOver: () => undefined,
  onDragEnd: () => undefined,
  onDragCancel: () => undefined,
};

/**
 * Dragging by mouse, touch and keyboard, over palette and canvas. With the keyboard there are no coordinates to speak of: the arrows
 * go from one possible place to the next, in reading order, and each is announced.
 */
export function DragArea({ children }: { readonly children: ReactNode }) {
  const store = useStore();
  const words = useWords();
  const [subject, setSubject] = useState<DragSubject | null>(null);
  const byKeyboard = useRef<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [spoken, setSpoken] = useState('');
  const held = useRef<DragSubject | null>(null);

  const coordinateGetter: KeyboardCoordinateGetter = (event, { context }) => {
    const step = STEPS[event.code];
    if (step === undefined || held.current === null) return undefined;
    event.preventDefault();
    const places = dropPlaces(store.document, held.current).map(gapId);
    const at = places.indexOf(byKeyboard.current ?? '');
    const next = places[Math.min(places.length - 1, Math.max(0, at + step))];
    if (next === undefined) return undefined;
    choose(next);
    setSpoken(placeSentence({ document: store.document, subject: held.current, words }, placeOfGap(next)!, 'dragOver'));
    const rect = context.droppableRects.get(next);
    return rect && { x: rect.left, y: rect.top };
  };
  const choose = (gap: string | null): void => {
    byKeyboard.current = gap;
    setChosen(gap);
  };
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    // Long enough that a swipe scrolls the form.
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter,
      keyboardCodes: { start: ['Space'], end: ['Space', 'Enter'], cancel: ['Escape'] },
    }),
  );
  const detectCollision: CollisionDetection = (args) => {
    if (byKeyboard.current !== null) return [{ id: byKeyboard.current }];
    const places = held.current === null ? [] : dropPlaces(store.document, held.current);
    const allowed = new Set(places.map(gapId));
    const id = nearestGap(args, (gap) => allowed.has(gap) || isOwn(gap));
    return id === null ? [] : [{ id }];
  };
  const isOwn = (gap: string): boolean => {
    const place = placeOfGap(gap);
    return place !== null && held.current !== null && isOwnPlace(store.document, held.current, place);
  };

  const start = ({ active, activatorEvent }: DragStartEvent): void => {
    const next = active.data.current as DragSubject;
    held.current = next;
    setSubject(next);
    setTimeout(() => {
      if (held.current === next) setSpoken(words('dragStart', { what: subjectName(store.document, next, words) }));
    }, LISTENS_AFTER_MS);
    if (!(activatorEvent instanceof KeyboardEvent)) return;
    const places = dropPlaces(store.document, next);
    const from =
      next.kind === 'node' || next.kind === 'column'
        ? ownPlaceOf(next)
        : placeAfter(store.document, store.state().selection.at(-1) ?? null);
    const first = places.find((place) => place.parent === from?.parent && place.index === from.index) ?? places[0];
    choose(first ? gapId(first) : null);
  };
  const ownPlaceOf = (node: DragSubject): Place | undefined =>
    dropPlaces(store.document, node).find((place) => isOwnPlace(store.document, node, place));
  const over = ({ over: gap, active }: DragOverEvent): void => {
    if (byKeyboard.current !== null) return;
    const place = gap && placeOfGap(String(gap.id));
    const told = { document: store.document, subject: active.data.current as DragSubject, words };
    setSpoken(place ? placeSentence(told, place, 'dragOver') : words('dragNowhere'));
  };
  const stop = (): void => {
    held.current = null;
    choose(null);
    setSubject(null);
  };
  const cancel = ({ active }: DragCancelEvent): void => {
    stop();
    setSpoken(words('dragCancel', { what: subjectName(store.document, active.data.current as DragSubject, words) }));
  };
  const end = ({ over: gap, active }: DragEndEvent): void => {
    const byKeys = byKeyboard.current !== null;
    const target = byKeyboard.current ?? (gap === null ? null : String(gap.id));
    const place = target === null ? null : placeOfGap(target);
    const dropped = active.data.current as DragSubject;
    stop();
    // Said of the form as it was: afterwards there is one place more.
    const told = { document: store.document, subject: dropped, words };
    setSpoken(
      place
        ? placeSentence(told, place, 'dragEnd')
        : words('dragEndNowhere', { what: subjectName(told.document, dropped, words) }),
    );
    if (!place || isOwnPlace(store.document, dropped, place)) return;
    const command = dropCommand(store.document, dropped, place);
    if (!command || !store.run(command, { typeLabel: dropped.kind === 'item' && byKeys })) return;
    if (dropped.kind !== 'item' || byKeys) return;
    const { selection } = store.state();
    setTimeout(() => {
      if (store.state().selection === selection) store.typeLabel();
    }, LETS_GO_AFTER_MS);
  };

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={detectCollision}
      accessibility={{ announcements: SILENT, screenReaderInstructions: { draggable: words('dragInstructions') } }}
      onDragStart={start}
      onDragOver={over}
      onDragEnd={end}
      onDragCancel={cancel}
    >
      <ChosenGap value={chosen}>{children}</ChosenGap>
      <span className="r-hidden" role="status" aria-live="assertive" data-drag-words>
        {spoken}
      </span>
      <DragOverlay dropAnimation={null}>
        {subject && <div className={styles.held}>{subjectName(store.document, subject, words)}</div>}
      </DragOverlay>
    </DndContext>
  );
}

function dropCommand(document: FormDocument, subject: DragSubject, at: Place): FormCommand | undefined {
  switch (subject.kind) {
    case 'fragment':
      return { kind: 'paste', fragment: subject.fragment, at };
    case 'column':
      return { kind: 'moveColumn', columnId: subject.columnId, index: at.index };
    case 'node':
      return { kind: 'move', nodeId: subject.nodeId, at };
    case 'tray':
      return { kind: 'place', fieldId: subject.fieldId, at };
    case 'variable':
      return insertVariable(subject.variable, at);
    case 'item': {
      const item = PALETTE.find(({ id }) => id === subject.itemId);
      const table = tableAtPlace(document, at);
      if (item && table) return insertColumnCommand(item, table, at.index);
      return item && insertCommand(item, at);
    }
  }
}
