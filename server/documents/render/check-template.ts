import Handlebars from 'handlebars';
import { MarkupChecker, problem } from './check-markup.ts';
import { readTags } from './read-tags.ts';
import { TemplateRefused, type TemplateProblem } from './template-errors.ts';

/** Helpers in `{{…}}` and in `(…)`. */
const VALUE_HELPERS = new Set(['date', 'dateTime', 'money', 'number', 'plural', 'eq', 'optional']);
const BLOCK_HELPERS = new Set(['if', 'unless', 'each']);
const MAX_SOURCE = 200_000;
const MAX_EACH_DEPTH = 3;
const MAX_BLOCK_DEPTH = 20;

type Node = {
  readonly type: string;
  readonly loc: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
};
type PathNode = Node & { readonly original: string; readonly parts: readonly string[]; readonly data: boolean };
type CallNode = Node & {
  readonly path: PathNode;
  readonly params: readonly Node[];
  readonly hash?: { readonly pairs: readonly { readonly value: Node }[] };
};
type BlockNode = CallNode & { readonly program?: ProgramNode; readonly inverse?: ProgramNode };
type ProgramNode = Node & { readonly body: readonly Node[]; readonly blockParams?: readonly string[] };

/** Where each path of a template stands, so that a missing value can be reported with its line. */
export type TemplatePath = { readonly parts: readonly string[]; readonly line: number };

/**
 * Checks a template source before it is ever compiled: Handlebars limited to values, listed helpers, `if`, `unless` and
 * `each` (at most three deep); no partials, decorators, raw output or sections on data; markup within the subset and
 * balanced in every block. Data are always escaped, so a checked template can only render well-formed markup.
 *
 * @throws TemplateRefused with every problem and its line
 */
export function checkTemplate(source: string): readonly TemplatePath[] {
  const problems: TemplateProblem[] = [];
  const paths: TemplatePath[] = [];
  const report = (found: TemplateProblem): void => void problems.push(found);

  // Handlebars takes an AST as well and compiles it to code unchecked (CVE-2026-33937).
  if (typeof source !== 'string') throw new TypeError('Expected the template to be a string.');
  if (source.length > MAX_SOURCE) {
    throw new TemplateRefused([
      problem(
        'template-too-large',
        1,
        [`Шаблон длиннее ${MAX_SOURCE} знаков.`, 'Разделите документ на несколько шаблонов.'],
        [`The template is longer than ${MAX_SOURCE} characters.`, 'Split the document into several templates.'],
      ),
    ]);
  }
  const program = parse(source);
  const checker = new MarkupChecker(report);
  walk(program, { checker, report, paths, eachDepth: 0, blockDepth: 0 });
  checker.expectClosed(0, program.loc.end.line);
  if (problems.length > 0) throw new TemplateRefused(problems.slice(0, 50));
  return paths;
}

function parse(source: string): ProgramNode {
  try {
    return Handlebars.parseWithoutProcessing(source);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const line = Number(/line (\d+)/u.exec(text)?.[1] ?? (error as { lineNumber?: number }).lineNumber ?? 1);
    throw new TemplateRefused([
      problem(
        'template-syntax',
        line,
        [
          'Выражение {{…}} не читается: проверьте скобки и закрывающие блоки.',
          'Каждому {{#if}}, {{#unless}}, {{#each}} нужен свой {{/if}}, {{/unless}}, {{/each}}.',
        ],
        [
          'An expression {{…}} cannot be read: check the braces and closing blocks.',
          'Each {{#if}}, {{#unless}}, {{#each}} needs its own {{/if}}, {{/unless}}, {{/each}}.',
        ],
      ),
    ]);
  }
}

type Walk = {
  readonly checker: MarkupChecker;
  readonly report: (problem: TemplateProblem) => void;
  readonly paths: TemplatePath[];
  readonly eachDepth: number;
  readonly blockDepth: number;
};

