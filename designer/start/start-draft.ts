import type { StartReceipt } from '#contract';

/** What one tab knows of a form that it fills. It ends with the tab: the next person at a shared computer finds nothing. */
export interface StartDraft {
  /** 256 random bits: what is sent with them is one submission, however often. */
  readonly submission: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Accepted: a reload must not lose the only link. */
  readonly receipt?: StartReceipt;
}

type TabStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const PREFIX = 'reglament-start:';

/** What this tab had begun, or a new beginning. */
export function openStartDraft(place: string, storage = tabStorage()): StartDraft {
  try {
    const kept = JSON.parse(storage?.getItem(PREFIX + place) ?? 'null') as Partial<StartDraft> | null;
    if (/^[A-Za-z0-9_-]{43}$/.test(kept?.submission ?? '') && typeof kept?.data === 'object' && kept.data !== null)
      return kept as StartDraft;
  } catch {
    // What cannot be read is begun anew.
  }
  return { submission: newSubmissionKey(), data: {} };
}

export function keepStartDraft(place: string, draft: StartDraft, storage = tabStorage()): void {
  try {
    storage?.setItem(PREFIX + place, JSON.stringify(draft));
  } catch {
    // Storage is full or forbidden: only a reload would lose what is on the screen.
  }
}

export function dropStartDraft(place: string, storage = tabStorage()): void {
  storage?.removeItem(PREFIX + place);
}

/** Under which name its files wait on this device (`createUploadShelf`). */
export function shelfOfStart(submission: string): string {
  return `start:${submission}`;
}

/** On signing out: the next person at this tab must not find what the last one typed. */
export function forgetStartDrafts(storage = tabStorage()): void {
  if (storage === undefined) return;
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
  for (const key of keys) if (key?.startsWith(PREFIX)) storage.removeItem(key);
}

function newSubmissionKey(): string {
  const text = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function tabStorage(): TabStorage | undefined {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined;
  }
}
