import { titleOf, type LintRule } from '../lint-rule.ts';

/** The honest answer where the token game is too large to be walked to its end. */
export const soundnessNotDecided: LintRule = {
  name: 'soundness-not-decided',
  check: ({ process, soundness }) =>
    soundness().flatMap(({ scopeId, undecided: { deadlock, doubling } }) => {
      if (!deadlock && !doubling) return [];
      const at = process.nodes.get(scopeId) ?? { id: scopeId, name: process.name };
      const what = deadlock
        ? { ru: 'нет ли здесь взаимной блокировки', en: 'whether it can deadlock' }
        : { ru: 'не проходят ли ветви дважды', en: 'whether branches run twice' };
      return [
        {
          at,
          severity: 'warning' as const,
          message: {
            ru: `Не решено, ${what.ru}: у ${titleOf(at)} слишком много состояний или маркеры накапливаются.`,
            en: `Not decided ${what.en}: ${titleOf(at)} has too many states, or tokens pile up in it.`,
          },
          remedy: {
            ru: 'Вынесите части с параллельными ветвями в подпроцессы: каждый проверяется отдельно.',
            en: 'Move parts with parallel branches into sub-processes: each is checked by itself.',
          },
        },
      ];
    }),
};
