import { fragmentOf } from '../../form-editor/document/form-fragment.ts';
import { placeOf, unplacedFields } from '../../form-editor/document/document-tree.ts';
import type { FormDocument, NodeId, Place } from '../../form-editor/document/form-document.ts';
import { columnsOf } from '../../form-editor/document/table-columns.ts';
import { writeDocument } from '../../form-editor/document/write-document.ts';
import type { FormCommand } from '../form-command.ts';

/** Whole number below `limit`. */
export type Draw = (limit: number) => number;

const LABELS = [
  'Серийный номер',
  'Фото',
  'Дата',
  'Дата',
  'if',
  '№ 1',
  'Тема',
  '',
  'Очень длинное название поля, которое не помещается',
];
const SCHEMAS = [
  { type: 'string' },
  { type: 'string', enum: ['a', 'b'] },
  { type: 'array', 'x-files': { kind: 'photo' } },
  { type: 'boolean' },
  { type: 'array', items: { type: 'object', properties: { qty: { type: 'integer' } } } },
  { type: 'string', 'x-visible': 'topic = "defect" and count(photos) > 0' },
] as const;

/** Some command that makes sense on this document; null when what was drawn does not. */
export function drawCommand(document: FormDocument, draw: Draw): FormCommand | null {
  const nodes = Object.keys(document.nodes).filter((id) => id !== document.root);
  const fields = document.fieldOrder;
  const some = <T>(list: readonly T[]): T => list[draw(list.length)]!;
  const label = (): string => some(LABELS);
  const someNodes = (): readonly NodeId[] => [some(nodes), some(nodes)].slice(0, 1 + draw(2));
  const at = (): Place => {
    const parent = some(Object.values(document.nodes).filter(({ children }) => children !== null));
    return { parent: parent.id, index: draw(parent.children!.length + 1) };
  };
  const kinds: readonly (() => FormCommand | null)[] = [
    () => ({
      kind: 'insertField',
      schema: some(SCHEMAS),
      texts: { label: { ru: label() || 'Поле' } },
      required: draw(2) === 0,
      at: at(),
    }),
    () => ({
      kind: 'insertNode',
      type: some(['Group', 'HorizontalLayout', 'VerticalLayout', 'Label']),
      text: { ru: 'Раздел' },
      at: at(),
    }),
    () => (nodes.length > 0 ? { kind: 'move', nodeId: some(nodes), at: at() } : null),
    () => (nodes.length > 0 ? { kind: 'remove', nodeIds: someNodes() } : null),
    () => {
      const tray = unplacedFields(document);
      return tray.length > 0
        ? { kind: draw(2) === 0 ? 'place' : 'removeField', fieldId: some(tray).id, at: at() }
        : null;
    },
    () => ({ kind: 'update', fieldId: some(fields), changes: { readOnly: draw(2) === 0 ? true : undefined } }),
    () => ({
      kind: 'update',
      fieldId: some(fields),
      changes: { 'x-visible': draw(3) === 0 ? undefined : 'topic = "other"' },
    }),
    () => ({ kind: 'require', fieldId: some(fields), required: draw(2) === 0 }),
    () =>
      nodes.length > 0
        ? { kind: 'updateOptions', nodeId: some(nodes), changes: { span: draw(2) === 0 ? undefined : 6 } }
        : null,
    () => {
      const plain = fields.filter((id) => columnsOf(document.fields[id]!).length === 0);
      const options = [
        { value: 'x', ru: 'Икс', en: 'X' },
        { value: 'y', ru: 'Игрек' },
      ];
      return plain.length > 0 ? { kind: 'setOptions', fieldId: some(plain), options } : null;
    },
    () => ({
      kind: 'setAsserts',
      fieldId: draw(3) === 0 ? null : some(fields),
      asserts: draw(2) === 0 ? [] : [{ test: 'topic != null', ru: 'Заполните' }],
    }),
    () => ({
      kind: 'setText',
      language: 'en',
      key: `${document.fields[some(fields)]!.name}.help`,
      text: some(['', 'Help']),
    }),
    () => ({ kind: 'setTitle', language: some(['ru', 'en'] as const), text: label() }),
    () => ({ kind: 'relabel', fieldId: some(fields), text: label(), follow: draw(2) === 0 }),
    () => ({ kind: 'rename', fieldId: some(fields), name: some(['subject', 'topic', 'номер', 'section', 'q1']) }),
    () => (nodes.length > 0 ? { kind: 'wrap', nodeIds: someNodes(), type: some(['Group', 'HorizontalLayout']) } : null),
    () => (nodes.length > 0 ? { kind: 'unwrap', nodeId: some(nodes) } : null),
    () => (nodes.length > 0 && fields.length < 60 ? { kind: 'duplicate', nodeIds: someNodes() } : null),
    () => {
      const from = someNodes().filter((id) => placeOf(document, id));
      return from.length > 0 && fields.length < 60
        ? { kind: 'paste', fragment: fragmentOf(document, from), at: at() }
        : null;
    },
    () => {
      const columns = fields.flatMap((id) => columnsOf(document.fields[id]!));
      if (columns.length === 0) return null;
      const { id } = some(columns);
      const table = id.split('/')[0]!;
      return some<FormCommand>([
        {
          kind: 'insertColumn',
          fieldId: table,
          schema: { type: 'string' },
          texts: { label: { ru: label() } },
          index: draw(4),
        },
        { kind: 'moveColumn', columnId: id, index: draw(4) },
        { kind: 'removeColumn', columnId: id },
        { kind: 'rename', fieldId: id, name: some(['qty', 'topic', 'цена']) },
        { kind: 'relabel', fieldId: id, text: label(), follow: true },
        { kind: 'retype', fieldId: id, schema: { type: 'integer' }, texts: {} },
        { kind: 'require', fieldId: id, required: draw(2) === 0 },
        { kind: 'update', fieldId: id, changes: { 'x-required': 'row.qty > 1' } },
        { kind: 'setAsserts', fieldId: `${table}/*`, asserts: [{ test: 'qty > 1', ru: 'Больше' }] },
      ]);
    },
    () => (draw(5) === 0 ? { kind: 'replace', definition: writeDocument(document) } : null),
  ];
  return fields.length === 0 ? kinds[0]!() : some(kinds)();
}
