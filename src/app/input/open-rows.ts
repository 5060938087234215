import { openLedger } from '../../ledger/open-ledger.ts'
import type { Plan } from '../../plan/load-plan.ts'
import { familyOf } from '../../run/family.ts'
import { openFamilyRows } from '../../run/family-rows.ts'
import { listRuns, refuseUnreadable } from '../../run/list-runs.ts'
import { type RunRecord, runFolder } from '../../run/run-record.ts'
import { type Selection, renumber, selectRows } from '../../run/select-rows.ts'
import type { Source } from '../../source/open-source.ts'
import { compareMended } from './compare-mended.ts'
import { makeLostPlus } from './lost-plus.ts'
import { type InputOf, type Opening, openInput } from './open-input.ts'

/** What says which rows a run reads. */
export type RowsOf = InputOf & Pick<RunRecord, 'rerunOf' | 'mended' | 'asIs'>

/** Opens the file of a run as its plan says. The rows of a mended rejects.csv have the numbers that they have in the run it is from. */
export async function openFile(home: string, record: RowsOf, plan: Plan, opening?: Opening): Promise<Source> {
  const source = await openInput(record, plan, opening)
  const { rerunOf } = record
  if (record.mended !== true || rerunOf === undefined) return source
  return await changing(source, () => {
    const family = openFamilyRows(home, familyOf(listRuns(home), rerunOf))
    const numbering = { columns: source.columns, name: record.source, lineOf: (row: number) => family.row(row)?.line }
    if (record.asIs === true) return withChunks(source, (chunks) => renumber(chunks, numbering), family)
    // What reruns between were given may be spoilt already.
    const first = familyOf(listRuns(home), rerunOf)[0]?.run ?? rerunOf
    const ledger = openLedger(runFolder(home, first).ledger, { readOnly: true })
    const close = () => {
      ledger.close()
      family.close()
    }
    const { columns } = source
    const lostPlus = makeLostPlus(plan)
    return withChunks(source, (chunks) => compareMended(renumber(chunks, numbering), columns, ledger, lostPlus), {
      close,
    })
  })
}

/** Opens a run's rows, as they are read for it and read again when it goes on: a rerun's are those that it selects. */
export async function openRows(home: string, record: RunRecord, plan: Plan, opening?: Opening): Promise<Source> {
  const source = await openFile(home, record, plan, opening)
  const { rerunOf } = record
  if (rerunOf === undefined) return source
  return await changing(source, () => {
    const selection = openSelection(home, { ...record, rerunOf }, record.startedAt)
    return withChunks(source, (chunks) => selectRows(chunks, selection), selection)
  })
}

/** What is made of an open source; where that throws, the source is closed. */
export async function changing<T>(source: Source, change: () => T): Promise<T> {
  try {
    return change()
  } catch (error) {
    await source.close()
    throw error
  }
}

export type OpenSelection = Selection & { close(): void }

/**
 * The rows of a run that a rerun takes, by the ledgers. `before` (ISO 8601): what began later has no say in it, so that
 * a rerun that goes on selects what it selected first.
 */
export function openSelection(
  home: string,
  { rerunOf, only = [], code }: Pick<RunRecord, 'only' | 'code'> & { readonly rerunOf: string },
  before: string,
): OpenSelection {
  refuseUnreadable(home, 'It may be over the same file, whose rows would be sent again though they are done.')
  const earlier = familyOf(listRuns(home), rerunOf).filter(
    ({ verifies, startedAt, finishedAt = startedAt }) => (verifies === undefined ? startedAt : finishedAt) < before,
  )
  using opening = new DisposableStack()
  const ledger = opening.adopt(openLedger(runFolder(home, rerunOf).ledger, { readOnly: true }), (opened) =>
    opened.close(),
  )
  const family = opening.adopt(openFamilyRows(home, earlier), (opened) => opened.close())
  const opened = opening.move()
  return { ledger, family, only, code, close: () => opened.dispose() }
}

type Chunks = ReturnType<Source['chunks']>

/** The source with its rows changed on their way; what that needs is closed with it. */
export function withChunks(source: Source, change: (chunks: Chunks) => Chunks, needs: { close(): void }): Source {
  return {
    format: source.format,
    columns: source.columns,
    notes: source.notes,
    unread: source.unread,
    parts: source.parts,
    stamps: source.stamps,
    readHash: source.readHash,
    chunks: () => change(source.chunks()),
    get passedOver() {
      return source.passedOver
    },
    get progress() {
      return source.progress
    },
    async close() {
      needs.close()
      await source.close()
    },
  }
}
