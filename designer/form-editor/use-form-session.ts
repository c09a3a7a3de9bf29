import type { FormDesign } from '#contract';
import { useEffect, useState } from 'react';
import { readForm, saveFormDraft } from '../api/forms.ts';
import { FormSession } from './form-session.ts';

/** One session per opened form; the page saves what is unsent when it is left. */
export function useFormSession(design: FormDesign): FormSession {
  const [session] = useState(() => {
    const { formId } = design;
    return new FormSession({ design, read: () => readForm(formId), save: (body) => saveFormDraft(formId, body) });
  });
  useEffect(() => {
    const stop = session.start();
    const leave = (): void => {
      if (document.visibilityState === 'hidden') void session.saveNow();
    };
    document.addEventListener('visibilitychange', leave);
    return () => {
      document.removeEventListener('visibilitychange', leave);
      stop();
    };
  }, [session]);
  return session;
}
