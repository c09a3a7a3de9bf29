import {
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type SpanContext,
} from '@opentelemetry/api';

export interface SpanSettings {
  readonly kind?: SpanKind;
  /** Keys, types and counts only: never a variable, a login, an address with a query or a text of people. */
  readonly attributes?: Attributes;
  /** Default: the span around us. `root` begins a trace of its own. */
  readonly parent?: Context | 'root';
  /** What this work is done for, when that is more than one thing. */
  readonly links?: readonly SpanContext[];
}

/**
 * Does `work` inside a span that ends with it, and marks it when `work` throws. Nothing is recorded, and next to nothing paid,
 * until `startTracing` has run: the API of OpenTelemetry is its own no-op.
 */
export function inSpan<T>(name: string, settings: SpanSettings, work: () => Promise<T>): Promise<T> {
  const { kind = SpanKind.INTERNAL, attributes = {}, parent = context.active(), links = [] } = settings;
  const around = parent === 'root' ? ROOT_CONTEXT : parent;
  const options = { kind, attributes, links: links.map((link) => ({ context: link })) };
  const span = trace.getTracer('reglament').startSpan(name, options, around);
  return context.with(trace.setSpan(around, span), async () => {
    try {
      return await work();
    } catch (error) {
      // The kind of error alone: its message may quote what people wrote.
      const type = error instanceof Error ? error.name : typeof error;
      span.setAttribute('error.type', type);
      span.setStatus({ code: SpanStatusCode.ERROR, message: type });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The span around us, to link to; undefined when nothing is traced. */
export function currentSpan(): SpanContext | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  return span !== undefined && trace.isSpanContextValid(span) ? span : undefined;
}

/** For every line of the log: which trace it belongs to. */
export function traceOfLog(): { readonly trace_id?: string; readonly span_id?: string } {
  const span = currentSpan();
  return span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId };
}
