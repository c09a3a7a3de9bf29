import { titleOf, type LintRule } from '../lint-rule.ts';
import { canBeEnded } from '../soundness/soundness-of.ts';
import { withoutWayToEnd } from '../ways-to-end.ts';

/** Something always goes on and the end is out of reach, although every element alone has a way to one. */
export const livelock: LintRule = {
  name: 'livelock',
  check: ({ process, soundness }) =>
    soundness().flatMap(({ scopeId, livelock: found }) => {
      if (found === null || canBeEnded(process, scopeId)) return [];
      // The simpler rule has said it.
      if (withoutWayToEnd(process, scopeId).length > 0) return [];
      const names = found.nodes.map(titleOf).join(', ');
      return [
        {
          at: found.nodes[0] ?? null,
          severity: 'error' as const,
          path: found.path,
          message: {
            ru: `На этом пути процесс ходит по кругу и не может закончиться: дальше выполняются только ${names}.`,
            en: `On this path the process goes round and can never end: only ${names} can still run.`,
          },
          remedy: {
            ru: 'Дайте кругу выход, который возможен и на этом пути.',
            en: 'Give the circle a way out that is open on this path as well.',
          },
        },
      ];
    }),
};
