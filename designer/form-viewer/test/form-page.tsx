import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.css';
import 'virtual:theme-variables.css';
import '../../theme/base.css';
import './form-page.css';
import type { FieldOption, FileReference, FormError, FormLanguage, VariableMap } from '#engine';
import { MantineProvider } from '@mantine/core';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { cssVariablesResolver, theme } from '../../theme/theme.ts';
import type { LookupQuery, UploadOptions } from '../form-context.ts';
import { FormViewer } from '../form-viewer.tsx';
import { UploadFailed } from '../upload-failed.ts';
import { loadValidator } from '../load-validator.ts';
import { createUploadShelf } from '../../task/upload-shelf.ts';

/** What the page reports to the test. */
interface Told {
  submitted?: VariableMap;
  draft?: VariableMap;
}

interface Setup {
  readonly definition: unknown;
  readonly stored?: VariableMap;
  readonly draft?: VariableMap;
  readonly context?: VariableMap;
  readonly binding?: { readonly readable?: readonly string[]; readonly writable?: readonly string[] };
  readonly language: FormLanguage;
  readonly now: number;
  readonly readOnly?: boolean;
  /** The server refuses the first submission with these. */
  readonly refusal?: readonly FormError[];
}

const told: Told = {};
Object.assign(window, { told });

async function upload(file: File, { onProgress, signal }: UploadOptions): Promise<FileReference> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/files?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', file.type);
    request.upload.onprogress = (event) => onProgress(event.loaded / event.total);
    request.onerror = () => reject(new UploadFailed('', { transient: true }));
    request.onload = () =>
      request.status < 300 ? resolve(JSON.parse(request.responseText) as FileReference) : reject(new Error(''));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

async function lookup({ search = '', values }: LookupQuery): Promise<readonly FieldOption[]> {
  const query = new URLSearchParams([...(values ?? []).map((value) => ['value', value]), ['search', search]]);
  return (await (await fetch(`/lookup?${query}`)).json()) as readonly FieldOption[];
}

const setup = (await (await fetch('/setup.json')).json()) as Setup;
const validate = await loadValidator('/validator.mjs');
const calendars = {} as never;
const uploadShelf = createUploadShelf('test');

function Page() {
  const [refused, setRefused] = useState<readonly FormError[] | undefined>(undefined);
  return (
    <main className="page">
      <FormViewer
        {...setup}
        validate={validate}
        zone="Europe/Moscow"
        calendars={calendars}
        submitLabel={setup.language === 'ru' ? 'Отправить на разбор' : 'Send for examination'}
        upload={upload}
        uploadShelf={uploadShelf}
        lookup={lookup}
        fileUrl={fileUrl}
        onChange={keepDraft}
        {...(refused && { serverErrors: refused })}
        onSubmit={(variables) => {
          if (setup.refusal && !refused) setRefused(setup.refusal);
          else told.submitted = variables;
        }}
      />
    </main>
  );
}

const fileUrl = (file: FileReference): string => `/files/${file.fileKey}`;

function keepDraft(draft: VariableMap): void {
  told.draft = draft;
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="light"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <Page />
    </MantineProvider>
  </StrictMode>,
);
