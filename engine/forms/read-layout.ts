import type { CategoryNode, FormRule, LayoutNode, TableOptions } from './form-definition.ts';
import type { ProblemList } from './invalid-form.ts';
import { isRecord, optionalInteger } from './json-checks.ts';
import { readCategorizationOptions } from './read-categorization.ts';
import { readRule } from './read-rules.ts';
import { readTableOptions } from './read-table-options.ts';
import type { RuleNames } from './rule-names.ts';

/** The layout tree and, from its controls, the widget asked for per field. `placed` keeps the order of the controls. */
export interface LayoutReading {
  readonly root: LayoutNode;
  readonly placed: readonly string[];
  readonly widgets: ReadonlyMap<string, string>;
  readonly tables: ReadonlyMap<string, TableOptions>;
  /** By field: `x-visible` of the categories around it. */
  readonly within: ReadonlyMap<string, readonly FormRule[]>;
}

const SCOPE = /^#\/properties\/([^/]+)$/;
const MAX_DEPTH = 8;
const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  VerticalLayout: ['type', 'elements'],
  HorizontalLayout: ['type', 'elements'],
  Group: ['type', 'i18n', 'elements'],
  Control: ['type', 'scope', 'options'],
  Label: ['type', 'i18n'],
  Markdown: ['type', 'i18n'],
  Divider: ['type'],
  Categorization: ['type', 'options', 'elements'],
  Category: ['type', 'i18n', 'x-visible', 'elements'],
};
const CONTROL_OPTIONS = ['widget', 'rows', 'span'];
const TABLE_OPTIONS = [...CONTROL_OPTIONS, 'columns', 'totals', 'addLabel'];

