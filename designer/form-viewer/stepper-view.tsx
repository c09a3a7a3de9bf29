import type { CategoryNode, LayoutNode } from '#engine';
import { Button } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { CategoryMistakes, CategoryTitle } from './category-title.tsx';
import { inputId, useForm, useViewerText } from './form-context.ts';
import formStyles from './form-viewer.module.css';
import { fieldsIn, useShownCategories } from './layout-fields.ts';
import styles from './steps.module.css';
import { SummaryStep } from './summary-step.tsx';

/** The id of the last step, which no category has. */
const SUMMARY = 'summary';

interface StepperProps {
  readonly node: Extract<LayoutNode, { kind: 'categorization' }>;
  readonly draw: (category: CategoryNode) => ReactNode;
}

/**
 * Steps gone through in order. Only the step that is open is drawn: what the others hold is in the store. Next checks the step; back is
 * always free, and so are the steps that were passed. A step whose fields are hidden does not appear.
 */
export function StepperView({ node, draw }: StepperProps) {
  const { store, idPrefix, revealer, stepper, pageMoves, send } = useForm();
  const text = useViewerText();
  const categories = useShownCategories(node);
  const ids = [...categories.map(({ id }) => id), ...(node.summary ? [SUMMARY] : [])];
  const [chosen, setChosen] = useState(ids[0]!);
  const [reached, setReached] = useState(0);
  const title = useRef<HTMLHeadingElement>(null);
  // A step that a rule takes away while it is open gives way to the one before it.
  const current = Math.max(0, ids.includes(chosen) ? ids.indexOf(chosen) : Math.min(reached, ids.length - 1));
  const open = categories[current];
  const last = current === ids.length - 1;

  const goTo = (index: number): void => {
    setChosen(ids[index]!);
    setReached(Math.max(reached, index));
    requestAnimationFrame(() => title.current?.focus());
  };
  const next = (): void => {
    const [first] = open ? store.check(fieldsIn(open)) : [];
    if (first) {
      const owner = store.ownerOf(first);
      revealer.focus(owner, inputId(idPrefix, owner));
    } else if (last) send();
    else goTo(current + 1);
  };

  useEffect(() => stepper.register({ next, last }));
  useEffect(
    () =>
      revealer.register((owner) => {
        const holder = node.children.find((category) => fieldsIn(category).includes(owner.split('/', 1)[0]!));
        if (holder) setChosen(holder.id);
      }),
    [revealer, node],
  );

  return (
    <div className={styles.stepper}>
      <ol className={styles.steps} aria-label={text('steps')}>
        {ids.map((id, index) => (
          <Step
            key={id}
            category={categories[index]}
            index={index}
            state={index === current ? 'current' : index <= reached ? 'passed' : 'ahead'}
            onOpen={() => goTo(index)}
          />
        ))}
      </ol>
      <p className={styles.progress}>{text('stepOf', { step: current + 1, count: ids.length })}</p>
      <section aria-labelledby={`${idPrefix}-step`} className={formStyles.vertical}>
        <h2 id={`${idPrefix}-step`} ref={title} tabIndex={-1} className={styles.title}>
          {open ? <CategoryTitle of={open} /> : text('checkAndSend')}
        </h2>
        {open ? (
          draw(open)
        ) : (
          <SummaryStep categories={categories} draw={draw} onEdit={(category) => goTo(categories.indexOf(category))} />
        )}
      </section>
      <div className={styles.moves}>
        {current > 0 && (
          <Button
            variant="default"
            className={formStyles.target}
            leftSection={<IconArrowLeft size={16} aria-hidden />}
            onClick={() => goTo(current - 1)}
          >
            {text('back')}
          </Button>
        )}
        {!last && !pageMoves && (
          <Button
            className={`${formStyles.target} ${styles.forward}`}
            rightSection={<IconArrowRight size={16} aria-hidden />}
            onClick={next}
          >
            {text('next')}
          </Button>
        )}
      </div>
    </div>
  );
}

interface StepProps {
  /** undefined for the summary. */
  readonly category: CategoryNode | undefined;
  readonly index: number;
  readonly state: 'current' | 'passed' | 'ahead';
  readonly onOpen: () => void;
}

function Step({ category, index, state, onOpen }: StepProps) {
  const text = useViewerText();
  const content = (
    <>
      <span className={styles.bullet} aria-hidden>
        {state === 'passed' ? <IconCheck size={14} /> : index + 1}
      </span>
      <span>
        {category ? <CategoryTitle of={category} /> : text('check')}
        {state === 'passed' && <span className={formStyles.hidden}>, {text('stepPassed')}</span>}
      </span>
      {category && <CategoryMistakes of={category} />}
    </>
  );
  return (
    <li className={styles.step} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
      {state === 'passed' ? (
        <button type="button" className={styles.stepName} onClick={onOpen}>
          {content}
        </button>
      ) : (
        <span className={styles.stepName}>{content}</span>
      )}
    </li>
  );
}
