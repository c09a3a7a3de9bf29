import { useEffect, useRef, useState, type RefObject } from 'react';
import { openViewer, type DiagramViewer } from './open-viewer.ts';

export interface OpenedDiagram {
  /** For the element that `openViewer` draws into. */
  readonly canvas: RefObject<HTMLDivElement | null>;
  /** Once it is drawn. */
  readonly viewer: DiagramViewer | undefined;
  /** The XML cannot be drawn, or has no diagram. */
  readonly failed: boolean;
}

/** Draws BPMN XML, whole and centred, as soon as its place has a size, and centres it again when that changes. */
export function useViewer(xml: string, onChoose: (elementId: string) => void): OpenedDiagram {
  const canvas = useRef<HTMLDivElement>(null);
  const [viewer, setViewer] = useState<DiagramViewer>();
  const [failed, setFailed] = useState(false);
  const choose = useRef(onChoose);
  useEffect(() => {
    choose.current = onChoose;
  });

  useEffect(() => {
    const box = canvas.current;
    if (box === null) return;
    let closed = false;
    let opening = false;
    let opened: DiagramViewer | undefined;
    const open = async (): Promise<void> => {
      opening = true;
      // The font must be there first: bpmn-js measures labels once, while it draws.
      await document.fonts.load("12px 'Inter Variable'", 'Жж');
      try {
        if (closed) return;
        const made = await openViewer(box, xml);
        if (closed) return made.close();
        opened = made;
        made.centre();
        made.onChoose((id) => choose.current(id));
        setViewer(made);
      } catch {
        if (!closed) setFailed(true);
      }
    };
    // On a phone it is hidden at first, and without a size nothing can be drawn.
    const size = new ResizeObserver(() => {
      if (box.clientHeight === 0) return;
      if (opened) opened.centre();
      else if (!opening) void open();
    });
    size.observe(box);
    return () => {
      closed = true;
      size.disconnect();
      setViewer(undefined);
      opened?.close();
    };
  }, [xml]);

  return { canvas, viewer, failed };
}
