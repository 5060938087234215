import { readFileSync } from 'node:fs'
import { UsageError } from '../model.ts'
import { unreadableFile } from '../unreadable-file.ts'
import { runFolder } from './run-record.ts'

/** The text of a run's plan as it was when the run began. Throws a UsageError where it cannot be read. */
export function readKeptPlan(home: string, run: string): string {
  const { plan } = runFolder(home, run)
  try {
    return readFileSync(plan, 'utf8')
  } catch (error) {
    const said = unreadableFile(`The plan of run ${run}, ${plan},`, error)
    throw new UsageError(`${said} Where it was deleted, put there the plan that the run was under.`, { cause: error })
  }
}
