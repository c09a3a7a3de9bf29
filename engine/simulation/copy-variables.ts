import type { VariableMap } from '../json.ts';
import { CommandRefused } from './command-refused.ts';

/**
 * Variables as they would come over a wire: a copy, so that what the caller does to his objects afterwards changes no
 * instance. What JSON cannot say is refused.
 */
export function copyVariables(variables: VariableMap): VariableMap {
  try {
    return JSON.parse(JSON.stringify(variables)) as VariableMap;
  } catch (reason) {
    const why = reason instanceof Error ? reason.message : String(reason);
    throw new CommandRefused('INVALID_ARGUMENT', `Expected variables that can be written as JSON, but ${why}`);
  }
}
