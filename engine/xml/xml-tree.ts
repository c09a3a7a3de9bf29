import { attributesOf } from './tag-attributes.ts';
import { tagsOf, type Tag } from './tags-of.ts';

/** An element with its places in the text, for edits that leave every other sign alone. */
export interface XmlElement {
  /** As written, with its prefix. */
  readonly name: string;
  readonly local: string;
  /** URI; '' is none. */
  readonly namespace: string;
  /** Prefix → URI, as declared here and around. The default namespace has the prefix ''. */
  readonly namespaces: ReadonlyMap<string, string>;
  readonly attributes: ReadonlyMap<string, string>;
  readonly open: Tag;
  /** Just after the element. */
  readonly end: number;
  /** Where its closing tag begins; of an empty element `open.to`. */
  readonly closeFrom: number;
  readonly children: readonly XmlElement[];
}

interface OpenElement extends Omit<XmlElement, 'end' | 'closeFrom' | 'children'> {
  end: number;
  closeFrom: number;
  readonly children: OpenElement[];
}

/** The root of a well-formed text (a parser has read it before); undefined when there is none. */
export function xmlTree(xml: string): XmlElement | undefined {
  const around: OpenElement[] = [];
  let root: OpenElement | undefined;
  for (const tag of tagsOf(xml)) {
    if (tag.closes) {
      const closed = around.pop();
      if (closed) Object.assign(closed, { end: tag.to, closeFrom: tag.from });
      continue;
    }
    const parent = around.at(-1);
    const element = openElement(xml, tag, parent?.namespaces);
    parent?.children.push(element);
    root ??= element;
    if (!tag.empty) around.push(element);
  }
  return root;
}

/** The element and everything inside, outer ones first. */
export function* elementsWithin(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) yield* elementsWithin(child);
}

function openElement(xml: string, tag: Tag, outer: ReadonlyMap<string, string> = new Map()): OpenElement {
  const attributes = new Map(attributesOf(xml, tag).map(({ name, value }) => [name, value]));
  const declared = [...attributes].filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  const namespaces =
    declared.length === 0
      ? outer
      : new Map([...outer, ...declared.map(([name, uri]) => [name.slice(6), uri] as const)]);
  const [local = '', prefix = ''] = tag.name.split(':').reverse();
  return {
    name: tag.name,
    local,
    namespace: namespaces.get(prefix) ?? '',
    namespaces,
    attributes,
    open: tag,
    end: tag.to,
    closeFrom: tag.to,
    children: [],
  };
}
