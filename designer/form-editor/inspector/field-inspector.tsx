import { kindOf } from '#engine';
import { Button, NumberInput, Select, Switch } from '@mantine/core';
import { textOf } from '../document/document-texts.ts';
import { fieldNamed } from '../document/document-tree.ts';
import { isFieldName } from '../document/field-name.ts';
import {
  isJsonObject,
  requiredNames,
  stableIdOf,
  type FieldEntry,
  type LayoutEntry,
} from '../document/form-document.ts';
import { useDocument, useStore } from '../editor-context.ts';
import { usePublishedIds } from '../published-ids.ts';
import { useWords } from '../texts.ts';
import { readersOf } from '../views/rule-list.ts';
import { shownText } from '../document/document-texts.ts';
import { fieldModelOf } from '../canvas/field-model.ts';
import { AssertsEditor } from './asserts-editor.tsx';
import { ColumnsList } from './columns-list.tsx';
import { fieldWithId, rowsOf } from '../document/table-columns.ts';
import styles from './inspector.module.css';
import { hasInputs, KeywordInputs } from './keyword-inputs.tsx';
import { OptionsEditor } from './options-editor.tsx';
import { RulesEditor } from './rules-editor.tsx';
import { Section } from './section.tsx';
import { CommittedText, TypedText, useLabelFocus } from './typed-text.tsx';

interface FieldInspectorProps {
  readonly field: FieldEntry;
  readonly control: LayoutEntry;
}

/** Properties of a field, laid out from the catalogue of kinds: a new kind or keyword appears here by itself. */
export function FieldInspector({ field, control }: FieldInspectorProps) {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const published = usePublishedIds();
  const label = useLabelFocus();
  const { name, schema } = field;
  const model = fieldModelOf(document, field, control);
  const definition = model.problem === undefined ? kindOf(model.field) : undefined;
  const kind = definition?.kind;
  const text = (language: 'ru' | 'en', part: string): string => textOf(document, language, `${name}.${part}`) ?? '';
  const type = (language: 'ru' | 'en', part: string) => (value: string) =>
    store.run({ kind: 'setText', language, key: `${name}.${part}`, text: value });
  const readers = readersOf(document, name);
  const listed = kind === 'choice' || kind === 'choices';
  return (
    <>
      <Section title={words('section_main')}>
        <TypedText
          inputRef={label}
          label={words('label')}
          value={text('ru', 'label')}
          onType={(value) =>
            store.run({ kind: 'relabel', fieldId: field.id, text: value, follow: !published.has(stableIdOf(field)) })
          }
        />
        <TypedText label={words('help')} value={text('ru', 'help')} onType={type('ru', 'help')} rows={1} />
        <Switch
          size="sm"
          label={words('requiredField')}
          checked={requiredNames(document).includes(name)}
          onChange={(event) => store.run({ kind: 'require', fieldId: field.id, required: event.currentTarget.checked })}
        />
        <Switch
          size="sm"
          label={words('readOnlyField')}
          checked={schema['readOnly'] === true}
          onChange={(event) =>
            store.run({
              kind: 'update',
              fieldId: field.id,
              changes: { readOnly: event.currentTarget.checked ? true : undefined },
            })
          }
        />
      </Section>
      {listed && !('x-options' in schema) && (
        <Section title={words('section_options')}>
          <OptionsEditor field={field} />
        </Section>
      )}
      {kind === 'table' && (
        <Section title={words('columns')}>
          <ColumnsList table={field} control={control} />
        </Section>
      )}
      {kind === 'table' && (
        <Section title={words('rowAsserts')}>
          <AssertsEditor field={fieldWithId(document, rowsOf(field))!} />
        </Section>
      )}
      <Section title={words('section_rules')}>
        <RulesEditor field={field} computedOptions={listed} />
        <AssertsEditor field={field} />
        {readers.length > 0 && (
          <p className={styles.quiet}>
            {words('usedIn', {
              names: readers.map((one) => shownText(document, `${one.name}.label`, one.name)).join(', '),
            })}
          </p>
        )}
      </Section>
      {definition && hasInputs(definition.keywords) && (
        <Section title={words(kind === 'reference' ? 'section_source' : 'section_limits')}>
          <KeywordInputs field={field} keywords={definition.keywords} path={[]} />
        </Section>
      )}
      <Section title={words('section_look')}>
        {definition && definition.widgets.length > 1 && (
          <Select
            size="xs"
            label={words('widget')}
            data={definition.widgets.map((widget) => ({ value: widget, label: words.named('widget', widget) }))}
            value={model.field.widget}
            allowDeselect={false}
            onChange={(widget) =>
              store.run({
                kind: 'updateOptions',
                nodeId: control.id,
                changes: { widget: widget === definition.widgets[0] && kind !== 'boolean' ? undefined : widget },
              })
            }
          />
        )}
        {model.field.widget === 'textarea' && <OptionNumber control={control} option="rows" most={30} />}
        <OptionNumber control={control} option="span" most={12} />
        <TypedText label={words('placeholder')} value={text('ru', 'placeholder')} onType={type('ru', 'placeholder')} />
      </Section>
      <Section title={words('section_technical')} folded>
        <CommittedText
          label={words('key')}
          description={words('keyHint')}
          value={name}
          mono
          onCommit={(next) =>
            isFieldName(next) &&
            (fieldNamed(document, next) === undefined || next === name) &&
            store.run({ kind: 'rename', fieldId: field.id, name: next })
          }
        />
        <TypedText label={words('labelEn')} value={text('en', 'label')} onType={type('en', 'label')} />
        <p className={styles.quiet}>
          {words('kind')}: {kind === undefined ? '—' : words.named('kind', kind)} · {words('stableId')}:{' '}
          <span className="r-mono">{stableIdOf(field)}</span>
        </p>
      </Section>
      <Button
        variant="default"
        size="xs"
        className={styles.remove}
        onClick={() => store.run({ kind: 'remove', nodeIds: [control.id] })}
      >
        {words('removeField')}
      </Button>
    </>
  );
}

interface OptionNumberProps {
  readonly control: LayoutEntry;
  readonly option: 'rows' | 'span';
  readonly most: number;
}

function OptionNumber({ control, option, most }: OptionNumberProps) {
  const words = useWords();
  const store = useStore();
  const options = control.shell['options'];
  const value = isJsonObject(options) ? options[option] : undefined;
  return (
    <NumberInput
      size="xs"
      label={words(option)}
      placeholder={option === 'span' ? words('spanAuto') : ''}
      min={1}
      max={most}
      clampBehavior="strict"
      allowDecimal={false}
      value={typeof value === 'number' ? value : ''}
      onChange={(next) =>
        store.run({
          kind: 'updateOptions',
          nodeId: control.id,
          changes: { [option]: typeof next === 'number' ? next : undefined },
        })
      }
    />
  );
}
