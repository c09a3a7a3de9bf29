import type { FormDesign } from '#contract';
import { useMemo, useState, useSyncExternalStore } from 'react';
import { discardFormDraft } from '../api/forms.ts';
import frame from '../ui/editor-frame.module.css';
import { PaneBar } from '../ui/pane-bar.tsx';
import { paneProps } from '../ui/pane-props.ts';
import { TabBar, TabPanel } from '../ui/tab-bar.tsx';
import { toastProblem } from '../ui/toast.tsx';
import { useLanguage } from '../ui/use-language.ts';
import { useTitle } from '../ui/use-title.ts';
import { useUndoKeys } from '../ui/use-undo-keys.ts';
import { Canvas } from './canvas/canvas.tsx';
import { DragArea } from './canvas/drag-area.tsx';
import { ConflictBar } from './conflict-bar.tsx';
import { stableIdOf, titleOf, type FieldEntry } from './document/form-document.ts';
import { columnKey, columnsOf } from './document/table-columns.ts';
import { readDocument } from './document/read-document.ts';
import { writeDocument } from './document/write-document.ts';
import styles from './editor.module.css';
import { EditorContext, useEditor, useStore } from './editor-context.ts';
import { EditorHeader } from './editor-header.tsx';
import { VIEWS, type EditorPane, type EditorStore, type EditorView } from './editor-store.ts';
import { toastDone } from './editor-toast.ts';
import { ExportFormDialog } from './export-form-dialog.tsx';
import { Inspector } from './inspector/inspector.tsx';
import { Palette } from './palette/palette.tsx';
import { ProblemsBar } from './problems/problems-bar.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { PublishedIds } from './published-ids.ts';
import { useWords } from './texts.ts';
import { conflictOf, type FormSession } from './form-session.ts';
import { useFormSession } from './use-form-session.ts';
import { VersionsDialog } from './versions-dialog.tsx';
import { ChangesView } from './views/changes-view.tsx';
import { FieldTable } from './views/field-table.tsx';
import { JsonView } from './views/json-view.tsx';
import { LogicView } from './views/logic-view.tsx';
import { PreviewView } from './views/preview-view.tsx';
import { TextsView } from './views/texts-view.tsx';

interface FormEditorProps {
  readonly design: FormDesign;
  /** Reads the form from the server again. */
  readonly onReload: () => void;
}

/** One form, opened for drawing. */
export function FormEditor({ design, onReload }: FormEditorProps) {
  const words = useWords();
  const session = useFormSession(design);
  const { store } = session;
  const conflict = conflictOf(useSyncExternalStore(session.subscribe, session.saveState));
  const [dialog, setDialog] = useState<'publish' | 'versions' | 'export' | undefined>(undefined);
  const published = useMemo(
    () =>
      design.published === null
        ? undefined
        : { version: design.published.version, document: readDocument(design.published.definition) },
    [design],
  );
  const ids = useMemo(
    () => new Set(published ? Object.values(published.document.fields).flatMap(identitiesOf) : []),
    [published],
  );
  useUndoKeys(store, isInOwnTexts);
  const discard = async (): Promise<void> => {
    try {
      await session.flush();
      await discardFormDraft(design.formId);
      toastDone(words('discarded'));
      onReload();
    } catch (error) {
      toastProblem(error);
    }
  };
  return (
    <EditorContext value={store}>
      <PublishedIds value={ids}>
        <div className={frame.editor}>
          <Header
            session={session}
            published={published}
            onPublish={() => setDialog('publish')}
            onVersions={() => setDialog('versions')}
            onExport={() => setDialog('export')}
            onDiscard={() => void discard()}
          />
          {conflict && (
            <ConflictBar
              name={conflict.name}
              onTheirs={() => void session.takeTheirs().catch(toastProblem)}
              onMine={() => void session.keepMine().catch(toastProblem)}
            />
          )}
          <Body published={published} steps={design.steps} />
        </div>
        {dialog === 'publish' && (
          <PublishDialog
            formId={design.formId}
            session={session}
            onClose={() => setDialog(undefined)}
            onPublished={onReload}
          />
        )}
        {dialog === 'export' && <ExportFormDialog onClose={() => setDialog(undefined)} />}
        {dialog === 'versions' && (
          <VersionsDialog formId={design.formId} onClose={() => setDialog(undefined)} onPublished={onReload} />
        )}
      </PublishedIds>
    </EditorContext>
  );
}

