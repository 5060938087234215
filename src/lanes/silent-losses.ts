import type { LaneRequest, Result, Warning } from '../model.ts'
import type { Lane } from './lane.ts'

/** Where the API took the values of a row. */
const TAKEN: ReadonlySet<Result> = new Set(['registered', 'merged', 'updated', 'linked'])

/** What the API is documented to cut or drop of a row that it took, without saying so. */
export function silentLosses(
  { predictLosses }: Pick<Lane, 'predictLosses'>,
  { request, result, now }: { readonly request: LaneRequest; readonly result: Result; readonly now: number },
): readonly Warning[] {
  if (predictLosses === undefined || !TAKEN.has(result)) return []
  return predictLosses(request, now).flatMap(({ message, silent }) => (silent ? [{ message, lossy: true }] : []))
}
