/** An expression that came by a link; the rest is remembered on the device. */
export interface PlaygroundSearch {
  readonly e?: string;
  readonly v?: string;
}

/** Longer ones make addresses that mail and chats cut. */
export const LINK_LIMIT = 4_000;

/** Reads the address of the screen; what does not belong there is dropped. A number alone is an expression too. */
export function readPlaygroundSearch(search: Readonly<Record<string, unknown>>): PlaygroundSearch {
  const text = (value: unknown): string | undefined =>
    typeof value === 'string'
      ? value.slice(0, LINK_LIMIT)
      : value === undefined || value === null
        ? undefined
        : JSON.stringify(value).slice(0, LINK_LIMIT);
  const [e, v] = [text(search.e), text(search.v)];
  return { ...(e === undefined ? {} : { e }), ...(v === undefined ? {} : { v }) };
}
