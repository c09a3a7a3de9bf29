import { IconForms } from '@tabler/icons-react';
import { useEffect, useRef, type RefObject } from 'react';
import viewer from '../../form-viewer/form-viewer.module.css';
import { useLanguage } from '../../ui/use-language.ts';
import { StateView } from '../../ui/state-view.tsx';
import { useEditor, useStore } from '../editor-context.ts';
import { TEMPLATES, templateForm, type TemplateId } from '../form-templates.ts';
import { TemplateChoice } from '../template-choice.tsx';
import { useWords } from '../texts.ts';
import type { EditorPane } from '../editor-store.ts';
import { formKeyOf, titleOf, type NodeId } from '../document/form-document.ts';
import { textOf } from '../document/document-texts.ts';
import { CanvasChildren } from './canvas-node.tsx';
import styles from './canvas.module.css';

/** Less of a node than this is not seen. */
const EDGE = 48;

/** The form as people will see it, to be arranged. */
export function Canvas() {
  const store = useStore();
  const words = useWords();
  const language = useLanguage();
  const { history, selection, pane } = useEditor();
  const canvas = useRef<HTMLDivElement>(null);
  useRevealed(canvas, { id: selection.at(-1), pane });
  const { document } = history;
  const empty = document.nodes[document.root]!.children!.length === 0;
  const fresh = empty && document.fieldOrder.length === 0;
  const begin = (id: TemplateId): void => {
    const form = { key: formKeyOf(document), title: titleOf(document, 'ru') };
    store.run({ kind: 'replace', definition: templateForm(id, form) });
  };
  const horizontal = document.nodes[document.root]!.type === 'HorizontalLayout';
  return (
    // A click beside the form selects the form itself; Escape in the inspector does the same.
    <div ref={canvas} className={styles.canvas} onClick={() => store.select(null)}>
      <div className={styles.paper}>
        <h2 className={styles.title}>{titleOf(document, language)}</h2>
        <div className={viewer.form} data-canvas>
          <div className={horizontal ? viewer.horizontal : `${viewer.vertical} ${styles.container}`}>
            <CanvasChildren document={document} id={document.root} selection={selection} language={language} />
          </div>
        </div>
        {fresh && (
          <div className={styles.fresh}>
            <StateView icon={IconForms} title={words('canvasEmpty')} lead={words('canvasEmptyLead')} />
            <TemplateChoice templates={TEMPLATES.filter((id) => id !== 'blank')} onChoose={begin} />
          </div>
        )}
        {!empty && (
          <div className={styles.submit} aria-hidden>
            {textOf(document, language, 'submit') ?? textOf(document, 'ru', 'submit') ?? ''}
          </div>
        )}
      </div>
    </div>
  );
}

interface Revealed {
  readonly id: NodeId | undefined;
  readonly pane: EditorPane;
}

/** Brings what was chosen elsewhere, or just put in, into sight; what is in sight already stays where the eye has it. */
function useRevealed(canvas: RefObject<HTMLDivElement | null>, { id, pane }: Revealed): void {
  useEffect(() => {
    const node = id === undefined ? null : canvas.current?.querySelector(`[data-node="${CSS.escape(id)}"]`);
    if (!node) return;
    const sight = canvas.current!.getBoundingClientRect();
    const { top, bottom } = node.getBoundingClientRect();
    if (top > sight.bottom - EDGE || bottom < sight.top + EDGE) node.scrollIntoView({ block: 'center' });
  }, [canvas, id, pane]);
}
