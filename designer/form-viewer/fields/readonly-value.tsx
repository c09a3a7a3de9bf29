import {
  formatDateTime,
  formatDuration,
  formatGeoPoint,
  formatPeriod,
  formatPhone,
  formatTime,
  geoPointOf,
  type FileReference,
  type JsonValue,
} from '#engine';
import type { ReactNode } from 'react';
import { dateText } from '../date-text.ts';
import { useForm, useViewerText, type FieldBinding } from '../form-context.ts';
import styles from '../form-viewer.module.css';
import { moneyText, numberText } from '../number-text.ts';
import { parseHtml } from '../rich-text/parse-html.ts';
import { parseMarkdown } from '../rich-text/parse-markdown.ts';
import { RichView } from '../rich-text/rich-view.tsx';
import { deviceZone } from '../time-text.ts';
import { accountText } from '../typed-requisite.ts';
import { useOptions } from './choice-labels.ts';
import { FileCard } from './file-card.tsx';
import { SignatureImage } from './signature-field.tsx';
import { useLookupLabel } from './use-lookup-label.ts';

/** A value that cannot be changed here: plain text, not a greyed-out input, so that it can be read and copied. */
export function ReadonlyValue(binding: FieldBinding) {
  const { inputId, label } = binding;
  const text = useViewerText();
  const content = useContent(binding);
  return (
    <dl className={styles.set} data-plain>
      <dt className={styles.label}>{label}</dt>
      <dd id={inputId} tabIndex={-1} className={styles.plain} data-empty={content === undefined || undefined}>
        {content ?? text(binding.field.rules.value ? 'notYet' : 'empty')}
      </dd>
    </dl>
  );
}

/** A value as it is read; undefined when there is none. */
export function useContent({ field, value, options, label }: FieldBinding): ReactNode {
  const { language } = useForm();
  const text = useViewerText();
  const labels = useOptions({ field, ...(options && { options }) });
  const reference = useLookupLabel(field.source, typeof value === 'string' ? value : undefined);
  if (value === undefined || value === null || value === '') return undefined;
  const labelOf = (item: JsonValue): string => labels.find((option) => option.value === item)?.label ?? plain(item);
  switch (field.kind) {
    case 'money':
      return typeof value === 'number' ? `${moneyText(value, language)}\u00a0₽` : plain(value);
    case 'integer':
    case 'decimal':
      return numberText(value, language);
    case 'percent':
      return `${numberText(value, language)}\u00a0%`;
    case 'date':
      return dateText(value, language);
    case 'time':
      return formatTime(plain(value));
    case 'datetime':
      return formatDateTime(plain(value), deviceZone(), language);
    case 'period':
      return formatPeriod(plain(value), language);
    case 'duration':
      return formatDuration(plain(value), language);
    case 'account':
      return accountText(plain(value));
    case 'geo-point': {
      const point = geoPointOf(value);
      return point ? formatGeoPoint(point, language) : plain(value);
    }
    case 'markdown':
      return <RichView nodes={parseMarkdown(plain(value))} />;
    case 'html':
      return <RichView nodes={parseHtml(plain(value))} />;
    case 'signature': {
      const [file] = Array.isArray(value) ? (value as unknown as readonly FileReference[]) : [];
      return file && <SignatureImage file={file} label={label} />;
    }
    case 'phone':
      return typeof value === 'string' ? formatPhone(value) : plain(value);
    case 'boolean':
      return text(value === true ? 'yes' : 'no');
    case 'choice':
      return labelOf(value);
    case 'choices':
      return Array.isArray(value) && value.length > 0
        ? (value as readonly JsonValue[]).map(labelOf).join(', ')
        : undefined;
    case 'reference':
      return reference ?? plain(value);
    case 'files':
      return Array.isArray(value) && value.length > 0 ? (
        <Files files={value as readonly unknown[] as readonly FileReference[]} />
      ) : undefined;
    default:
      return plain(value);
  }
}

function Files({ files }: { readonly files: readonly FileReference[] }) {
  return (
    <span className={styles.files}>
      {files.map((file) => (
        <FileCard key={file.fileKey} file={file} />
      ))}
    </span>
  );
}

/** A stored value of another type than the field's (an older form wrote it) is still shown. */
function plain(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
