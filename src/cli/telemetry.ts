import { InvalidArgumentError, Option } from 'commander'
import type { Logger } from 'pino'
import type { Environment } from '../app/environment.ts'
import type { AppEvent } from '../app/events.ts'
import type { MetricsPlace } from '../telemetry/serve-metrics.ts'
import { readTelemetryExport } from './environment.ts'

/** What this process does as metrics and traces, where somebody asked for them. */
export interface Watched extends AsyncDisposable {
  /** Hears of each event; undefined where nobody asked. */
  readonly on: ((event: AppEvent) => void) | undefined
}

export interface WatchOptions {
  readonly metrics?: MetricsPlace
}

const LOOPBACK = '127.0.0.1'

export function metricsOption(): Option {
  return new Option(
    '--metrics <host:port>',
    'serve /metrics (for Prometheus) and /healthz there; a port alone: on this machine',
  ).argParser(parsePlace)
}

/**
 * Counts what this process does, where `--metrics` or the variables of OpenTelemetry ask for it. To be opened before the
 * work begins, and closed behind it. Nothing is loaded where nobody asked.
 */
export async function watchWork({ metrics }: WatchOptions, log?: Logger): Promise<Watched> {
  const exported = readTelemetryExport()
  if (metrics === undefined && !exported.metrics && !exported.traces) return NOBODY
  const [{ openTelemetry }, { countWork }] = await Promise.all([
    import('../telemetry/open-telemetry.ts'),
    import('../app/metrics/work-totals.ts'),
  ])
  const work = countWork()
  const telemetry = openTelemetry({
    sources: { totals: () => work.now(Date.now()) },
    export: exported,
    onTrouble: (message) => log?.warn({ err: { message } }, 'telemetry'),
  })
  let trouble: string | undefined
  const server = await serve(metrics, telemetry.metricsText, () => trouble)
  return {
    on(event) {
      if (event.kind === 'broker-lost') trouble = event.why
      if (event.kind === 'broker-back') trouble = undefined
      work.on(event)
      telemetry.on(event)
    },
    async [Symbol.asyncDispose]() {
      await telemetry.close()
      await server?.close()
    },
  }
}

/** Counts what the runs and syncs of a home do, whichever processes work on them. */
export async function watchHome({ metrics }: WatchOptions, environment: Environment): Promise<AsyncDisposable> {
  if (metrics === undefined) return NOBODY
  const { openHomeMetrics } = await import('../telemetry/home-metrics.ts')
  const telemetry = openHomeMetrics(environment)
  const server = await serve(metrics, telemetry.metricsText, () => undefined)
  return {
    async [Symbol.asyncDispose]() {
      await telemetry.close()
      await server?.close()
    },
  }
}

const NOBODY: Watched = { on: undefined, [Symbol.asyncDispose]: () => Promise.resolve() }

async function serve(
  place: MetricsPlace | undefined,
  metricsText: () => Promise<string>,
  trouble: () => string | undefined,
) {
  if (place === undefined) return undefined
  const { serveMetrics } = await import('../telemetry/serve-metrics.ts')
  return await serveMetrics(place, { metricsText, trouble })
}

/** `host:port`, `[::1]:9464`, `:9464` or `9464`. */
function parsePlace(value: string): MetricsPlace {
  const [, bracketed, plain, digits] = /^(?:(?:\[([\da-f:.]+)\]|([^\s:/[\]]*)):)?(\d{1,5})$/iu.exec(value) ?? []
  const port = Number(digits)
  if (digits === undefined || port > 65_535) {
    throw new InvalidArgumentError('expected a host and a port, as in 127.0.0.1:9464, or a port alone.')
  }
  return { host: bracketed ?? (plain === undefined || plain === '' ? LOOPBACK : plain), port }
}
