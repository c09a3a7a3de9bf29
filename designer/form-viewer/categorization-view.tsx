import type { CategoryNode, LayoutNode } from '#engine';
import { useEffect, useState, type ReactNode } from 'react';
import { CategoryMistakes, CategoryTitle } from './category-title.tsx';
import { useForm } from './form-context.ts';
import formStyles from './form-viewer.module.css';
import { fieldsIn, useShownCategories } from './layout-fields.ts';
import { StepperView } from './stepper-view.tsx';
import styles from './steps.module.css';

export interface CategorizationProps {
  readonly node: Extract<LayoutNode, { kind: 'categorization' }>;
  /** Draws what stands in a category. */
  readonly draw: (category: CategoryNode) => ReactNode;
}

/** Categories as tabs or as steps. Where nothing can be filled, and on paper, all of them stand below each other. */
export function CategorizationView(props: CategorizationProps) {
  const { readOnly } = useForm();
  if (readOnly) return <Sections {...props} />;
  return props.node.variant === 'stepper' ? <StepperView {...props} /> : <TabsView {...props} />;
}

function Sections({ node, draw }: CategorizationProps) {
  const categories = useShownCategories(node);
  return (
    <div className={formStyles.vertical}>
      {categories.map((category) => (
        <section key={category.id} className={formStyles.group}>
          <h2 className={formStyles.groupTitle}>
            <CategoryTitle of={category} />
          </h2>
          <div className={formStyles.vertical}>{draw(category)}</div>
        </section>
      ))}
    </div>
  );
}

/** Tabs by the ARIA pattern; only the one that is open is drawn. A tab with mistakes says so. */
function TabsView({ node, draw }: CategorizationProps) {
  const { idPrefix, revealer } = useForm();
  const categories = useShownCategories(node);
  const [chosen, setChosen] = useState(node.children[0]!.id);
  const open = categories.find(({ id }) => id === chosen) ?? categories[0];
  useEffect(
    () =>
      revealer.register((owner) => {
        const holder = node.children.find((category) => fieldsIn(category).includes(owner.split('/', 1)[0]!));
        if (holder) setChosen(holder.id);
      }),
    [revealer, node],
  );
  if (!open) return null;
  const idOf = (category: CategoryNode): string => `${idPrefix}-${category.i18n}-tab`;
  return (
    <div className={styles.tabs}>
      <div
        role="tablist"
        className={styles.tabList}
        onKeyDown={(event) => {
          const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
          if (step === undefined) return;
          event.preventDefault();
          const next = categories[(categories.indexOf(open) + step + categories.length) % categories.length]!;
          setChosen(next.id);
          document.getElementById(idOf(next))?.focus();
        }}
      >
        {categories.map((category) => (
          <button
            key={category.id}
            id={idOf(category)}
            type="button"
            role="tab"
            className={styles.tab}
            aria-selected={category === open}
            aria-controls={category === open ? `${idPrefix}-tab-panel` : undefined}
            tabIndex={category === open ? 0 : -1}
            onClick={() => setChosen(category.id)}
          >
            <CategoryTitle of={category} />
            <CategoryMistakes of={category} />
          </button>
        ))}
      </div>
      <div id={`${idPrefix}-tab-panel`} role="tabpanel" aria-labelledby={idOf(open)} className={formStyles.vertical}>
        {draw(open)}
      </div>
    </div>
  );
}
