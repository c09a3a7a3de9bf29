import type { StartReceipt } from '#contract';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiProblem, type FieldProblem } from '../api/api-problem.ts';
import { submitStart, type StartPlace } from '../api/starts.ts';
import { forgetOldUploads, forgetUploadsOf } from '../task/upload-shelf.ts';
import { dropStartDraft, keepStartDraft, openStartDraft, shelfOfStart, type StartDraft } from './start-draft.ts';

type FormValues = Readonly<Record<string, unknown>>;

/** One submission: kept in the tab while it is typed, sent once, its receipt kept until the person begins another. */
export function useStart(
  place: StartPlace,
  {
    captcha,
    owner = '',
    onAccepted,
  }: {
    readonly captcha: boolean;
    readonly owner?: string | undefined;
    readonly onAccepted?: (() => void) | undefined;
  },
) {
  const slot = `${place.door}/${owner}/${place.startKey}`;
  const [draft, setDraft] = useState<StartDraft>(() => openStartDraft(slot));
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [token, setToken] = useState('');
  /** Every token counts once, so after an attempt the widget begins anew. */
  const [attempt, setAttempt] = useState(0);
  const [tokenMissing, setTokenMissing] = useState(false);
  // The button is disabled only after the next drawing; the second click of a double click comes before.
  const running = useRef(false);

  const mutation = useMutation({
    mutationFn: (data: FormValues): Promise<StartReceipt> =>
      submitStart(place, { submission: draft.submission, data: { ...data }, ...(token !== '' && { captcha: token }) }),
    onMutate: () => setProblems([]),
    onSuccess: (receipt) => {
      const accepted = { ...draft, data: {}, receipt };
      keepStartDraft(slot, accepted);
      setDraft(accepted);
      void forgetUploadsOf(shelfOfStart(draft.submission));
      onAccepted?.();
    },
    onError: (error) => {
      if (error instanceof ApiProblem) setProblems(error.errors);
    },
    onSettled: () => {
      running.current = false;
      setToken('');
      setAttempt((before) => before + 1);
    },
  });
  const onToken = useCallback((next: string): void => {
    setToken(next);
    if (next !== '') setTokenMissing(false);
  }, []);

  const { submission } = draft;
  const current = useRef(submission);
  useEffect(() => void (current.current = submission), [submission]);
  // Nobody else removes what other tabs have left: their submission is known to no page any more.
  useEffect(() => void forgetOldUploads(), []);
  const change = useCallback(
    (data: FormValues): void => {
      // A form that is thrown away writes its last strokes when it goes.
      if (current.current === submission) keepStartDraft(slot, { submission, data });
    },
    [slot, submission],
  );
  const send = (data: FormValues): void => {
    if (running.current) return;
    if (captcha && token === '') {
      setTokenMissing(true);
      document.getElementById('captcha')?.focus();
      return;
    }
    running.current = true;
    mutation.mutate(data);
  };
  const again = (): void => {
    dropStartDraft(slot);
    mutation.reset();
    setProblems([]);
    const next = openStartDraft(slot);
    current.current = next.submission;
    setDraft(next);
  };
  const discard = (): void => {
    void forgetUploadsOf(shelfOfStart(submission));
    again();
    scrollTo({ top: 0 });
  };
  // What stands at the fields needs no sentence of its own.
  const failure = problems.length > 0 ? null : mutation.error;
  return {
    draft,
    problems,
    failure,
    pending: mutation.isPending,
    tokenMissing,
    attempt,
    onToken,
    change,
    send,
    again,
    discard,
  };
}
