import { monitorEventLoopDelay } from 'node:perf_hooks';

type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}

/** Read when somebody asks. A source that fails is left out of this answer; the others are told. */
export interface Gauge {
  readonly name: string;
  readonly help: string;
  read(): Promise<readonly Sample[]> | readonly Sample[];
}

/** What the parts of the server tell of themselves; labels never carry keys, logins, variables or texts of people. */
export interface Metrics {
  /** A request was answered. `route` is the declared path (`/v2/jobs/:jobKey/completion`), never the address. */
  httpAnswered(request: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly seconds: number;
  }): void;
  /** So many commands were carried out in one transaction. */
  batchCommitted(size: number): void;
  /** A worker of ours came back after its lease had been given away. */
  leaseLost(): void;
  connectorDone(call: { readonly type: string; readonly outcome: string; readonly seconds: number }): void;
  add(gauge: Gauge): void;
  /** The text format of Prometheus, version 0.0.4. */
  text(): Promise<string>;
  stop(): void;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const SIZES = [1, 2, 5, 10, 20, 50, 100, 200];

export function createMetrics(): Metrics {
  const http = histogram('reglament_http_request_seconds', 'Time to answer an HTTP request.', SECONDS);
  const batches = histogram('reglament_batch_size', 'Commands carried out in one transaction.', SIZES);
  const connectors = histogram('reglament_connector_seconds', 'Time of one try of a job of our own workers.', SECONDS);
  let leasesLost = 0;
  const loop = monitorEventLoopDelay({ resolution: 10 });
  loop.enable();
  const gauges: Gauge[] = [
    {
      name: 'reglament_event_loop_lag_seconds',
      help: 'Delay of the event loop since the last scrape.',
      read() {
        const samples = [50, 99].map((percent) => ({
          labels: { quantile: String(percent / 100) },
          value: loop.percentile(percent) / 1e9,
        }));
        loop.reset();
        return samples;
      },
    },
    {
      name: 'reglament_resident_memory_bytes',
      help: 'Memory of the process.',
      read: () => [{ value: process.memoryUsage.rss() }],
    },
    {
      name: 'reglament_uptime_seconds',
      help: 'Seconds since the process started.',
      read: () => [{ value: Math.round(process.uptime()) }],
    },
  ];

  return {
    httpAnswered: ({ method, route, status, seconds }) =>
      http.observe({ method, route, status: String(status) }, seconds),
    batchCommitted: (size) => batches.observe({}, size),
    connectorDone: ({ type, outcome, seconds }) => connectors.observe({ type, outcome }, seconds),
    leaseLost: () => void (leasesLost += 1),
    add: (gauge) => void gauges.push(gauge),
    async text() {
      const lines = [...http.lines(), ...batches.lines(), ...connectors.lines()];
      lines.push(...head('reglament_lease_losses_total', 'Leases of jobs lost by this process.', 'counter'));
      lines.push(line('reglament_lease_losses_total', {}, leasesLost));
      for (const { name, help, read } of gauges) {
        const samples = await Promise.resolve()
          .then(read)
          .catch(() => []);
        if (samples.length === 0) continue;
        lines.push(
          ...head(name, help, 'gauge'),
          ...samples.map(({ labels, value }) => line(name, labels ?? {}, value)),
        );
      }
      return `${lines.join('\n')}\n`;
    },
    stop: () => loop.disable(),
  };
}

function histogram(name: string, help: string, bounds: readonly number[]) {
  const series = new Map<string, { readonly labels: Labels; readonly counts: number[]; sum: number; count: number }>();
  return {
    observe(labels: Labels, value: number): void {
      const key = JSON.stringify(labels);
      const one = series.get(key) ?? { labels, counts: bounds.map(() => 0), sum: 0, count: 0 };
      series.set(key, one);
      one.sum += value;
      one.count += 1;
      for (const [at, bound] of bounds.entries()) if (value <= bound) one.counts[at] = one.counts[at]! + 1;
    },
    lines(): readonly string[] {
      const found = [...series.values()].flatMap(({ labels, counts, sum, count }) => [
        ...bounds.map((bound, at) => line(`${name}_bucket`, { ...labels, le: String(bound) }, counts[at]!)),
        line(`${name}_bucket`, { ...labels, le: '+Inf' }, count),
        line(`${name}_sum`, labels, sum),
        line(`${name}_count`, labels, count),
      ]);
      return found.length === 0 ? [] : [...head(name, help, 'histogram'), ...found];
    },
  };
}

function head(name: string, help: string, type: string): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

function line(name: string, labels: Labels, value: number): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escape(text)}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`;
}

function escape(text: string): string {
  return text.replace(/\\/gu, '\\\\').replace(/"/gu, '\\"').replace(/\n/gu, '\\n');
}
