import type { CollisionDetection } from '@dnd-kit/core';

type CollisionArguments = Parameters<CollisionDetection>[0];

/** Gaps between columns are upright: inside a row they win over those above and below it. */
const UPRIGHT_WEIGHT = 0.45;

/** The allowed gap nearest to the pointer; null when the pointer is nowhere near the canvas. */
export function nearestGap(
  { pointerCoordinates, droppableRects, droppableContainers }: CollisionArguments,
  allowed: (id: string) => boolean,
): string | null {
  if (!pointerCoordinates) return null;
  const { x, y } = pointerCoordinates;
  let best: { readonly id: string; readonly cost: number } | null = null;
  for (const { id } of droppableContainers) {
    const rect = droppableRects.get(id);
    if (!rect || !allowed(String(id))) continue;
    const across = Math.max(rect.left - x, 0, x - rect.right);
    const along = Math.max(rect.top - y, 0, y - rect.bottom);
    const upright = rect.height > rect.width;
    const cost = Math.hypot(across, along) * (upright && along === 0 ? UPRIGHT_WEIGHT : 1);
    if (!best || cost < best.cost) best = { id: String(id), cost };
  }
  const far = best !== null && best.cost > FAR;
  return best === null || far ? null : best.id;
}

const FAR = 160;
