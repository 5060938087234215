import { setTimeout as delay } from 'node:timers/promises'

/** Many times what it takes: a machine that is busy with other things is no failure. */
const PATIENCE_MS = 120_000

/** Waits for a condition, and fails naming it where it does not come. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`waited in vain for: ${what}`)
    await delay(20)
  }
}
