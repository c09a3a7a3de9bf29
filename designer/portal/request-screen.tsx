import { Button, Select, Skeleton } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { portalCasesQuery } from '../api/portal.ts';
import { sessionQuery } from '../api/session.ts';
import { startFormQuery, type StartPlace } from '../api/starts.ts';
import { StartWork, titleOf } from '../start/start-work.tsx';
import { ErrorState } from '../ui/state-view.tsx';
import { useLanguage } from '../ui/use-language.ts';
import { useTitle } from '../ui/use-title.ts';
import { PortalPage } from './portal-page.tsx';
import styles from './portal.module.css';

const route = getRouteApi('/app/portal/new/$startKey');

/** A request being filled, with the same form and rules as everywhere. */
export function RequestScreen() {
  const { t } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const { startKey } = route.useParams();
  const session = useQuery(sessionQuery).data;
  const groups = session?.groups ?? [];
  const [organisation, setOrganisation] = useState(groups[0]?.groupId);
  const place: StartPlace = { door: 'portal', startKey, ...(groups.length > 1 && { organisation }) };
  const query = useQuery({ ...startFormQuery(place), retry: false });
  const title = query.data === undefined ? '' : titleOf(query.data.definition, language);
  useTitle(title);
  if (query.data === undefined) {
    const action = (
      <Button component={Link} to="/portal/new" variant="default">
        {t('portal.toForms')}
      </Button>
    );
    const missing = { title: t('portal.formMissing'), lead: t('portal.formMissingLead'), action };
    return (
      <PortalPage>
        {query.isPending ? (
          <Skeleton height={320} />
        ) : (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} missing={missing} />
        )}
      </PortalPage>
    );
  }
  return (
    <StartWork
      key={startKey}
      place={place}
      view={query.data}
      owner={session?.user.username}
      onAccepted={() => void client.invalidateQueries({ queryKey: portalCasesQuery.queryKey })}
      page={({ content, footer }) => (
        <PortalPage footer={footer}>
          <h1>{title}</h1>
          {groups.length > 1 && footer !== null && (
            <Select
              label={t('portal.organisation')}
              size="md"
              allowDeselect={false}
              data={groups.map(({ groupId, name }) => ({ value: groupId, label: name }))}
              value={organisation ?? null}
              onChange={(value) => setOrganisation(value ?? undefined)}
            />
          )}
          {content}
        </PortalPage>
      )}
      receipt={(receipt, again) => (
        <section className={styles.receipt} role="status">
          <IconCircleCheck size={44} stroke={1.5} aria-hidden className={styles.done} />
          <h2>{t('portal.received')}</h2>
          <p className={styles.number}>{receipt.caseNumber}</p>
          <p className={styles.lead}>{receipt.differs ? t('start.differs') : t('portal.receivedLead')}</p>
          <Button component={Link} to="/portal/cases" size="md" className={styles.big}>
            {t('portal.allCases')}
          </Button>
          <Button variant="subtle" size="md" onClick={again}>
            {t('start.another')}
          </Button>
        </section>
      )}
    />
  );
}
