import { formText, type CategoryNode } from '#engine';
import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useMemo, type ReactNode } from 'react';
import { CategoryTitle } from './category-title.tsx';
import { FormContext, useForm, useViewerText } from './form-context.ts';
import formStyles from './form-viewer.module.css';
import styles from './steps.module.css';

interface SummaryStepProps {
  readonly categories: readonly CategoryNode[];
  readonly draw: (category: CategoryNode) => ReactNode;
  readonly onEdit: (category: CategoryNode) => void;
}

/** Everything once more before it is sent, with the way back to each step. */
export function SummaryStep({ categories, draw, onEdit }: SummaryStepProps) {
  const surroundings = useForm();
  const { form, language } = surroundings;
  const text = useViewerText();
  const plain = useMemo(
    () => ({ ...surroundings, readOnly: true, idPrefix: `${surroundings.idPrefix}-check` }),
    [surroundings],
  );
  return (
    <>
      <p className={styles.lead}>{text('checkHelp')}</p>
      {categories.map((category) => (
        <section key={category.id} className={styles.checked}>
          <header className={styles.checkedHead}>
            <h3>
              <CategoryTitle of={category} />
            </h3>
            <Button
              variant="subtle"
              size="compact-sm"
              className={formStyles.target}
              leftSection={<IconPencil size={14} aria-hidden />}
              aria-label={`${text('edit')}: ${formText(form, language, `${category.i18n}.label`)}`}
              onClick={() => onEdit(category)}
            >
              {text('edit')}
            </Button>
          </header>
          <FormContext value={plain}>
            <div className={formStyles.vertical}>{draw(category)}</div>
          </FormContext>
        </section>
      ))}
    </>
  );
}
