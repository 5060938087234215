import { RunCatalogue, type RunList } from './run-catalogue.ts'

export { type BegunRun, byBeginning } from '../../run/run-record.ts'

/** All runs of a home, and how each stands. Who asks again and again keeps a RunCatalogue. */
export function listRuns(home: string): RunList {
  return new RunCatalogue(home).list()
}
