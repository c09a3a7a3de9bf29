import type { RegisterFilter } from '../api/registers.ts';

/** What the address of a register holds: search, order, filters, and the row that is open. */
export interface RegisterSearch {
  readonly q?: string;
  readonly sort?: string;
  readonly order?: 'desc';
  readonly where?: Readonly<Record<string, string | boolean>>;
  readonly row?: string;
  readonly add?: true;
}

/** Reads the address; what does not belong there is dropped. */
export function readRegisterSearch(search: Readonly<Record<string, unknown>>): RegisterSearch {
  const text = (value: unknown): string | undefined => {
    const read = typeof value === 'number' ? String(value) : value;
    return typeof read === 'string' && read !== '' ? read.slice(0, 200) : undefined;
  };
  const q = text(search.q);
  const sort = text(search.sort);
  const row = text(search.row);
  const where = readWhere(search.where);
  return {
    ...(q !== undefined && { q }),
    ...(sort !== undefined && { sort }),
    ...(search.order === 'desc' && { order: 'desc' as const }),
    ...(where && { where }),
    ...(row !== undefined && { row }),
    ...(search.add === true && { add: true as const }),
  };
}

export function registerFilter({ q, sort, order, where }: RegisterSearch): RegisterFilter {
  return {
    ...(q !== undefined && { search: q }),
    ...(sort !== undefined && { sort }),
    ...(order !== undefined && { order }),
    ...(where && { where: JSON.stringify(where) }),
  };
}

function readWhere(value: unknown): RegisterSearch['where'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).filter(
    (entry): entry is [string, string | boolean] => typeof entry[1] === 'string' || typeof entry[1] === 'boolean',
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
