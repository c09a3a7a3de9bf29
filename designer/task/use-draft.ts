import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { saveDraft, taskQuery } from '../api/tasks.ts';
import { DraftSaver, type DraftState, type FormValues } from './draft-saver.ts';
import { dropLocalDraft, writeLocalDraft } from './local-draft.ts';

/** Long enough to finish a word, short enough that a crash costs a sentence. */
const AUTOSAVE_MS = 2500;

export interface Draft {
  readonly state: DraftState;
  /** The form has changed: kept on the device at once, on the server soon. */
  readonly change: (data: FormValues) => void;
  readonly saveNow: () => Promise<void>;
  /** The task is done: nothing is left to save. */
  readonly discard: () => void;
}

/**
 * Autosave of one task's form; leaving the page saves what is still unsent, and so does the net when it is back. What an earlier
 * opening could not send (`unsent`: the connection was lost, then the tab was closed) is sent by this one.
 */
export function useDraft(userTaskKey: string, savedAt: string | undefined, unsent?: FormValues): Draft {
  const client = useQueryClient();
  const [state, setState] = useState<DraftState>(
    savedAt === undefined ? { kind: 'clean' } : { kind: 'saved', at: savedAt },
  );
  const saver = useMemo(
    () =>
      new DraftSaver({
        save: (data) => saveDraft(userTaskKey, data),
        onState: setState,
        onSaved: ({ data, at, latest }) => {
          const draft = { data: { ...data }, savedAt: at };
          client.setQueryData(taskQuery(userTaskKey).queryKey, (old) => old && { ...old, draft });
          if (latest) dropLocalDraft(userTaskKey);
        },
        mayRetry: (error) => error instanceof ApiProblem && error.transient,
        pauseMs: AUTOSAVE_MS,
      }),
    [client, userTaskKey],
  );
  const change = useMemo(
    () =>
      (data: FormValues): void => {
        writeLocalDraft(userTaskKey, { data, changedAt: new Date().toISOString() });
        saver.change(data);
      },
    [saver, userTaskKey],
  );

  useEffect(() => {
    const leave = (): void => {
      if (document.visibilityState === 'hidden') void saver.saveNow();
    };
    const goOn = (): void => void saver.saveNow();
    document.addEventListener('visibilitychange', leave);
    window.addEventListener('online', goOn);
    return () => {
      document.removeEventListener('visibilitychange', leave);
      window.removeEventListener('online', goOn);
      void saver.saveNow();
    };
  }, [saver]);

  useEffect(() => {
    if (unsent) saver.change(unsent);
  }, [saver, unsent]);

  return {
    state,
    change,
    saveNow: () => saver.saveNow(),
    discard: () => {
      saver.discard();
      dropLocalDraft(userTaskKey);
    },
  };
}
