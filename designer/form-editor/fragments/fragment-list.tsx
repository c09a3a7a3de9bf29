import type { FormFragmentView } from '#contract';
import { useDraggable } from '@dnd-kit/core';
import { ActionIcon, FileButton, Menu, Skeleton } from '@mantine/core';
import { IconDots, IconDownload, IconPencil, IconPuzzle, IconTrash, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { formFragmentsQuery } from '../../api/form-fragments.ts';
import { ErrorState } from '../../ui/state-view.tsx';
import type { DragSubject } from '../canvas/drop-places.ts';
import { useStore } from '../editor-context.ts';
import type { EditorStore } from '../editor-store.ts';
import { toastDone, toastNote } from '../editor-toast.ts';
import type { Place } from '../document/form-document.ts';
import type { FormFragment } from '../document/form-fragment.ts';
import styles from '../palette/palette.module.css';
import { useWords } from '../texts.ts';
import { FragmentNameDialog } from './fragment-name-dialog.tsx';
import { fragmentIn, useFragments } from './use-fragments.tsx';

interface FragmentListProps {
  readonly search: string;
  /** Where a press puts it: after what is selected. */
  readonly placeFor: (store: EditorStore, piece: FormFragment) => Place;
}

/** Pieces of forms kept by name, to be put into this one; and the way to keep, name, carry and throw them away. */
export function FragmentList({ search, placeFor }: FragmentListProps) {
  const words = useWords();
  const acts = useFragments();
  const query = useQuery(formFragmentsQuery);
  const kept = query.data ?? [];
  const wanted = search.trim().toLowerCase();
  const found = kept.filter(({ title }) => title.toLowerCase().includes(wanted));
  const section = useRef<HTMLElement>(null);
  const leave = useFocusAfter(section, found);
  if (wanted !== '' && found.length === 0) return null;
  return (
    <section aria-label={words('fragments')} ref={section}>
      <div className={styles.heading}>
        <h3 className={styles.group}>{words('fragments')}</h3>
        <FileButton accept="application/json,.json" onChange={(file) => file && void acts.upload(file)}>
          {(props) => (
            <ActionIcon {...props} variant="subtle" color="gray" aria-label={words('fragmentImport')}>
              <IconUpload size={16} aria-hidden />
            </ActionIcon>
          )}
        </FileButton>
      </div>
      {query.isPending && <Skeleton height={32} />}
      {query.isLoadingError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && kept.length === 0 && <p className={styles.quiet}>{words('fragmentsEmpty')}</p>}
      <ul className={`${styles.items} ${styles.wide}`}>
        {found.map((one) => (
          <li key={one.fragmentId} className={styles.unplaced}>
            <Fragment kept={one} placeFor={placeFor} onRemove={() => leave(one)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface FragmentProps extends Pick<FragmentListProps, 'placeFor'> {
  readonly kept: FormFragmentView;
  readonly onRemove: () => void;
}

function Fragment({ kept, placeFor, onRemove }: FragmentProps) {
  const words = useWords();
  const store = useStore();
  const acts = useFragments();
  const [naming, setNaming] = useState(false);
  const { title } = kept;
  const fragment = fragmentIn(kept);
  const subject: DragSubject = { kind: 'fragment', title, fragment };
  const { listeners, setNodeRef, attributes } = useDraggable({ id: `fragment:${kept.fragmentId}`, data: subject });
  const icon = { size: 16, 'aria-hidden': true } as const;
  return (
    <>
      <button
        ref={setNodeRef}
        type="button"
        className={styles.item}
        aria-label={words('add', { name: title })}
        aria-describedby={attributes['aria-describedby']}
        data-fragment={kept.fragmentId}
        {...listeners}
        onClick={() => {
          if (store.run({ kind: 'paste', fragment, at: placeFor(store, fragment) }))
            toastDone(words('fragmentPut', { title }));
          else toastNote(words('fragmentMisplaced'));
          store.showPane('canvas');
        }}
      >
        <IconPuzzle size={16} stroke={1.6} aria-hidden />
        <span>{title}</span>
      </button>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={words('menu', { what: title })}>
            <IconDots {...icon} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil {...icon} />} onClick={() => setNaming(true)}>
            {words('fragmentRename')}
          </Menu.Item>
          <Menu.Item leftSection={<IconDownload {...icon} />} onClick={() => acts.download(kept)}>
            {words('exportForm')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconTrash {...icon} />}
            onClick={() => {
              onRemove();
              void acts.remove(kept);
            }}
          >
            {words('fragmentDelete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <FragmentNameDialog
          name={title}
          onName={(next) => void acts.rename(kept, next)}
          onClose={() => setNaming(false)}
        />
      )}
    </>
  );
}

/**
 * Once the list is drawn without what was thrown away, its neighbour takes the focus, or with none left the way to get
 * one; unless the person has gone elsewhere meanwhile, for the server answers when it can.
 */
function useFocusAfter(
  section: RefObject<HTMLElement | null>,
  shown: readonly FormFragmentView[],
): (going: FormFragmentView) => void {
  const gone = useRef<{ readonly id: string; readonly at: number } | null>(null);
  useEffect(() => {
    if (gone.current === null || shown.some(({ fragmentId }) => fragmentId === gone.current!.id)) return;
    const next = shown[Math.min(gone.current.at, shown.length - 1)];
    gone.current = null;
    if (document.activeElement !== document.body) return;
    const name = next ? `[data-fragment="${CSS.escape(next.fragmentId)}"]` : 'button';
    section.current?.querySelector<HTMLElement>(name)?.focus();
  });
  return ({ fragmentId }) => {
    gone.current = { id: fragmentId, at: shown.findIndex((one) => one.fragmentId === fragmentId) };
  };
}
