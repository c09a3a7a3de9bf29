import type { KeyboardEvent } from 'react';

interface GridMoves {
  readonly rows: number;
  /** undefined where rows cannot be added. */
  readonly onAdd: ((after?: string) => void) | undefined;
  /** Brings a row into sight. */
  readonly goTo: (row: number) => void;
}

/**
 * Keys between the cells of a table: Enter goes down (in the last row it adds one), Shift+Enter up; arrows up and down change the row,
 * left and right leave a text only at its end. Ctrl+Enter is the form's, Tab and a native list's arrows stay the browser's.
 */
export function moveInGrid(event: KeyboardEvent<HTMLElement>, { rows, onAdd, goTo }: GridMoves): void {
  const target = event.target as HTMLElement;
  const cell = target.closest<HTMLElement>('[data-row]');
  if (!cell || event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return;
  const row = Number(cell.dataset['row']);
  const col = Number(cell.dataset['col']);
  const step = stepOf(event, target);
  if (!step) return;
  event.preventDefault();
  event.stopPropagation();
  const [down, right] = step;
  const frame = event.currentTarget;
  if (event.key === 'Enter' && row + down >= rows) return onAdd?.();
  const next = Math.min(Math.max(row + down, 0), rows - 1);
  const focus = (): boolean => focusCell(frame, next, { col, right });
  if (focus()) return;
  goTo(next);
  requestAnimationFrame(() => requestAnimationFrame(focus));
}

type Step = readonly [down: number, right: number];

function stepOf({ key, shiftKey }: KeyboardEvent, target: HTMLElement): Step | undefined {
  const isList = target instanceof HTMLSelectElement;
  const isButton = target instanceof HTMLButtonElement;
  switch (key) {
    case 'Enter':
      return isButton ? undefined : [shiftKey ? -1 : 1, 0];
    case 'ArrowDown':
      return isList ? undefined : [1, 0];
    case 'ArrowUp':
      return isList ? undefined : [-1, 0];
    case 'ArrowRight':
      return atEdge(target, 'end') ? [0, 1] : undefined;
    case 'ArrowLeft':
      return atEdge(target, 'start') ? [0, -1] : undefined;
    default:
      return undefined;
  }
}

/** A text is left by an arrow at its end, or when all of it is marked, as it is when a cell has just been entered. */
function atEdge(target: HTMLElement, edge: 'start' | 'end'): boolean {
  if (!(target instanceof HTMLInputElement)) return true;
  const { selectionStart, selectionEnd, value } = target;
  if (selectionStart === 0 && selectionEnd === value.length) return true;
  return selectionStart === selectionEnd && selectionStart === (edge === 'start' ? 0 : value.length);
}

/** The nearest cell in that direction that takes the focus: a computed one is stepped over. */
function focusCell(
  frame: HTMLElement,
  row: number,
  { col, right }: { readonly col: number; readonly right: number },
): boolean {
  const cells = [...frame.querySelectorAll<HTMLElement>(`[data-row="${row}"]`)].flatMap((cell) => {
    const input = cell.querySelector<HTMLElement>('input, select, button, textarea');
    return input ? [{ away: Number(cell.dataset['col']) - col, input }] : [];
  });
  const there = right === 0 ? cells : cells.filter(({ away }) => away * right > 0);
  const [nearest] = there.sort((left, other) => Math.abs(left.away) - Math.abs(other.away));
  nearest?.input.focus();
  return nearest !== undefined;
}
