import { Button, Skeleton } from '@mantine/core';
import { IconMoodSad } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { formQuery, formsQuery } from '../api/forms.ts';
import frame from '../ui/editor-frame.module.css';
import { ErrorState, StateView } from '../ui/state-view.tsx';
import { NotAForm, readDocument } from './document/read-document.ts';
import { FormEditor } from './form-editor.tsx';
import { useWords } from './texts.ts';

const route = getRouteApi('/app/forms/$formId');

/** A form by its key: the draft, or what is published. */
export function FormEditorScreen() {
  const words = useWords();
  const { formId } = route.useParams();
  const client = useQueryClient();
  const query = useQuery(formQuery(formId));
  const [opening, setOpening] = useState(0);
  const problem = useMemo(() => (query.data ? readProblem(query.data.definition) : undefined), [query.data]);
  const reload = async (): Promise<void> => {
    await client.refetchQueries({ queryKey: formQuery(formId).queryKey, exact: true });
    await client.invalidateQueries({ queryKey: formsQuery.queryKey, exact: true });
    setOpening((count) => count + 1);
  };
  const back = (
    <Button component={Link} to="/forms" variant="default">
      {words('back')}
    </Button>
  );
  if (query.isError)
    return (
      <ErrorState
        error={query.error}
        onRetry={() => void query.refetch()}
        missing={{ title: words('missing'), lead: words('missingLead'), action: back }}
      />
    );
  if (!query.data)
    return (
      <div className={frame.skeleton} role="status" aria-busy aria-label={words('loading')}>
        <Skeleton height={48} />
        <Skeleton height={420} />
      </div>
    );
  if (problem !== undefined)
    return (
      <StateView icon={IconMoodSad} title={words('unreadable')} lead={problem} alert>
        {back}
      </StateView>
    );
  return <FormEditor key={`${formId} ${opening}`} design={query.data} onReload={() => void reload()} />;
}

function readProblem(definition: unknown): string | undefined {
  try {
    readDocument(definition);
    return undefined;
  } catch (error) {
    if (error instanceof NotAForm) return error.message;
    throw error;
  }
}
