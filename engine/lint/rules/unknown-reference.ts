import type { FlowNode, ResourceReference } from '../../model/process-model.ts';
import {
  titleOf,
  type LintRule,
  type LintSubject,
  type LintSurroundings,
  type ReferencedKind,
  type RuleFinding,
} from '../lint-rule.ts';

const NAMES: Readonly<Record<ReferencedKind, { readonly ru: string; readonly en: string }>> = {
  process: { ru: 'процесс', en: 'process' },
  decision: { ru: 'решение', en: 'decision' },
  form: { ru: 'форму', en: 'form' },
};

/**
 * References to forms, decisions and processes that nobody deployed, and to unknown calendars. An id that is an expression
 * and a version tag, which may come later, are resolved when the element is reached.
 */
export const unknownReference: LintRule = {
  name: 'unknown-reference',
  check: ({ process, surroundings }: LintSubject) =>
    [...process.nodes.values()].flatMap((node) => [
      ...unknownDefinitions(node, surroundings.references),
      ...unknownCalendar(node, surroundings.calendars),
    ]),
};

function unknownDefinitions(node: FlowNode, known: LintSurroundings['references']): readonly RuleFinding[] {
  if (known === undefined) return [];
  return referencesOf(node).flatMap(([kind, to]) => {
    if (!to.id.static || to.bindingType === 'versionTag' || known.exists(kind, to)) return [];
    const { ru, en } = NAMES[kind];
    const nearby = to.bindingType === 'deployment' || !known.complete;
    return [
      {
        at: node,
        code: `unknown-${kind}`,
        severity: known.complete ? ('error' as const) : ('warning' as const),
        message: known.complete
          ? {
              ru: `${titleOf(node)} ссылается на ${ru} «${to.id.text}», но такого определения нет среди опубликованных.`,
              en: `${titleOf(node)} refers to the ${en} "${to.id.text}", which is not deployed.`,
            }
          : {
              ru: `${titleOf(node)} ссылается на ${ru} «${to.id.text}», но такого определения нет среди проверяемых файлов.`,
              en: `${titleOf(node)} refers to the ${en} "${to.id.text}", which is not among the files looked at.`,
            },
        remedy: {
          ru: `Опубликуйте ${ru} ${nearby ? 'вместе с этой моделью' : 'вместе с этой моделью или раньше'} либо исправьте ссылку.`,
          en: `Deploy the ${en} ${nearby ? 'in this deployment' : 'in this deployment or before'}, or correct the reference.`,
        },
      },
    ];
  });
}

/** Where a node refers by id to what is deployed on its own. */
function referencesOf(node: FlowNode): readonly (readonly [ReferencedKind, ResourceReference])[] {
  const references: (readonly [ReferencedKind, ResourceReference])[] = [];
  if ('form' in node && node.form !== undefined) references.push(['form', node.form]);
  if ('called' in node) references.push(['process', node.called]);
  if ('implementation' in node && node.implementation.kind === 'decision') {
    references.push(['decision', node.implementation.decision]);
  }
  return references;
}

function unknownCalendar(node: FlowNode, calendars: LintSurroundings['calendars']): readonly RuleFinding[] {
  if (!('deadline' in node) || node.deadline?.calendar.static !== true || calendars === undefined) return [];
  const id = node.deadline.calendar.text;
  try {
    calendars.resolve(id);
    return [];
  } catch (error) {
    return [
      {
        at: node,
        code: 'unknown-calendar',
        severity: 'error',
        message: {
          ru: `${titleOf(node)} считает срок по неизвестному календарю «${id}».`,
          en: `${titleOf(node)} counts its deadline by an unknown calendar. ${error instanceof Error ? error.message : ''}`.trim(),
        },
        remedy: {
          ru: 'Опубликуйте календарь и график либо исправьте имя.',
          en: 'Deploy the calendar and the schedule, or correct the id.',
        },
      },
    ];
  }
}
