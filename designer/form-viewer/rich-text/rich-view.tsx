import { createElement, type ReactNode } from 'react';
import { useViewerText } from '../form-context.ts';
import type { RichNode } from './rich-node.ts';
import styles from './rich-view.module.css';

/** Draws formatted text as React elements: what is not in the tree cannot reach the page. */
export function RichView({ nodes }: { readonly nodes: readonly RichNode[] }) {
  const text = useViewerText();
  return <div className={styles.rich}>{draw(nodes, text('openLink'))}</div>;
}

function draw(nodes: readonly RichNode[], newTab: string): ReactNode {
  return nodes.map((node, index) => {
    if (typeof node === 'string') return node;
    const { tag, children, href } = node;
    if (tag === 'br' || tag === 'hr') return createElement(tag, { key: index });
    const content = draw(insideTable(tag) ? children.filter((child) => typeof child !== 'string') : children, newTab);
    return href === undefined ? (
      createElement(tag, { key: index }, content)
    ) : (
      <a key={index} href={href} target="_blank" rel="noreferrer noopener" title={newTab}>
        {content}
      </a>
    );
  });
}

/** Blanks between rows of a table are no content, and React says so loudly. */
function insideTable(tag: string): boolean {
  return ['table', 'thead', 'tbody', 'tr'].includes(tag);
}
