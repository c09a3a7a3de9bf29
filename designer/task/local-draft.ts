import type { TaskDetail } from '#contract';

/**
 * What a person typed, kept on this device until the server has it: a lost connection, an ended session or a closed
 * lid costs no work. The server's draft is the truth; this copy is used only when it is newer.
 */
export interface LocalDraft {
  readonly data: Readonly<Record<string, unknown>>;
  /** ISO instant by this device's clock. */
  readonly changedAt: string;
}

type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const PREFIX = 'reglament-draft:';

export function writeLocalDraft(userTaskKey: string, draft: LocalDraft, storage = deviceStorage()): void {
  try {
    storage?.setItem(PREFIX + userTaskKey, JSON.stringify(draft));
  } catch {
    // Storage is full: the draft on the server, saved seconds later, remains.
  }
}

export function readLocalDraft(userTaskKey: string, storage = deviceStorage()): LocalDraft | undefined {
  try {
    const draft = JSON.parse(storage?.getItem(PREFIX + userTaskKey) ?? 'null') as Partial<LocalDraft> | null;
    if (typeof draft?.data !== 'object' || draft.data === null || typeof draft.changedAt !== 'string') return undefined;
    return { data: draft.data, changedAt: draft.changedAt };
  } catch {
    return undefined;
  }
}

export function dropLocalDraft(userTaskKey: string, storage = deviceStorage()): void {
  storage?.removeItem(PREFIX + userTaskKey);
}

/** On signing out: the next person at this device must not find what the last one typed. */
export function forgetLocalDrafts(storage = deviceStorage()): void {
  if (storage === undefined) return;
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
  for (const key of keys) if (key?.startsWith(PREFIX)) storage.removeItem(key);
}

/** The newer of both drafts, or undefined when there is none. */
export function newerDraft(
  detail: Pick<TaskDetail, 'draft'>,
  local: LocalDraft | undefined,
): Readonly<Record<string, unknown>> | undefined {
  if (local === undefined) return detail.draft?.data;
  if (detail.draft === null) return local.data;
  return Date.parse(local.changedAt) > Date.parse(detail.draft.savedAt) ? local.data : detail.draft.data;
}

function deviceStorage(): DraftStorage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}
