import type { FlowNode } from '../../model/process-model.ts';
import { titleOf, type LintRule, type RuleFinding } from '../lint-rule.ts';
import type { Starved } from '../soundness/soundness-of.ts';

/** Tokens that wait at a join for what can never come: the engine would raise an incident there. */
export const deadlock: LintRule = {
  name: 'deadlock',
  check: ({ soundness }) => soundness().flatMap(({ starved }) => starved.map(findingFor)),
};

function findingFor({ node, always, surplus, missing, path, unlike }: Starved): RuleFinding {
  const title = titleOf(node);
  if (unlike !== undefined) {
    return {
      at: node,
      severity: 'warning',
      path,
      message: {
        ru: `${title} может не дождаться маркеров, если шлюзы ${namesOf(unlike)}, которые спрашивают одно и то же, ответят по-разному.`,
        en: `${title} starves if the gateways ${namesOf(unlike)}, which ask the same question, answer it differently.`,
      },
      remedy: {
        ru: 'Проверьте, что между ними никто не меняет этих переменных, или соедините ветви включающим шлюзом.',
        en: 'Make sure that nobody changes these variables between them, or join the branches by an inclusive gateway.',
      },
    };
  }
  const base = { at: node, severity: 'error' as const, path };
  if (surplus) {
    return {
      ...base,
      message: {
        ru: `На ${title} приходит лишний маркер: соединение уже сработало, и он остаётся ждать навсегда.`,
        en: `A surplus token comes to ${title}: the join has fired already, so it waits there for ever.`,
      },
      remedy: {
        ru: 'Соедините параллельные ветви до того, как они сходятся без соединения, чтобы по каждому потоку приходил один маркер.',
        en: 'Join the parallel branches before they merge, so that one token comes along each flow.',
      },
    };
  }
  const ru = missing.length === 0 ? 'не все входящие потоки' : `нет маркера от ${namesOf(missing)}`;
  const en =
    missing.length === 0 ? 'not every incoming flow brings a token' : `no token comes from ${namesOf(missing)}`;
  return {
    ...base,
    message: always
      ? {
          ru: `${title} никогда не соберёт все маркеры: на любом пути ${ru}. Процесс остановится здесь навсегда.`,
          en: `${title} can never be complete: on any path ${en}. The process stops here for ever.`,
        }
      : {
          ru: `${title} может не дождаться маркеров: на этом пути ${ru}. Процесс остановится здесь навсегда.`,
          en: `${title} can starve: on this path ${en}. The process stops here for ever.`,
        },
    remedy: {
      ru: 'После исключающего разветвления ставьте исключающее слияние, а если ветвей бывает разное число, включающее соединение.',
      en: 'Merge an exclusive split by an exclusive gateway; where the number of branches varies, join by an inclusive one.',
    },
  };
}

function namesOf(nodes: readonly FlowNode[]): string {
  return nodes.map(titleOf).join(', ');
}