/** Reads `layout`; without one, all fields stand in one column in the order of `data`. */
export function readLayout(json: unknown, names: RuleNames, problems: ProblemList): LayoutReading {
  const placed = new Set<string>();
  const widgets = new Map<string, string>();
  const tables = new Map<string, TableOptions>();
  const within = new Map<string, readonly FormRule[]>();
  const nothing: LayoutNode = { kind: 'vertical', id: 'layout', children: [] };

  const control = (node: Readonly<Record<string, unknown>>, path: string): readonly LayoutNode[] => {
    const { scope, options = {} } = node;
    const name = typeof scope === 'string' ? SCOPE.exec(scope)?.[1] : undefined;
    if (name === undefined || !names.fields.has(name)) {
      problems.add(
        `${path}/scope`,
        `Scope ${JSON.stringify(scope)} does not resolve to a field`,
        'Write "#/properties/<name of a field in data>".',
      );
      return [];
    }
    if (placed.has(name))
      problems.add(`${path}/scope`, `The field "${name}" stands in the layout twice`, 'Keep one control per field.');
    placed.add(name);
    if (!isRecord(options)) {
      problems.add(`${path}/options`, 'options must be an object', 'Write {"widget": "radio"} or leave it out.');
      return [];
    }
    const columns = names.tables.get(name);
    const allowed = columns ? TABLE_OPTIONS : CONTROL_OPTIONS;
    refuseUnknown(options, `${path}/options`, { allowed, what: 'option', problems });
    const table = columns && readTableOptions(options, { path: `${path}/options`, columns, problems });
    if (table) tables.set(name, table);
    const { widget } = options;
    if (widget !== undefined) widgets.set(name, typeof widget === 'string' ? widget : JSON.stringify(widget));
    const rows = optionalInteger(options['rows'], `${path}/options/rows`, problems, { from: 1, to: 30 });
    const span = optionalInteger(options['span'], `${path}/options/span`, problems, { from: 1, to: 12 });
    return [
      {
        kind: 'control',
        id: path,
        field: name,
        ...(rows !== undefined && { rows }),
        ...(span !== undefined && { span }),
        ...(table && { table }),
      },
    ];
  };

  /** A category stands in a categorization and nowhere else; a categorization never in another one. */
  const misplaced = (type: unknown, parent: string | undefined): boolean =>
    (type === 'Category') !== (parent === 'Categorization') || (type === 'Categorization' && inCategory);
  let inCategory = false;

  const read = (node: unknown, path: string, depth: number, parent?: string): readonly LayoutNode[] => {
    const type = isRecord(node) ? node['type'] : undefined;
    const allowed = typeof type === 'string' && Object.hasOwn(KEYWORDS, type) ? KEYWORDS[type] : undefined;
    if (!isRecord(node) || allowed === undefined || depth > MAX_DEPTH || misplaced(type, parent)) {
      const message =
        depth > MAX_DEPTH
          ? `The layout is nested deeper than ${MAX_DEPTH}`
          : allowed === undefined
            ? `Layout element ${JSON.stringify(type)} is not supported`
            : `Layout element "${String(type)}" cannot stand here`;
      const remedy =
        allowed === undefined || depth > MAX_DEPTH
          ? `Use ${Object.keys(KEYWORDS).join(', ')}.`
          : 'Only Category stands in a Categorization, and no Categorization in a Category.';
      problems.add(path, message, remedy);
      return [];
    }
    refuseUnknown(node, path, { allowed, what: `key of ${String(type)}`, problems });
    if (type === 'Control') return control(node, path);
    const { i18n } = node;
    if (allowed.includes('i18n') && (typeof i18n !== 'string' || i18n === '')) {
      problems.add(
        `${path}/i18n`,
        `${String(type)} needs a text key`,
        'Write "i18n": "section.client" and the text under that key in i18n.',
      );
      return [];
    }
    if (type === 'Divider') return [{ kind: 'divider', id: path }];
    if (type === 'Markdown') return [{ kind: 'markdown', id: path, i18n: i18n as string }];
    if (type === 'Label') return [{ kind: 'label', id: path, i18n: i18n as string }];
    const { elements } = node;
    if (!Array.isArray(elements)) {
      problems.add(`${path}/elements`, `${String(type)} needs a list of elements`, 'Write "elements": […].');
      return [];
    }
    if (type === 'Category') inCategory = true;
    const before = new Set(placed);
    const children = elements.flatMap((child, index) =>
      read(child, `${path}/elements/${index}`, depth + 1, String(type)),
    );
    if (type === 'Category') {
      inCategory = false;
      keepRule(
        node,
        path,
        [...placed].filter((name) => !before.has(name)),
      );
      return [{ kind: 'category', id: path, i18n: i18n as string, children }];
    }
    if (type === 'Categorization') {
      const options = readCategorizationOptions(node['options'], { path, depth, problems });
      if (children.length === 0)
        problems.add(`${path}/elements`, 'A Categorization needs a Category', 'Add one, or use VerticalLayout.');
      return [{ kind: 'categorization', id: path, ...options, children: children as readonly CategoryNode[] }];
    }
    if (type === 'Group') return [{ kind: 'group', id: path, i18n: i18n as string, children }];
    return [{ kind: type === 'HorizontalLayout' ? 'horizontal' : 'vertical', id: path, children }];
  };

  const keepRule = (node: Readonly<Record<string, unknown>>, path: string, fields: readonly string[]): void => {
    const text = node['x-visible'];
    if (text === undefined) return;
    const at = `${path}/x-visible`;
    if (fields.length === 0)
      problems.add(at, 'A rule on a category without fields hides nothing', 'Put a field into it, or remove the rule.');
    const reading = { schema: node, path, valuePath: '', names, problems };
    const rule = readRule(reading, { keyword: 'x-visible', text, at });
    if (rule) for (const name of fields) within.set(name, [rule]);
  };

  if (json === undefined) {
    const children = [...names.fields].map((name): LayoutNode => ({
      kind: 'control',
      id: `layout/${name}`,
      field: name,
    }));
    return { root: { ...nothing, children }, placed: [...names.fields], widgets, tables, within };
  }
  const [root = nothing] = read(json, '/layout', 0);
  return { root, placed: [...placed], widgets, tables, within };
}

interface Allowance {
  readonly allowed: readonly string[];
  readonly what: string;
  readonly problems: ProblemList;
}

function refuseUnknown(
  node: Readonly<Record<string, unknown>>,
  path: string,
  { allowed, what, problems }: Allowance,
): void {
  for (const key of Object.keys(node)) {
    if (!allowed.includes(key))
      problems.add(`${path}/${key}`, `"${key}" is not a supported ${what}`, `Use ${allowed.join(', ')}.`);
  }
}
