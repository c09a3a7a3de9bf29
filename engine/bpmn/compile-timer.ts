import type { TimerDefinition } from '../model/process-model.ts';
import { parseCycle } from '../time/parse-cycle.ts';
import { parseDuration } from '../time/parse-duration.ts';
import { parseInstant } from '../time/parse-instant.ts';
import { TimeError } from '../time/time-error.ts';
import { MISFIRE_POLICIES, type MisfirePolicy } from '../time/timer-cycle.ts';
import { juelIn } from './juel.ts';
import { elementOf, isFeel, textOf, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

const KINDS = [
  ['timeDate', 'date', (text: string) => parseInstant(text, 'UTC')],
  ['timeDuration', 'duration', parseDuration],
  ['timeCycle', 'cycle', (text: string) => parseCycle(text, 'UTC')],
] as const;

/** Exactly one of date, duration and cycle (BPMN 2.0.2 §10.5.5); a constant is checked now, an expression when it runs. */
export function compileTimer(
  element: ModdleElement,
  definition: ModdleElement,
  problems: ProblemList,
): TimerDefinition | null {
  const values = KINDS.filter(([property]) => elementOf(definition, property) !== undefined);
  const [chosen] = values;
  if (chosen === undefined || values.length > 1) {
    problems.missing(element, 'single timer value', 'Give exactly one of date, duration and cycle.');
    return null;
  }
  const [property, kind, parse] = chosen;
  // As written: tools mark constants such as PT1H as FEEL, too.
  const given = elementOf(definition, property);
  const text = textOf(given, 'body');
  if (text === undefined) {
    problems.missing(element, `timer ${kind}`, 'Write an ISO 8601 value or a FEEL expression that begins with "=".');
    return null;
  }
  const misfire = compileMisfire(element, { kind, policy: textOf(definition, 'misfire') }, problems);
  const value = (written: string): TimerDefinition => {
    const expression = problems.expression(element, `timer ${kind}`, written);
    return kind === 'cycle' && misfire !== undefined
      ? { kind, value: expression, misfire }
      : { kind, value: expression };
  };
  const wrong = text.startsWith('=') || juelIn(text) !== undefined ? undefined : whatIsWrong(text, parse);
  if (wrong === undefined) return value(text);
  if (isFeel(given)) return value(`=${text}`);
  problems.add(element, {
    code: 'invalid-timer',
    message: `The timer of ${titleOf(element)} does not parse: ${wrong}`,
    remedy: 'Write an ISO 8601 value such as PT4H, P1D or R3/PT10M, or FEEL that begins with "=".',
  });
  return value('');
}

/** `reglament:misfire`: only a cycle has fires to make up; what fires once fires late. */
function compileMisfire(
  element: ModdleElement,
  { kind, policy }: { readonly kind: TimerDefinition['kind']; readonly policy: string | undefined },
  problems: ProblemList,
): MisfirePolicy | undefined {
  if (policy === undefined) return undefined;
  const known = MISFIRE_POLICIES.find((one) => one === policy);
  if (known === undefined) {
    problems.add(element, {
      code: 'invalid-timer',
      message: `The misfire policy "${policy}" of ${titleOf(element)} is not known.`,
      remedy: `Choose one of ${MISFIRE_POLICIES.join(', ')}.`,
    });
  } else if (kind !== 'cycle' && known !== 'once') {
    problems.add(element, {
      code: 'invalid-timer',
      message: `The misfire policy "${policy}" of ${titleOf(element)} needs a cycle, but the timer is a ${kind}.`,
      remedy: 'Leave it away: a timer that fires once fires as soon as it can.',
    });
  }
  return known;
}

function whatIsWrong(text: string, parse: (text: string) => unknown): string | undefined {
  try {
    parse(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof TimeError)) throw error;
    return error.message;
  }
}
