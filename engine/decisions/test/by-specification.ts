import assert from 'node:assert/strict';
import { FeelRun } from '../../expressions/compiler/feel-run.ts';
import { toJson } from '../../expressions/json-boundary.ts';
import type { JsonValue } from '../../json.ts';
import { DecisionEvaluation } from '../decision-evaluation.ts';
import type { DecisionModel } from '../decision-model.ts';
import { readGraph } from '../read-dmn.ts';
import { scopeOf } from './dmn-file.ts';

/** The value of a decision as DMN alone says, without the strictness of a process: the first file's decision of that name. */
export async function valueOf(
  files: readonly string[],
  name: string,
  inputs: Readonly<Record<string, JsonValue>> = {},
): Promise<JsonValue> {
  const { graph } = await readGraph(files);
  const decision = [...graph.values()].find(
    (element): element is DecisionModel => element.kind === 'decision' && element.name === name,
  );
  if (decision === undefined) return null;
  const scope = scopeOf(inputs);
  const run = new FeelRun(scope);
  return toJson(new DecisionEvaluation({ run, scope, mode: 'specification' }).decide(decision).value);
}

/** A DMN 1.5 file with a namespace of its own. */
export function model(namespace: string, elements: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m_${namespace}" name="${namespace}"
  namespace="urn:${namespace}">${elements}</definitions>`;
}

export function literal(text: string, attributes = ''): string {
  return `<literalExpression ${attributes}><text>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text></literalExpression>`;
}

/** A decision whose id is its name. `type` is that of its variable. */
export function decisionOf(
  name: string,
  logic: string,
  { type, requires = '' }: { readonly type?: string | undefined; readonly requires?: string } = {},
): string {
  return `<decision id="${name}" name="${name}"><variable name="${name}" ${type === undefined ? '' : `typeRef="${type}"`} />${requires}${logic}</decision>`;
}

export const needs = {
  input: (href: string) => `<informationRequirement><requiredInput href="${href}" /></informationRequirement>`,
  decision: (href: string) => `<informationRequirement><requiredDecision href="${href}" /></informationRequirement>`,
  knowledge: (href: string) => `<knowledgeRequirement><requiredKnowledge href="${href}" /></knowledgeRequirement>`,
};

/** A test: the decision `d` of the first file gives this value. */
export function gives(
  what: string,
  files: string | readonly string[],
  expected: JsonValue,
  inputs: Readonly<Record<string, JsonValue>> = {},
): void {
  it(what, async () => {
    assert.deepEqual(await valueOf(typeof files === 'string' ? [files] : files, 'd', inputs), expected);
  });
}

export function item(name: string, body: string, attributes = ''): string {
  return `<itemDefinition id="t_${name}" name="${name}" ${attributes}>${body}</itemDefinition>`;
}

export const ref = (type: string): string => `<typeRef>${type}</typeRef>`;
export const allowed = (tests: string): string => `<allowedValues><text>${tests}</text></allowedValues>`;

/** A knowledge model whose id is its name. */
export function knowledge(name: string, logic: string, variable = ''): string {
  return `<businessKnowledgeModel id="${name.replaceAll(' ', '-')}" name="${name}"><variable name="${name}" ${variable} />${logic}</businessKnowledgeModel>`;
}

export const TYPES =
  item('tAge', ref('number') + allowed('[0..150]')) +
  item('tNames', ref('string'), 'isCollection="true"') +
  item('tColor', ref('string') + allowed('"red","green"')) +
  item('tColors', ref('tColor'), 'isCollection="true"') +
  item(
    'tShort',
    ref('string') + '<typeConstraint><text>count(?) &lt; 3</text></typeConstraint>',
    'isCollection="true"',
  ) +
  item(
    'tPerson',
    `<itemComponent name="name">${ref('string')}</itemComponent><itemComponent name="home" ><itemComponent name="city">${ref('string')}</itemComponent></itemComponent><itemComponent name="ages" isCollection="true">${ref('tAge')}</itemComponent>`,
  ) +
  item('tFn', `<functionItem outputTypeRef="number"><parameters name="a" typeRef="number"/></functionItem>`);