function walk(program: ProgramNode, at: Walk): void {
  for (const node of program.body) {
    const line = node.loc.start.line;
    if (node.type === 'ContentStatement') {
      const text = (node as Node & { original: string }).original;
      let counted = 0;
      let tokenLine = line;
      for (const token of readTags(text)) {
        for (; counted < token.at; counted += 1) if (text.charCodeAt(counted) === 0x0a) tokenLine += 1;
        at.checker.take(token, tokenLine);
      }
    } else if (node.type === 'MustacheStatement') {
      const call = node as CallNode & { readonly escaped: boolean };
      if (!call.escaped)
        unsafe(
          at,
          line,
          '{{{…}}}',
          'Пишите {{…}}: данные всегда вставляются как текст.',
          'Write {{…}}: data are always inserted as text.',
        );
      checkCall(call, at, VALUE_HELPERS);
      at.checker.takeText('{{…}}', line);
    } else if (node.type === 'BlockStatement') {
      walkBlock(node as BlockNode, at);
    } else if (node.type !== 'CommentStatement') {
      unsafe(
        at,
        line,
        node.type.replace(/Statement|Block$/u, ''),
        'Вставки шаблонов и декораторы не допускаются.',
        'Partials and decorators are not allowed.',
      );
    }
  }
}

function walkBlock(block: BlockNode, at: Walk): void {
  const line = block.loc.start.line;
  checkCall(block, at, BLOCK_HELPERS);
  const eachDepth = at.eachDepth + (block.path.original === 'each' ? 1 : 0);
  const blockDepth = at.blockDepth + 1;
  if (eachDepth > MAX_EACH_DEPTH || blockDepth > MAX_BLOCK_DEPTH) {
    at.report(
      problem(
        'template-too-deep',
        line,
        [
          `Вложенность {{#each}} больше ${MAX_EACH_DEPTH} или блоков больше ${MAX_BLOCK_DEPTH}.`,
          'Подготовьте плоский список в данных документа.',
        ],
        [
          `{{#each}} is nested deeper than ${MAX_EACH_DEPTH}, or blocks deeper than ${MAX_BLOCK_DEPTH}.`,
          'Prepare a flat list in the data of the document.',
        ],
      ),
    );
    return;
  }
  for (const part of [block.program, block.inverse]) {
    if (part === undefined) continue;
    if ((part.blockParams?.length ?? 0) > 0)
      unsafe(at, line, 'as |…|', 'Пишите {{this.…}} или {{../…}}.', 'Write {{this.…}} or {{../…}}.');
    const checker = at.checker.fork();
    walk(part, { ...at, checker, eachDepth, blockDepth });
    checker.expectClosed(at.checker.depth, part.loc.end?.line ?? line);
  }
}

function checkCall(call: CallNode, at: Walk, helpers: ReadonlySet<string>): void {
  const line = call.loc.start.line;
  const name = call.path.original;
  const isCall =
    call.params.length > 0 ||
    (call.hash?.pairs.length ?? 0) > 0 ||
    helpers === BLOCK_HELPERS ||
    call.type === 'SubExpression';
  if (call.path.type === 'PathExpression' && !isCall) notePath(call.path, at);
  else if (!helpers.has(name)) {
    at.report(
      problem(
        'template-unknown-helper',
        line,
        [`Функции «${name}» нет.`, `Есть: ${[...helpers].join(', ')}.`],
        [`There is no helper "${name}".`, `There are: ${[...helpers].join(', ')}.`],
      ),
    );
  }
  for (const param of [...call.params, ...(call.hash?.pairs.map((pair) => pair.value) ?? [])]) {
    if (param.type === 'PathExpression') notePath(param as PathNode, at);
    else if (param.type === 'SubExpression') checkCall(param as CallNode, at, VALUE_HELPERS);
  }
}

const FORBIDDEN_PARTS = new Set(['__proto__', 'constructor', 'prototype']);
const LOOP_VARIABLES = new Set(['index', 'first', 'last', 'key', 'root']);

function notePath(path: PathNode, at: Walk): void {
  const line = path.loc.start.line;
  if (path.parts.some((part) => FORBIDDEN_PARTS.has(part)) || (path.data && !LOOP_VARIABLES.has(path.parts[0]!))) {
    unsafe(
      at,
      line,
      path.original,
      'Такое имя в выражениях не допускается.',
      'Such a name is not allowed in expressions.',
    );
  }
  at.paths.push({ parts: path.parts, line });
}

function unsafe(at: Walk, line: number, found: string, ru: string, en: string): void {
  at.report(
    problem(
      'template-unsafe',
      line,
      [`«${found}» в шаблоне не допускается.`, ru],
      [`"${found}" is not allowed in a template.`, en],
    ),
  );
}
