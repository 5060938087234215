import { UsageError } from '../model.ts'

/** What was asked was stopped before it had done anything that would have to be gone on with. */
export class Stopped extends UsageError {
  override name = 'Stopped'
}
