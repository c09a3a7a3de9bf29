import Handlebars from 'handlebars';
import {
  diffForms,
  usesInDecision,
  usesInForm,
  usesInProcess,
  type FlowNode,
  type FormChange,
  type FormReference,
  type ProcessModel,
  type VariableUse,
} from '#engine';
import type { FormImpact } from '#contract';
import type { Definition } from '../runtime/catalog.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { latestProcesses } from '../runtime/latest-processes.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * What publishing this draft would change, and who counts on the names that it takes away: the processes whose steps show the
 * form (latest versions), the decisions and templates that these use, and their other forms. Instances that run keep their version.
 */
export async function formImpact(
  definitions: Definitions,
  { formId, before, after }: { readonly formId: string; readonly before: Json | null; readonly after: Json },
): Promise<FormImpact> {
  const changes = before === null ? [] : diffForms(before, after);
  const names = namesTakenAway(changes);
  const uses = names.size === 0 ? [] : await findUses(definitions, { formId, names });
  return { changes: changes.map((change) => ({ ...change })), uses: uses.map((use) => ({ ...use })) };
}

/** Variables that others may miss: a column is read through its table. */
function namesTakenAway(changes: readonly FormChange[]): ReadonlySet<string> {
  const breaking = changes.filter((change) => change.breaking && change.field !== '');
  return new Set(breaking.map(({ field, formerly }) => (formerly ?? field).split('.')[0]!));
}

async function findUses(
  definitions: Definitions,
  { formId, names }: { readonly formId: string; readonly names: ReadonlySet<string> },
): Promise<readonly VariableUse[]> {
  const { catalog } = definitions;
  const all = await latestProcesses(definitions);
  const processes = all.filter((process) => formsOf(process).has(formId));
  const referred = new Set(processes.flatMap((process) => [...process.nodes.values()].flatMap(fixedTexts)));
  const named = (kind: 'decision' | 'template'): readonly Definition[] =>
    catalog.current(kind).filter(({ id }) => referred.has(id));
  const decisions = await Promise.all(
    named('decision').map(({ definitionKey }) => definitions.decision(definitionKey)),
  );
  const others = new Set(processes.flatMap((process) => [...formsOf(process)]).filter((id) => id !== formId));
  const forms = [...others].flatMap((id) => definitions.latestForm(id) ?? []);
  const templates = await Promise.all(
    named('template').map(async (template) =>
      usesInTemplate(template, await definitions.content(template.definitionKey), names),
    ),
  );
  return [
    ...processes.flatMap((process) => usesInBindings(process, { formId, names })),
    ...processes.flatMap((process) => usesInProcess(process, names)),
    ...decisions.flatMap((decision) => usesInDecision(decision, names)),
    ...forms.flatMap((form) => usesInForm(form, names)),
    ...templates.flat(),
  ];
}

function formsOf({ nodes }: ProcessModel): ReadonlySet<string> {
  return new Set([...nodes.values()].flatMap((node) => fixedTexts(formOf(node)?.id)));
}

/** What a user task shows, and what starts the process by hand. */
function formOf(node: FlowNode): FormReference | undefined {
  return 'form' in node ? node.form : undefined;
}

/** Steps that say by name what of this form may be seen, written or must be filled: what is called otherwise they no longer show. */
function usesInBindings(
  { processId, name, nodes }: ProcessModel,
  { formId, names }: { readonly formId: string; readonly names: ReadonlySet<string> },
): readonly VariableUse[] {
  return [...nodes.values()].flatMap((node): readonly VariableUse[] => {
    const form = formOf(node);
    if (!fixedTexts(form?.id).includes(formId)) return [];
    const { readable = [], writable = [], requiredHere = [] } = form?.binding ?? {};
    const listed = new Set([...readable, ...writable, ...requiredHere]);
    return [...listed].flatMap((text): readonly VariableUse[] => {
      const variable = text.split('.')[0]!;
      const place = { id: processId, name: name || processId, elementId: node.id, elementName: node.name };
      return names.has(variable) ? [{ kind: 'process', ...place, variable, text }] : [];
    });
  });
}

/** Fixed texts of a part of a model, among them the ids of the decisions and templates that a node names. */
function fixedTexts(part: unknown): readonly string[] {
  if (typeof part === 'string') return [part];
  if (typeof part !== 'object' || part === null) return [];
  if ('static' in part && 'text' in part) return part.static === true ? [String(part.text)] : [];
  return Object.values(part).flatMap(fixedTexts);
}

/** `{{claim.amount}}` reads `claim`; so do helpers and blocks with it. */
function usesInTemplate({ id, name }: Definition, source: string, names: ReadonlySet<string>): readonly VariableUse[] {
  const found = new Map<string, string>();
  const visitor = new (class extends Handlebars.Visitor {
    override PathExpression(path: hbs.AST.PathExpression): void {
      const [first] = path.parts;
      if (typeof first === 'string' && names.has(first)) found.set(first, path.original);
    }
  })();
  visitor.accept(Handlebars.parse(source));
  return [...found].map(([variable, text]) => ({
    kind: 'template',
    id,
    name: name || id,
    elementId: '',
    elementName: '',
    variable,
    text: `{{${text}}}`,
  }));
}
