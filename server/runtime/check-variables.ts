import type { Instance, JsonValue, Key } from '#engine';
import { CommandRejected } from './runtime-errors.ts';
import type { UnnamedStep } from './tree-run.ts';

/** Characters of all variables of one instance, as JSON (reliability.md §3.3). */
const VARIABLES_LIMIT = 20 * 1024 * 1024;
/** From here on the operator is told: at 20 %, as the limits of Temporal do. */
const VARIABLES_WARNING = VARIABLES_LIMIT / 5;
/** A step that writes less is added up with its neighbours: looked at once in so many records of its history. */
const MUCH = 128 * 1024;
const RECORDS = 256;

/** The command would leave an instance with more variables than a database row, a page or a person can bear. */
export class VariablesTooLarge extends CommandRejected {
  readonly size: number;
  constructor(processInstanceKey: Key, size: number) {
    super({
      code: 'INVALID_ARGUMENT',
      message:
        `Expected the variables of process instance ${processInstanceKey} to stay below ${megabytes(VARIABLES_LIMIT)}, but they would be ` +
        `${megabytes(size)}. Keep large content in files or registers, and only its key in a variable.`,
    });
    this.size = size;
  }
}

/**
 * Checks what the steps of a command leave behind. Only a step that writes much, and one in so many, costs a walk over the instance.
 * @param onLarge told of an instance that has come near the limit
 * @throws VariablesTooLarge
 */
export function checkVariables(steps: readonly UnnamedStep[], onLarge?: (key: Key, size: number) => void): void {
  for (const { before, accepted } of steps) {
    const { instance, history } = accepted;
    const { historyLength, processInstanceKey } = instance.header;
    let written = 0;
    for (const { event } of history) {
      if (event.kind === 'variableCreated' || event.kind === 'variableUpdated')
        written += lengthOf(event.variable.value);
    }
    if (written === 0) continue;
    const isTurn = Math.floor((before?.header.historyLength ?? 0) / RECORDS) !== Math.floor(historyLength / RECORDS);
    if (written < MUCH && !isTurn) continue;
    // Of an instance that has ended nothing is left but what was written into its history.
    const size = Math.max(written, variablesOf(instance));
    if (size > VARIABLES_LIMIT) throw new VariablesTooLarge(processInstanceKey, size);
    if (size > VARIABLES_WARNING) onLarge?.(processInstanceKey, size);
  }
}

function variablesOf({ variables }: Instance): number {
  let size = 0;
  for (const scope of variables.values()) for (const { value } of scope.values()) size += lengthOf(value);
  return size;
}

/** About as many characters as its JSON has, without making it. */
function lengthOf(value: JsonValue): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 5;
  let size = 2;
  if (Array.isArray(value)) for (const part of value as readonly JsonValue[]) size += 1 + lengthOf(part);
  else for (const [name, part] of Object.entries(value)) size += name.length + 4 + lengthOf(part);
  return size;
}

function megabytes(characters: number): string {
  return `${(characters / 1024 / 1024).toFixed(1)} MB`;
}
