import { useDebouncedCallback } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { FIRST_EXAMPLE, sampleText, type Example } from './examples.ts';

const route = getRouteApi('/app/expressions');
const STORED = 'reglament-expressions';

interface Playground {
  readonly expression: string;
  readonly variables: string;
}

export interface PlaygroundState extends Playground {
  readonly setExpression: (text: string) => void;
  readonly setVariables: (text: string) => void;
  readonly take: (example: Example) => void;
}

/** What stands on the screen: from a link, else what this device remembers, else the first example. */
export function usePlayground(): PlaygroundState {
  const { e, v } = route.useSearch();
  const [state, setState] = useState<Playground>(() =>
    e === undefined && v === undefined
      ? (stored() ?? playgroundOf(FIRST_EXAMPLE))
      : { expression: e ?? '', variables: v ?? '' },
  );
  const store = useDebouncedCallback((next: Playground) => {
    try {
      localStorage.setItem(STORED, JSON.stringify(next));
    } catch {
      // Storage refused: the screen begins with the example next time.
    }
  }, 300);
  const change = (next: Playground): void => {
    setState(next);
    store(next);
  };
  return {
    ...state,
    setExpression: (expression) => change({ ...state, expression }),
    setVariables: (variables) => change({ ...state, variables }),
    take: (example) => change(playgroundOf(example)),
  };
}

function playgroundOf({ expression, variables }: Example): Playground {
  return { expression, variables: sampleText(variables) };
}

function stored(): Playground | undefined {
  try {
    const found = JSON.parse(localStorage.getItem(STORED) ?? 'null') as Partial<Playground> | null;
    if (typeof found?.expression !== 'string' || typeof found.variables !== 'string') return undefined;
    return { expression: found.expression, variables: found.variables };
  } catch {
    return undefined;
  }
}
