import type { StandardLoop } from '../model/process-model.ts';
import { bodyOf, elementOf, flagOf, numberOf, type ModdleElement } from './moddle-element.ts';
import type { ProblemList } from './problem-list.ts';

/** BPMN 2.0.2 §10.3.8: `testBefore`, `loopCondition`, `loopMaximum`. */
export function compileStandardLoop(
  element: ModdleElement,
  marker: ModdleElement,
  problems: ProblemList,
): StandardLoop {
  const given = elementOf(marker, 'loopCondition');
  const condition = given === undefined ? undefined : problems.condition(element, 'loop condition', bodyOf(given));
  const maximum = numberOf(marker, 'loopMaximum');
  const written = problems.asWritten(element, 'loopMaximum') ?? '';
  if (maximum !== undefined && !(/^\s*\d+\s*$/.test(written) && Number.isSafeInteger(maximum) && maximum >= 1)) {
    problems.illegalNumber(element, `loopMaximum "${written}"`, 'Write a whole number from 1, or remove it.');
  }
  if (given === undefined && maximum === undefined) {
    problems.missing(element, 'end to its loop', 'Give the loop a loopCondition such as "=again", or a loopMaximum.');
  }
  return {
    testBefore: flagOf(marker, 'testBefore') === true,
    ...(condition === undefined ? {} : { condition }),
    ...(maximum === undefined ? {} : { maximum }),
  };
}
