import type { FieldKind } from '#engine';
import { UnstyledButton } from '@mantine/core';
import { kindOfField } from '../canvas/field-model.ts';
import { controlOf, unplacedFields } from '../document/document-tree.ts';
import { shownText } from '../document/document-texts.ts';
import { columnKey, shownColumns } from '../document/table-columns.ts';
import { isJsonObject, isRequired, type JsonObject } from '../document/form-document.ts';
import { useDocument, useStore } from '../editor-context.ts';
import { useWords, type EditorWords } from '../texts.ts';
import { rulesOf } from './rule-list.ts';
import styles from './views.module.css';

/** Photos and videos are files, but nobody calls them so. */
function kindName(kind: FieldKind | undefined, schema: JsonObject, words: EditorWords): string {
  const files = schema['x-files'];
  const only =
    isJsonObject(files) && typeof files['kind'] === 'string' && files['kind'] !== 'file' ? files['kind'] : undefined;
  return kind === undefined ? '—' : words.named('kind', only ?? kind);
}

/** The data the form writes into the case, as the process sees them. */
export function FieldTable() {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const unplaced = new Set(unplacedFields(document).map(({ id }) => id));
  const rules = rulesOf(document);
  return (
    <div className={styles.view}>
      <h2>{words('dataTree')}</h2>
      <table className={styles.table} aria-label={words('dataTree')}>
        <thead>
          <tr>
            <th scope="col">{words('dataKey')}</th>
            <th scope="col">{words('dataLabel')}</th>
            <th scope="col">{words('dataKind')}</th>
            <th scope="col">{words('dataRules')}</th>
            <th scope="col">{words('dataPlace')}</th>
          </tr>
        </thead>
        <tbody>
          {document.fieldOrder.flatMap((id) => {
            const field = document.fields[id]!;
            const control = controlOf(document, id);
            return [field, ...shownColumns(field, control)].map((one) => {
              const key = columnKey(one);
              const isColumn = one.id !== id;
              return (
                <tr key={one.id}>
                  <td className={isColumn ? styles.inner : undefined}>
                    <UnstyledButton
                      className={`${styles.link} r-mono`}
                      onClick={() => store.goTo(control?.id ?? null, isColumn ? one.id : null)}
                    >
                      {isColumn ? key : one.name}
                    </UnstyledButton>
                  </td>
                  <td>
                    {shownText(document, `${one.name}.label`, '')}
                    {isRequired(document, one.name) && <span className={styles.mark}> *</span>}
                  </td>
                  <td>{kindName(kindOfField(document, { ...one, name: key }), one.schema, words)}</td>
                  <td className={styles.quiet}>
                    {rules
                      .filter((rule) => rule.field?.id === one.id)
                      .map(({ rule }) => words(`logic_${rule}`))
                      .join(', ')}
                  </td>
                  <td className={unplaced.has(id) ? styles.warn : styles.quiet} data-column={words('dataPlace')}>
                    {words(unplaced.has(id) ? 'dataUnplaced' : 'dataPlaced')}
                  </td>
                </tr>
              );
            });
          })}
        </tbody>
      </table>
    </div>
  );
}
