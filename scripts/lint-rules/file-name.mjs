import { relative, sep } from 'node:path';

/** They say nothing about what is inside. */
const BANNED = new Set(['manager', 'helper', 'util', 'handle', 'data', 'info'].flatMap((word) => [word, `${word}s`]));

/** A shape lives with its owner, so no folder is everybody's. */
const BANNED_FOLDERS = new Set(['common', 'shared']);

/** kebab-case; dots for suffixes (`.db.test`); digits in front for migrations (`0001_spine`); a dot file keeps its dot. */
const KEBAB = /^\.?(?:\d+[_-])?[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/;

/** @type {import('eslint').Rule.RuleModule} */
export const fileName = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      kebab: '"{{part}}" is not kebab-case. A file is named after its main export: `takeFlow` → take-flow.ts.',
      banned:
        '"{{part}}" says "{{word}}", which fits any code. Name the file after what it exports, the folder after its noun.',
    },
  },
  create(context) {
    return {
      Program(node) {
        for (const part of relative(context.cwd, context.filename).split(sep)) {
          if (!KEBAB.test(part)) context.report({ node, messageId: 'kebab', data: { part } });
          const words = BANNED_FOLDERS.has(part) ? [part] : part.split(/[-._]/);
          const word = words.find((candidate) => BANNED.has(candidate) || BANNED_FOLDERS.has(part));
          if (word !== undefined) context.report({ node, messageId: 'banned', data: { part, word } });
        }
      },
    };
  },
};
