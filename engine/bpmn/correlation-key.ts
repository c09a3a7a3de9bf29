import { bodyOf, elementOf, elementsOf, extensionOf, textOf, type ModdleElement } from './moddle-element.ts';

/**
 * The key under which a message is sent: `zeebe:subscription`, else what the correlation properties of BPMN itself read
 * from it (§8.4.2, `messagePath`). Undefined: the message has none. FEEL.
 */
export function keyOf(message: ModdleElement | undefined): string | undefined {
  if (message === undefined) return undefined;
  const written = textOf(extensionOf(message, 'zeebe:Subscription'), 'correlationKey');
  return written ?? composed(propertiesOf(message).map(({ messagePath }) => messagePath));
}

/**
 * The key for which an instance of a process waits: as above, but a property that a `correlationSubscription` of the process
 * binds is read from the variables of the instance (`dataPath`).
 */
export function awaitedKeyOf(message: ModdleElement | undefined, process: ModdleElement | undefined) {
  if (message === undefined) return undefined;
  const written = textOf(extensionOf(message, 'zeebe:Subscription'), 'correlationKey');
  const bindings = elementsOf(process, 'correlationSubscriptions').flatMap((one) =>
    elementsOf(one, 'correlationPropertyBinding'),
  );
  const paths = propertiesOf(message).map(({ property, messagePath }) => {
    const binding = bindings.find((one) => elementOf(one, 'correlationPropertyRef') === property);
    return bodyOf(elementOf(binding, 'dataPath')) ?? messagePath;
  });
  return written ?? composed(paths);
}

interface Retrieved {
  readonly property: ModdleElement;
  readonly messagePath: string;
}

/** The properties of the first correlation key of the file that can be read whole from this message. */
function propertiesOf(message: ModdleElement): readonly Retrieved[] {
  const roots = elementsOf(elementOf(message, '$parent'), 'rootElements');
  const collaborations = roots.filter(({ $type }) => $type === 'bpmn:Collaboration');
  const holders = [...collaborations, ...collaborations.flatMap((one) => elementsOf(one, 'conversations'))];
  const subscribed = roots
    .flatMap((root) => elementsOf(root, 'correlationSubscriptions'))
    .map((one) => elementOf(one, 'correlationKeyRef'))
    .filter((key) => key !== undefined);
  for (const key of [...subscribed, ...holders.flatMap((holder) => elementsOf(holder, 'correlationKeys'))]) {
    const properties = elementsOf(key, 'correlationPropertyRef');
    const retrieved = properties.flatMap((property) => retrievedFrom(message, property));
    if (properties.length > 0 && retrieved.length === properties.length) return retrieved;
  }
  return [];
}

function retrievedFrom(message: ModdleElement, property: ModdleElement): readonly Retrieved[] {
  const [retrieval] = elementsOf(property, 'correlationPropertyRetrievalExpression').filter(
    (one) => elementOf(one, 'messageRef') === message,
  );
  const messagePath = bodyOf(elementOf(retrieval, 'messagePath'));
  return messagePath === undefined ? [] : [{ property, messagePath }];
}

/** One value as it is; several are one text, and null as soon as one of them is. */
function composed(paths: readonly string[]): string | undefined {
  const parts = paths.map((path) => `(${path.slice(1)})`);
  if (parts.length <= 1) return paths[0];
  const missing = parts.map((part) => `${part} = null`).join(' or ');
  return `=if ${missing} then null else ${parts.map((part) => `string(${part})`).join(' + "/" + ')}`;
}
