import type { JsonValue } from '../json.ts';
import { isRecord } from './json-checks.ts';
import { MAX_ROWS } from './kinds/limits.ts';

export type RowValues = Readonly<Record<string, JsonValue>>;

/** The member of a row that tells it from the others; the form keeps it, no author may use it. */
export const ROW_ID = 'rowId';

/** One row before its cells are decided: what the person sent and what is stored, brought together. */
export interface AlignedRow {
  readonly rowId: string;
  /** undefined: the person sent nothing for this row, it stays as stored. */
  readonly input: RowValues | undefined;
  readonly stored: RowValues | undefined;
  /** The person sent something that is no row at all. */
  readonly malformed: boolean;
}

const VALID_ID = /^[\w-]{1,64}$/;

/**
 * Brings the rows sent and the rows stored together by `rowId`, a member every row gets and keeps, so that a price restored from the
 * store belongs to its row after others were deleted or moved (ADR 0020). A row that never had one (a service wrote the list) is known
 * by its place in the stored list. A row sent without one takes the stored row in its place, if no other row has named that.
 *
 * `fixed`: the person may neither add nor remove rows; theirs only bring values to those stored.
 */
export function alignRows({
  input,
  stored,
  fixed,
}: {
  /** undefined when nothing was sent. */
  readonly input: readonly unknown[] | undefined;
  readonly stored: JsonValue | undefined;
  readonly fixed: boolean;
}): readonly AlignedRow[] {
  const kept = storedRows(stored);
  if (input === undefined) return kept.map(({ rowId, values }) => untouched(rowId, values));
  const byId = new Map(kept.map((row) => [row.rowId, row.values]));
  const named = input.map((row) => ownId(row));
  const claimed = new Set(named);
  const used = new Set<string>();
  const sent = input.map((row, index): AlignedRow => {
    const place = kept[index];
    const inPlace = place && !claimed.has(place.rowId) ? place.rowId : undefined;
    const rowId = freshId(named[index] ?? inPlace, { index, used, taken: byId, claimed });
    used.add(rowId);
    return {
      rowId,
      input: isRecord(row) ? (row as RowValues) : {},
      stored: byId.get(rowId),
      malformed: !isRecord(row),
    };
  });
  if (!fixed) return sent;
  const sentById = new Map(sent.map((row) => [row.rowId, row]));
  return kept.map(({ rowId, values }) => sentById.get(rowId) ?? untouched(rowId, values));
}

/** The rows of a stored list with their identity; what is no row is left out. */
export function storedRows(
  stored: JsonValue | undefined,
): readonly { readonly rowId: string; readonly values: RowValues }[] {
  if (!Array.isArray(stored)) return [];
  const known = aligned.get(stored);
  if (known) return known;
  const rows = (stored as readonly JsonValue[]).slice(0, MAX_ROWS).filter(isRecord);
  const claimed = new Set(rows.map(ownId));
  const used = new Set<string>();
  const identified = rows.map((values, index) => {
    const own = ownId(values);
    let rowId = own !== undefined && !used.has(own) ? own : `s${index + 1}`;
    while (used.has(rowId) || (rowId !== own && claimed.has(rowId))) rowId = `${rowId}_`;
    used.add(rowId);
    return { rowId, values: values as RowValues };
  });
  aligned.set(stored, identified);
  return identified;
}

/** Stored lists do not change while a form is open, and a key stroke asks for them each time. */
const aligned = new WeakMap<object, ReturnType<typeof storedRows>>();

function untouched(rowId: string, stored: RowValues): AlignedRow {
  return { rowId, input: undefined, stored, malformed: false };
}

function ownId(row: unknown): string | undefined {
  const id = isRecord(row) && Object.hasOwn(row, ROW_ID) ? row[ROW_ID] : undefined;
  return typeof id === 'string' && VALID_ID.test(id) ? id : undefined;
}

/** The wanted identity, unless a row above has it; else one that nobody has. */
function freshId(
  wanted: string | undefined,
  {
    index,
    used,
    taken,
    claimed,
  }: {
    readonly index: number;
    readonly used: ReadonlySet<string>;
    readonly taken: ReadonlyMap<string, RowValues>;
    readonly claimed: ReadonlySet<string | undefined>;
  },
): string {
  if (wanted !== undefined && !used.has(wanted)) return wanted;
  let rowId = `n${index + 1}`;
  while (used.has(rowId) || taken.has(rowId) || claimed.has(rowId)) rowId = `${rowId}_`;
  return rowId;
}
