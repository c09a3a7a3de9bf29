import { Input } from '@mantine/core';
import { useId, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import feel from '../feel-editor/feel-editor.module.css';
import { feelColours } from '../feel-editor/feel-colours.ts';
import { useCodeView } from '../ui/use-code-view.ts';
import type { SampleReading } from './read-sample.ts';

interface JsonBoxProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
  readonly description: string;
  readonly reading: SampleReading;
}

/** JSON is nearly FEEL, so the colours of FEEL serve it; Mantine's JsonInput has neither colours nor a place for the mistake. */
export function JsonBox({ value, onChange, label, description, reading }: JsonBoxProps) {
  const { t } = useTranslation();
  const id = useId();
  const host = useRef<HTMLDivElement>(null);
  const error = reading.ok
    ? null
    : reading.reason === 'object'
      ? t('expressions.notObject')
      : t('expressions.notJson', { line: reading.line, column: reading.column });
  const marks = useMemo(
    () =>
      reading.ok ? [] : [{ from: reading.at, to: reading.at + 1, severity: 'error' as const, message: error ?? '' }],
    [reading, error],
  );
  const view = useCodeView(host, {
    value,
    onChange,
    marks,
    multiline: true,
    readOnly: false,
    autoFocus: false,
    placeholder: '{ }',
    phrases: {},
    attributes: {
      'aria-label': label,
      'aria-describedby': `${id}-error`,
      ...(error === null ? {} : { 'aria-invalid': 'true' }),
    },
    extension: () => feelColours,
  });
  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      labelProps={{ onClick: () => view?.focus() }}
      description={description}
      error={error}
      errorProps={{ id: `${id}-error`, role: 'status' }}
    >
      <div ref={host} className={feel.box} data-multiline />
    </Input.Wrapper>
  );
}
