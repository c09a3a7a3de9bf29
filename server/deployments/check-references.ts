import type { CalendarSet, Expression, FlowNode, ResourceReference } from '#engine';
import type { Catalog, DefinitionKind } from '../runtime/catalog.ts';
import { problemIn, type DeploymentProblem } from './invalid-deployment.ts';
import type { FileReading } from './read-resource.ts';

const NAMES = { process: 'process', decision: 'decision', form: 'form' } as const;

interface Reference {
  readonly node: FlowNode;
  readonly kind: keyof typeof NAMES;
  readonly to: ResourceReference;
}

/**
 * Finds references to forms, decisions and processes that nobody deployed, and to unknown calendars. Ids that are
 * expressions, and version tags (which may come later), are resolved when the element is reached.
 */
export function checkReferences(
  files: readonly FileReading[],
  known: { readonly catalog: Catalog; readonly calendars: CalendarSet | null },
): readonly DeploymentProblem[] {
  const here = new Set(files.flatMap(({ defines }) => defines.map(({ kind, id }) => `${kind} ${id}`)));
  const exists = (kind: DefinitionKind, { id, bindingType }: ResourceReference): boolean =>
    here.has(`${kind} ${id.text}`) ||
    (bindingType === 'latest' && known.catalog.latest(kind, id.text) !== undefined) ||
    bindingType === 'versionTag';

  const problems: DeploymentProblem[] = [];
  for (const file of files) {
    for (const process of file.processes) {
      for (const node of process.nodes.values()) {
        for (const { kind, to } of referencesOf(node)) {
          if (!to.id.static || exists(kind, to)) continue;
          const place = to.bindingType === 'deployment' ? 'in this deployment' : 'in this deployment or before';
          problems.push(
            problemIn(file.name, {
              code: `unknown-${kind}`,
              elementId: node.id,
              elementName: node.name,
              message: `«${node.name || node.id}» (${node.id}) refers to the ${NAMES[kind]} "${to.id.text}", which is not deployed.`,
              remedy: `Deploy the ${NAMES[kind]} ${place}, or correct the reference.`,
            }),
          );
        }
        const calendar = unknownCalendar(node, known.calendars);
        if (calendar !== null) problems.push(problemIn(file.name, calendar));
      }
    }
  }
  return problems;
}

function referencesOf(node: FlowNode): readonly Reference[] {
  const references: Reference[] = [];
  if ((node.type === 'userTask' || node.type === 'startEvent') && node.form !== undefined) {
    references.push({ node, kind: 'form', to: node.form });
  }
  if (node.type === 'callActivity') references.push({ node, kind: 'process', to: node.called });
  if ('implementation' in node && node.implementation.kind === 'decision') {
    references.push({ node, kind: 'decision', to: node.implementation.decision });
  }
  return references;
}

function unknownCalendar(node: FlowNode, calendars: CalendarSet | null) {
  if (node.type !== 'userTask' || node.deadline === undefined || calendars === null) return null;
  const calendar: Expression = node.deadline.calendar;
  if (!calendar.static) return null;
  try {
    calendars.resolve(calendar.text);
    return null;
  } catch (error) {
    return {
      code: 'unknown-calendar',
      elementId: node.id,
      elementName: node.name,
      message: `«${node.name || node.id}» (${node.id}) counts its deadline by an unknown calendar. ${(error as Error).message}`,
      remedy: 'Deploy the calendar and the schedule, or correct the id.',
    };
  }
}
