import type { RunRecord } from '../../run/run-record.ts'
import { InputChanged } from '../../source/file-stamp.ts'
import type { Source } from '../../source/open-source.ts'

/** Rejects with InputChanged where the bytes that the rows are from are not those that the run began with. */
export async function confirmRead(source: Source, record: RunRecord): Promise<void> {
  const hash = await source.readHash()
  if (hash === undefined || hash === record.sha256) return
  throw new InputChanged(
    `${record.source} is not what it was when the run began, though its size and its time are: some of its rows may have been sent as they are now.`,
  )
}
