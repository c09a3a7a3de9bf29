import type { Activity, MultiInstance } from '../model/process-model.ts';
import { compileLoopItems, type LoopSource } from './compile-loop-items.ts';
import { compileLoopEvents } from './compile-loop-events.ts';
import { compileStandardLoop } from './compile-standard-loop.ts';
import { bodyOf, elementOf, flagOf, type ModdleElement } from './moddle-element.ts';
import type { ProblemList } from './problem-list.ts';

/** The loop marker of an activity (BPMN 2.0.2 §10.3.8): multi-instance or standard. */
export function compileLoop(
  element: ModdleElement,
  problems: ProblemList,
): Pick<Activity, 'multiInstance' | 'standardLoop'> {
  const marker = elementOf(element, 'loopCharacteristics');
  if (marker === undefined) return {};
  if (marker.$type === 'bpmn:StandardLoopCharacteristics') {
    return { standardLoop: compileStandardLoop(element, marker, problems) };
  }
  const multiInstance = compileMultiInstance(element, marker, problems);
  return multiInstance === null ? {} : { multiInstance };
}

function compileMultiInstance(
  element: ModdleElement,
  marker: ModdleElement,
  problems: ProblemList,
): MultiInstance | null {
  const source = compileLoopItems(element, marker, problems);
  const size = compileSize(element, marker, { source, problems });
  const condition = elementOf(marker, 'completionCondition');
  const completionCondition =
    condition === undefined ? undefined : problems.condition(element, 'completion condition', bodyOf(condition));
  const events = compileLoopEvents(element, marker, problems);
  if (size === null) return null;
  const { inputElement, outputCollection, outputElement } = source;
  return {
    sequential: flagOf(marker, 'isSequential') === true,
    size,
    ...(inputElement === undefined ? {} : { inputElement }),
    ...(outputCollection === undefined ? {} : { outputCollection }),
    ...(outputElement === undefined ? {} : { outputElement }),
    ...(completionCondition === undefined ? {} : { completionCondition }),
    events,
  };
}

/** A collection or a number, not both: the specification does not say which would count. */
function compileSize(
  element: ModdleElement,
  marker: ModdleElement,
  { source, problems }: { readonly source: LoopSource; readonly problems: ProblemList },
): MultiInstance['size'] | null {
  const cardinality = elementOf(marker, 'loopCardinality');
  if (cardinality !== undefined && source.collection !== undefined) {
    problems.unsupported(element, 'A loopCardinality beside an input collection', 'Keep one of them.');
  }
  if (source.collection !== undefined) return { kind: 'collection', collection: source.collection };
  const text = bodyOf(cardinality);
  if (text === undefined) {
    problems.missing(
      element,
      'input collection',
      'Give zeebe:loopCharacteristics an inputCollection such as "=items", or the marker a loopCardinality.',
    );
    return null;
  }
  const constant = /^=\s*(-?[\d.]+)$/.exec(text)?.[1];
  if (constant !== undefined && !/^\d+$/.test(constant)) {
    problems.illegalNumber(
      element,
      `loopCardinality "${constant}"`,
      'Write a whole number from 0, or FEEL such as "=count".',
    );
  }
  if (source.inputElement !== undefined) {
    problems.missing(
      element,
      'input collection for its input element',
      'A number has no items: remove the input element.',
    );
  }
  return { kind: 'cardinality', cardinality: problems.expression(element, 'loopCardinality', text) };
}
