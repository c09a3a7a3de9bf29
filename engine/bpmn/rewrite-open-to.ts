import type { Audience } from '../model/process-model.ts';
import { appended, emptyElement, prefixedName, removal, within, type ElementText } from '../xml/element-edits.ts';
import { setAttributes } from '../xml/tag-attributes.ts';
import type { TextEdit } from '../xml/text-edit.ts';
import type { XmlElement } from '../xml/xml-tree.ts';
import { audiencesIn, OPEN_TO } from './compile-open-to.ts';

interface Rewritten {
  readonly edits: readonly TextEdit[];
  /** What is missing among the extensions of the element. */
  readonly inserts: readonly ElementText[];
}

/** The property `reglament:openTo` among the `zeebe:properties` of a start event, as wanted. Words that say the same stay as they are. */
export function rewriteOpenTo(
  xml: string,
  wanted: {
    readonly properties: XmlElement | undefined;
    readonly openTo: readonly Audience[];
    readonly prefix: () => string;
  },
): Rewritten {
  const { properties, openTo, prefix } = wanted;
  const value = openTo.join(', ');
  const all = properties?.children ?? [];
  const stand = all.filter(({ attributes }) => attributes.get('name') === OPEN_TO);
  if (openTo.length === 0) {
    const gone = properties !== undefined && stand.length === all.length ? [properties] : stand;
    return { edits: stand.length === 0 ? [] : gone.map((one) => removal(xml, one)), inserts: [] };
  }
  if (stand.length > 0) {
    const changed = stand.filter(({ attributes }) => !saysSame(attributes.get('value') ?? '', openTo));
    return { edits: changed.flatMap(({ open }) => setAttributes(xml, open, { value })), inserts: [] };
  }
  const property: ElementText = () => emptyElement(prefixedName(prefix(), 'property'), { name: OPEN_TO, value });
  if (properties) return { edits: appended(xml, properties, [property]), inserts: [] };
  const name = prefixedName(prefix(), 'properties');
  const around: ElementText = (line) => `<${name}>${within(line)}${property(within(line))}${line}</${name}>`;
  return { edits: [], inserts: [around] };
}

function saysSame(text: string, openTo: readonly Audience[]): boolean {
  const words = new Set(audiencesIn(text));
  return words.size === new Set(openTo).size && openTo.every((audience) => words.has(audience));
}
