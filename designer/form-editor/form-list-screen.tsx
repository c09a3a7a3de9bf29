import type { FormSummary } from '#contract';
import { Button } from '@mantine/core';
import { IconFileImport, IconFilterOff, IconForms, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { formsQuery } from '../api/forms.ts';
import { formatInstant } from '../format/instant.ts';
import list from '../ui/list-screen.module.css';
import { ListSearch } from '../ui/list-search.tsx';
import { ListSkeleton } from '../ui/list-skeleton.tsx';
import { useTelling } from '../ui/use-language.ts';
import { ErrorState, StateView } from '../ui/state-view.tsx';
import { useTitle } from '../ui/use-title.ts';
import styles from './form-list-screen.module.css';
import type { TemplateId } from './form-templates.ts';
import { ImportFormDialog } from './import-form-dialog.tsx';
import { NewFormDialog } from './new-form-dialog.tsx';
import { TemplateChoice } from './template-choice.tsx';
import { useWords } from './texts.ts';

/** Every form, published or being drawn. */
export function FormListScreen() {
  const words = useWords();
  const query = useQuery(formsQuery);
  const [search, setSearch] = useState('');
  const [creating, setCreating] = useState<TemplateId | undefined>(undefined);
  const [importing, setImporting] = useState(false);
  useTitle(words('title'));
  const forms = query.data?.items ?? [];
  const wanted = search.trim().toLowerCase();
  const found = forms.filter(({ title, formId }) => `${title} ${formId}`.toLowerCase().includes(wanted));
  return (
    <section className={list.screen} aria-labelledby="forms-title">
      <header className={list.header}>
        <h1 id="forms-title">{words('title')}</h1>
        <ListSearch label={words('search')} value={search} onChange={setSearch} />
        <Button
          variant="default"
          leftSection={<IconFileImport size={16} aria-hidden />}
          onClick={() => setImporting(true)}
        >
          {words('importForm')}
        </Button>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating('blank')}>
          {words('newForm')}
        </Button>
      </header>
      <div className={list.rows}>
        {query.isPending && <ListSkeleton label={words('loading')} rows={9} />}
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.isSuccess && forms.length === 0 && (
          <div className={styles.empty}>
            <StateView icon={IconForms} title={words('empty')} lead={words('emptyLead')} />
            <TemplateChoice onChoose={setCreating} />
          </div>
        )}
        {query.isSuccess && forms.length > 0 && found.length === 0 && (
          <StateView icon={IconFilterOff} title={words('nothingFound')} lead={words('nothingFoundLead')} />
        )}
        {found.length > 0 && <FormTable forms={found} />}
      </div>
      {creating !== undefined && (
        <NewFormDialog
          template={creating}
          taken={new Set(forms.map(({ formId }) => formId))}
          onClose={() => setCreating(undefined)}
        />
      )}
      {importing && (
        <ImportFormDialog taken={new Set(forms.map(({ formId }) => formId))} onClose={() => setImporting(false)} />
      )}
    </section>
  );
}

function FormTable({ forms }: { readonly forms: readonly FormSummary[] }) {
  const words = useWords();
  const telling = useTelling();
  const navigate = useNavigate();
  return (
    <table className={list.table} aria-label={words('title')}>
      <thead>
        <tr>
          <th scope="col">{words('listColumns_title')}</th>
          <th scope="col" data-wide-only>
            {words('listColumns_key')}
          </th>
          <th scope="col" data-wide-only data-figures>
            {words('listColumns_fields')}
          </th>
          <th scope="col">{words('listColumns_published')}</th>
          <th scope="col">{words('listColumns_draft')}</th>
        </tr>
      </thead>
      <tbody>
        {forms.map(({ formId, title, fields, published, draft }) => (
          <tr key={formId} onClick={() => void navigate({ to: '/forms/$formId', params: { formId } })}>
            <td>
              <Link to="/forms/$formId" params={{ formId }} className={list.name}>
                {title}
              </Link>
            </td>
            <td data-wide-only className="r-mono">
              {formId}
            </td>
            <td data-wide-only data-figures>
              {fields}
            </td>
            <td data-quiet={published === null || undefined}>
              {published === null ? words('neverPublished') : words('version', { version: published.version })}
            </td>
            <td className={styles.draft} data-quiet={draft === null || undefined}>
              {draft === null
                ? words('noDraft')
                : words('draftBy', { name: draft.savedByName, at: formatInstant(draft.savedAt, telling) })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
