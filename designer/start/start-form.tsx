import type { FileReference, StartFormView } from '#contract';
import type { FormError, TaskBinding, VariableMap } from '#engine';
import { Skeleton } from '@mantine/core';
import { useEffect, useRef, useState, type Ref } from 'react';
import type { FieldProblem } from '../api/api-problem.ts';
import { lookUp } from '../api/directory.ts';
import { uploadToStart, type StartPlace } from '../api/starts.ts';
import type { UploadOptions } from '../form-viewer/form-context.ts';
import { FormViewer, type FormHandle } from '../form-viewer/form-viewer.tsx';
import { NO_CALENDARS } from '../form-viewer/no-calendars.ts';
import { useValidator } from '../form-viewer/use-validator.ts';
import { createUploadShelf } from '../task/upload-shelf.ts';
import { shelfOfStart } from './start-draft.ts';
import { ErrorState } from '../ui/state-view.tsx';
import { useLanguage } from '../ui/use-language.ts';

export interface StartFormProps {
  readonly actions: Ref<FormHandle>;
  readonly place: StartPlace;
  readonly view: StartFormView;
  readonly submission: string;
  readonly draft: Readonly<Record<string, unknown>>;
  readonly problems: readonly FieldProblem[];
  readonly onChange: (data: Readonly<Record<string, unknown>>) => void;
  readonly onSubmit: (data: Readonly<Record<string, unknown>>) => void;
  readonly onStep: (last: boolean) => void;
}

/** The form itself: a chunk of its own, for with it come FEEL and the form engine. */
export function StartForm(props: StartFormProps) {
  const { actions, place, view, submission, problems, onChange, onSubmit, onStep } = props;
  const language = useLanguage();
  const shown = useOwnFiles();
  const [opened] = useState(() => ({
    binding: view.binding as TaskBinding,
    draft: props.draft as VariableMap,
    now: Date.parse(view.now),
    shelf: createUploadShelf(shelfOfStart(submission)),
    upload: async (file: File, options: UploadOptions): Promise<FileReference> => {
      const reference = await uploadToStart(place, submission, { ...options, file });
      shown.keep(reference, file);
      return reference;
    },
  }));
  const validator = useValidator(view.validatorUrl);
  if (validator.isError) return <ErrorState error={validator.error} onRetry={() => void validator.refetch()} />;
  if (validator.data === undefined) return <Skeleton height={320} />;
  return (
    <FormViewer
      ref={actions}
      id="start-form"
      definition={view.definition}
      validate={validator.data}
      binding={opened.binding}
      draft={opened.draft}
      language={language}
      now={opened.now}
      zone={view.zone}
      calendars={NO_CALENDARS}
      serverErrors={problems as readonly FormError[]}
      upload={opened.upload}
      uploadShelf={opened.shelf}
      fileUrl={shown.urlOf}
      lookup={lookUp}
      onChange={onChange}
      onSubmit={onSubmit}
      onStep={onStep}
    />
  );
}

/** Nobody may read back what was uploaded without an account, so the page shows the files that it still has itself. */
function useOwnFiles() {
  const [files] = useState(() => {
    const urls = new Map<string, string>();
    return {
      urls,
      keep: ({ fileKey }: FileReference, file: File) => void urls.set(fileKey, URL.createObjectURL(file)),
      urlOf: ({ fileKey }: Pick<FileReference, 'fileKey'>) => urls.get(fileKey),
    };
  });
  const alive = useRef(true);
  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
      // StrictMode unmounts for a moment only.
      setTimeout(() => {
        if (!alive.current) for (const url of files.urls.values()) URL.revokeObjectURL(url);
      });
    };
  }, [files]);
  return files;
}
