import type { Texts } from '../http/refused.ts';

/** What is "not found, or not open to you". */
export const PROCESS_INSTANCE: Texts = { ru: 'Экземпляр процесса', en: 'Process instance' };
export const PROCESS_DEFINITION: Texts = { ru: 'Процесс', en: 'Process definition' };
export const DECISION: Texts = { ru: 'Решение', en: 'Decision definition' };
export const DECISION_INSTANCE: Texts = { ru: 'Вычисленное решение', en: 'Decision instance' };
export const DECISION_GRAPH: Texts = { ru: 'Граф решений', en: 'Decision requirements' };
export const ELEMENT: Texts = { ru: 'Экземпляр элемента', en: 'Element instance' };
export const VARIABLE: Texts = { ru: 'Переменная', en: 'Variable' };
export const BATCH_OPERATION: Texts = { ru: 'Пакетная операция', en: 'Batch operation' };
export const INCIDENT: Texts = { ru: 'Инцидент', en: 'Incident' };
export const JOB: Texts = { ru: 'Работа', en: 'Job' };
export const USER_TASK: Texts = { ru: 'Задача', en: 'User task' };
export const RESOURCE: Texts = { ru: 'Ресурс', en: 'Resource' };
