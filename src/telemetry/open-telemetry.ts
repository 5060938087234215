import { DiagLogLevel, diag } from '@opentelemetry/api'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto'
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { AppEvent } from '../app/events.ts'
import { version } from '../version.ts'
import { type Sources, makeInstruments } from './instruments.ts'
import { SpanIds, traceEvents } from './spans.ts'

/** What is told to a collector, where the environment names one (the exporters read the rest of it themselves). */
export interface Export {
  readonly metrics: boolean
  readonly traces: boolean
  /** How often metrics are sent, in milliseconds. */
  readonly everyMs: number
}

export interface Telemetry {
  /** Hears of each event. */
  on(event: AppEvent): void
  /** The metrics as Prometheus reads them. */
  metricsText(): Promise<string>
  /** Sends what is left, for some seconds at most. */
  close(): Promise<void>
}

export interface TelemetryOptions {
  readonly sources: Sources
  readonly export: Export
  /** Told when a collector cannot be reached, or the like: once for each kind of trouble. */
  readonly onTrouble: (message: string) => void
}

/** A collector that is away keeps nobody from ending. */
const CLOSING_MS = 3_000
/** What is on its way to it at the end keeps nobody for longer, either. */
const PATIENCE = { timeoutMillis: CLOSING_MS }

/** Opens metrics, and traces where they are exported. Nothing of it is global, but for who hears of its troubles. */
export function openTelemetry({ sources, export: exported, onTrouble }: TelemetryOptions): Telemetry {
  hearOfTrouble(onTrouble)
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': 'rollcall', 'service.version': version }))
    .merge(detectResources({ detectors: [envDetector] }))
  const prometheus = new PrometheusExporter({ preventServerStart: true })
  const serializer = new PrometheusSerializer(undefined, false, undefined, true, true)
  const meters = new MeterProvider({
    resource,
    readers: [
      prometheus,
      ...(exported.metrics
        ? [
            new PeriodicExportingMetricReader({
              exporter: new OTLPMetricExporter(PATIENCE),
              exportIntervalMillis: exported.everyMs,
              exportTimeoutMillis: Math.min(exported.everyMs, 30_000),
            }),
          ]
        : []),
    ],
  })
  const instrument = makeInstruments(meters.getMeter('rollcall', version), sources)
  const ids = new SpanIds()
  const tracers = exported.traces
    ? new BasicTracerProvider({
        resource,
        idGenerator: ids,
        spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter(PATIENCE))],
      })
    : undefined
  const span = tracers === undefined ? undefined : traceEvents(tracers.getTracer('rollcall', version), ids)
  return {
    on(event) {
      instrument(event)
      span?.(event)
    },
    async metricsText() {
      const { resourceMetrics } = await prometheus.collect()
      return serializer.serialize(resourceMetrics)
    },
    async close() {
      const { promise: waited, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, CLOSING_MS)
      await Promise.race([Promise.allSettled([meters.shutdown(), tracers?.shutdown()]), waited])
      clearTimeout(timer)
    },
  }
}

/** The words of a trouble hold addresses and the like, which change: it is told once a kind. */
function hearOfTrouble(onTrouble: (message: string) => void): void {
  const told = new Set<string>()
  const hear = (text: string) => {
    const message = messageIn(text)
    if (told.has(message)) return
    told.add(message)
    onTrouble(message)
  }
  diag.setLogger(
    { error: hear, warn: hear, info: ignore, debug: ignore, verbose: ignore },
    {
      logLevel: DiagLogLevel.WARN,
      suppressOverrideMessage: true,
    },
  )
}

const ignore = () => {}

/** Errors come as JSON, with stacks. */
function messageIn(text: string): string {
  try {
    const { name, message, code } = JSON.parse(text) as { name?: string; message?: string; code?: string }
    return message || code || name || text
  } catch {
    return text
  }
}
