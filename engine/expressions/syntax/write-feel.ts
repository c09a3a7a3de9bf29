import { ExpressionSyntaxError } from '../expression-syntax-error.ts';
import { KnownNames } from './known-names.ts';
import { parseExpression } from './parse-feel.ts';

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text as an expression writes it: in double quotes, with the escapes that the grammar reads (DMN 1.5 rule 35). */
export function writeText(text: string): string {
  return `"${text.replace(/["\\\n\r\t]/g, (sign) => ESCAPES[sign]!)}"`;
}

/** A variable as an expression names it: as it stands where the grammar reads it back, else in backticks. */
export function writeName(name: string): string {
  const node = readNode(name);
  return node?.kind === 'name' && node.name === name ? name : `\`${name}\``;
}

/** As `writeName`, after a dot, where a keyword may be the first word. */
export function writeMember(name: string): string {
  const node = readNode(`a.${name}`);
  return node?.kind === 'path' && node.target.kind === 'name' && node.name === name ? name : `\`${name}\``;
}

function readNode(text: string): ReturnType<typeof parseExpression> | null {
  try {
    return parseExpression(text, {
      common: new KnownNames(),
      names: [],
      members: [],
      types: new Map(),
    });
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return null;
    throw error;
  }
}
