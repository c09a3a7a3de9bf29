import { kindOf, type FieldOption, type FormField, type JsonValue } from '#engine';
import { parseCell, takesText } from './cell-text.ts';

/** One column of the screen that a paste may reach. */
export interface PasteColumn {
  readonly column: FormField;
  readonly label: string;
  readonly options: readonly FieldOption[];
  /** Computed or locked: what is pasted over it is left out. */
  readonly locked: boolean;
}

export interface PasteProblem {
  /** In the pasted text, from 1. */
  readonly line: number;
  readonly column: FormField;
  readonly label: string;
  readonly text: string;
}

export interface PastePlan {
  /** One per pasted line: values by key. */
  readonly rows: readonly Readonly<Record<string, JsonValue>>[];
  /** Cells whose text is no value of their column; they are pasted as they are and shown as wrong. */
  readonly problems: readonly PasteProblem[];
  /** Columns that take values, in the order of the text. */
  readonly columns: readonly PasteColumn[];
  /** The first line held the names of the columns. */
  readonly header: boolean;
  /** Columns of the text that fit no column of the table. */
  readonly surplus: number;
}

/** Lines and cells of what a spreadsheet puts on the clipboard: tabs, and quotes around cells that hold tabs or line breaks. */
export function parseTsv(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let line: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = (): void => {
    line.push(cell);
    cell = '';
  };
  const plain = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
  for (let at = 0; at < plain.length; at += 1) {
    const char = plain[at]!;
    if (quoted && char === '"' && plain[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (quoted) {
      if (char === '"') quoted = false;
      else cell += char;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === '\t') endCell();
    else if (char === '\n') {
      endCell();
      lines.push(line);
      line = [];
    } else cell += char;
  }
  endCell();
  return [...lines, line].filter((cells) => cells.some((one) => one.trim() !== ''));
}

/**
 * What a pasted text would do. `columns` begin with the cell the paste goes to. A first line of column names is taken as such,
 * and then decides which text goes where.
 */
export function planPaste(text: string, columns: readonly PasteColumn[], all: readonly PasteColumn[]): PastePlan {
  const lines = parseTsv(text);
  const named = headerOf(lines[0] ?? [], all);
  const order: readonly (PasteColumn | undefined)[] = named ?? columns;
  const body = named ? lines.slice(1) : lines;
  const problems: PasteProblem[] = [];
  const width = Math.max(0, ...body.map((cells) => cells.length));
  const rows = body.map((cells, index) => {
    const values: Record<string, JsonValue> = {};
    cells.forEach((cell, at) => {
      const target = order[at];
      if (!target || target.locked || !takesText(target.column)) return;
      const { column, options, label } = target;
      const value = parseCell(column, cell, { options });
      values[column.column!.key] = value;
      if (value !== null && !fits(target, value))
        problems.push({ line: index + 1 + (named ? 1 : 0), column, label, text: cell });
    });
    return values;
  });
  const used = order.slice(0, width).flatMap((target) => (target && isOpen(target) ? [target] : []));
  return { rows, problems, columns: used, header: named !== undefined, surplus: Math.max(0, width - order.length) };
}

function isOpen({ column, locked }: PasteColumn): boolean {
  return !locked && takesText(column);
}

function fits({ column, options }: PasteColumn, value: JsonValue): boolean {
  const { stores, fault, normalise } = kindOf(column);
  if (!stores(value)) return false;
  if (column.kind === 'choice' || column.kind === 'choices') {
    const chosen = Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
    return chosen.every((item) => options.some((option) => option.value === item));
  }
  return fault?.(normalise?.(value, column) ?? value, column, () => undefined) === undefined;
}

/** The columns that the cells of a line name; undefined when it is no header. */
function headerOf(
  cells: readonly string[],
  columns: readonly PasteColumn[],
): readonly (PasteColumn | undefined)[] | undefined {
  const find = (cell: string): PasteColumn | undefined =>
    columns.find(({ label }) => label.toLowerCase() === cell.trim().toLowerCase());
  const filled = cells.filter((cell) => cell.trim() !== '');
  return filled.length > 0 && filled.every((cell) => find(cell)) ? cells.map(find) : undefined;
}
