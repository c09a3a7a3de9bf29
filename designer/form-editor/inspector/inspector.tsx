import { useDocument, useEditor } from '../editor-context.ts';
import { nodeTitle } from '../node-name.ts';
import { useWords } from '../texts.ts';
import { fieldWithId } from '../document/table-columns.ts';
import { ColumnInspector } from './column-inspector.tsx';
import { FieldInspector } from './field-inspector.tsx';
import { FormInspector } from './form-inspector.tsx';
import styles from './inspector.module.css';
import { NodeInspector } from './node-inspector.tsx';

/** Properties of what is selected; of the form when nothing is. */
export function Inspector() {
  const words = useWords();
  const document = useDocument();
  const { selection, column: columnId } = useEditor();
  const id = selection.at(-1);
  const node = id === undefined ? undefined : document.nodes[id];
  const field = node?.fieldId ? document.fields[node.fieldId] : undefined;
  const column = columnId === null ? undefined : fieldWithId(document, columnId);
  return (
    <div className={styles.inspector}>
      {selection.length > 1 && <p className={styles.quiet}>{words('inspectorMany', { count: selection.length })}</p>}
      {node === undefined ? (
        <FormInspector />
      ) : field === undefined ? (
        <NodeInspector key={node.id} node={node} />
      ) : column !== undefined ? (
        <ColumnInspector key={column.id} table={field} column={column} control={node} />
      ) : (
        <FieldInspector key={field.id} field={field} control={node} />
      )}
      <span className="r-hidden" role="status">
        {id === undefined ? '' : nodeTitle(document, id, words)}
      </span>
    </div>
  );
}
