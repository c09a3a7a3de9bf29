import { unknownNamesOf } from '../../expressions/expression.ts';
import type { FlowNode, ProcessModel } from '../../model/process-model.ts';
import { namesWrittenBy } from '../feel/written-names.ts';
import type { LintSurroundings } from '../lint-rule.ts';
import { reachableFrom } from '../successors-of.ts';
import type { NetNode, TokenNet } from './token-net.ts';

/** Exclusive gateways whose conditions are the same in the same order, over variables that nothing writes between them. */
export interface Question {
  readonly askedBy: readonly FlowNode[];
  /** Of each answer the flow of every gateway. */
  readonly answers: readonly ReadonlySet<string>[];
}

/** More combinations of answers than this are not walked. */
const MOST_COMBINATIONS = 32;

/** The questions of a scope that are asked twice. */
export function sameQuestions(
  process: ProcessModel,
  scopeId: string,
  surroundings: LintSurroundings,
): readonly Question[] {
  const byText = new Map<string, FlowNode[]>();
  for (const node of process.nodes.values()) {
    if (node.scopeId !== scopeId || node.type !== 'exclusiveGateway' || node.outgoing.length < 2) continue;
    const text = JSON.stringify(answersAt(process, node).map(([answer]) => answer));
    byText.set(text, [...(byText.get(text) ?? []), node]);
  }
  return [...byText.values()]
    .filter((nodes) => nodes.length > 1 && !changesBetween(process, nodes, surroundings))
    .map((askedBy) => {
      const flows = askedBy.map((node) => answersAt(process, node).map(([, flowId]) => flowId));
      const answers = (flows[0] ?? []).map((_, at) => new Set(flows.map((own) => own[at] ?? '')));
      return { askedBy, answers };
    });
}

/** The net under every combination of answers, in which all gateways of a question give the same one; null: too many. */
export function nets(net: TokenNet, questions: readonly Question[]): readonly TokenNet[] | null {
  const count = questions.reduce((product, { answers }) => product * answers.length, 1);
  if (count > MOST_COMBINATIONS) return null;
  return questions.reduce<readonly TokenNet[]>(
    (all, question) => all.flatMap((one) => question.answers.map((flows) => answered(one, question, flows))),
    [net],
  );
}

/** Conditions in the order in which they are asked, then the default flow: what it says, and the flow it takes. */
function answersAt({ flows }: ProcessModel, node: FlowNode): readonly (readonly [answer: string, flowId: string])[] {
  const conditional = node.outgoing.filter((id) => id !== node.defaultFlowId);
  const asked = conditional.map(
    (id) => [(flows.get(id)?.condition?.text ?? '').trim().replace(/\s+/g, ' '), id] as const,
  );
  return node.defaultFlowId === undefined ? asked : [...asked, ['default', node.defaultFlowId]];
}

/**
 * Whether the answer may change from one gateway to another: something that the model lets write a variable of the question
 * is not before all of them, and not behind them either. A worker without mappings may write anything; it is not suspected.
 */
function changesBetween(process: ProcessModel, askedBy: readonly FlowNode[], surroundings: LintSurroundings): boolean {
  const read = new Set(askedBy.flatMap((node) => namesReadAt(process, node)));
  const reach = (id: string) =>
    reachableFrom(
      process,
      process.nodes.get(id)?.outgoing.flatMap((flowId) => process.flows.get(flowId)?.targetId ?? []) ?? [],
      { besides: true },
    );
  const behind = askedBy.map(({ id }) => reach(id));
  return [...process.nodes.values()].some((node) => {
    if (!namesWrittenBy(node, surroundings).some((name) => read.has(name))) return false;
    const place = placeIn(process, node, askedBy[0]!.scopeId);
    if (place === null) return true;
    const reached = reach(place);
    const ahead = askedBy.filter(({ id }) => reached.has(id)).length;
    const isBefore = ahead === askedBy.length && !behind.some((nodes) => nodes.has(place));
    return ahead > 0 && !isBefore;
  });
}

function namesReadAt({ flows }: ProcessModel, node: FlowNode): readonly string[] {
  return node.outgoing.flatMap((id) => {
    const condition = flows.get(id)?.condition;
    return condition === undefined ? [] : unknownNamesOf(condition, []).map(({ name }) => name);
  });
}

/** The node of a scope that is or holds another; null: it lies outside, and runs who knows when. */
function placeIn(process: ProcessModel, node: FlowNode, scopeId: string): string | null {
  let at: FlowNode | undefined = node;
  while (at !== undefined && at.scopeId !== scopeId) at = process.nodes.get(at.scopeId);
  return at?.id ?? null;
}

function answered(net: TokenNet, { askedBy }: Question, flows: ReadonlySet<string>): TokenNet {
  const asks = new Set(askedBy.map(({ id }) => id));
  const inNet = new Map<NetNode, NetNode>(
    net.nodes.map((node) => {
      if (!asks.has(node.node.id)) return [node, node];
      const at = node.node.outgoing.findIndex((id) => flows.has(id));
      return [node, { ...node, outcomes: node.outcomes.slice(at, at + 1) }];
    }),
  );
  const same = (node: NetNode) => inNet.get(node) ?? node;
  return { ...net, nodes: net.nodes.map(same), targets: net.targets.map(same) };
}
