import type { ReferenceSource } from '#engine';
import { useEffect, useState } from 'react';
import { useForm } from '../form-context.ts';

/** The name of a chosen person or group; undefined while unknown, and then its id is shown. */
export function useLookupLabel(source: ReferenceSource | undefined, value: string | undefined): string | undefined {
  const { lookup } = useForm();
  const [known, setKnown] = useState<{ readonly value: string; readonly label: string } | undefined>(undefined);
  useEffect(() => {
    if (!source || value === undefined || known?.value === value) return undefined;
    let wanted = true;
    lookup({ source, values: [value] }).then(
      (found) => {
        const label = found.find((option) => option.value === value)?.label;
        if (wanted && label !== undefined) setKnown({ value, label });
      },
      // The id is shown then; the list itself reports the failure when it is opened.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [lookup, source, value, known]);
  return known?.value === value ? known?.label : undefined;
}
