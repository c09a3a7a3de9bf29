import type { RegisterDetail, RegisterImportReport } from '#contract';
import { fieldLabel } from '#engine';
import { Alert, Button, Loader, Modal, Select } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../api/problem-text.ts';
import { badRows, importRows, type ImportMode } from '../api/register-files.ts';
import { formatFileSize } from '../format/file-size.ts';
import { PHONE_WIDTH } from '../theme/tokens.ts';
import { saveFile } from '../ui/save-file.ts';
import { toastDone } from '../ui/toast.tsx';
import { useLanguage } from '../ui/use-language.ts';
import styles from './import-window.module.css';
import { openRegister } from './row-form.ts';

const MAX_BYTES = 20 * 1024 * 1024;
const MAX_ROWS = 50_000;
const SHOWN_ERRORS = 100;

/** A file of rows: what its columns mean, what would become of it, and only then the import. */
export function ImportWindow({ detail, onClose }: { readonly detail: RegisterDetail; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const phone = useMediaQuery(`(max-width: ${PHONE_WIDTH - 1}px)`, false, { getInitialValueInEffect: false });
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<RegisterImportReport | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  // One key per file and mapping: a lost answer may be asked for again without a second import.
  const attempt = useRef(crypto.randomUUID());
  const { registerKey } = detail;

  const ask = async (chosen: File, mode: ImportMode, mapping?: readonly (string | null)[]): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      const imported = { registerKey, file: chosen, ...(mapping && { mapping }) };
      const answer = await importRows(imported, mode, mode === 'preview' ? undefined : `${attempt.current}-${mode}`);
      if (!answer.applied) return setReport(answer);
      const { created, updated, unchanged } = answer;
      toastDone(t('registers.importDone', { created, updated, unchanged }));
      void client.invalidateQueries({ queryKey: ['register', registerKey] });
      void client.invalidateQueries({ queryKey: ['registers'] });
      onClose();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const choose = (chosen: File | undefined): void => {
    if (chosen === undefined) return;
    attempt.current = crypto.randomUUID();
    setFile(chosen);
    setReport(null);
    void ask(chosen, 'preview');
  };
  const mapping = report?.columns.map(({ field }) => field);
  const remap = (column: number, field: string | null): void => {
    if (file === null || mapping === undefined) return;
    attempt.current = crypto.randomUUID();
    // A field is filled by one column: taken here, it is left out there.
    const next = mapping.map((one, index) => (index === column ? field : one === field ? null : one));
    void ask(file, 'preview', next);
  };
  const download = async (): Promise<void> => {
    if (file === null) return;
    try {
      const blob = await badRows({ registerKey, file, ...(mapping && { mapping }) });
      saveFile(blob, `${file.name.replace(/\.\w+$/, '')}-errors.csv`);
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={760}
      fullScreen={phone}
      title={t('registers.importTitle', { title: detail.title })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={styles.window}>
        {report === null && <Drop busy={busy} onFile={choose} />}
        {failure !== null && (
          <Alert color="red" variant="light" role="alert">
            <p className={styles.failure}>{problemText(failure, language)}</p>
          </Alert>
        )}
        {report !== null && file !== null && (
          <>
            <p className={styles.file}>
              <IconFileSpreadsheet size={18} aria-hidden /> {file.name} · {formatFileSize(file.size, language)} ·{' '}
              {t('registers.rows', { count: report.rows })}
            </p>
            <Mapping detail={detail} report={report} busy={busy} onChange={remap} />
            <p role="status" className={styles.counts}>
              <span>{t('registers.importNew', { count: report.created })}</span>
              <span>{t('registers.importChanged', { count: report.updated })}</span>
              <span>{t('registers.importSame', { count: report.unchanged })}</span>
              <span data-bad={report.bad > 0 || undefined}>{t('registers.importBad', { count: report.bad })}</span>
            </p>
            {report.bad > 0 && <Errors detail={detail} report={report} onDownload={() => void download()} />}
            <footer className={styles.footer}>
              <Button variant="default" disabled={busy} onClick={() => setReport(null)}>
                {t('registers.importAnother')}
              </Button>
              <Import report={report} busy={busy} onImport={(mode) => void ask(file, mode, mapping)} />
            </footer>
          </>
        )}
      </div>
    </Modal>
  );
}

function Drop({ busy, onFile }: { readonly busy: boolean; readonly onFile: (file: File | undefined) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div
      className={styles.drop}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        onFile(event.dataTransfer.files[0]);
      }}
    >
      <input
        ref={input}
        type="file"
        hidden
        accept=".xlsx,.csv,text/csv"
        onChange={(event) => onFile(event.currentTarget.files?.[0])}
      />
      <Button
        leftSection={busy ? <Loader size={16} color="white" /> : <IconFileSpreadsheet size={18} />}
        disabled={busy}
        onClick={() => input.current?.click()}
      >
        {t(busy ? 'registers.importReading' : 'registers.importChoose')}
      </Button>
      <span>{t('registers.importDrop')}</span>
      <p className={styles.hint}>
        {t('registers.importLimits', {
          size: formatFileSize(MAX_BYTES, language),
          rows: MAX_ROWS.toLocaleString(language),
        })}
      </p>
    </div>
  );
}

interface MappingProps {
  readonly detail: RegisterDetail;
  readonly report: RegisterImportReport;
  readonly busy: boolean;
  readonly onChange: (column: number, field: string | null) => void;
}

function Mapping({ detail, report, busy, onChange }: MappingProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { form } = openRegister(detail).model;
  const fields = form.fields
    .filter(({ rules }) => rules.value === undefined)
    .map((field) => ({ value: field.name, label: fieldLabel(form, language, field) }));
  return (
    <table className={styles.mapping}>
      <thead>
        <tr>
          <th scope="col">{t('registers.importColumn')}</th>
          <th scope="col">{t('registers.importPreview')}</th>
          <th scope="col">{t('registers.importField')}</th>
        </tr>
      </thead>
      <tbody>
        {report.columns.map(({ heading, field, sample }, index) => (
          <tr key={index}>
            <th scope="row">{heading}</th>
            <td className={styles.sample}>{sample.filter(Boolean).join(' · ')}</td>
            <td>
              <Select
                aria-label={`${t('registers.importField')}: ${heading}`}
                data={fields}
                value={field}
                placeholder={t('registers.importSkip')}
                clearable
                disabled={busy}
                clearButtonProps={{ 'aria-label': t('registers.importSkip') }}
                onChange={(next) => onChange(index, next)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ErrorsProps {
  readonly detail: RegisterDetail;
  readonly report: RegisterImportReport;
  readonly onDownload: () => void;
}

function Errors({ report, onDownload }: ErrorsProps) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('registers.importErrors')} className={styles.errors}>
      <p className={styles.hint}>{t('registers.importNoneHint')}</p>
      <ul tabIndex={0} aria-label={t('registers.importErrors')}>
        {report.errors.map(({ line, message, value }, index) => (
          <li key={index}>
            <span className={styles.line}>
              {t('registers.importRow')} {line}
            </span>{' '}
            {message} {value !== '' && <code>{value}</code>}
          </li>
        ))}
      </ul>
      {report.errors.length >= SHOWN_ERRORS && (
        <p className={styles.hint}>{t('registers.importErrorsMore', { count: SHOWN_ERRORS })}</p>
      )}
      <Button variant="default" size="compact-sm" onClick={onDownload}>
        {t('registers.importBadFile')}
      </Button>
    </section>
  );
}

interface ImportProps {
  readonly report: RegisterImportReport;
  readonly busy: boolean;
  readonly onImport: (mode: 'all' | 'good') => void;
}

function Import({ report: { created, updated, bad }, busy, onImport }: ImportProps) {
  const { t } = useTranslation();
  const count = created + updated;
  if (count === 0) return <Button disabled>{t('registers.importNothing')}</Button>;
  return (
    <Button loading={busy} onClick={() => onImport(bad > 0 ? 'good' : 'all')}>
      {t(bad > 0 ? 'registers.importGood' : 'registers.importAll', { count })}
    </Button>
  );
}
