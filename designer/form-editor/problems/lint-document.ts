import { InvalidForm, readForm, type FormProblem } from '#engine';
import { fieldNamed, unplacedFields, controlOf } from '../document/document-tree.ts';
import {
  requiredNames,
  type FieldEntry,
  type FieldId,
  type FormDocument,
  type NodeId,
} from '../document/form-document.ts';
import { columnKey, columnsOf } from '../document/table-columns.ts';
import { messageKeys, nodeKeys } from '../document/form-fragment.ts';
import { writeDocument } from '../document/write-document.ts';

/** Something to mend, with the way to it. */
export interface EditorProblem {
  readonly severity: 'error' | 'warning';
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
  /** Where to go: a field (placed or not), an element of the layout, or the form itself. */
  readonly fieldId: FieldId | null;
  readonly nodeId: NodeId | null;
  /** The column of the table, where it is about one. */
  readonly columnId?: FieldId | undefined;
  /** Several of a kind told as one: how many. */
  readonly count?: number;
}

const known = new WeakMap<FormDocument, readonly EditorProblem[]>();

/** Everything that is wrong with the form as it stands; errors keep it from being published. */
export function lintDocument(document: FormDocument): readonly EditorProblem[] {
  const before = known.get(document);
  if (before) return before;
  const { errors, warnings } = readProblems(document);
  const located = [
    ...errors.map((problem) => locate(document, problem, 'error')),
    ...requiredButUnplaced(document),
    ...warnings.filter((problem) => !isUntranslated(problem)).map((problem) => locate(document, problem, 'warning')),
    ...untranslated(warnings),
  ];
  known.set(document, located);
  return located;
}

/** Problems as the server tells them, with the way to each place. */
export function locateProblem(document: FormDocument, problem: FormProblem): EditorProblem {
  return locate(document, problem, 'error');
}

function readProblems(document: FormDocument): {
  readonly errors: readonly FormProblem[];
  readonly warnings: readonly FormProblem[];
} {
  try {
    return { errors: [], warnings: readForm(writeDocument(document)).warnings };
  } catch (error) {
    if (error instanceof InvalidForm) return { errors: error.problems, warnings: [] };
    throw error;
  }
}

const isUntranslated = ({ path, message }: FormProblem): boolean =>
  (path.startsWith('/i18n/en/') || path === '/title/en') && message.endsWith('missing');

/** Missing English texts are one thing to do, on the grid of texts, and not a dozen. */
function untranslated(warnings: readonly FormProblem[]): readonly EditorProblem[] {
  const missing = warnings.filter(isUntranslated);
  const [first] = missing;
  if (!first) return [];
  const message = `English texts are missing: ${missing.length}`;
  const remedy = 'Until they are added the Russian ones are shown.';
  return [{ ...first, severity: 'warning', message, remedy, fieldId: null, nodeId: null, count: missing.length }];
}

/** Nobody could ever submit such a form. */
function requiredButUnplaced(document: FormDocument): readonly EditorProblem[] {
  const required = new Set(requiredNames(document));
  return unplacedFields(document)
    .filter(({ name, schema }) => required.has(name) && !('x-value' in schema) && schema['readOnly'] !== true)
    .map(({ id, name }) => ({
      severity: 'error',
      path: `/data/properties/${name}`,
      message: `The field "${name}" is required but stands nowhere in the layout`,
      remedy: 'Put it on the form, or make it optional.',
      fieldId: id,
      nodeId: null,
    }));
}

function locate(
  document: FormDocument,
  { path, message, remedy }: FormProblem,
  severity: EditorProblem['severity'],
): EditorProblem {
  const fieldId = fieldAt(document, path) ?? null;
  const nodeId = fieldId === null ? (nodeAt(document, path) ?? null) : (controlOf(document, fieldId)?.id ?? null);
  const columnId = fieldId === null ? undefined : columnAt(document.fields[fieldId]!, path);
  return { severity, path, message, remedy, fieldId, nodeId, columnId };
}

function fieldAt(document: FormDocument, path: string): FieldId | undefined {
  const [room, second, third] = path.split('/').slice(1);
  if (room === 'data' && second === 'properties' && third !== undefined) return fieldNamed(document, third)?.id;
  if (room !== 'i18n' || third === undefined) return undefined;
  const key = path.split('/').slice(3).join('/');
  if (Object.values(document.nodes).some(({ shell }) => nodeKeys(shell).includes(key))) return undefined;
  const asked = Object.values(document.fields).find(({ schema }) => messageKeys(schema).includes(key));
  return (asked ?? fieldNamed(document, key.split('.')[0]!))?.id;
}

/** `/data/properties/works/items/properties/qty/x-value`, `/i18n/ru/works.qty.label` → the column. */
function columnAt(table: FieldEntry, path: string): FieldId | undefined {
  const key = /\/items\/properties\/([^/]+)/.exec(path)?.[1];
  const text = path.startsWith('/i18n/') ? path.split('/').slice(3).join('/') : undefined;
  return columnsOf(table).find(
    (column) =>
      columnKey(column) === key ||
      (text !== undefined && (text.startsWith(`${column.name}.`) || messageKeys(column.schema).includes(text))),
  )?.id;
}

/** `/layout/elements/0/elements/2/options` → the element it stands in; `/i18n/ru/section.s1.label` → the group. */
function nodeAt(document: FormDocument, path: string): NodeId | undefined {
  const parts = path.split('/').slice(1);
  if (parts[0] === 'i18n') {
    const key = parts.slice(2).join('/');
    return Object.values(document.nodes).find(({ shell }) => nodeKeys(shell).includes(key))?.id;
  }
  if (parts[0] !== 'layout') return undefined;
  let node = document.nodes[document.root]!;
  for (let at = 1; parts[at] === 'elements' && node.children; at += 2) {
    const next = node.children[Number(parts[at + 1])];
    if (next === undefined) break;
    node = document.nodes[next]!;
  }
  return node.id === document.root ? undefined : node.id;
}
