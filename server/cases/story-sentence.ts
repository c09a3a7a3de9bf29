import { tracesInOrder, type DecisionTrace, type HistoryEvent, type JsonValue } from '#engine';
import type { Language, StoryEntry } from '#contract';
import { eventSentence, STORY_EVENT_KINDS } from './story-event-sentence.ts';

/** Kinds of history that people read about; the rest (tokens, scopes, timers) is for the diagram and the monitor. */
export const STORY_KINDS: readonly HistoryEvent['kind'][] = [
  'instanceStarted',
  'instanceCompleted',
  'instanceTerminated',
  'instanceSuspended',
  'instanceResumed',
  'instanceModified',
  'instanceMigrated',
  'userTaskCreated',
  'userTaskAssigned',
  'userTaskUpdated',
  'userTaskCompleted',
  'userTaskCanceled',
  'deadlineWarned',
  'deadlineBreached',
  'decisionEvaluated',
  'jobFailed',
  'incidentRaised',
  'incidentResolved',
  ...STORY_EVENT_KINDS,
];

export interface SentenceContext {
  readonly language: Language;
  /** Display name of who acted; null for the system itself. */
  readonly by: string | null;
  readonly isRoot: boolean;
  readonly processName: string;
  readonly caseNumber: string | null;
  /** Name of an element of this instance's model. */
  readonly elementName: (elementId: string) => string;
  /** Name of a user task as it was created, which may hold values («Разбор: склад»). */
  readonly taskName: (userTaskKey: number, elementId: string) => string;
  readonly personName: (username: string) => string;
  readonly groupName: (groupId: string) => string;
}

export type Sentence = Pick<StoryEntry, 'kind' | 'text' | 'details'>;

/** One fact of the history as a sentence for the people of the case; null for what is not worth one. */
export function storySentence(event: HistoryEvent, context: SentenceContext): Sentence | null {
  const say = sayIn(context.language);
  const { by } = context;
  const who = (ru: string, en: string): string => (by === null ? say(ru, en) : by);
  switch (event.kind) {
    case 'instanceStarted': {
      if (!context.isRoot) return null;
      const number = context.caseNumber === null ? '' : ` ${context.caseNumber}`;
      return sentence(
        'start',
        say(`Начато дело${number}: «${context.processName}»`, `Case${number} started: “${context.processName}”`),
      );
    }
    case 'instanceCompleted':
      return context.isRoot ? sentence('end', say('Дело завершено', 'The case is complete')) : null;
    case 'instanceTerminated':
      if (!context.isRoot) return null;
      return sentence(
        'end',
        by === null
          ? say('Дело прекращено', 'The case was stopped')
          : say(`${by}: дело прекращено`, `${by} stopped the case`),
      );
    case 'instanceSuspended':
      if (!context.isRoot) return null;
      return sentence('deadline', say(`Дело приостановлено${named(by)}`, `The case was suspended${named(by)}`));
    case 'instanceResumed':
      if (!context.isRoot) return null;
      return sentence('start', say(`Дело возобновлено${named(by)}`, `The case goes on again${named(by)}`));
    case 'instanceMigrated':
      if (!context.isRoot) return null;
      return sentence(
        'task',
        say(
          `Дело переведено на версию ${event.definitionVersion}${named(by)}`,
          `The case goes on by version ${event.definitionVersion}${named(by)}`,
        ),
      );
    case 'instanceModified':
      return sentence('task', say(`Ход дела изменён вручную${named(by)}`, `The case was changed by hand${named(by)}`), [
        ...event.activated.map((id) => `+ ${context.elementName(id)}`),
        ...event.terminated.map((id) => `− ${context.elementName(id)}`),
      ]);
    case 'userTaskCreated': {
      const { name, candidateGroups, assignee } = event.userTask;
      const to = assignee === null ? candidateGroups.map(context.groupName).join(', ') : context.personName(assignee);
      return sentence(
        'task',
        say(`Поставлена задача «${name}»${to && ` — ${to}`}`, `Task “${name}” was set${to && ` — ${to}`}`),
      );
    }
    case 'userTaskAssigned': {
      const name = context.taskName(event.userTaskKey, event.elementId);
      if (event.assignee === null)
        return sentence(
          'task',
          say(
            `${who('Система', '')} вернул(а) задачу «${name}» группе`,
            `${who('', 'The system')} gave “${name}” back to the group`,
          ),
        );
      const holder = context.personName(event.assignee);
      if (by === null || by === holder)
        return sentence('task', say(`${holder}: в работе «${name}»`, `${holder} took “${name}”`));
      return sentence('task', say(`${by}: задача «${name}» поручена — ${holder}`, `${by} gave “${name}” to ${holder}`));
    }
    case 'userTaskUpdated': {
      const groups = event.changes.candidateGroups;
      if (groups === undefined) return null;
      const name = context.taskName(event.userTaskKey, event.elementId);
      const to = groups.map(context.groupName).join(', ');
      return sentence('task', say(`Задача «${name}» передана: ${to}`, `“${name}” was handed to ${to}`));
    }
    case 'userTaskCompleted': {
      const name = context.taskName(event.userTaskKey, event.elementId);
      return sentence(
        'task',
        by === null
          ? say(`Завершена задача «${name}»`, `“${name}” was completed`)
          : say(`${by} завершил(а) «${name}»`, `${by} completed “${name}”`),
      );
    }
    case 'userTaskCanceled':
      return sentence(
        'task',
        say(
          `Задача «${context.taskName(event.userTaskKey, event.elementId)}» снята`,
          `“${context.taskName(event.userTaskKey, event.elementId)}” was withdrawn`,
        ),
      );
    case 'deadlineWarned':
      return sentence(
        'deadline',
        say(
          `Скоро срок задачи «${context.taskName(event.userTaskKey, event.elementId)}»`,
          `“${context.taskName(event.userTaskKey, event.elementId)}” is due soon`,
        ),
      );
    case 'deadlineBreached': {
      const name = context.taskName(event.userTaskKey, event.elementId);
      const to = event.escalatedTo === null ? '' : context.groupName(event.escalatedTo);
      return sentence(
        'deadline',
        say(
          `Срок задачи «${name}» прошёл${to && ` — передана: ${to}`}`,
          `“${name}” is overdue${to && ` — handed to ${to}`}`,
        ),
      );
    }
    case 'decisionEvaluated':
      return decisionSentence(event.trace, context);
    case 'jobFailed':
      if (event.retries === 0) return null;
      return sentence(
        'job',
        say(
          `Не удалось: «${context.elementName(event.elementId)}», будет повторено`,
          `“${context.elementName(event.elementId)}” failed and will be tried again`,
        ),
        [event.errorMessage],
      );
    case 'incidentRaised':
      return sentence(
        'incident',
        say(
          `Остановка на шаге «${context.elementName(event.incident.elementId)}»: нужен администратор`,
          `Stopped at “${context.elementName(event.incident.elementId)}”: an administrator is needed`,
        ),
        [event.incident.message],
      );
    case 'incidentResolved':
      return sentence(
        'incident',
        by === null
          ? say('Остановка снята', 'The stop was resolved')
          : say(`${by}: остановка снята`, `${by} resolved the stop`),
      );
    default:
      return eventSentence(event, context);
  }
}

