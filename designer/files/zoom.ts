/** Where a picture stands in the lightbox: how much larger than fitting, and how far its middle is moved, in pixels. */
export interface Zoom {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export const FITTED: Zoom = { scale: 1, x: 0, y: 0 };
const LARGEST = 8;

/**
 * Zooms around a point, so that what is under the pointer stays under it.
 * @param at the point, in pixels from the middle of the window
 */
export function zoomAt(
  zoom: Zoom,
  factor: number,
  at: { readonly x: number; readonly y: number } = { x: 0, y: 0 },
): Zoom {
  const scale = Math.min(LARGEST, Math.max(1, zoom.scale * factor));
  if (scale === 1) return FITTED;
  const ratio = scale / zoom.scale;
  return { scale, x: at.x - (at.x - zoom.x) * ratio, y: at.y - (at.y - zoom.y) * ratio };
}

/** Moves an enlarged picture; a fitted one stays. */
export function pan(zoom: Zoom, x: number, y: number): Zoom {
  return zoom.scale === 1 ? zoom : { ...zoom, x: zoom.x + x, y: zoom.y + y };
}
