import { ExpressionSyntaxError } from '../expressions/expression-syntax-error.ts';
import { compileFeel, variablesOf } from '../expressions/expression.ts';

const FIELD_NAME = /^[A-Za-z_А-Яа-яЁё][\wА-Яа-яЁё]{0,63}$/;

/** Legal as an identifier and yet never a field: every object has it already (`valueOf`), so an empty one would seem filled. */
function isOfEveryObject(name: string): boolean {
  return name === 'prototype' || name in {};
}

/** Why this cannot be the name of a field or column, or undefined. */
export function nameProblem(name: string): string | undefined {
  const good = FIELD_NAME.test(name) && !isOfEveryObject(name) && isFeelName(name);
  return good ? undefined : `"${name}" cannot be the name of a field`;
}

/** A rule must be able to read the field: the name alone must parse as FEEL and mean this variable. */
function isFeelName(name: string): boolean {
  try {
    const variables = variablesOf(compileFeel(name));
    return variables.length === 1 && variables[0] === name;
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return false;
    throw error;
  }
}
