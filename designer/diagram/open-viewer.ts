import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer.js';
import type { DiagramMarks, Mark } from './element-marks.ts';
import styles from './case-diagram.module.css';

interface Colours {
  readonly border: string;
  readonly background: string;
}

/** CSS variables, so that a drawn diagram follows a change of the colour scheme by itself. */
const COLOURS: Readonly<Record<Mark, Colours>> = {
  done: { border: 'var(--r-ok)', background: 'var(--r-ok-soft)' },
  current: { border: 'var(--r-accent-text)', background: 'var(--r-selected)' },
  overdue: { border: 'var(--r-bad)', background: 'var(--r-bad-soft)' },
  incident: { border: 'var(--r-bad)', background: 'var(--r-bad-soft)' },
};

/** Longest side a fitted diagram is enlarged by: a process of two steps must not fill the screen with two boxes. */
const LARGEST_FIT = 1.2;
/** Around a centred diagram, in its own units. */
const AIR = 16;
/** Below this the names cannot be read: the diagram then opens on where the case stands instead of whole. */
const SMALLEST_READABLE = 0.55;
/** To which it is enlarged then. */
const READABLE = 0.75;

export interface DiagramViewer {
  /** Colours the way so far and puts counts and durations beside it. */
  mark(marks: DiagramMarks, words: MarkWords): void;
  zoom(factor: number): void;
  fit(): void;
  /** Opens on these elements when the whole would be too small to read. */
  open(elementIds: readonly string[]): void;
  /** Moves to the element where it is out of sight or too small to read. */
  reveal(elementId: string): void;
  names(elementIds: readonly string[]): readonly string[];
  /** Tells which element is clicked, by itself or by its label. */
  onChoose(listener: (elementId: string) => void): void;
  /** The whole diagram with some air around, also after the container got another size. */
  centre(): void;
  /** These elements carry the class from now on, and no others. */
  setMarker(className: string, elementIds: readonly string[]): void;
  close(): void;
}

export interface MarkWords {
  tokens(count: number): string;
  elapsed(minutes: number): string;
}

interface DiagramElement {
  readonly id: string;
  readonly type: string;
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly waypoints?: unknown;
  readonly labelTarget?: DiagramElement;
  readonly businessObject: { readonly name?: string; readonly $instanceOf?: (type: string) => boolean };
  readonly di: { set(name: string, value: string | undefined): void };
}

