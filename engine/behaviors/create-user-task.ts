import type { ElementInstance, TaskForm, UserTask } from '../instance.ts';
import type { Key } from '../key.ts';
import type { UserTaskNode } from '../model/process-model.ts';
import { parseInstant } from '../time/parse-instant.ts';
import { emit } from './emit.ts';
import { evaluateInteger, evaluateOptionalText, evaluateText, evaluateTextList, mismatch } from './evaluate-value.ts';
import { planDeadline, scheduleDeadlineTimers } from './plan-deadline.ts';
import { takeKey, type Run } from './run.ts';
import { reading } from './schedule-timer.ts';
import { notDeployed } from './not-deployed.ts';
import type { Expression } from '../expressions/expression.ts';

/** 0–100; 50 when the model gives none (Camunda 8 `zeebe:priorityDefinition`). */
const DEFAULT_PRIORITY = 50;

/** Creates the task that a person sees in the work list, with its deadline timers. */
export function createUserTask(run: Run, node: UserTaskNode, element: ElementInstance): void {
  const scopeKey = element.key;
  const text = (expression: Expression | undefined, purpose: string) =>
    expression === undefined ? null : evaluateOptionalText(run, { expression, scopeKey, purpose });
  const list = (expression: Expression | undefined, purpose: string) =>
    expression === undefined ? [] : evaluateTextList(run, { expression, scopeKey, purpose });
  const instant = (expression: Expression | undefined, purpose: string) => {
    const value = text(expression, purpose);
    if (value === null || expression === undefined) return null;
    return reading(expression, () => parseInstant(value, run.library.zone));
  };
  const deadline = node.deadline === undefined ? null : planDeadline(run, node.deadline, scopeKey);
  const task: Omit<UserTask, 'key'> = {
    elementInstanceKey: element.key,
    elementId: node.id,
    name: node.name || node.id,
    assignee: text(node.assignee, 'the assignee'),
    candidateUsers: list(node.candidateUsers, 'the candidate users'),
    candidateGroups: list(node.candidateGroups, 'the candidate groups'),
    dueAt: instant(node.dueDate, 'the due date') ?? deadline?.dueAt ?? null,
    followUpAt: instant(node.followUpDate, 'the follow-up date'),
    priority: node.priority === undefined ? DEFAULT_PRIORITY : priorityOf(run, node.priority, scopeKey),
    form: formOf(run, node, element),
    headers: node.headers,
    deadline,
    createdAt: run.now,
  };
  emit(run, { kind: 'userTaskCreated', userTask: { key: takeKey(run), ...task } });
  if (deadline !== null) scheduleDeadlineTimers(run, element, deadline);
}

function priorityOf(run: Run, expression: Expression, scopeKey: Key): number {
  const request = { expression, scopeKey, purpose: 'the priority' };
  const priority = evaluateInteger(run, request);
  if (priority >= 0 && priority <= 100) return priority;
  throw mismatch(run, request, { expected: 'a number from 0 to 100', value: priority });
}

function formOf(run: Run, node: UserTaskNode, element: ElementInstance): TaskForm | null {
  const { form } = node;
  if (form === undefined) return null;
  const id = evaluateText(run, { expression: form.id, scopeKey: element.key, purpose: 'the form id' });
  const { bindingType, versionTag } = form;
  const found = run.library.findForm({ id, bindingType, versionTag, deploymentKey: run.draft.header.deploymentKey });
  if (found === undefined) throw notDeployed('FORM_NOT_FOUND', `form "${id}"`, form);
  return { formId: found.formId, formKey: found.formKey, bindingType, binding: form.binding ?? null };
}
