import { textOf } from '../document/document-texts.ts';
import { useDocument, useStore } from '../editor-context.ts';
import { useWords } from '../texts.ts';
import { AssertsEditor } from './asserts-editor.tsx';
import styles from './inspector.module.css';
import { Section } from './section.tsx';
import { TypedText } from './typed-text.tsx';

/** Properties of the form as a whole. */
export function FormInspector() {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const title = (document.shell['title'] ?? {}) as { readonly ru?: string; readonly en?: string };
  return (
    <>
      <p className={styles.quiet}>{words('formInspectorLead')}</p>
      <Section title={words('section_main')}>
        <TypedText
          label={words('formTitle')}
          value={title.ru ?? ''}
          onType={(text) => store.run({ kind: 'setTitle', language: 'ru', text })}
        />
        <TypedText
          label={words('formTitleEn')}
          value={title.en ?? ''}
          onType={(text) => store.run({ kind: 'setTitle', language: 'en', text })}
        />
        <TypedText
          label={words('formSubmit')}
          description={words('formSubmitHint')}
          value={textOf(document, 'ru', 'submit') ?? ''}
          onType={(text) => store.run({ kind: 'setText', language: 'ru', key: 'submit', text })}
        />
      </Section>
      <Section title={words('formAsserts')}>
        <AssertsEditor field={null} />
      </Section>
    </>
  );
}