/** Of the field and, with the identity of its table before them, of its columns. */
function identitiesOf(field: FieldEntry): readonly string[] {
  const own = stableIdOf(field);
  const columns = columnsOf(field).map((column) => stableIdOf({ ...column, name: columnKey(column) }));
  return [own, ...columns.map((id) => `${own}/${id}`)];
}

type Published = { readonly version: number; readonly document: EditorStore['document'] } | undefined;

interface HeaderProps {
  readonly session: FormSession;
  readonly published: Published;
  readonly onPublish: () => void;
  readonly onVersions: () => void;
  readonly onExport: () => void;
  readonly onDiscard: () => void;
}

function Header({ session, published, ...actions }: HeaderProps) {
  const { history } = useEditor();
  const save = useSyncExternalStore(session.subscribe, session.saveState);
  useTitle(titleOf(history.document, useLanguage()));
  const changed =
    published === undefined ||
    JSON.stringify(writeDocument(history.document)) !== JSON.stringify(writeDocument(published.document));
  return <EditorHeader save={save} published={published?.version} changed={changed} {...actions} />;
}

interface BodyProps {
  readonly published: Published;
  readonly steps: FormDesign['steps'];
}

function Body({ published, steps }: BodyProps) {
  const words = useWords();
  const { view } = useEditor();
  return (
    <>
      <ViewBar />
      <TabPanel id="form-views" value={view} className={styles.panel}>
        {view === 'canvas' ? (
          <DragArea>
            <CanvasPanes />
          </DragArea>
        ) : (
          <div className={styles.scroll} aria-label={words(`view_${view}`)}>
            {view === 'data' && <FieldTable />}
            {view === 'logic' && <LogicView />}
            {view === 'texts' && <TextsView />}
            {view === 'preview' && <PreviewView steps={steps} />}
            {view === 'json' && <JsonView />}
            {view === 'changes' && <ChangesView published={published} />}
          </div>
        )}
      </TabPanel>
    </>
  );
}

function ViewBar() {
  const words = useWords();
  const { view } = useEditor();
  const store = useStore();
  return (
    <div className={styles.bar}>
      <TabBar<EditorView>
        id="form-views"
        label={words('views')}
        tabs={VIEWS.map((value) => ({ value, label: words(`view_${value}`) }))}
        value={view}
        onChange={(next) => store.show(next)}
      />
      <ProblemsBar />
    </div>
  );
}

const PANES: readonly EditorPane[] = ['palette', 'canvas', 'inspector'];

/** Palette, canvas and inspector side by side; on a phone one at a time. */
function CanvasPanes() {
  const words = useWords();
  const store = useStore();
  const { pane } = useEditor();
  return (
    <div className={`${frame.panes} ${styles.panes}`}>
      <PaneBar
        className={styles.paneBar}
        panes={PANES}
        shown={pane}
        label={words('panes')}
        titleOf={(one) => words(`pane_${one}`)}
        onShow={(one) => store.showPane(one)}
      />
      <aside {...paneProps(pane === 'palette', styles.palette)} aria-label={words('palette')}>
        <Palette />
      </aside>
      <section {...paneProps(pane === 'canvas', styles.canvas)} aria-label={words('canvas')}>
        <Canvas />
      </section>
      <aside {...paneProps(pane === 'inspector', styles.inspector)} aria-label={words('inspector')}>
        <Inspector />
      </aside>
    </div>
  );
}

/** The preview and the JSON view hold texts of their own; elsewhere every stroke, also in a text field, is a step of the form. */
function isInOwnTexts(_: EventTarget | null, store: EditorStore): boolean {
  return ['preview', 'json'].includes(store.state().view);
}
