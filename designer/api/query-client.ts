import { QueryClient, type QueryObserverOptions } from '@tanstack/react-query';
import { ApiProblem } from './api-problem.ts';

/** Lists stay on screen while they are refreshed; only a failed network is retried, a refusal is shown at once. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: true,
      // Without a connection the service worker answers what it knows.
      networkMode: 'always',
      // With that mode the default is never; and what the worker answered is old, however lately it did.
      refetchOnReconnect: ({ options }) =>
        (options as QueryObserverOptions).staleTime === Infinity ? false : 'always',
      retry: (count, error) => count < 2 && error instanceof ApiProblem && error.transient,
      retryDelay: (count) => 400 * 3 ** count,
    },
    // `write` retries by itself, under one idempotency key.
    mutations: { retry: false, networkMode: 'always' },
  },
});
