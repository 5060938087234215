import { isDatabase } from '../../query/query-address.ts'
import type { Plan } from '../../plan/load-plan.ts'
import type { RunRecord } from '../../run/run-record.ts'
import { openFiles } from '../../source/open-files.ts'
import type { Source } from '../../source/open-source.ts'
import type { SourceOptions } from '../../source/source-options.ts'

/** What says which files a run reads. */
export type InputOf = Pick<RunRecord, 'file' | 'files' | 'source'>

/** The files of a run, each as a full path and as messages call it. */
export function filesOf({ file, files, source }: InputOf): readonly { readonly path: string; readonly name: string }[] {
  return files ?? [{ path: file, name: source === '-' ? 'standard input' : source }]
}

/** How a file is opened beside what the plan says: the same as before, and so that its hash can be asked for. */
export type Opening = Pick<SourceOptions, 'stamps' | 'hash'>

/** Opens the file or the files of a run, read as the plan says. */
export async function openInput(input: InputOf, plan: Plan, opening: Opening = {}): Promise<Source> {
  const reading = isDatabase(input.source) ? SNAPSHOT : plan.rows.reading
  return await openFiles(filesOf(input), { ...reading, ...opening })
}

/** How the snapshot of a query is read, whatever the plan says of files: nothing of it is to be found out. */
export const SNAPSHOT = { encoding: 'utf-8', delimiter: ',', quote: '"', escape: 'none', skip: 0 } as const
