import { Button } from '@mantine/core';
import { useRef } from 'react';
import { ENDINGS } from './chosen-files.ts';

interface ChooseFilesProps {
  readonly label: string;
  readonly variant: 'default' | 'filled';
  readonly onFiles: (files: readonly File[]) => Promise<void>;
}

/** A button that opens the window of the system for choosing files. */
export function ChooseFiles({ label, variant, onFiles }: ChooseFilesProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={`${ENDINGS.join(',')},application/json`}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          // The same file, mended, may be chosen again.
          currentTarget.value = '';
          void onFiles(files);
        }}
      />
      <Button variant={variant} onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  );
}
