import type { Environment } from '../app/environment.ts'
import type { RunCatalogue } from '../app/runs/run-catalogue.ts'
import type { Console } from './route.ts'

/** The metrics of the home, which are loaded when somebody asks for them first, and count from now on. */
export function homeMetrics(environment: Environment, runs: RunCatalogue): Console['metrics'] {
  const since = Date.now()
  let opened: Promise<{ readonly metricsText: () => Promise<string> }> | undefined
  return async () => {
    opened ??= import('../telemetry/home-metrics.ts').then((room) => room.openHomeMetrics(environment, { runs, since }))
    return await (await opened).metricsText()
  }
}
