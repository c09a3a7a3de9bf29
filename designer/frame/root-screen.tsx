import { Button } from '@mantine/core';
import { IconBug, IconSearchOff } from '@tabler/icons-react';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StateView } from '../ui/state-view.tsx';

export function RootScreen() {
  return <Outlet />;
}

export function MissingScreen() {
  const { t } = useTranslation();
  return (
    <StateView icon={IconSearchOff} title={t('errors.notFound')} lead={t('errors.notFoundLead')}>
      <Button component={Link} to="/tasks" variant="default">
        {t('errors.home')}
      </Button>
    </StateView>
  );
}

/** A bug of ours: the person learns that the data is safe; the message helps whoever gets the report. */
export function CrashScreen({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const note = error instanceof Error ? error.message : String(error);
  return (
    <StateView icon={IconBug} title={t('errors.crash')} lead={t('errors.crashLead')} note={note} alert>
      <Button variant="default" onClick={() => location.reload()}>
        {t('errors.reload')}
      </Button>
    </StateView>
  );
}
