import { parseDuration } from '../time/parse-duration.ts';
import { TimeError } from '../time/time-error.ts';
import { titleOf, type ProblemList } from './problem-list.ts';
import type { ModdleElement } from './moddle-element.ts';

/** Camunda 8's default number of tries. */
const DEFAULT_RETRIES = '3';
/** The header by which models of Camunda 8's connectors name their delay. */
const BACKOFF_HEADER = 'retryBackoff';

export interface Retries {
  /** A number or an expression. */
  readonly retries: string;
  /** ISO 8601, in the order of the failures. */
  readonly delays: readonly string[];
}

/**
 * How often a job is tried and how long it waits in between: `3`, `R3/PT5M` (three tries, five minutes apart), or a list
 * `PT1M,PT10M,PT1H` (a delay after each failure, so four tries), as Camunda 7 writes them. A delay may also stand in the
 * header `retryBackoff`.
 */
export function readRetries(
  element: ModdleElement,
  {
    text,
    headers,
    problems,
  }: {
    readonly text: string | undefined;
    readonly headers: Readonly<Record<string, string>>;
    readonly problems: ProblemList;
  },
): Retries {
  const header = headers[BACKOFF_HEADER];
  // A header with an expression belongs to a connector that evaluates it.
  const ofHeader = header === undefined || header === '' || header.startsWith('=') ? [] : [header];
  const written = read(text ?? DEFAULT_RETRIES);
  const delays = written.delays.length > 0 ? written.delays : ofHeader;
  const wrong = delays.map(wrongDuration).find((message) => message !== null);
  if (wrong === undefined) return { ...written, delays };
  problems.add(element, {
    code: 'invalid-timer',
    message: `The delay between the tries of ${titleOf(element)} does not parse: ${wrong}`,
    remedy: 'Write ISO 8601: R3/PT5M, or a list such as PT1M,PT10M,PT1H.',
  });
  return { retries: DEFAULT_RETRIES, delays: [] };
}

function read(text: string): Retries {
  if (text.startsWith('=') || !/[P/,]/.test(text)) return { retries: text, delays: [] };
  const [, count, delay] = /^R([1-9]\d{0,5})\/(.+)$/.exec(text) ?? [];
  if (count !== undefined) return { retries: count, delays: [delay!.trim()] };
  const delays = text.split(',').map((part) => part.trim());
  return { retries: String(delays.length + 1), delays };
}

/** What is wrong with it, or null. */
function wrongDuration(text: string): string | null {
  try {
    parseDuration(text);
    return text.startsWith('-') ? `"${text}" is negative` : null;
  } catch (error) {
    if (error instanceof TimeError) return error.message;
    throw error;
  }
}
