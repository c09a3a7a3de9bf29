import type { Credentials, Permission, SessionView, SystemView } from '#contract';
import { queryOptions } from '@tanstack/react-query';
import { ApiProblem } from './api-problem.ts';
import { request } from './request.ts';
import { write } from './write.ts';

/** Who is signed in; null for nobody, which is an answer and no error. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }): Promise<SessionView | null> => {
    try {
      return await request<SessionView>('/api/session', { signal });
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }
  },
});

export const systemQuery = queryOptions({
  queryKey: ['system'],
  staleTime: Infinity,
  queryFn: ({ signal }) => request<SystemView>('/api/system', { signal }),
});

export function signIn(credentials: Credentials): Promise<SessionView> {
  return write<SessionView>({ method: 'POST', path: '/api/session', body: credentials });
}

export function signOut(): Promise<void> {
  return write<void>({ method: 'DELETE', path: '/api/session' });
}

export function may(session: SessionView | null | undefined, permission: Permission): boolean {
  return session?.permissions.includes(permission) ?? false;
}
