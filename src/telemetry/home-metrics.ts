import type { Environment } from '../app/environment.ts'
import { countHome } from '../app/metrics/home-totals.ts'
import { syncStatuses } from '../app/metrics/sync-statuses.ts'
import { RunCatalogue } from '../app/runs/run-catalogue.ts'
import { type Telemetry, openTelemetry } from './open-telemetry.ts'

/**
 * The metrics of the runs and syncs of a home, from `since` on (milliseconds since the epoch), for Prometheus. To a collector they are told by the processes
 * at work themselves.
 */
export function openHomeMetrics(
  environment: Environment,
  { runs = new RunCatalogue(environment.home), since = Date.now() } = {},
): Pick<Telemetry, 'metricsText' | 'close'> {
  const home = countHome(environment.home, runs, since)
  return openTelemetry({
    sources: { totals: home.now, syncs: () => syncStatuses(environment) },
    export: { metrics: false, traces: false, everyMs: 60_000 },
    onTrouble: () => {},
  })
}
