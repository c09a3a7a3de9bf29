import type { Expression } from '../expressions/expression.ts';
import type { UserTaskNode } from '../model/process-model.ts';
import { bodyOf, elementOf, elementsOf, isFeel, textOf, type ModdleElement } from './moddle-element.ts';
import type { ProblemList } from './problem-list.ts';

type Assignment = Pick<UserTaskNode, 'assignee' | 'candidateGroups' | 'candidateUsers'>;

/**
 * Who does a user task in the words of BPMN itself (2.0.2 §10.3.4): a performer is its assignee, a potential owner a
 * candidate, by the name of its resource or by its assignment expression, FEEL or plain text. `user(ann)` and
 * `group(sales)` say which of the two a name is; without that a potential owner is a group.
 */
export function compilePerformers(element: ModdleElement, problems: ProblemList): Assignment {
  const performers: string[] = [];
  const groups: string[] = [];
  const users: string[] = [];
  for (const role of elementsOf(element, 'resources')) {
    const owns = role.$type === 'bpmn:PotentialOwner';
    for (const { kind, value } of namedBy(element, role, problems)) {
      if (!owns) performers.push(value);
      else if (kind === 'user') users.push(value);
      else groups.push(value);
    }
  }
  if (performers.length > 1) {
    problems.unsupported(element, 'A second performer', 'Keep one, and make the others potential owners.');
  }
  const [performer] = performers;
  return {
    ...(performer === undefined ? {} : { assignee: problems.expression(element, 'performer', performer) }),
    ...(groups.length === 0 ? {} : { candidateGroups: together(element, groups, problems) }),
    ...(users.length === 0 ? {} : { candidateUsers: together(element, users, problems) }),
  };
}

interface Named {
  readonly kind: 'user' | 'group' | null;
  /** Plain text, or FEEL that begins with "=". */
  readonly value: string;
}

function namedBy(element: ModdleElement, role: ModdleElement, problems: ProblemList): readonly Named[] {
  if (elementsOf(role, 'resourceParameterBindings').length > 0) {
    problems.unsupported(element, 'resourceParameterBindings', 'Write a resourceAssignmentExpression in FEEL.');
  }
  const resource = elementOf(role, 'resourceRef');
  const expression = elementOf(elementOf(role, 'resourceAssignmentExpression'), 'expression');
  const text = isFeel(expression) ? bodyOf(expression) : textOf(expression, 'body');
  const name = text ?? textOf(resource, 'name') ?? resource?.id;
  if (name === undefined) {
    problems.missing(element, 'name of who performs it', 'Choose a resource, or write an assignment expression.');
    return [];
  }
  if (name.startsWith('=') || /^[$#]\{/.test(name)) return [{ kind: null, value: name }];
  return name.split(',').map((part): Named => {
    const [, kind, inner] = /^(user|group)\((.*)\)$/.exec(part.trim()) ?? [];
    return kind === undefined || inner === undefined
      ? { kind: null, value: part.trim() }
      : { kind: kind as 'user' | 'group', value: inner.trim() };
  });
}

/** Several names, some of them computed, are one list. */
function together(element: ModdleElement, names: readonly string[], problems: ProblemList): Expression {
  const what = 'potential owners';
  if (names.every((name) => !name.startsWith('='))) return problems.expression(element, what, names.join(', '));
  const [only, another] = names;
  if (only !== undefined && another === undefined) return problems.expression(element, what, only);
  const parts = names.map((name) => (name.startsWith('=') ? `(${name.slice(1)})` : JSON.stringify(name)));
  return problems.expression(element, what, `=flatten([${parts.join(', ')}])`);
}
