import type { Route } from '../../http/route.ts';
import type { ClientOperation } from '../client-operations.ts';
import { addressOf } from '../unanswered-operations.ts';
import { whyUnanswered } from '../unanswered-reasons.ts';

/** The text between `<!-- name -->` and `<!-- /name -->` replaced. @throws Error when the marks are missing */
export function replaceSection(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`Expected the marks ${start} and ${end}.`);
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
}

/** The file `client-operations.ts` with the list replaced; all else in it is written by hand. */
export function renderClientOperations(source: string, operations: readonly ClientOperation[]): string {
  const lines = operations.map(({ method, path, operationId }) => `  '${method} ${path} ${operationId}',`);
  const [start, end] = ['const LINES: readonly string[] = [\n', '];\n'];
  const from = source.indexOf(start) + start.length;
  return `${source.slice(0, from)}${lines.join('\n')}\n${source.slice(source.indexOf(end, from))}`;
}

export function renderAnswered(operations: readonly ClientOperation[], routes: readonly Route[]): string {
  const answering = new Map(routes.map((route) => [addressOf(route), route]));
  const routeOf = (operation: ClientOperation) =>
    answering.get(addressOf({ ...operation, path: `/v2${operation.path}` }))!;
  const rows = operations.map((operation) => [
    `\`${operation.operationId}\``,
    `\`${operation.method.toUpperCase()} /v2${operation.path}\``,
    routeOf(operation).access,
    routeOf(operation)
      .grant?.any.map((grant) => grant.replace(':', ' '))
      .join(' or ') ?? '',
  ]);
  return table(['Operation', 'Address', 'Permission', 'or authorization'], rows);
}

export function renderUnanswered(operations: readonly ClientOperation[]): string {
  return table(
    ['Operation', 'Address', 'Why'],
    operations.map(({ operationId, method, path }) => [
      `\`${operationId}\``,
      `\`${method.toUpperCase()} /v2${path}\``,
      whyUnanswered(operationId).en,
    ]),
  );
}

/** Columns padded as Prettier pads them, so that formatting and this never fight. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}
