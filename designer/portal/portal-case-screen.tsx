import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { portalCaseQuery } from '../api/portal.ts';
import { DocumentList } from '../case/document-list.tsx';
import { FileTiles } from '../files/file-tiles.tsx';
import { CaseProgressView } from '../start/case-progress.tsx';
import { ErrorState } from '../ui/state-view.tsx';
import { useTitle } from '../ui/use-title.ts';
import { PortalPage } from './portal-page.tsx';
import styles from './portal.module.css';

const route = getRouteApi('/app/portal/cases/$caseKey');

/** How one case goes, what was written for us, and what we gave to it. */
export function PortalCaseScreen() {
  const { t } = useTranslation();
  const { caseKey } = route.useParams();
  const query = useQuery(portalCaseQuery(caseKey));
  useTitle(query.data?.case.caseNumber ?? query.data?.case.title);
  const action = (
    <Button component={Link} to="/portal/cases" variant="default" size="md">
      {t('portal.toCases')}
    </Button>
  );
  const missing = { title: t('portal.caseMissing'), lead: t('portal.caseMissingLead'), action };
  return (
    <PortalPage>
      {query.isPending && <Skeleton height={240} />}
      {query.isError && query.data === undefined && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} missing={missing} />
      )}
      {query.data !== undefined && (
        <>
          <CaseProgressView progress={query.data.case} />
          <section className={styles.section}>
            <h2>{t('portal.documents')}</h2>
            {query.data.documents.length > 0 ? (
              <DocumentList documents={query.data.documents} />
            ) : (
              <p className={styles.lead}>{t('portal.noDocuments')}</p>
            )}
          </section>
          {query.data.received.length > 0 && (
            <section className={styles.section}>
              <h2>{t('portal.forUs')}</h2>
              <FileTiles files={query.data.received} />
            </section>
          )}
          {query.data.files.length > 0 && (
            <section className={styles.section}>
              <h2>{t('portal.files')}</h2>
              <FileTiles files={query.data.files} note={({ by }) => by} />
            </section>
          )}
          {action}
        </>
      )}
    </PortalPage>
  );
}
