import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { formsQuery, saveFormDraft } from '../api/forms.ts';
import { toastProblem } from '../ui/toast.tsx';
import type { JsonObject } from './document/form-document.ts';

/** Stores the first draft of a form and opens it; `busy` until it is open or was refused. */
export function useCreateForm(): {
  readonly busy: boolean;
  readonly create: (key: string, definition: JsonObject) => Promise<void>;
} {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const create = async (key: string, definition: JsonObject): Promise<void> => {
    setBusy(true);
    try {
      await saveFormDraft(key, { revision: 0, definition });
      await client.invalidateQueries({ queryKey: formsQuery.queryKey });
      await navigate({ to: '/forms/$formId', params: { formId: key } });
    } catch (error) {
      toastProblem(error);
      setBusy(false);
    }
  };
  return { busy, create };
}
