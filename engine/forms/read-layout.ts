import type { LayoutNode } from './form-definition.ts';
import type { ProblemList } from './invalid-form.ts';
import { isRecord, optionalInteger } from './json-checks.ts';

/** The layout tree and, from its controls, the widget asked for per field. `placed` keeps the order of the controls. */
export interface LayoutReading {
  readonly root: LayoutNode;
  readonly placed: readonly string[];
  readonly widgets: ReadonlyMap<string, string>;
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
};
const CONTROL_OPTIONS = ['widget', 'rows', 'span'];

/** Reads `layout`; without one, all fields stand in one column in the order of `data`. */
export function readLayout(json: unknown, names: readonly string[], problems: ProblemList): LayoutReading {
  const placed = new Set<string>();
  const widgets = new Map<string, string>();
  const nothing: LayoutNode = { kind: 'vertical', id: 'layout', children: [] };

  const control = (node: Readonly<Record<string, unknown>>, path: string): readonly LayoutNode[] => {
    const { scope, options = {} } = node;
    const name = typeof scope === 'string' ? SCOPE.exec(scope)?.[1] : undefined;
    if (name === undefined || !names.includes(name)) {
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
    refuseUnknown(options, `${path}/options`, { allowed: CONTROL_OPTIONS, what: 'option', problems });
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
      },
    ];
  };

  const read = (node: unknown, path: string, depth: number): readonly LayoutNode[] => {
    const type = isRecord(node) ? node['type'] : undefined;
    const allowed = typeof type === 'string' && Object.hasOwn(KEYWORDS, type) ? KEYWORDS[type] : undefined;
    if (!isRecord(node) || allowed === undefined || depth > MAX_DEPTH) {
      const message =
        depth > MAX_DEPTH
          ? `The layout is nested deeper than ${MAX_DEPTH}`
          : `Layout element ${JSON.stringify(type)} is not supported`;
      problems.add(path, message, `Use ${Object.keys(KEYWORDS).join(', ')}.`);
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
    const children = elements.flatMap((child, index) => read(child, `${path}/elements/${index}`, depth + 1));
    if (type === 'Group') return [{ kind: 'group', id: path, i18n: i18n as string, children }];
    return [{ kind: type === 'HorizontalLayout' ? 'horizontal' : 'vertical', id: path, children }];
  };

  if (json === undefined) {
    const children = names.map((name): LayoutNode => ({ kind: 'control', id: `layout/${name}`, field: name }));
    return { root: { ...nothing, children }, placed: names, widgets };
  }
  const [root = nothing] = read(json, '/layout', 0);
  return { root, placed: [...placed], widgets };
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
