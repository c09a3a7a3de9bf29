import { titleOf, type LintRule } from '../lint-rule.ts';
import { canBeEnded } from '../soundness/soundness-of.ts';
import { withoutWayToEnd } from '../ways-to-end.ts';

/** An element from which no path leads to an end: once there, the scope never completes (BPMN 2.0.2 §13.5.6). */
export const noWayToEnd: LintRule = {
  name: 'no-way-to-end',
  check: ({ process }) =>
    [...process.scopes.keys()].flatMap((scopeId) => {
      const nodes = withoutWayToEnd(process, scopeId);
      const [first] = nodes;
      if (first === undefined || canBeEnded(process, scopeId)) return [];
      const names = nodes.map(titleOf).join(', ');
      return [
        {
          at: first,
          severity: 'error' as const,
          message: {
            ru: `Отсюда нет пути к концу: ${names} ведут только друг к другу.`,
            en: `No path leads to an end from here: ${names} lead only to each other.`,
          },
          remedy: {
            ru: 'Проведите поток к завершающему событию или прервите круг событием на границе или событийным подпроцессом.',
            en: 'Draw a flow to an end event, or let a boundary event or an event sub-process end the circle.',
          },
        },
      ];
    }),
};
