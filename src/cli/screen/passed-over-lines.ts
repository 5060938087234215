import type { PassedOver } from '../../model.ts'
import { describePassedOver } from '../../report/describe-passed-over.ts'

/** Below the counts of rows: what stood among them, and is none. */
export function passedOverLines(passedOver: readonly PassedOver[] = []): string[] {
  const sentence = describePassedOver(passedOver)
  return sentence === undefined ? [] : ['', sentence]
}
