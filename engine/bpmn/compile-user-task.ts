import type { Deadline, UserTaskNode } from '../model/process-model.ts';
import { compileForm } from './compile-form.ts';
import { headersOf } from './compile-job.ts';
import { compilePerformers } from './compile-performers.ts';
import { elementsOf, extensionOf, textOf, type ModdleElement } from './moddle-element.ts';
import type { ProblemList } from './problem-list.ts';

type UserTaskParts = Pick<
  UserTaskNode,
  | 'assignee'
  | 'candidateGroups'
  | 'candidateUsers'
  | 'dueDate'
  | 'followUpDate'
  | 'priority'
  | 'form'
  | 'headers'
  | 'deadline'
>;

/** Who, by when, with which form (`zeebe:assignmentDefinition`, `taskSchedule`, `priorityDefinition`, `formDefinition`). */
export function compileUserTask(element: ModdleElement, problems: ProblemList): UserTaskParts {
  const assignment = extensionOf(element, 'zeebe:AssignmentDefinition');
  const performers = compilePerformers(element, problems);
  if (assignment !== undefined && elementsOf(element, 'resources').length > 0) {
    problems.unsupported(element, 'A performer beside zeebe:assignmentDefinition', 'Keep one of them.');
  }
  const schedule = extensionOf(element, 'zeebe:TaskSchedule');
  const expression = (what: string, text: string | undefined) => problems.optionalExpression(element, what, text);
  const parts: UserTaskParts = {
    assignee: expression('assignee', textOf(assignment, 'assignee')) ?? performers.assignee,
    candidateGroups:
      expression('candidate groups', textOf(assignment, 'candidateGroups')) ?? performers.candidateGroups,
    candidateUsers: expression('candidate users', textOf(assignment, 'candidateUsers')) ?? performers.candidateUsers,
    dueDate: expression('due date', textOf(schedule, 'dueDate')),
    followUpDate: expression('follow-up date', textOf(schedule, 'followUpDate')),
    priority: expression('priority', textOf(extensionOf(element, 'zeebe:PriorityDefinition'), 'priority')),
    form: compileForm(element, problems),
    headers: headersOf(element),
    deadline: compileDeadline(element, problems),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as unknown as UserTaskParts;
}

function compileDeadline(element: ModdleElement, problems: ProblemList): Deadline | undefined {
  const extension = extensionOf(element, 'reglament:Deadline');
  if (extension === undefined) return undefined;
  if (textOf(extension, 'pauseStates') !== undefined) problems.unsupported(element, 'pauseStates of a deadline');
  const duration = textOf(extension, 'duration');
  const calendar = textOf(extension, 'calendar');
  if (duration === undefined || calendar === undefined) {
    problems.missing(
      element,
      'deadline duration and calendar',
      'Give both, such as duration="PT2H" calendar="ru-office".',
    );
    return undefined;
  }
  const warnBefore = problems.optionalExpression(element, 'warning time', textOf(extension, 'warnBefore'));
  const escalateTo = problems.optionalExpression(element, 'group to escalate to', textOf(extension, 'escalateTo'));
  return {
    duration: problems.expression(element, 'deadline', duration),
    calendar: problems.expression(element, 'deadline calendar', calendar),
    ...(warnBefore === undefined ? {} : { warnBefore }),
    ...(escalateTo === undefined ? {} : { escalateTo }),
  };
}
