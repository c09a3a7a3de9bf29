import { useDroppable } from '@dnd-kit/core';
import { use, type ReactNode } from 'react';
import type { Place } from '../document/form-document.ts';
import styles from './canvas.module.css';
import { ChosenGap } from './chosen-gap.ts';
import { gapId } from './drop-places.ts';

interface CanvasGapProps {
  readonly place: Place;
  readonly shape: 'line' | 'upright' | 'area';
  readonly side?: 'before' | 'after';
  readonly children?: ReactNode;
}

/** A place where something may be dropped; while something hovers there it is the insertion line. */
export function CanvasGap({ place, shape, side, children }: CanvasGapProps) {
  const id = gapId(place);
  const { setNodeRef, isOver } = useDroppable({ id });
  const chosen = use(ChosenGap);
  const over = chosen === null ? isOver : chosen === id;
  return (
    <div ref={setNodeRef} className={styles.gap} data-shape={shape} data-side={side} data-over={over || undefined}>
      {children}
    </div>
  );
}
