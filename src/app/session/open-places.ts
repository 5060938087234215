import type { MemberJournal } from '../../check/member-journal.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { Json } from '../../model.ts'
import type { Plan } from '../../plan/load-plan.ts'
import type { RunRecord } from '../../run/run-record.ts'
import { hashFile } from '../../source/hash-file.ts'
import type { Source } from '../../source/open-source.ts'
import type { Place } from '../../source/place.ts'
import { version } from '../../version.ts'
import { type JournalFile, openJournal } from './journal-file.ts'

/** How far earlier sessions of a run have come in its file, and this one comes. */
export interface RunPlaces extends Disposable {
  /** Rows in front of where the source begins now: each of them is done. */
  readonly rowsBefore: number
  /** What had been seen of the columns by these, as `behind` was told. */
  readonly seen?: Json | undefined
  /** For what is to be known of the members of rows that are not read again. */
  readonly journal?: MemberJournal
  /** The place behind a row, now and then. `seen`: of the columns, up to there. */
  readonly behind?: (row: number, seen: () => Json) => Promise<Json | undefined>
  /** The run does not go on: nothing of it is needed any more. */
  forget(): void
}

interface PlacesOf {
  readonly record: RunRecord
  readonly plan: Plan
  readonly source: Source
  readonly ledger: Ledger
  /** The path of the journal. */
  readonly path: string
}

/** What the ledger keeps of a place. */
interface Noted extends Place {
  /** Of rollcall: another one may read the file, or tell its members, in another way. */
  readonly version: string
  /** The file's bytes that had been read, and their hash: of other bytes it is no place. */
  readonly bytes: number
  readonly sha256: string
  /** How long the journal was, in bytes. */
  readonly journal: number
  readonly seen?: Json
}

/** Rows between two places: few enough to be read again in no time. */
const ROWS_BETWEEN = 2_000

/**
 * Has the source begin behind the rows that are done, where the ledger tells of a place and the bytes in front of it are
 * those that were read then. Else all rows are read once more, as the plan has to know who repeats them.
 */
export async function openPlaces(of: PlacesOf): Promise<RunPlaces> {
  const { record, plan, source, ledger, path } = of
  const { places } = source
  // What a rerun sends is looked up row by row, and which row of a member is the last is known from the whole file alone.
  if (places?.readSoFar() === undefined || record.rerunOf !== undefined || plan.duplicates === 'last') return nowhere
  const noted = ledger.meta.get('place') as unknown as Noted | undefined
  const journal = openJournal(path)
  const begins = noted !== undefined && (await isSound(noted, of, journal)) && places.beginAt(noted)
  journal.cutTo(begins ? noted.journal : 0)
  const rowsBefore = begins ? noted.row : 0
  let next = rowsBefore + ROWS_BETWEEN
  return {
    rowsBefore,
    ...(begins && { seen: noted.seen }),
    journal,
    async behind(row, seen) {
      const place = row < next ? undefined : places.here()
      // Of rows that were read in one go, the last alone ends where reading has come to.
      if (place?.row !== row) return undefined
      next = row + ROWS_BETWEEN
      const so = { ...place, ...places.readSoFar(), version, seen: seen() }
      return { ...so, journal: await journal.save() }
    },
    forget: () => journal.remove(),
    [Symbol.dispose]: () => journal.close(),
  }
}

const nowhere: RunPlaces = { rowsBefore: 0, forget() {}, [Symbol.dispose]() {} }

async function isSound(noted: Noted, { record }: PlacesOf, journal: JournalFile): Promise<boolean> {
  if (noted.version !== version || noted.journal > journal.length) return false
  return (await hashFile(record.file, noted.bytes)) === noted.sha256
}
