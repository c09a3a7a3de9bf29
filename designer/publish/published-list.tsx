import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PublishedDefinition } from '../api/deployments.ts';
import styles from './publish-screen.module.css';

interface PublishedListProps {
  readonly published: readonly PublishedDefinition[];
  readonly onMore: () => void;
}

/** What has come of it, with the ways on. */
export function PublishedList({ published, onMore }: PublishedListProps) {
  const { t } = useTranslation();
  return (
    <section className={styles.published} aria-labelledby="published-title">
      <IconCircleCheck size={32} stroke={1.5} aria-hidden className={styles.ok} />
      <div role="status">
        <h2 id="published-title">{t('publish.done')}</h2>
        <p>{t('publish.doneLead')}</p>
      </div>
      <ul>
        {published.map(({ kind, id, version }) => (
          <li key={`${kind} ${id}`}>
            <Name kind={kind} id={id} />
            <span>{t(`publish.kind_${kind}`)}</span>
            <span>{t('publish.version', { version })}</span>
          </li>
        ))}
      </ul>
      <div className={styles.actions}>
        <Button variant="default" onClick={onMore}>
          {t('publish.more')}
        </Button>
        <Button component={Link} to="/processes">
          {t('publish.back')}
        </Button>
      </div>
    </section>
  );
}

function Name({ kind, id }: Pick<PublishedDefinition, 'kind' | 'id'>) {
  if (kind === 'process')
    return (
      <Link to="/processes/$processId" params={{ processId: id }} className="r-mono">
        {id}
      </Link>
    );
  if (kind === 'form')
    return (
      <Link to="/forms/$formId" params={{ formId: id }} className="r-mono">
        {id}
      </Link>
    );
  return <span className="r-mono">{id}</span>;
}
