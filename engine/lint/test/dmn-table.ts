import type { LintFile } from '../lint-files.ts';

interface Column {
  readonly name: string;
  readonly type: string;
  /** Unary tests of an item definition. */
  readonly allowed?: string;
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A decision `d` with a table over input data, one per column; each rule is its cells and then its result. */
export function dmnTable(
  columns: readonly Column[],
  rules: readonly (readonly string[])[],
  {
    hitPolicy = 'UNIQUE',
    output = '<output id="out" name="out" />',
  }: { readonly hitPolicy?: string; readonly output?: string } = {},
): LintFile {
  const items = columns.map(
    ({ name, type, allowed }) =>
      `<itemDefinition id="t_${name}" name="t_${name}"><typeRef>${type}</typeRef>${
        allowed === undefined ? '' : `<allowedValues id="a_${name}"><text>${escape(allowed)}</text></allowedValues>`
      }</itemDefinition>`,
  );
  const data = columns.map(
    ({ name }) =>
      `<inputData id="i_${name}" name="${name}"><variable id="v_${name}" name="${name}" typeRef="t_${name}"/></inputData>`,
  );
  const needs = columns.map(
    ({ name }) => `<informationRequirement id="r_${name}"><requiredInput href="#i_${name}"/></informationRequirement>`,
  );
  const inputs = columns.map(
    ({ name, type }) =>
      `<input id="c_${name}" label="${name}"><inputExpression id="e_${name}" typeRef="${type}"><text>${name}</text></inputExpression></input>`,
  );
  const rows = rules.map((cells, row) => {
    const entries = cells.map((cell, at) => {
      const kind = at < columns.length ? 'inputEntry' : 'outputEntry';
      return `<${kind} id="${kind}_${row}_${at}"><text>${escape(cell)}</text></${kind}>`;
    });
    return `<rule id="rule-${row + 1}">${entries.join('')}</rule>`;
  });
  return {
    name: 'table.dmn',
    content: `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="graph" name="Graph" namespace="urn:test">
${items.join('\n')}${data.join('\n')}
<decision id="d" name="D">${needs.join('')}<decisionTable id="table" hitPolicy="${hitPolicy}">${inputs.join('')}${output}
${rows.join('\n')}
</decisionTable></decision></definitions>`,
  };
}
