import type { Assumption, AssumptionKind } from '../../model/assumption.ts';
import type { LintTexts } from '../lint-finding.ts';
import { titleOf, type LintRule } from '../lint-rule.ts';

interface Said {
  readonly message: LintTexts;
  readonly remedy: LintTexts;
}

/** Who is meant, and the name that was taken. */
type Texts = (title: string, value: string) => Said;

const TEXTS: Readonly<Record<AssumptionKind, Texts>> = {
  executable: (title) => ({
    message: {
      ru: `В файле ни один процесс не отмечен как исполняемый, поэтому ${title} исполняется.`,
      en: `No process of the file is marked executable, so ${title} runs.`,
    },
    remedy: {
      ru: 'Отметьте исполняемые процессы: isExecutable="true", остальные "false".',
      en: 'Mark the processes that run with isExecutable="true", and the others with "false".',
    },
  }),
  'job-type': (title, value) => ({
    message: {
      ru: `У ${title} не задан тип задания: типом служит идентификатор «${value}».`,
      en: `${title} has no job type: its id "${value}" is the type.`,
    },
    remedy: {
      ru: 'Задайте zeebe:taskDefinition с типом, которого ждёт исполнитель.',
      en: 'Give it a zeebe:taskDefinition with the type that its worker asks for.',
    },
  }),
  'script-job': (title, value) => ({
    message: {
      ru: `Сценарий в ${title} написан не на FEEL: он уходит исполнителю в заголовках задания типа «${value}».`,
      en: `The script of ${title} is not FEEL: it goes to a worker, in the headers of a job of the type "${value}".`,
    },
    remedy: {
      ru: 'Запишите его на FEEL в zeebe:script или задайте zeebe:taskDefinition.',
      en: 'Write it in FEEL as zeebe:script, or give it a zeebe:taskDefinition.',
    },
  }),
  'script-result': (title, value) => ({
    message: {
      ru: `Сценарий в ${title} не называет результата: поля контекста становятся переменными, иное значение пишется в «${value}».`,
      en: `The script of ${title} names no result: the entries of a context become variables, any other value is "${value}".`,
    },
    remedy: {
      ru: 'Запишите его как zeebe:script с resultVariable.',
      en: 'Write it as zeebe:script with a resultVariable.',
    },
  }),
  'message-name': (title, value) => ({
    message: {
      ru: `${title} не называет сообщения: именем служит «${value}».`,
      en: `${title} names no message: its name is "${value}".`,
    },
    remedy: { ru: 'Выберите сообщение и дайте ему имя.', en: 'Choose a message and give it a name.' },
  }),
  'signal-name': (title, value) => ({
    message: {
      ru: `${title} не называет сигнала: именем служит «${value}».`,
      en: `${title} names no signal: its name is "${value}".`,
    },
    remedy: { ru: 'Выберите сигнал и дайте ему имя.', en: 'Choose a signal and give it a name.' },
  }),
  'no-correlation-key': (title, value) => ({
    message: {
      ru: `${title} ждёт сообщения «${value}» без ключа корреляции: его получит тот экземпляр, который ждёт дольше всех, чей бы он ни был.`,
      en: `${title} waits for the message "${value}" without a correlation key: the instance that has waited longest gets it, whoever it was meant for.`,
    },
    remedy: {
      ru: 'Задайте сообщению ключ корреляции, например =caseNumber.',
      en: 'Give the message a correlation key such as "=caseNumber".',
    },
  }),
  'no-code': (title, value) => ({
    message: {
      ru: `${title} бросает ${value === 'error' ? 'ошибку' : 'эскалацию'} без кода: её поймает только обработчик любого кода.`,
      en: `${title} throws an ${value} without a code: only a handler of every code catches it.`,
    },
    remedy: { ru: 'Выберите определение с кодом.', en: `Choose an ${value} with a code.` },
  }),
  'default-flow': (title, value) => ({
    message: {
      ru: `Из ${title} выходит поток ${value} без условия: он взят потоком по умолчанию.`,
      en: `The flow ${value} leaves ${title} without a condition: it is taken as the default flow.`,
    },
    remedy: {
      ru: 'Задайте условие или сделайте поток потоком по умолчанию.',
      en: 'Give it a condition, or make it the default flow.',
    },
  }),
  'no-cancel-boundary': (title) => ({
    message: {
      ru: `Транзакцию ${title} можно отменить, но на её границе нет события отмены: после отмены за ней ничего не следует.`,
      en: `${title} can be canceled, but no cancel event sits on its border: nothing follows it then.`,
    },
    remedy: {
      ru: 'Поставьте на границу событие отмены и проведите от него поток.',
      en: 'Attach a cancel boundary event that says what follows.',
    },
  }),
  'data-store': (title, value) => ({
    message: {
      ru: `Хранилище данных ${title} — переменная «${value}» экземпляра процесса: она исчезает вместе с ним.`,
      en: `The data store ${title} is the variable "${value}" of the process instance, and gone with it.`,
    },
    remedy: {
      ru: 'Что должно пережить процесс, читайте и пишите сервисной задачей или через справочник.',
      en: 'Read and write what outlives the process by a service task or a register.',
    },
  }),
  'variable-name': (title, value) => ({
    message: {
      ru: `Имя данных ${title} не может быть именем переменной: взято «${value}».`,
      en: `The name of the data ${title} cannot be that of a variable: it is the variable "${value}".`,
    },
    remedy: {
      ru: 'Назовите данные буквами, цифрами и _.',
      en: 'Name the data with letters, digits and _.',
    },
  }),
  'unfilled-input': (title, value) => ({
    message: {
      ru: `Вход ${title} не заполняет ни одна ассоциация: шаг его не ждёт и видит переменную «${value}» вокруг себя, если она есть.`,
      en: `No association fills the input ${title}: the step does not wait for it, and sees the variable "${value}" around it, if there is one.`,
    },
    remedy: {
      ru: 'Проведите к входу ассоциацию данных.',
      en: 'Draw a data input association to it.',
    },
  }),
  'gateway-direction': (title, value) => ({
    message: {
      ru: `${title} объявлен как «${value}», но его потоки говорят иное: исполняются потоки.`,
      en: `${title} says that it is "${value}", but its flows say otherwise: the flows count.`,
    },
    remedy: {
      ru: 'Уберите gatewayDirection или перерисуйте потоки.',
      en: 'Take gatewayDirection away, or draw the flows that it names.',
    },
  }),
  'not-executed': (title, value) => ({
    message: {
      ru: `${title}: «${value}» ничего не значит для исполнения и пропущено.`,
      en: `${title}: "${value}" means nothing to the execution and is passed over.`,
    },
    remedy: {
      ru: 'Уберите, если оно должно было что-то делать, и выразите это шагом процесса.',
      en: 'If it was meant to do something, take it away and draw a step for it.',
    },
  }),
};

/** What the reader took for granted in plain BPMN (ADR 0013): legal and runnable, but better said. */
export const assumedReading: LintRule = {
  name: 'assumed-reading',
  check: ({ process }) =>
    (process.assumptions ?? []).map(({ kind, at, value }) => ({
      at,
      severity: 'warning' as const,
      code: codeOf(kind),
      ...TEXTS[kind](at === null ? process.processId : titleOf(at), value),
    })),
};

export const ASSUMPTION_CODES: readonly string[] = (Object.keys(TEXTS) as AssumptionKind[]).map(codeOf);

function codeOf(kind: Assumption['kind']): string {
  return kind === 'not-executed' ? kind : `assumed-${kind}`;
}
