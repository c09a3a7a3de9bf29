import {
  InvalidForm,
  readForm,
  type FormError,
  type FormLanguage,
  type FormModel,
  type RuleSurroundings,
  type SchemaValidator,
  type TaskBinding,
  type VariableMap,
} from '#engine';
import { Alert, Button } from '@mantine/core';
import {
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type Ref,
} from 'react';
import { ErrorSummary } from './error-summary.tsx';
import { FormContext, inputId, type FormServices } from './form-context.ts';
import styles from './form-viewer.module.css';
import { FormStore, VALUES } from './form-store.ts';
import { LayoutView } from './layout-view.tsx';
import { Revealer } from './revealer.ts';
import { StepperLink } from './stepper-link.ts';
import { viewerText } from './texts.ts';
import { useTouch } from './use-touch.ts';

/** What the page may ask of the form, for its own footer and shortcuts. */
export interface FormHandle {
  /** As the submit button: shows what is wrong and focuses the first field, or calls `onSubmit`; in a step before the last, goes on. */
  readonly submit: () => void;
  /** What to keep as the draft right now. */
  readonly draft: () => VariableMap;
}

export interface FormViewerProps extends FormServices, Pick<RuleSurroundings, 'zone' | 'calendars'> {
  /** The form definition as JSON. Keep the object: a new one means a new form and an empty store. */
  readonly definition: unknown;
  /** The form's precompiled validator: `loadValidator(url)`. */
  readonly validate: SchemaValidator;
  readonly binding?: TaskBinding;
  /** Stored variables the person may see (`projectStored`), and read-only ones for the rules. */
  readonly stored?: VariableMap;
  readonly context?: VariableMap;
  readonly draft?: VariableMap;
  readonly language: FormLanguage;
  /** Epoch milliseconds when the form was opened; `today()` of the rules. */
  readonly now: number;
  readonly readOnly?: boolean;
  /** With it the form draws its own button; without, the page submits through `ref` or `<button form={id}>`. */
  readonly submitLabel?: string;
  readonly id?: string;
  readonly serverErrors?: readonly FormError[];
  readonly onChange?: (draft: VariableMap) => void;
  readonly onSubmit: (variables: VariableMap) => void;
  /** Of a form in steps: is the one that is open the last? Until then submitting goes on to the next. */
  readonly onStep?: (last: boolean) => void;
  readonly ref?: Ref<FormHandle>;
}

/** A form a person fills. Rules, values and messages come from the same engine code that the server runs on submit. */
export function FormViewer({ ref, ...props }: FormViewerProps) {
  const reading = useMemo(() => readDefinition(props.definition), [props.definition]);
  if (reading instanceof InvalidForm) {
    return <Alert color="red">{viewerText(props.language, 'invalidForm', { problem: reading.message })}</Alert>;
  }
  return <OpenedForm {...props} form={reading} handle={ref} />;
}

function readDefinition(definition: unknown): FormModel | InvalidForm {
  try {
    return readForm(definition);
  } catch (error) {
    if (error instanceof InvalidForm) return error;
    throw error;
  }
}

type OpenedFormProps = Omit<FormViewerProps, 'ref'> & {
  readonly form: FormModel;
  readonly handle: Ref<FormHandle> | undefined;
};

function OpenedForm(props: OpenedFormProps) {
  const { form, language, readOnly = false, serverErrors, onChange, onSubmit, onStep, submitLabel } = props;
  const generatedId = useId();
  const idPrefix = props.id ?? generatedId;
  const touch = useTouch();
  const store = useFormStore(props);

  const [revealer] = useState(() => new Revealer());
  const [stepper] = useState(() => new StepperLink());
  const [lastStep, setLastStep] = useState(true);

  const focus = useCallback(
    (errors: readonly FormError[]): void => {
      const [first] = errors;
      const owner = first && store.ownerOf(first);
      if (owner) revealer.focus(owner, inputId(idPrefix, owner));
    },
    [store, revealer, idPrefix],
  );
  const send = (): void => {
    const outcome = store.submit();
    if ('variables' in outcome) onSubmit(outcome.variables);
    else focus(outcome.errors);
  };
  const submit = (): void => (stepper.open ? stepper.open.next() : send());
  useImperativeHandle(props.handle, () => ({ submit, draft: () => store.draft() }));
  const latest = useRef(send);
  useEffect(() => {
    latest.current = send;
  });

  useEffect(
    () =>
      stepper.listen((last) => {
        setLastStep(last);
        onStep?.(last);
      }),
    [stepper, onStep],
  );

  useEffect(() => {
    if (!serverErrors) return;
    store.showServerErrors(serverErrors);
    if (serverErrors.length > 0) focus(store.shownErrors());
  }, [serverErrors, store, focus]);

  useEffect(() => (onChange ? store.subscribe(VALUES, () => onChange(store.draft())) : undefined), [store, onChange]);

  const pageMoves = onStep !== undefined;
  const { upload, uploadShelf, fileUrl, lookup } = props;
  const surroundings = useMemo(
    () => ({
      form,
      store,
      revealer,
      stepper,
      pageMoves,
      submit: () => (stepper.open ? stepper.open.next() : latest.current()),
      send: () => latest.current(),
      language,
      idPrefix,
      readOnly,
      touch,
      upload,
      uploadShelf,
      fileUrl,
      lookup,
    }),
    [
      form,
      store,
      revealer,
      stepper,
      pageMoves,
      language,
      idPrefix,
      readOnly,
      touch,
      upload,
      uploadShelf,
      fileUrl,
      lookup,
    ],
  );
  return (
    <FormContext value={surroundings}>
      <form
        id={idPrefix}
        className={styles.form}
        noValidate
        aria-label={form.title[language] ?? form.title.ru}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => keepEnter(event, submit)}
      >
        <ErrorSummary />
        <LayoutView node={form.layout} />
        {submitLabel !== undefined && !readOnly && lastStep && (
          <div className={styles.actions}>
            <Button type="submit" className={styles.target}>
              {submitLabel}
            </Button>
          </div>
        )}
      </form>
    </FormContext>
  );
}

/**
 * One store per form, task data and language: another task's values must never mix with these. `now` and draft are read when the
 * form opens; a page that polls must not throw away what is being typed.
 */
function useFormStore(props: OpenedFormProps): FormStore {
  const { form, stored, context, binding, validate, language, zone, calendars } = props;
  return useMemo(() => {
    const setting = { form, validate, language, zone, calendars, now: props.now };
    return new FormStore({
      ...setting,
      binding: binding ?? {},
      stored: stored ?? {},
      context: context ?? {},
      draft: props.draft ?? {},
    });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above: `now` and `draft` are initial values
  }, [form, stored, context, binding, validate, language, zone, calendars]);
}

/** Enter in a one-line input would complete the task by accident; Ctrl+Enter does it on purpose, from anywhere. */
function keepEnter(event: KeyboardEvent<HTMLFormElement>, submit: () => void): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    submit();
  } else if (event.target instanceof HTMLInputElement) event.preventDefault();
}
