import type { JsonValue, VariableMap } from '../json.ts';
import type { RegisterModel } from './register-definition.ts';
import { foldText, sortText } from './sort-text.ts';

/** What the database needs of a row besides its values. */
export interface RowTexts {
  readonly rowKey: string;
  readonly label: string;
  /** What the search box looks into. */
  readonly search: string;
  /** By indexed field. */
  readonly sortValues: Readonly<Record<string, string>>;
}

const MAX_LABEL = 200;
const MAX_SEARCH = 400;

export function rowTexts({ keyField, indexed, display }: RegisterModel, values: VariableMap): RowTexts {
  const rowKey = values[keyField] as string;
  const plain = (value: JsonValue | undefined): string =>
    value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  const label = plain(values[display.label]);
  const cut = (text: string, most: number): string => [...text].slice(0, most).join('');
  return {
    rowKey,
    label: cut(label === '' ? rowKey : label, MAX_LABEL),
    search: cut(foldText(display.search.map((name) => plain(values[name])).join('\n')), MAX_SEARCH),
    sortValues: Object.fromEntries(indexed.map((name) => [name, sortText(values[name])])),
  };
}
