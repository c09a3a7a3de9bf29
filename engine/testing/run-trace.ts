import type { HistoryRecord } from '../history-event.ts';
import type { Instance } from '../instance.ts';
import type { Observer } from '../simulation/simulated-instances.ts';
import { Simulation, type SimulationOptions } from '../simulation/simulation.ts';
import { parseInstant } from '../time/parse-instant.ts';
import { checkState } from './check-state.ts';
import { deepFreeze } from './deep-freeze.ts';
import { describeRecord } from './describe-record.ts';
import { formatTrace, parseTrace } from './parse-trace.ts';
import { runTraceCommand } from './trace-commands.ts';
import type { TraceContext } from './trace-context.ts';

const LINE_LENGTH = 110;
const START = /^# now (\S+)$/m;
const ZONE = /^# zone (\S+)$/m;

/**
 * Runs a scenario and returns it rewritten with what really happened; it passes when the text is the same. Every state
 * is frozen before the next command, and checked as `checkState` says; a broken one throws.
 * The observer is told of every accepted command. The clock starts at `# now 2026-11-03T09:00`, and dates are
 * read in `# zone Europe/Berlin`, if the trace says so.
 */
export function runTrace(text: string, options: Omit<SimulationOptions, 'now'>, observer?: Observer): string {
  const zone = options.zone ?? ZONE.exec(text)?.[1] ?? 'Europe/Moscow';
  const start = START.exec(text)?.[1] ?? '2026-11-03T09:00';
  const simulation = new Simulation({ ...options, zone, now: parseInstant(start, zone) });
  const context: TraceContext = { simulation, zone };
  const lines: string[] = [];
  const several = (options.processes ?? []).length > 1;
  simulation.observe((_, instance) => deepFreeze(instance));
  simulation.observe((records, instance) => lines.push(...factsOf(records, instance, { zone, several })));
  if (observer !== undefined) simulation.observe(observer);
  const blocks = parseTrace(text).map((block) => {
    lines.length = 0;
    try {
      const shown = runTraceCommand(context, block.command);
      if (shown !== undefined) lines.push(shown);
    } catch (error) {
      throw new Error(
        `line ${block.line}: ${block.command}\n${error instanceof Error ? error.message : String(error)}`,
      );
    }
    for (const { instance, history } of simulation.instances.values()) checkState(instance, history);
    return { ...block, expected: lines.join('\n') };
  });
  return formatTrace(blocks);
}

function factsOf(
  records: readonly HistoryRecord[],
  instance: Instance,
  { zone, several }: { readonly zone: string; readonly several: boolean },
): readonly string[] {
  const facts = records.map((record) => describeRecord(record, zone)).filter((fact) => fact !== '');
  const wrapped: string[] = [];
  let line = several ? `${instance.header.processId}:` : '';
  for (const fact of facts) {
    const joined = line === '' ? fact : line.endsWith(':') ? `${line} ${fact}` : `${line} · ${fact}`;
    if (joined.length > LINE_LENGTH && line !== '') {
      wrapped.push(line);
      line = `  ${fact}`;
    } else line = joined;
  }
  return facts.length === 0 ? [] : [...wrapped, line];
}
