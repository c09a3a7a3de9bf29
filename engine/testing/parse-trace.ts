/** One block of a trace: a comment, a command, and what it was recorded to do. */
export interface TraceBlock {
  readonly comments: readonly string[];
  readonly command: string;
  /** 1-based line of the command. */
  readonly line: number;
  readonly expected: string;
}

/**
 * Reads a `.trace`: blocks separated by blank lines, each a command line, `----`, and the lines it produced. Lines
 * that begin with `#` before a command are comments and are kept when the trace is rewritten.
 */
export function parseTrace(text: string): readonly TraceBlock[] {
  const blocks: TraceBlock[] = [];
  const lines = text.split(/\r?\n/);
  let at = 0;
  while (at < lines.length) {
    const comments: string[] = [];
    while (at < lines.length && (lines[at]?.trim() === '' || lines[at]?.startsWith('#') === true)) {
      if (lines[at]?.startsWith('#') === true) comments.push(lines[at] ?? '');
      at += 1;
    }
    if (at >= lines.length) break;
    const line = at + 1;
    const command = lines[at] ?? '';
    at += 1;
    if (lines[at] === '----') at += 1;
    const expected: string[] = [];
    while (at < lines.length && lines[at]?.trim() !== '') {
      expected.push(lines[at] ?? '');
      at += 1;
    }
    blocks.push({ comments, command, line, expected: expected.join('\n') });
  }
  return blocks;
}

export function formatTrace(blocks: readonly TraceBlock[]): string {
  return blocks
    .map(({ comments, command, expected }) => [...comments, command, '----', expected].join('\n').trimEnd())
    .join('\n\n')
    .concat('\n');
}
