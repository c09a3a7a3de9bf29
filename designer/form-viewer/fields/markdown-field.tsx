import { SegmentedControl, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useViewerText, type FieldBinding } from '../form-context.ts';
import styles from '../form-viewer.module.css';
import { parseMarkdown } from '../rich-text/parse-markdown.ts';
import { RichView } from '../rich-text/rich-view.tsx';
import { inputProps } from './input-props.ts';

/** The text as it is written, and a look at how it will read. */
export function MarkdownField(binding: FieldBinding & { readonly rows: number | undefined }) {
  const text = useViewerText();
  const { field, value, change, rows, label, inputId } = binding;
  const [shown, setShown] = useState<'write' | 'preview'>('write');
  const typed = typeof value === 'string' ? value : '';
  return (
    <div className={styles.markdown}>
      {shown === 'write' ? (
        <Textarea
          {...inputProps(binding)}
          value={typed}
          placeholder={binding.placeholder}
          autosize
          minRows={rows ?? 5}
          maxRows={20}
          onChange={(event) => change(field, event.currentTarget.value)}
        />
      ) : (
        <div className={styles.set}>
          <div className={styles.label}>{label}</div>
          <div id={inputId} tabIndex={-1} className={styles.preview}>
            <RichView nodes={parseMarkdown(typed)} />
          </div>
        </div>
      )}
      <SegmentedControl
        size="xs"
        className={styles.markdownModes}
        value={shown}
        onChange={setShown}
        aria-label={label}
        data={[
          { value: 'write', label: text('write') },
          { value: 'preview', label: text('preview') },
        ]}
      />
    </div>
  );
}
