import { kindOf } from '#engine';
import { Button, NumberInput, Select } from '@mantine/core';
import { shownText } from '../document/document-texts.ts';
import { fieldNamed } from '../document/document-tree.ts';
import { isFieldName } from '../document/field-name.ts';
import { isJsonObject, stableIdOf, type FieldEntry, type LayoutEntry } from '../document/form-document.ts';
import { useDocument, useStore } from '../editor-context.ts';
import { useWords } from '../texts.ts';
import { readersOf } from '../views/rule-list.ts';
import { fieldModelOf } from '../canvas/field-model.ts';
import { AssertsEditor } from './asserts-editor.tsx';
import { ColumnsList } from './columns-list.tsx';
import {
  EnglishLabelInput,
  FieldSwitches,
  HelpInput,
  LabelInput,
  LimitsSection,
  OptionsSection,
  PlaceholderInput,
  RulesInputs,
} from './field-parts.tsx';
import { fieldWithId, rowsOf } from '../document/table-columns.ts';
import styles from './inspector.module.css';
import { Section } from './section.tsx';
import { CommittedText } from './typed-text.tsx';

interface FieldInspectorProps {
  readonly field: FieldEntry;
  readonly control: LayoutEntry;
}

/** Properties of a field, laid out from the catalogue of kinds: a new kind or keyword appears here by itself. */
export function FieldInspector({ field, control }: FieldInspectorProps) {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const { name } = field;
  const model = fieldModelOf(document, field, control);
  const definition = model.problem === undefined ? kindOf(model.field) : undefined;
  const kind = definition?.kind ?? null;
  const readers = readersOf(document, name);
  return (
    <>
      <Section title={words('section_main')}>
        <LabelInput field={field} publishedId={stableIdOf(field)} />
        <HelpInput field={field} />
        <FieldSwitches field={field} />
      </Section>
      <OptionsSection field={field} kind={kind} />
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
        <RulesInputs field={field} kind={kind} />
        {readers.length > 0 && (
          <p className={styles.quiet}>
            {words('usedIn', {
              names: readers.map((one) => shownText(document, `${one.name}.label`, one.name)).join(', '),
            })}
          </p>
        )}
      </Section>
      <LimitsSection field={field} kind={kind} />
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
        <PlaceholderInput field={field} />
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
        <EnglishLabelInput field={field} />
        <p className={styles.quiet}>
          {words('kind')}: {kind === null ? '—' : words.named('kind', kind)} · {words('stableId')}:{' '}
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
