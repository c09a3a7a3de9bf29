import { formText, type CategoryNode } from '#engine';
import { useSyncExternalStore } from 'react';
import { useForm, useViewerText } from './form-context.ts';
import { nameOf } from './form-store.ts';
import formStyles from './form-viewer.module.css';
import { fieldsIn } from './layout-fields.ts';
import styles from './steps.module.css';

export function CategoryTitle({ of }: { readonly of: CategoryNode }) {
  const { form, language } = useForm();
  return <>{formText(form, language, `${of.i18n}.label`)}</>;
}

/** How many mistakes are told of inside; nothing when there are none. */
export function CategoryMistakes({ of }: { readonly of: CategoryNode }) {
  const { store } = useForm();
  const text = useViewerText();
  const count = useSyncExternalStore(
    (listener) => store.subscribe('', listener),
    () => {
      const names = fieldsIn(of);
      return store.summary().filter((error) => names.includes(nameOf(error))).length;
    },
  );
  if (count === 0) return null;
  return (
    <span className={styles.mistakes}>
      <span className={formStyles.hidden}>, {text('mistakes')}: </span>
      {count}
    </span>
  );
}