interface Registry {
  get(id: string): DiagramElement | undefined;
  forEach(visit: (element: DiagramElement, graphics: SVGElement) => void): void;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Canvas {
  zoom(to?: number | 'fit-viewport', at?: 'auto'): number;
  viewbox(box?: Box): Box & { readonly inner: Box; readonly outer: Pick<Box, 'width' | 'height'> };
  resized(): void;
  addMarker(id: string, name: string): void;
  removeMarker(id: string, name: string): void;
}

interface Overlays {
  clear(): void;
  add(
    elementId: string,
    overlay: { readonly position: Readonly<Record<string, number>>; readonly html: HTMLElement },
  ): void;
}

/**
 * Draws BPMN XML into `container`. bpmn-js puts its watermark into the lower right corner; nothing of ours may cover it.
 * @throws Error when the XML cannot be drawn
 */
export async function openViewer(container: HTMLElement, xml: string): Promise<DiagramViewer> {
  const viewer = new NavigatedViewer({
    container,
    bpmnRenderer: {
      defaultFillColor: 'var(--r-surface)',
      defaultStrokeColor: 'var(--r-diagram-ahead)',
      defaultLabelColor: 'var(--r-text)',
    },
    textRenderer: { defaultStyle: { fontFamily: "'Inter Variable', sans-serif", fontSize: 11 } },
  } as ConstructorParameters<typeof NavigatedViewer>[0]);
  try {
    await viewer.importXML(xml);
  } catch (error) {
    viewer.destroy();
    throw error;
  }
  const canvas = viewer.get<Canvas>('canvas');
  const registry = viewer.get<Registry>('elementRegistry');
  const overlays = viewer.get<Overlays>('overlays');
  const graphics = viewer.get<{ update(type: string, element: DiagramElement, gfx: SVGElement): void }>(
    'graphicsFactory',
  );
  const fit = (): void => {
    canvas.zoom('fit-viewport', 'auto');
    if (canvas.zoom() > LARGEST_FIT) canvas.zoom(LARGEST_FIT, 'auto');
  };
  const moveTo = (element: DiagramElement): void => {
    const { outer } = canvas.viewbox();
    const scale = Math.max(canvas.zoom(), READABLE);
    const [width, height] = [outer.width / scale, outer.height / scale];
    const box = boxOf(element);
    canvas.viewbox({ x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height });
  };
  fit();
  return {
    mark: (marks, words) => {
      registry.forEach((element, gfx) => {
        const target = element.labelTarget ?? element;
        const mark = marks.elements.get(target.id);
        const colours = mark === undefined ? undefined : COLOURS[mark];
        if (typeof element.di?.set !== 'function' || element.labelTarget !== undefined) return;
        element.di.set('color:border-color', colours?.border);
        element.di.set('color:background-color', element.waypoints === undefined ? colours?.background : undefined);
        graphics.update(element.waypoints === undefined ? 'shape' : 'connection', element, gfx);
        canvas.removeMarker(element.id, styles.pulse ?? '');
        if (mark === 'current' || mark === 'overdue') canvas.addMarker(element.id, styles.pulse ?? '');
      });
      overlays.clear();
      for (const [id, count] of marks.counts)
        addOverlay(registry, overlays, id, tokenBadge(count, marks.elements.get(id), words));
      for (const [id, minutes] of marks.minutes) {
        if (minutes >= 1 && !marks.counts.has(id) && isActivity(registry.get(id)))
          addOverlay(registry, overlays, id, elapsedNote(words.elapsed(minutes)));
      }
    },
    zoom: (factor) => void canvas.zoom(Math.min(4, Math.max(0.2, canvas.zoom() * factor)), 'auto'),
    fit,
    open: (ids) => {
      const element = ids.map((id) => registry.get(id)).find(Boolean);
      if (element !== undefined && canvas.zoom() < SMALLEST_READABLE) moveTo(element);
    },
    reveal: (id) => {
      const element = registry.get(id);
      if (element === undefined) return;
      const { x, y, width, height } = canvas.viewbox();
      const box = boxOf(element);
      const inSight = box.x >= x && box.y >= y && box.x + box.width <= x + width && box.y + box.height <= y + height;
      if (!inSight || canvas.zoom() < SMALLEST_READABLE) moveTo(element);
    },
    names: (ids) =>
      ids
        .map((id) => registry.get(id))
        .flatMap((element) => (element?.businessObject.name ? [element.businessObject.name] : [])),
    onChoose: (listener) =>
      viewer.on('element.click', ({ element }: { readonly element: DiagramElement }) =>
        listener((element.labelTarget ?? element).id),
      ),
    centre: () => {
      canvas.resized();
      const { inner, outer } = canvas.viewbox();
      const scale = Math.min(
        LARGEST_FIT,
        outer.width / (inner.width + 2 * AIR),
        outer.height / (inner.height + 2 * AIR),
      );
      const [width, height] = [outer.width / scale, outer.height / scale];
      const [x, y] = [inner.x + (inner.width - width) / 2, inner.y + (inner.height - height) / 2];
      canvas.viewbox({ x, y, width, height });
    },
    setMarker: (className, ids) =>
      registry.forEach((element) => {
        if (ids.includes(element.id)) canvas.addMarker(element.id, className);
        else canvas.removeMarker(element.id, className);
      }),
    close: () => viewer.destroy(),
  };
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: DiagramElement): Box {
  return { x, y, width, height };
}

interface Badge {
  readonly html: HTMLElement;
  readonly position: Readonly<Record<string, number>>;
}

function addOverlay(registry: Registry, overlays: Overlays, elementId: string, badge: Badge): void {
  if (registry.get(elementId) !== undefined) overlays.add(elementId, badge);
}

function tokenBadge(count: number, mark: Mark | undefined, words: MarkWords): Badge {
  const html = document.createElement('div');
  html.className = styles.token ?? '';
  html.dataset.mark = mark ?? 'current';
  html.textContent = mark === 'incident' ? '!' : String(count);
  html.title = words.tokens(count);
  return { html, position: { top: -11, right: 11 } };
}

function elapsedNote(text: string): Badge {
  const html = document.createElement('div');
  html.className = styles.elapsed ?? '';
  html.textContent = text;
  return { html, position: { bottom: -3, left: 0 } };
}

function isActivity(element: DiagramElement | undefined): boolean {
  return element?.businessObject.$instanceOf?.('bpmn:Activity') ?? false;
}
