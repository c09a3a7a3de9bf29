import type { TaskDetail } from '#contract';
import type { FormError, TaskBinding, VariableMap } from '#engine';
import { Skeleton } from '@mantine/core';
import { useImperativeHandle, useRef, useState, type Ref } from 'react';
import type { FieldProblem } from '../api/api-problem.ts';
import { lookUp } from '../api/directory.ts';
import { fileUrl, uploadFile } from '../api/files.ts';
import { FormViewer, type FormHandle, type FormViewerProps } from '../form-viewer/form-viewer.tsx';
import { NO_CALENDARS } from '../form-viewer/no-calendars.ts';
import { useValidator } from '../form-viewer/use-validator.ts';
import { ErrorState } from '../ui/state-view.tsx';
import { useLanguage } from '../ui/use-language.ts';
import { newerDraft, readLocalDraft } from './local-draft.ts';
import { createUploadShelf } from './upload-shelf.ts';

export interface TaskFormActions {
  submit(): void;
}

export interface TaskFormProps {
  readonly actions: Ref<TaskFormActions>;
  readonly detail: TaskDetail;
  readonly readOnly: boolean;
  /** Errors the server found on completing. */
  readonly problems: readonly FieldProblem[];
  readonly onChange: (data: Readonly<Record<string, unknown>>) => void;
  readonly onSubmit: (data: Readonly<Record<string, unknown>>) => void;
  readonly onStep: (last: boolean) => void;
}

/**
 * The form of a task, as it was when the task was opened: the quiet refresh of the page must not take a value from under
 * the fingers. What changed meanwhile is the server's to judge when the task is completed.
 */
export function TaskForm({ actions, detail, readOnly, problems, onChange, onSubmit, onStep }: TaskFormProps) {
  const language = useLanguage();
  const viewer = useRef<FormHandle>(null);
  const [opened] = useState(() => openForm(detail));
  const validator = useValidator(opened.form?.validatorUrl);
  useImperativeHandle(actions, () => ({ submit: () => viewer.current?.submit() }));
  if (opened.form === null) return null;
  if (validator.isError) return <ErrorState error={validator.error} onRetry={() => void validator.refetch()} />;
  if (validator.data === undefined) return <Skeleton height={240} />;
  return (
    <FormViewer
      ref={viewer}
      id="task-form"
      definition={opened.form.definition}
      validate={validator.data}
      binding={opened.binding}
      stored={opened.stored}
      context={opened.stored}
      draft={opened.draft}
      language={language}
      now={opened.now}
      zone={opened.zone}
      calendars={NO_CALENDARS}
      readOnly={readOnly}
      serverErrors={problems as readonly FormError[]}
      upload={opened.upload}
      uploadShelf={opened.uploadShelf}
      fileUrl={fileUrl}
      lookup={lookUp}
      onChange={onChange}
      onSubmit={onSubmit}
      onStep={onStep}
    />
  );
}

function openForm(detail: TaskDetail) {
  const { form, task, variables, now, zone } = detail;
  const upload: FormViewerProps['upload'] = (file, options) =>
    uploadFile({ ...options, file, form: `/api/tasks/${encodeURIComponent(task.userTaskKey)}` });
  return {
    form,
    binding: (form?.binding ?? {}) as TaskBinding,
    stored: variables as VariableMap,
    draft: (newerDraft(detail, readLocalDraft(task.userTaskKey)) ?? {}) as VariableMap,
    now: Date.parse(now),
    zone,
    upload,
    uploadShelf: createUploadShelf(task.userTaskKey),
  };
}
