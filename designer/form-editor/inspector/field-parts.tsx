import { kindOf, type FieldKind } from '#engine';
import { Switch } from '@mantine/core';
import { textOf } from '../document/document-texts.ts';
import { isRequired, type FieldEntry } from '../document/form-document.ts';
import { useDocument, useStore } from '../editor-context.ts';
import { usePublishedIds } from '../published-ids.ts';
import { useWords } from '../texts.ts';
import { AssertsEditor } from './asserts-editor.tsx';
import { hasInputs, KeywordInputs } from './keyword-inputs.tsx';
import { OptionsEditor } from './options-editor.tsx';
import { RulesEditor } from './rules-editor.tsx';
import { Section } from './section.tsx';
import { TypedText, useLabelFocus } from './typed-text.tsx';

// What the inspectors of a field and of a column have in common; each lays it out in its own order.

interface PartProps {
  readonly field: FieldEntry;
}

interface KindPartProps extends PartProps {
  /** Null while the field is described wrongly. */
  readonly kind: FieldKind | null;
}

/** The Russian label; the key follows it until the field is published. */
export function LabelInput({ field, publishedId }: PartProps & { readonly publishedId: string }) {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const published = usePublishedIds();
  const input = useLabelFocus();
  return (
    <TypedText
      inputRef={input}
      label={words('label')}
      value={textOf(document, 'ru', `${field.name}.label`) ?? ''}
      onType={(text) => store.run({ kind: 'relabel', fieldId: field.id, text, follow: !published.has(publishedId) })}
    />
  );
}

export function EnglishLabelInput({ field }: PartProps) {
  return <FieldText name="labelEn" field={field} language="en" part="label" />;
}

export function HelpInput({ field }: PartProps) {
  return <FieldText name="help" field={field} language="ru" part="help" rows={1} />;
}

export function PlaceholderInput({ field }: PartProps) {
  return <FieldText name="placeholder" field={field} language="ru" part="placeholder" />;
}

interface FieldTextProps extends PartProps {
  readonly name: 'labelEn' | 'help' | 'placeholder';
  readonly language: 'ru' | 'en';
  readonly part: string;
  readonly rows?: number;
}

function FieldText({ name, field, language, part, ...props }: FieldTextProps) {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const key = `${field.name}.${part}`;
  return (
    <TypedText
      {...props}
      label={words(name)}
      value={textOf(document, language, key) ?? ''}
      onType={(text) => store.run({ kind: 'setText', language, key, text })}
    />
  );
}

/** Must it be filled in, and may it be changed? */
export function FieldSwitches({ field }: PartProps) {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const fieldId = field.id;
  return (
    <>
      <Switch
        size="sm"
        label={words('requiredField')}
        checked={isRequired(document, field.name)}
        onChange={(event) => store.run({ kind: 'require', fieldId, required: event.currentTarget.checked })}
      />
      <Switch
        size="sm"
        label={words('readOnlyField')}
        checked={field.schema['readOnly'] === true}
        onChange={(event) =>
          store.run({ kind: 'update', fieldId, changes: { readOnly: event.currentTarget.checked ? true : undefined } })
        }
      />
    </>
  );
}

/** The options of a list, unless a rule computes them. */
export function OptionsSection({ field, kind }: KindPartProps) {
  const words = useWords();
  if (!isListed(kind) || 'x-options' in field.schema) return null;
  return (
    <Section title={words('section_options')}>
      <OptionsEditor field={field} />
    </Section>
  );
}

/** Conditions and checks. */
export function RulesInputs({ field, kind }: KindPartProps) {
  return (
    <>
      <RulesEditor field={field} computedOptions={isListed(kind)} />
      <AssertsEditor field={field} />
    </>
  );
}

/** The keywords of the kind, from the catalogue. */
export function LimitsSection({ field, kind }: KindPartProps) {
  const words = useWords();
  const keywords = kind === null ? {} : kindOf({ kind }).keywords;
  if (!hasInputs(keywords)) return null;
  return (
    <Section title={words(kind === 'reference' ? 'section_source' : 'section_limits')}>
      <KeywordInputs field={field} keywords={keywords} path={[]} />
    </Section>
  );
}

function isListed(kind: FieldKind | null): boolean {
  return kind === 'choice' || kind === 'choices';
}
