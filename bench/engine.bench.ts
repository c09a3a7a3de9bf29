import { engineWorkloads } from './engine-workloads.ts';
import { measure, writeResults } from './measure.ts';
import { peerWorkload } from './peer-workloads.ts';

/** The interpreter alone (W1–W5), beside `bpmn-engine` in the same run: ratios hold on any machine, figures do not. */
const MILLISECONDS = Number(process.env['BENCH_MS'] ?? 3_000);
const rows = [];
for (const workload of await engineWorkloads()) {
  const ours = await measure({ ...workload, milliseconds: MILLISECONDS }, workload.run);
  const microsecondsPerActivation = Number((1e6 / ours.perCpuSecond / workload.activations).toPrecision(3));
  // 10,000 items take bpmn-engine minutes; its rate on 100 items says enough.
  const peer = workload.name === 'W5' ? null : peerWorkload(workload);
  const theirs = peer === null ? null : await measure({ ...peer, milliseconds: MILLISECONDS }, peer.run);
  const ratio = theirs === null ? null : Math.round(ours.perCpuSecond / theirs.perCpuSecond);
  console.log(
    `${workload.name}  ${workload.what}: ${ours.perCpuSecond} instances/s of CPU, ` +
      `${microsecondsPerActivation} µs per activation` +
      (theirs === null ? '' : `; bpmn-engine ${theirs.perCpuSecond}, ratio ${ratio}`),
  );
  rows.push({ ...ours, microsecondsPerActivation, bpmnEngine: theirs, ratio });
}
console.log(`written to ${await writeResults('engine', rows)}`);
