import { memo, useMemo } from 'react';
import { FormContext } from '../../form-viewer/form-context.ts';
import { FormStore } from '../../form-viewer/form-store.ts';
import { FieldView } from '../../form-viewer/field-view.tsx';
import { NO_CALENDARS } from '../../form-viewer/no-calendars.ts';
import { Revealer } from '../../form-viewer/revealer.ts';
import { StepperLink } from '../../form-viewer/stepper-link.ts';
import { useWords } from '../texts.ts';
import styles from './canvas.module.css';
import type { FieldModel } from './field-model.ts';

const SERVICES = {
  revealer: new Revealer(),
  stepper: new StepperLink(),
  pageMoves: false,
  send: () => undefined,
  submit: () => undefined,
  upload: () => Promise.reject(new Error('')),
  fileUrl: () => '',
  lookup: () => Promise.resolve([]),
};

interface CanvasFieldProps {
  readonly model: FieldModel;
  readonly language: 'ru' | 'en';
  readonly rows: number | undefined;
}

/** The field as people will see it, drawn by the viewer itself; nobody can type into it here. */
export const CanvasField = memo(function CanvasField({ model, language, rows }: CanvasFieldProps) {
  const words = useWords();
  const { form, field, problem } = model;
  const surroundings = useMemo(() => {
    const store = new FormStore({
      form,
      language,
      binding: {},
      stored: {},
      context: {},
      draft: {},
      validate: () => true,
      now: 0,
      zone: 'Europe/Moscow',
      calendars: NO_CALENDARS,
    });
    return {
      form,
      store,
      language,
      idPrefix: 'canvas',
      readOnly: false,
      touch: false,
      ...SERVICES,
    };
  }, [form, language]);
  return (
    <FormContext value={surroundings}>
      <div inert className={styles.inert}>
        <FieldView field={field} rows={rows} />
      </div>
      {problem !== undefined && <p className={styles.broken}>{words('brokenField', { problem })}</p>}
    </FormContext>
  );
});
