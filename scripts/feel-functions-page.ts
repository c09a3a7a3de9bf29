import { feelFunctions, signatureText, type FeelFunctionGroup } from '#engine';

const TITLES: Readonly<Record<FeelFunctionGroup, string>> = {
  number: 'Numbers',
  text: 'Texts',
  list: 'Lists',
  context: 'Contexts',
  logic: 'Logic and conversion',
  temporal: 'Dates and times',
  range: 'Ranges',
  'working time': 'Working time',
  money: 'Money',
  requisites: 'Requisites and phones',
};

/** The functions as the guide `docs/guide/feel.md` lists them; `npm run docs:feel` writes them there. */
export function functionsPage(): string {
  return Object.entries(TITLES)
    .map(([group, title]) => {
      const entries = feelFunctions
        .filter((one) => one.group === group)
        .map(({ name, signatures, description, example }) =>
          [
            `#### \`${name}\``,
            `${description.en} ${description.ru}`,
            ['```text', ...signatures.map((one) => signatureText(name, one)), '```'].join('\n'),
            `\`${example.expression}\` → \`${JSON.stringify(example.result)}\``,
          ].join('\n\n'),
        );
      return [`### ${title}`, ...entries].join('\n\n');
    })
    .join('\n\n');
}
