import type { JsonValue, KeywordShape } from '#engine';
import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { moneyText, parseMoney } from '../../form-viewer/number-text.ts';
import { useLanguage } from '../../ui/use-language.ts';
import { textOf } from '../document/document-texts.ts';
import { isJsonObject, type FieldEntry, type JsonObject } from '../document/form-document.ts';
import { shownText } from '../document/document-texts.ts';
import { kindOfField } from '../canvas/field-model.ts';
import { columnKey } from '../document/table-columns.ts';
import { useDocument, useStore } from '../editor-context.ts';
import { useWords } from '../texts.ts';
import { SourceInput } from './source-input.tsx';
import { CommittedText, TypedText } from './typed-text.tsx';

interface KeywordInputsProps {
  readonly field: FieldEntry;
  readonly keywords: Readonly<Record<string, KeywordShape>>;
  /** The object inside of the schema that holds them; [] is the schema itself. */
  readonly path: readonly string[];
}

/** One input per keyword of the kind, by the shape the catalogue gives it. */
export function KeywordInputs({ field, keywords, path }: KeywordInputsProps) {
  return Object.entries(keywords).map(([keyword, shape]) => (
    <KeywordInput key={keyword} field={field} keyword={keyword} shape={shape} path={path} />
  ));
}

/** Options, conditions and checks have editors of their own; a fixed value is nobody's to change. */
const ELSEWHERE: readonly KeywordShape['value'][] = ['columns', 'texts', 'feel', 'asserts', 'fixed', 'default'];

/** Is there anything to show? */
export function hasInputs(keywords: Readonly<Record<string, KeywordShape>>): boolean {
  return Object.values(keywords).some((shape) =>
    shape.value === 'object' ? hasInputs(shape.members) : !ELSEWHERE.includes(shape.value),
  );
}

const LIMITS: readonly string[] = ['minimum', 'maximum'];

interface KeywordInputProps extends Omit<KeywordInputsProps, 'keywords'> {
  readonly keyword: string;
  readonly shape: KeywordShape;
}

function KeywordInput({ field, keyword, shape, path }: KeywordInputProps) {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const value = valueAt(field.schema, [...path, keyword]);
  const label = words.named('kw', keyword.replace('x-', 'x'));
  const set = (next: JsonValue | undefined): void => {
    const [top, ...rest] = [...path, keyword];
    const whole = rest.length === 0 ? next : withValue(field.schema[top], rest, next);
    store.run({ kind: 'update', fieldId: field.id, changes: { [top]: whole } });
  };
  switch (shape.value) {
    case 'integer':
    case 'number':
      if (LIMITS.includes(keyword) && kindOfField(document, { ...field, name: columnKey(field) }) === 'money')
        return <MoneyLimit label={label} value={value} onChange={set} />;
      return (
        <NumberInput
          size="xs"
          label={label}
          placeholder={words('notSet')}
          allowDecimal={shape.value === 'number'}
          decimalSeparator=","
          {...(shape.minimum !== undefined && { min: shape.minimum })}
          {...(shape.maximum !== undefined && { max: shape.maximum })}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => set(typeof next === 'number' ? next : undefined)}
        />
      );
    case 'text':
    case 'mask':
      return (
        <TypedText
          label={label}
          placeholder={shape.value === 'mask' ? 'AA-999999' : words('notSet')}
          value={typeof value === 'string' ? value : ''}
          onType={(next) => set(next === '' ? undefined : next)}
        />
      );
    case 'pattern': {
      const key = `${field.name}.pattern`;
      return (
        <>
          <TypedText
            label={label}
            placeholder={words('notSet')}
            mono
            value={typeof value === 'string' ? value : ''}
            onType={(next) => set(next === '' ? undefined : next)}
          />
          {value !== undefined && (
            <TypedText
              label={words('kw_patternMessage')}
              value={textOf(document, 'ru', key) ?? ''}
              onType={(text) => store.run({ kind: 'setText', language: 'ru', key, text })}
            />
          )}
        </>
      );
    }
    case 'flag':
      return (
        <Switch
          size="sm"
          label={label}
          checked={value === true}
          onChange={(event) => set(event.currentTarget.checked ? true : undefined)}
        />
      );
    case 'oneOf':
      return (
        <Select
          size="xs"
          label={label}
          clearable={path.length === 0}
          data={shape.of.map((one) => ({ value: one, label: words.named('value', one) }))}
          value={typeof value === 'string' ? value : null}
          onChange={(next) => set(next ?? undefined)}
        />
      );
    case 'fieldName':
      return (
        <Select
          size="xs"
          label={label}
          clearable
          data={Object.values(document.fields)
            .filter((one) => kindOfField(document, one) === shape.kind)
            .map(({ name }) => ({ value: name, label: shownText(document, `${name}.label`, name) }))}
          value={typeof value === 'string' ? value : null}
          onChange={(next) => set(next ?? undefined)}
        />
      );
    case 'mimeTypes':
      return (
        <CommittedText
          label={label}
          description={words('list')}
          value={Array.isArray(value) ? value.join(', ') : ''}
          onCommit={(text) => {
            const types = text.split(/[,\s]+/).filter((one) => one !== '');
            set(types.length > 0 ? types : undefined);
            return true;
          }}
        />
      );
    case 'object':
      if (keyword === 'x-source') return <SourceInput field={field} />;
      return <KeywordInputs field={field} keywords={shape.members} path={[...path, keyword]} />;
    case 'columns':
    case 'texts':
    case 'feel':
    case 'asserts':
    case 'fixed':
    case 'default':
      return null;
    default:
      return <TextInput size="xs" label={label} readOnly value={JSON.stringify(value ?? null)} />;
  }
}

/** In roubles, as people fill the field in; the form keeps kopecks. */
function MoneyLimit({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: JsonValue | undefined;
  readonly onChange: (kopecks: number | undefined) => void;
}) {
  const words = useWords();
  return (
    <CommittedText
      label={`${label}, ₽`}
      placeholder={words('notSet')}
      value={moneyText(value, useLanguage())}
      onCommit={(text) => {
        const kopecks = parseMoney(text);
        if (typeof kopecks === 'string') return false;
        onChange(kopecks ?? undefined);
        return true;
      }}
    />
  );
}

function valueAt(schema: JsonObject, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = schema;
  for (const key of path) value = isJsonObject(value) ? value[key] : undefined;
  return value;
}

function withValue(base: JsonValue | undefined, path: readonly string[], next: JsonValue | undefined): JsonValue {
  const [key, ...rest] = path;
  const object = isJsonObject(base) ? base : {};
  const inner = rest.length === 0 ? next : withValue(object[key!], rest, next);
  const entries = Object.entries({ ...object, [key!]: inner }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as JsonObject;
}
