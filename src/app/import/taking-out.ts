import { laneNamed } from '../../lanes/lanes.ts'
import { type LaneName, UsageError } from '../../model.ts'
import type { Context } from '../context.ts'
import { checkFile } from '../check/check-file.ts'
import type { OpenFile } from '../input/open-import.ts'
import { Stopped } from '../stopped.ts'

/** How members are taken out of something: not without being allowed to, and not more of them than somebody has seen. */
export interface TakingOut {
  readonly allowUnlink?: boolean
  /** Asks somebody whether so many rows of a lane are to go; absent where nobody can be asked. */
  readonly confirm?: (lane: LaneName, rows: number) => Promise<boolean>
}

/** Throws a UsageError where the lanes take members out of something, and that was not allowed. */
export function refuseTakingOut(lanes: readonly LaneName[], { allowUnlink = false }: TakingOut): void {
  const lane = takingOut(lanes)
  if (lane === undefined || allowUnlink) return
  throw new UsageError(
    `The plan's \`${lane}:\` takes members out of partner programs, which nothing undoes. See with \`check\` how ` +
      `many it takes out; then add --allow-unlink.`,
  )
}

/** Says how many members are taken out, and asks where somebody can be asked. Throws where the answer is no. */
export async function confirmTakingOut(
  open: OpenFile,
  request: TakingOut & { readonly limit?: number },
  context: Context,
): Promise<void> {
  const lane = takingOut(open.compiled.lanes)
  if (lane === undefined) return
  const { lanes } = await checkFile(open, request, context)
  await open.reopen()
  await confirmRows(lane, lanes[lane]?.rows ?? 0, request, context)
}

/** The same for rows that are counted already. */
export async function confirmRows(
  lane: LaneName,
  rows: number,
  { confirm }: TakingOut,
  { on }: Pick<Context, 'on'>,
): Promise<void> {
  on({ kind: 'takes-out', lane, rows })
  if (confirm !== undefined && !(await confirm(lane, rows))) throw new Stopped('Nothing was sent.')
}

/** The lane among them that takes members out of something. */
export function takingOut(lanes: readonly LaneName[]): LaneName | undefined {
  return lanes.find((name) => laneNamed(name).takesOut === true)
}
