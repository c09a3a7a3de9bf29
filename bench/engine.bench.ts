import { bytesPerWaitingInstance, loopedOverFresh } from './engine-reach.ts';
import { engineWorkloads } from './engine-workloads.ts';
import { measureCpu } from './measure-cpu.ts';
import { writeResults } from './measure.ts';
import { peerWorkload } from './peer-workloads.ts';

/**
 * The interpreter alone, beside `bpmn-engine` in the same run: ratios hold on any machine, figures do not. CPU time, not
 * wall time, and medians, because others use the machine too.
 */
const milliseconds = Number(process.env['BENCH_MS'] ?? 3_000);
const rounds = 5;
const workloads = [];
const cpu = new Map<string, number>();
const all = await engineWorkloads();
// Ours first: the collector pays for what the peer leaves in the heap, and W5 took half as much again behind it. The small
// before the large: behind W5, V8 puts whatever a command makes into the old generation, and W1 takes ten times as long.
const bySize = [...all].sort((a, b) => a.activations - b.activations);
for (const { name, run } of bySize) cpu.set(name, await measureCpu({ milliseconds, rounds }, run));
const reach = {
  parallelGrowth: growth('W4', 'W5'),
  sequentialGrowth: growth('W6', 'W7'),
  bytesPerWaitingInstance: Math.round(await bytesPerWaitingInstance()),
  loopedOverFresh: round(await loopedOverFresh()),
};
for (const workload of all) {
  const { name, what, activations } = workload;
  const ours = cpu.get(name) ?? 0;
  // Only W1–W4 have a counterpart that ends in a time worth waiting for.
  const peer = ['W1', 'W2', 'W3', 'W4'].includes(name) ? peerWorkload(workload) : null;
  const theirs = peer === null ? null : await measureCpu({ milliseconds, rounds }, peer.run);
  workloads.push({
    name,
    what,
    perCpuSecond: round(1e6 / ours),
    microsecondsPerActivation: round(ours / activations),
    bpmnEnginePerCpuSecond: theirs === null ? null : round(1e6 / theirs),
    ratio: theirs === null ? null : Math.round(theirs / ours),
  });
  console.log(JSON.stringify(workloads.at(-1)));
}
console.log(JSON.stringify(reach));
console.log(`written to ${await writeResults('engine', { workloads, reach })}`);

/** What an item costs among 10,000, over what it costs among 100. */
function growth(small: string, large: string): number {
  const perItem = (name: string): number =>
    (cpu.get(name) ?? 0) / (all.find((workload) => workload.name === name)?.activations ?? 1);
  return round(perItem(large) / perItem(small));
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
