import { elementRules, isElementName, type ElementName } from './markup-rules.ts';
import { readStyle, readTags } from './read-tags.ts';

export type MarkupText = { readonly kind: 'text'; readonly text: string };
export type MarkupElement = {
  readonly kind: 'element';
  readonly name: ElementName;
  readonly classes: ReadonlySet<string>;
  readonly style: ReadonlyMap<string, string>;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly MarkupNode[];
};
export type MarkupNode = MarkupText | MarkupElement;

/**
 * The tree of rendered markup. `checkTemplate` has proved every rendering well-formed, so a fault here is our bug.
 */
export function parseMarkup(markup: string): readonly MarkupNode[] {
  const root: MarkupNode[] = [];
  const open: { readonly name: string; readonly children: MarkupNode[] }[] = [{ name: '', children: root }];
  for (const token of readTags(markup)) {
    const parent = open.at(-1)!;
    if (token.kind === 'text') parent.children.push({ kind: 'text', text: token.text });
    else if (token.kind === 'open' && isElementName(token.name)) {
      const children: MarkupNode[] = [];
      parent.children.push({
        kind: 'element',
        name: token.name,
        classes: new Set((token.attributes.get('class') ?? '').split(/\s+/u).filter(Boolean)),
        style: new Map(readStyle(token.attributes.get('style') ?? '')),
        attributes: token.attributes,
        children,
      });
      if (elementRules[token.name].content !== 'void') open.push({ name: token.name, children });
    } else if (token.kind === 'close' && parent.name === token.name) open.pop();
    else throw new Error(`Expected well-formed markup from a checked template, but found ${JSON.stringify(token)}.`);
  }
  if (open.length > 1) throw new Error(`Expected </${open.at(-1)!.name}> in markup from a checked template.`);
  return root;
}
