import { wordsOf } from './words-of.mjs';

/**
 * The last nine rows of the glossary, as the words of an identifier. Whole words only: `activate`, `action`, `reclaim`
 * and `visitor` are no pack words. Left out, because the core has its own use for them: template (FEEL strings),
 * checksum, status, `visit` as a verb (walking a tree; the type `Visit` is kept out below), `executor` of a promise.
 */
const PACK_WORDS = [
  ['act'],
  ['acts'],
  ['rendered', 'document'],
  ['document', 'number'],
  ['counterparty'],
  ['customer'],
  ['contractor'],
  ['signatory'],
  ['accounting', 'period'],
  ['close', 'period'],
  ['net', 'amount'],
  ['gross', 'amount'],
  ['vat'],
  ['reconciliation'],
  ['claim'],
  ['claims'],
  ['triage'],
  ['warranty'],
  ['fault', 'code'],
  ['verdict'],
  ['repair', 'order'],
  ['spare', 'part'],
  ['part', 'order'],
  ['part', 'number'],
  ['backorder'],
  ['unit', 'price'],
  ['dispatch'],
  ['technician'],
  ['service', 'level'],
];

const PACK_TYPES = new Set(['Visit', 'Visits']);

/** @type {import('eslint').Rule.RuleModule} */
export const noPackWords = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      packWord:
        '"{{name}}" says "{{word}}", a word of the packs. The engine knows BPMN, DMN, forms and time: use their word, or move this to a pack or to server/documents.',
    },
  },
  create(context) {
    const check = (node) => {
      const word = packWordIn(node.name);
      if (word !== undefined) context.report({ node, messageId: 'packWord', data: { name: node.name, word } });
    };
    return { Identifier: check, PrivateIdentifier: check };
  },
};

function packWordIn(name) {
  if (PACK_TYPES.has(name)) return name;
  const words = wordsOf(name);
  const contains = (phrase) => words.some((_, at) => phrase.every((word, index) => words[at + index] === word));
  return PACK_WORDS.find(contains)?.join(' ');
}
