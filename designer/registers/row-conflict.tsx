import type { RegisterDetail } from '#contract';
import { Alert, Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../api/api-problem.ts';
import { useLanguage } from '../ui/use-language.ts';
import { cellText } from './cell-text.ts';
import { openRegister } from './row-form.ts';
import styles from './row-panel.module.css';

interface RowConflictProps {
  readonly detail: RegisterDetail;
  readonly problem: ApiProblem;
  readonly onMine: (version: number) => void;
  readonly onTheirs: () => void;
}

/** Somebody was faster: both values of each field that differs, and the choice between them. */
export function RowConflict({ detail, problem, onMine, onTheirs }: RowConflictProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { form } = openRegister(detail).model;
  const words = { form, language, yes: t('registers.yes'), no: t('registers.no') };
  const version = problem.errors.find(({ keyword }) => keyword === 'version')?.params['version'];
  const differing = problem.errors.filter(({ keyword }) => keyword === 'conflict');
  const told = (path: string, value: unknown): string =>
    cellText(form.fieldsByName.get(path.slice(1)), value, words) || t('registers.nothing');
  return (
    <Alert variant="light" color="gray" mb={16} title={t('registers.conflictTitle')} role="alert">
      <p>{t('registers.conflictLead')}</p>
      <table className={styles.differences}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('registers.conflictStored')}</th>
            <th scope="col">{t('registers.conflictMine')}</th>
          </tr>
        </thead>
        <tbody>
          {differing.map(({ path, message, params }) => (
            <tr key={path}>
              <th scope="row">{message}</th>
              <td>{told(path, params['stored'])}</td>
              <td>{told(path, params['sent'])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Group gap={8}>
        <Button size="compact-sm" onClick={() => onMine(Number(version))}>
          {t('registers.keepMine')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onTheirs}>
          {t('registers.takeTheirs')}
        </Button>
      </Group>
    </Alert>
  );
}
