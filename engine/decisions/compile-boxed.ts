import type { DmnElement } from 'dmn-moddle';
import { ANY, type FeelType } from '../expressions/values/feel-type.ts';
import { compileTextOf, typeOf, type BoxedScope } from './boxed-scope.ts';
import { compileTable } from './compile-table.ts';
import type { BoxedFunction, BoxedLogic, ContextEntry } from './decision-model.ts';
import { childOf, listOf, textOf } from './dmn-element.ts';

/** A boxed expression (DMN 1.5 §10.2.2) compiled; undefined when problems were reported that leave nothing to run. */
export function compileBoxed(logic: DmnElement, scope: BoxedScope): BoxedLogic | undefined {
  const compiled = compilePlain(logic, scope);
  // Literal expressions and functions keep their types themselves; a table is typed by its columns.
  if (['dmn:LiteralExpression', 'dmn:DecisionTable', 'dmn:FunctionDefinition'].includes(logic.$type)) return compiled;
  return withType(compiled, typeOf(logic, scope));
}

function withType(logic: BoxedLogic | undefined, type: FeelType): BoxedLogic | undefined {
  return logic === undefined || type === ANY ? logic : { kind: 'typed', type, logic };
}

function compilePlain(logic: DmnElement, scope: BoxedScope): BoxedLogic | undefined {
  switch (logic.$type) {
    case 'dmn:LiteralExpression': {
      const expression = compileTextOf(logic, textOf(logic, 'text'), scope);
      return expression && { kind: 'literalExpression', expression, type: typeOf(logic, scope) };
    }
    case 'dmn:DecisionTable':
      return compileTable(logic, scope);
    case 'dmn:Context':
      return compileContext(logic, scope);
    case 'dmn:Invocation':
      return compileInvocation(logic, scope);
    case 'dmn:FunctionDefinition':
      return compileFunction(logic, scope);
    case 'dmn:List': {
      const items = all(listOf(logic, 'elements').map((item) => compileBoxed(item, scope)));
      return items && { kind: 'list', items };
    }
    case 'dmn:Relation': {
      const columns = listOf(logic, 'column').map((column) => ({
        name: column.name ?? '',
        type: typeOf(column, scope),
      }));
      const rows = all(
        listOf(logic, 'row').map((row) => all(listOf(row, 'elements').map((item) => compileBoxed(item, scope)))),
      );
      return rows && { kind: 'relation', columns, rows };
    }
    case 'dmn:Conditional': {
      const [condition, then, otherwise] = ['if', 'then', 'else'].map((part) => compileChild(logic, part, scope));
      return condition && then && otherwise && { kind: 'conditional', condition, then, otherwise };
    }
    case 'dmn:For':
    case 'dmn:Every':
    case 'dmn:Some':
      return compileIterator(logic, scope);
    case 'dmn:Filter': {
      const source = compileChild(logic, 'in', scope);
      const match = compileChild(logic, 'match', withNames(scope, ['item', ...scope.members]));
      return source && match && { kind: 'filter', source, match };
    }
    default: {
      const what = logic.$type.replace('dmn:', '');
      scope.add(scope.owner, 'unsupported-element', `<${what}> of <${scope.owner.id}> is not executed.`, 'Use FEEL.');
      return undefined;
    }
  }
}

function compileChild(logic: DmnElement, part: string, scope: BoxedScope): BoxedLogic | undefined {
  const child = childOf(logic, part);
  const value = childOf(child, 'value');
  if (value !== undefined) return withType(compileBoxed(value, scope), typeOf(child, scope));
  scope.add(scope.owner, 'no-expression', `<${part}> of <${scope.owner.id}> is empty.`, 'Write an expression.');
  return undefined;
}

function compileIterator(logic: DmnElement, scope: BoxedScope): BoxedLogic | undefined {
  const kind = logic.$type.slice('dmn:'.length).toLowerCase() as 'for' | 'every' | 'some';
  const variable = textOf(logic, 'iteratorVariable');
  const source = compileChild(logic, 'in', scope);
  const inner = withNames(scope, kind === 'for' ? [variable, 'partial'] : [variable]);
  const body = compileChild(logic, kind === 'for' ? 'return' : 'satisfies', inner);
  return source && body && { kind, variable, source, body };
}

function compileContext(logic: DmnElement, scope: BoxedScope): BoxedLogic | undefined {
  const entries: (ContextEntry | undefined)[] = [];
  const seen: string[] = [];
  for (const entry of listOf(logic, 'contextEntry')) {
    const variable = childOf(entry, 'variable');
    const name = variable?.name ?? null;
    const value = childOf(entry, 'value');
    // A function may call itself by its entry's name.
    const isFunction = value?.$type === 'dmn:FunctionDefinition';
    const inner = withNames(scope, isFunction && name !== null ? [...seen, name] : seen);
    const compiled = value && compileBoxed(value, inner);
    entries.push(compiled && { name, type: typeOf(variable, scope), logic: compiled });
    if (name !== null) seen.push(name);
  }
  const compiled = all(entries);
  return compiled && { kind: 'context', entries: compiled };
}

function compileInvocation(logic: DmnElement, scope: BoxedScope): BoxedLogic | undefined {
  const calledFunction = childOf(logic, 'calledFunction');
  const called = calledFunction && compileBoxed(calledFunction, scope);
  const bindings = all(
    listOf(logic, 'binding').map((binding) => {
      const formula = childOf(binding, 'bindingFormula');
      const parameter = childOf(binding, 'parameter');
      const compiled = formula && compileBoxed(formula, scope);
      return compiled && { name: parameter?.name ?? '', type: typeOf(parameter, scope), logic: compiled };
    }),
  );
  return called && bindings && { kind: 'invocation', called, bindings };
}

/** §10.2.2.6; functions in Java or PMML are not executed. */
export function compileFunction(logic: DmnElement, scope: BoxedScope): BoxedFunction | undefined {
  const parameters = listOf(logic, 'formalParameter').map((parameter) => ({
    name: parameter.name ?? '',
    type: typeOf(parameter, scope),
  }));
  const kind = textOf(logic, 'kind');
  const body = childOf(logic, 'body');
  // The type of the function itself or, in older files, that of its result.
  const declared = typeOf(logic, scope);
  const resultType = declared.kind === 'function' ? declared.result : declared;
  if (kind !== '' && kind !== 'FEEL') {
    scope.add(
      scope.owner,
      'unsupported-element',
      `The ${kind} function of <${scope.owner.id}> is not executed.`,
      'Write it in FEEL.',
    );
    return { kind: 'function', parameters, body: null, resultType };
  }
  if (body === undefined) {
    scope.add(scope.owner, 'no-logic', `A function of <${scope.owner.id}> has no body.`, 'Write an expression.');
    return undefined;
  }
  const names = parameters.map(({ name }) => name);
  const compiled = compileBoxed(body, withNames(scope, names));
  return compiled && { kind: 'function', parameters, body: compiled, resultType };
}

function withNames(scope: BoxedScope, names: readonly string[]): BoxedScope {
  if (names.length === 0) return scope;
  return { ...scope, names: { ...scope.names, ...Object.fromEntries(names.map((name) => [name, null])) } };
}

function all<Item>(items: readonly (Item | undefined)[]): readonly Item[] | undefined {
  return items.includes(undefined) ? undefined : (items as readonly Item[]);
}
