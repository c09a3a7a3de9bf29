import type { TaskDetail } from '#contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../api/session.ts';
import { assignTask, taskQuery } from '../api/tasks.ts';
import { toastDone, toastProblem } from '../ui/toast.tsx';

export interface Assigning {
  readonly pending: boolean;
  take(userTaskKey: string): void;
  giveBack(userTaskKey: string): void;
}

/** «Взять в работу» and «Вернуть в группу»: shown as done at once, put right when the server disagrees. */
export function useAssign(): Assigning {
  const { t } = useTranslation();
  const client = useQueryClient();
  const me = useQuery(sessionQuery).data?.user;
  const assign = useMutation({
    mutationFn: ({ key, username }: { readonly key: string; readonly username: string | null }) =>
      assignTask(key, username),
    onMutate: async ({ key, username }) => {
      const { queryKey } = taskQuery(key);
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      if (before !== undefined) {
        const task = {
          ...before.task,
          assignee: username,
          assigneeName: username === null ? null : (me?.name ?? username),
        };
        client.setQueryData<TaskDetail>(queryKey, { ...before, task });
      }
      return { before };
    },
    onSuccess: (_, { username }) => toastDone(t(username === null ? 'task.givenBack' : 'task.taken')),
    onError: (error, { key }, context) => {
      if (context?.before !== undefined) client.setQueryData(taskQuery(key).queryKey, context.before);
      toastProblem(error);
    },
    onSettled: (_answer, _error, { key }) => {
      void client.invalidateQueries({ queryKey: taskQuery(key).queryKey });
      void client.invalidateQueries({ queryKey: ['tasks'] });
    },
  });
  return {
    pending: assign.isPending,
    take: (key) => me !== undefined && assign.mutate({ key, username: me.username }),
    giveBack: (key) => assign.mutate({ key, username: null }),
  };
}
