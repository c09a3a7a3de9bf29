import { setTimeout as sleep } from 'node:timers/promises';
import { propagation } from '@opentelemetry/api';

/** What is asked of us by the environment variables that every OpenTelemetry program reads. */
function wantsTracing(env: Readonly<Record<string, string | undefined>>): boolean {
  if (env['OTEL_SDK_DISABLED'] === 'true' || env['OTEL_TRACES_EXPORTER'] === 'none') return false;
  return Boolean(env['OTEL_EXPORTER_OTLP_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']);
}

/** How long the end of the process waits for a collector that does not answer. */
const LAST_WORDS_MS = 2_000;

/**
 * Sends spans to an OpenTelemetry collector (OTLP over HTTP). The exporter reads `OTEL_EXPORTER_OTLP_*` and the provider
 * `OTEL_TRACES_SAMPLER*` by themselves; the SDK is loaded only when it is wanted. A collector that is away loses spans and
 * holds nothing up.
 * @returns how to stop, sending what is left
 */
export async function startTracing(settings: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
}): Promise<() => Promise<void>> {
  const { env, version } = settings;
  if (!wantsTracing(env)) return async () => undefined;
  const [{ OTLPTraceExporter }, { resourceFromAttributes }, { BatchSpanProcessor, NodeTracerProvider }] =
    await Promise.all([
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/sdk-trace-node'),
    ]);
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': env['OTEL_SERVICE_NAME'] || 'reglament',
      'service.version': version,
    }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  return async () => {
    await Promise.race([provider.shutdown().catch(() => undefined), sleep(LAST_WORDS_MS, undefined, { ref: false })]);
    propagation.disable();
  };
}
