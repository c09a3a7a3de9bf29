import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { saveDraft, taskQuery } from '../api/tasks.ts';
import { dropLocalDraft, writeLocalDraft } from './local-draft.ts';

/** Long enough to finish a word, short enough that a crash costs a sentence. */
const AUTOSAVE_MS = 2500;

type FormValues = Readonly<Record<string, unknown>>;

export type DraftState =
  | { readonly kind: 'clean' }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: string }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface Draft {
  readonly state: DraftState;
  /** The form has changed: kept on the device at once, on the server soon. */
  change(data: FormValues): void;
  saveNow(): Promise<void>;
  /** The task is done: nothing is left to save. */
  discard(): void;
}

/**
 * Autosave of one task's form. Saves run one after another and always send the latest values, so an older draft can
 * never overwrite a newer one. Leaving the page saves what is still unsent.
 */
export function useDraft(userTaskKey: string, savedAt: string | undefined): Draft {
  const client = useQueryClient();
  const [state, setState] = useState<DraftState>(savedAt === undefined ? { kind: 'clean' } : { kind: 'saved', at: savedAt });
  const unsent = useRef<FormValues | undefined>(undefined);
  const running = useRef<Promise<void> | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const ended = useRef(false);

  const saveNow = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    await running.current;
    const data = unsent.current;
    if (data === undefined || ended.current) return;
    unsent.current = undefined;
    setState({ kind: 'saving' });
    running.current = saveDraft(userTaskKey, data).then(
      ({ savedAt: at }) => {
        client.setQueryData(taskQuery(userTaskKey).queryKey, (old) => old && { ...old, draft: { data: { ...data }, savedAt: at } });
        if (unsent.current === undefined) dropLocalDraft(userTaskKey);
        setState(unsent.current === undefined ? { kind: 'saved', at } : { kind: 'unsaved' });
      },
      (error: unknown) => {
        unsent.current ??= data;
        setState({ kind: 'failed', error });
        // The connection may be back by then; a refusal (the task has ended) is not asked again.
        if (error instanceof ApiProblem && error.transient) timer.current = setTimeout(() => void saveNow(), 4 * AUTOSAVE_MS);
      },
    );
    await running.current;
    running.current = undefined;
  }, [client, userTaskKey]);

  const change = useCallback(
    (data: FormValues): void => {
      if (ended.current) return;
      unsent.current = data;
      writeLocalDraft(userTaskKey, { data, changedAt: new Date().toISOString() });
      setState((old) => (old.kind === 'unsaved' ? old : { kind: 'unsaved' }));
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void saveNow(), AUTOSAVE_MS);
    },
    [saveNow, userTaskKey],
  );

  const discard = useCallback((): void => {
    ended.current = true;
    unsent.current = undefined;
    clearTimeout(timer.current);
    dropLocalDraft(userTaskKey);
  }, [userTaskKey]);

  useEffect(() => {
    ended.current = false;
    const leave = (): void => {
      if (document.visibilityState === 'hidden') void saveNow();
    };
    document.addEventListener('visibilitychange', leave);
    return () => {
      document.removeEventListener('visibilitychange', leave);
      void saveNow();
    };
  }, [saveNow]);

  return { state, change, saveNow, discard };
}
