import { formText, type LayoutNode } from '#engine';
import { IconInfoCircle } from '@tabler/icons-react';
import { CategorizationView } from './categorization-view.tsx';
import { FieldView } from './field-view.tsx';
import { useForm } from './form-context.ts';
import styles from './form-viewer.module.css';
import { parseMarkdown } from './rich-text/parse-markdown.ts';
import { RichView } from './rich-text/rich-view.tsx';
import { useAnyVisible } from './layout-fields.ts';

/** Draws the layout tree. Fields draw themselves; a container draws again only when it appears or disappears. */
export function LayoutView({ node }: { readonly node: LayoutNode }) {
  switch (node.kind) {
    case 'control':
      return <Control node={node} />;
    case 'label':
      return <Note i18n={node.i18n} />;
    case 'markdown':
      return <Memo i18n={node.i18n} />;
    case 'divider':
      return <hr className={styles.divider} />;
    case 'group':
      return <GroupView node={node} />;
    case 'categorization':
      return <CategorizationView node={node} draw={(category) => <Children of={category} />} />;
    case 'category':
    case 'vertical':
      return (
        <div className={styles.vertical}>
          <Children of={node} />
        </div>
      );
    case 'horizontal':
      return (
        <div className={styles.horizontal}>
          {node.children.map((child) => (
            <Cell key={child.id} node={child} span={spanOf(child, node.children.length)} />
          ))}
        </div>
      );
  }
}

type Container = Extract<LayoutNode, { readonly children: readonly LayoutNode[] }>;

function Children({ of }: { readonly of: Container }) {
  return of.children.map((child) => <LayoutView key={child.id} node={child} />);
}

function Control({ node }: { readonly node: Extract<LayoutNode, { kind: 'control' }> }) {
  const { form } = useForm();
  return <FieldView field={form.fieldsByName.get(node.field)!} rows={node.rows} table={node.table} />;
}

function Cell({ node, span }: { readonly node: LayoutNode; readonly span: number }) {
  const visible = useAnyVisible(node);
  return visible ? (
    <div data-span={span}>
      <LayoutView node={node} />
    </div>
  ) : null;
}

function GroupView({ node }: { readonly node: Extract<LayoutNode, { kind: 'group' }> }) {
  const { form, language, idPrefix } = useForm();
  const visible = useAnyVisible(node);
  const titleId = `${idPrefix}-${node.i18n}`;
  if (!visible) return null;
  return (
    <section className={styles.group} aria-labelledby={titleId}>
      <h2 id={titleId} className={styles.groupTitle}>
        {formText(form, language, `${node.i18n}.label`)}
      </h2>
      <div className={styles.vertical}>
        <Children of={node} />
      </div>
    </section>
  );
}

function Note({ i18n }: { readonly i18n: string }) {
  const { form, language } = useForm();
  return (
    <p className={styles.note}>
      <IconInfoCircle size={16} aria-hidden className={styles.noteIcon} />
      {formText(form, language, `${i18n}.text`)}
    </p>
  );
}

/** A formatted note of the form's author. */
function Memo({ i18n }: { readonly i18n: string }) {
  const { form, language } = useForm();
  return (
    <div className={styles.memo}>
      <RichView nodes={parseMarkdown(formText(form, language, `${i18n}.text`) ?? '')} />
    </div>
  );
}

function spanOf(node: LayoutNode, count: number): number {
  return node.kind === 'control' && node.span !== undefined ? node.span : Math.max(1, Math.floor(12 / count));
}
