import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** Sets the browser title; `count` stands first, so that it is seen on a narrow tab. */
export function useTitle(title: string | undefined, count = 0): void {
  const { t } = useTranslation();
  const product = t('product');
  useEffect(() => {
    const name = title === undefined || title === '' ? product : `${title} — ${product}`;
    document.title = count > 0 ? `(${count}) ${name}` : name;
  }, [title, count, product]);
}
