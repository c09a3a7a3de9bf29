import type { VariableMap } from '#engine';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useForm, type FieldBinding } from '../form-context.ts';

/** The values that the filter of a look-up reads, of its row or of the form; the same object as long as none of them changes. */
export function useFilterValues({ field: { source }, beside }: FieldBinding): VariableMap {
  const { store } = useForm();
  const places = useMemo(
    () =>
      (source?.register?.filter?.formFields ?? []).flatMap((name) => {
        const place = beside(name);
        return place === undefined ? [] : [[name, place] as const];
      }),
    [beside, source],
  );
  const text = useSyncExternalStore(
    (listener) => {
      const stop = places.map(([, { path }]) => store.subscribe(path, listener));
      return () => stop.forEach((unsubscribe) => unsubscribe());
    },
    () => JSON.stringify(Object.fromEntries(places.map(([name, place]) => [name, place.value() ?? null]))),
  );
  return useMemo(() => JSON.parse(text) as VariableMap, [text]);
}

/** Takes a chosen row back when a field that the filter reads has changed and the row no longer fits. */
export function useUnfitCleared({ field, value, change }: FieldBinding, form: VariableMap): void {
  const { lookup } = useForm();
  const seen = useRef(form);
  useEffect(() => {
    if (seen.current === form) return undefined;
    seen.current = form;
    const { source } = field;
    if (source?.register?.filter === undefined || typeof value !== 'string') return undefined;
    let wanted = true;
    lookup({ source, values: [value], form }).then(
      (found) => {
        if (wanted && found.length === 0) change(field, null);
      },
      // The server checks it again when the form is sent.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- asked only when what the filter reads has changed
  }, [form]);
}
