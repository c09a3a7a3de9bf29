import { Button } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface LoadMoreProps {
  readonly hasMore: boolean;
  readonly loading: boolean;
  readonly onLoad: () => void;
}

/** The next page, fetched when the end of the list comes near; a button remains for the keyboard and for failures. */
export function LoadMore({ hasMore, loading, onLoad }: LoadMoreProps) {
  const { t } = useTranslation();
  const { ref, entry } = useIntersection({ rootMargin: '400px' });
  const near = entry?.isIntersecting ?? false;
  const asked = useRef(false);
  useEffect(() => {
    if (near && hasMore && !loading && !asked.current) onLoad();
    asked.current = near && hasMore;
  }, [near, hasMore, loading, onLoad]);
  if (!hasMore) return null;
  return (
    <div ref={ref} className="r-load-more">
      <Button variant="subtle" size="xs" loading={loading} onClick={onLoad}>
        {t('common.loadMore')}
      </Button>
    </div>
  );
}
