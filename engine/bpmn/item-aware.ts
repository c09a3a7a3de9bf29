import { elementOf, elementsOf, textOf, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

const NAME = /^(?!__proto__$)[\p{L}_][\p{L}\p{N}_]*$/u;
/** What bpmn-js writes as the target when an analyst draws an association to an activity: it means no property. */
const PLACEHOLDER = '__targetRef_placeholder';

export function isItemAware({ $type }: ModdleElement): boolean {
  return /^bpmn:(Data(Object|ObjectReference|StoreReference|Input|Output)|Property)$/.test($type);
}

export function isStore({ $type }: ModdleElement): boolean {
  return $type === 'bpmn:DataStoreReference';
}

export function isPlaceholder(item: ModdleElement): boolean {
  return item.$type === 'bpmn:Property' && item.name === PLACEHOLDER;
}

/**
 * The variable that an item-aware element is (ADR 0009): its name, that of its first reference, or its id. Where none of them
 * can name a variable, as "Employee details" and `_b02b-17f7`, what the name has of one.
 */
export function variableNameOf(item: ModdleElement): string {
  return (
    writtenNameOf(item) ??
    namesOf(item)
      .map(toVariableName)
      .find((name) => NAME.test(name)) ??
    ''
  );
}

/** Undefined where no name and no id is a variable name. */
function writtenNameOf(item: ModdleElement): string | undefined {
  return namesOf(item).find((name) => NAME.test(name));
}

function namesOf(item: ModdleElement): readonly string[] {
  const object = referredBy(item);
  const named = [object, ...(isStore(item) ? [item] : referencesTo(object))].map((one) => textOf(one, 'name'));
  return [...named, object.id].filter((name) => name !== undefined);
}

function toVariableName(name: string): string {
  return name.replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^(?=\p{N})/u, '_');
}

/** A reference is its data object in another state, or its data store (§10.4.1). */
function referredBy(item: ModdleElement): ModdleElement {
  const names = item.$type === 'bpmn:DataObjectReference' ? 'dataObjectRef' : 'dataStoreRef';
  return elementOf(item, names) ?? item;
}

function referencesTo(object: ModdleElement): readonly ModdleElement[] {
  if (object.$type !== 'bpmn:DataObject') return [];
  return elementsOf(elementOf(object, '$parent'), 'flowElements').filter(
    (other) => other.$type === 'bpmn:DataObjectReference' && elementOf(other, 'dataObjectRef') === object,
  );
}

/** The element whose scope holds the variable. */
export function holderOf(item: ModdleElement): ModdleElement | undefined {
  // A store is there for the whole process, wherever it is drawn (ADR 0013).
  if (isStore(item)) return processAround(item);
  const parent = elementOf(referredBy(item), '$parent');
  return parent?.$type === 'bpmn:InputOutputSpecification' ? elementOf(parent, '$parent') : parent;
}

function processAround(item: ModdleElement): ModdleElement {
  const around = elementOf(item, '$parent');
  return around === undefined || item.$type === 'bpmn:Process' ? item : processAround(around);
}

/** Everything that a process, sub-process, activity or event declares. */
export function itemsOf(holder: ModdleElement): readonly ModdleElement[] {
  const io = elementOf(holder, 'ioSpecification');
  return [
    ...elementsOf(holder, 'flowElements').filter(({ $type }) => $type === 'bpmn:DataObject'),
    ...elementsOf(holder, 'properties').filter((property) => !isPlaceholder(property)),
    ...[io, holder].flatMap((owner) => [...elementsOf(owner, 'dataInputs'), ...elementsOf(owner, 'dataOutputs')]),
  ];
}

/** Checks the names that a holder declares; an input and an output may share one. */
export function checkItems(holder: ModdleElement, problems: ProblemList): void {
  const seen = new Map<string, ModdleElement>();
  for (const item of itemsOf(holder)) {
    const name = problems.variableName(item, 'variable', variableNameOf(item));
    if (writtenNameOf(item) === undefined) problems.assume(item, 'variable-name', name);
    const before = seen.get(name);
    seen.set(name, item);
    if (before === undefined || (isParameter(before) && isParameter(item))) continue;
    problems.add(item, {
      code: 'duplicate-name',
      message: `${titleOf(item)} and ${titleOf(before)} are both the variable "${name}" of ${titleOf(holder)}.`,
      remedy: 'Give one of them another name.',
    });
  }
}

const isParameter = ({ $type }: ModdleElement): boolean => $type === 'bpmn:DataInput' || $type === 'bpmn:DataOutput';

/** The variable of an item as seen from a scope outwards; a problem when it lies elsewhere or is hidden by another. */
export function nameSeenFrom(
  scope: ModdleElement | undefined,
  item: ModdleElement,
  { at, problems }: { readonly at: ModdleElement; readonly problems: ProblemList },
): string {
  const name = variableNameOf(item);
  const holder = isItemAware(item) ? holderOf(item) : undefined;
  for (let around = scope; around !== undefined; around = elementOf(around, '$parent')) {
    if (around === holder) return name;
    if (holder === undefined) break;
    const hiding = itemsOf(around).find((other) => variableNameOf(other) === name);
    if (hiding === undefined) continue;
    problems.add(at, {
      code: 'hidden-name',
      message: `${titleOf(hiding)} hides ${titleOf(item)} from ${titleOf(at)}: both are the variable "${name}".`,
      remedy: 'Give one of them another name.',
    });
    return name;
  }
  problems.add(at, {
    code: 'misplaced-association',
    message: `${titleOf(at)} is associated with ${titleOf(item)}, which ${isItemAware(item) ? 'lies in another scope' : 'holds no data'}.`,
    remedy: 'Move it into this scope or one around it, or carry the value by a variable.',
  });
  return name;
}