/** «Решение „Разбор“: по правилу 3 — недовоз: склад» */
function decisionSentence(trace: DecisionTrace, { language, groupName }: SentenceContext): Sentence {
  const say = sayIn(language);
  const name = trace.decisionName || trace.decisionId;
  const numbers = trace.matchedRules.map(({ ruleIndex }) => ruleIndex).join(', ');
  // A group that a decision names is told by its name: «→ Склад», not «→ warehouse».
  const output = valueText(trace.output, language, groupName);
  const many = trace.matchedRules.length > 1;
  const rule =
    numbers === ''
      ? trace.decisionType === 'decisionTable'
        ? say('ни одно правило не подошло', 'no rule matched')
        : ''
      : many
        ? say(`по правилам ${numbers}`, `by rules ${numbers}`)
        : say(`по правилу ${numbers}`, `by rule ${numbers}`);
  const details = tracesInOrder(trace).flatMap((one) => tracedLines(one, { trace, language, groupName }));
  if (trace.failure) {
    return sentence(
      'decision',
      say(
        `Решение «${name}» не вычислено: нужен администратор`,
        `Decision “${name}” failed: an administrator is needed`,
      ),
      [...details, trace.failure],
    );
  }
  const notes = trace.matchedRules.map(({ annotation }) => annotation).filter((note) => note !== null && note !== '');
  const why = notes.length === 0 ? '' : ` — ${notes.join('; ')}`;
  // The author's own note beside the rule says it better than the raw result.
  const result = output === '' || why !== '' ? '' : ` → ${output}`;
  return sentence(
    'decision',
    say(`Решение «${name}»: ${rule}${why}${result}`, `Decision “${name}”: ${rule}${why}${result}`),
    details,
  );
}

/** Of each decision on the way: what it looked at, which rules matched and what each gave. */
function tracedLines(
  one: DecisionTrace,
  { trace, language, groupName }: Pick<SentenceContext, 'language' | 'groupName'> & { readonly trace: DecisionTrace },
): string[] {
  const say = sayIn(language);
  // The decision that was asked for is named by the sentence itself.
  const of = one === trace ? '' : `${one.decisionName || one.decisionId}: `;
  const shown = (value: JsonValue): string => cut(valueText(value, language, groupName) || '—');
  return [
    ...one.evaluatedInputs.map(
      ({ inputName, inputValue }) => `${of}${inputName}: ${cut(valueText(inputValue, language) || '—')}`,
    ),
    ...one.matchedRules.map(({ ruleIndex, evaluatedOutputs }) => {
      const outputs = evaluatedOutputs.map(({ outputName, outputValue }) => `${outputName}: ${shown(outputValue)}`);
      return `${of}${say(`правило ${ruleIndex}`, `rule ${ruleIndex}`)} → ${outputs.join(', ')}`;
    }),
    ...(one === trace || one.failure ? [] : [`${of}→ ${shown(one.output)}`]),
    ...(one.cut === undefined ? [] : [say(`…и ещё ${one.cut}, не сохранено`, `…and ${one.cut} more, not kept`)]),
  ];
}

const SHOWN_LENGTH = 200;

function cut(text: string): string {
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}…`;
}

function valueText(value: JsonValue, language: Language, nameOf: (text: string) => string = (text) => text): string {
  if (value === null) return '';
  if (typeof value === 'string') return nameOf(value);
  if (typeof value === 'boolean') return value ? sayIn(language)('да', 'yes') : sayIn(language)('нет', 'no');
  if (typeof value !== 'object') return String(value);
  const inner = Array.isArray(value) ? value : Object.values(value);
  const texts = inner.map((one) => valueText(one as JsonValue, language, nameOf)).filter((text) => text !== '');
  return texts.join(Array.isArray(value) ? '; ' : ', ');
}

/** Every text inside a value. */
export function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((one) => textsIn(one));
}

function sentence(kind: StoryEntry['kind'], text: string, details: string[] = []): Sentence {
  return { kind, text, details };
}

function sayIn(language: Language): (ru: string, en: string) => string {
  return (ru, en) => (language === 'ru' ? ru : en);
}

function named(by: string | null): string {
  return by === null ? '' : ` — ${by}`;
}
