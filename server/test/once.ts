/** Wraps an ending that may be asked for twice, so that it happens once; both callers get the same promise. */
export function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= action());
}
