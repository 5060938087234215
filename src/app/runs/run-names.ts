import { listRuns } from '../../run/list-runs.ts'

/** Runs by their ids, the latest first, each with what tells it from others: looks at no ledger. */
export function runNames(home: string): readonly { readonly run: string; readonly about: string }[] {
  return listRuns(home)
    .toReversed()
    .map(({ run, source, state }) => ({ run, about: `${state}, ${source}` }))
}
