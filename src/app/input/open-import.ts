import { rmSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { UsageError } from '../../model.ts'
import { type CompiledPlan, compilePlan } from '../../plan/compile-plan.ts'
import { type Plan, loadPlan } from '../../plan/load-plan.ts'
import type { RunRecord } from '../../run/run-record.ts'
import { expandFiles } from '../../source/expand-files.ts'
import type { Source } from '../../source/open-source.ts'
import type { Context } from '../context.ts'
import { type Opening, openInput } from './open-input.ts'
import { readTextFile } from './read-text-file.ts'
import { type Staged, stageFiles } from './stage-files.ts'
import { querySource, stageQuery } from './stage-query.ts'

/** A file and a plan that fit each other: what a run, a dry run or a check is made of. */
export interface OpenImport extends AsyncDisposable {
  /** What the user called the file: a path, `-`, or an address (without its credentials); of several the first, and how many more. */
  readonly given: string
  /** The file's full path; for what was no file here in the clear, that of a copy of it. */
  readonly file: string
  /** Where they are several: each. */
  readonly files?: RunRecord['files']
  /** Whether `file` is a copy, which the run takes over. */
  readonly isCopy: boolean
  /** What the user called the plan, and what it holds. */
  readonly planName: string
  readonly planText: string
  readonly plan: Plan
  /** The file's rows, to be read once. */
  readonly source: Source
  readonly compiled: CompiledPlan
  /** Where it is a rerun or a verification: of what. The file of a verification is not read, so its hash is known. */
  readonly about?: Pick<
    RunRecord,
    'rerunOf' | 'only' | 'code' | 'mended' | 'asIs' | 'verifies' | 'sample' | 'unseen'
  > & {
    readonly sha256?: string
  }
  /** Closes the file. A copy that no run has taken over is deleted. */
  [Symbol.asyncDispose](): Promise<void>
}

export interface OpenFile extends OpenImport {
  /** Opens the same file once more; whoever does closes it. Throws InputChanged where it is another by now. */
  openRows(): Promise<Source>
  /** The same file from its beginning, where its rows were read. */
  reopen(): Promise<void>
}

export interface ImportFiles {
  /** Paths, patterns, one address, or `-`. */
  readonly files: readonly string[]
  /** Where the address is that of a database: the path of what it is asked. */
  readonly query?: string
  /** The path of the plan. */
  readonly plan: string
  /** Gives what `-` stands for. */
  readonly readStandardInput?: () => Readable
  /** Whether the source will be asked for the hash of what was read: a run's is. */
  readonly hash?: boolean
}

/**
 * Reads the plan, opens the file, or several as one (patterns such as `members-*.csv` are expanded), and binds the one
 * to the other. What is not a file here in the clear is made one first.
 * Throws a UsageError where either cannot be read, or the plan names a column that is not there.
 */
export async function openImport(
  { files: paths, query, plan: planName, readStandardInput, hash }: ImportFiles,
  context: Context,
): Promise<OpenFile> {
  refuseMembers(planName)
  const planText = readPlan(planName)
  const plan = loadPlan(planText, planName)
  context.on({ kind: 'stage', text: `Opening ${paths.join(', ')}` })
  await using opening = new AsyncDisposableStack()
  const asked = querySource(paths, query)
  const staged: Staged =
    asked === undefined
      ? await stageFiles(await expandFiles(paths), context, readStandardInput)
      : await stageQuery(asked, context)
  const { name, path: file, files, isCopy } = staged
  if (isCopy) opening.defer(() => rmSync(file, { force: true }))
  const openAs = (as: Opening) => openInput({ file, files, source: name }, plan, as)
  let source = await openAs({ hash })
  const { stamps } = source
  opening.defer(() => source.close())
  // How the rows of a query are kept is nothing that was found out of a file.
  const notes = asked === undefined ? source.notes : source.notes.filter((text) => !text.startsWith('Read as '))
  for (const text of notes) context.on({ kind: 'source-note', text })
  const compiled = compilePlan(plan, source.columns)
  const opened = opening.move()
  return {
    given: name,
    file,
    files,
    isCopy,
    planName,
    planText,
    plan,
    get source() {
      return source
    },
    compiled,
    openRows: () => openAs({ stamps }),
    async reopen() {
      await source.close()
      source = await openAs({ hash, stamps })
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** Files of members are taken for plans where the two are swapped: what is in them is not to be shown as a mistake. */
function refuseMembers(path: string): void {
  if (!/\.(?:csv|tsv|txt|xlsx?|jsonl?|ndjson|parquet|avro|ods|gz|zip|zst|bz2|pgp|gpg)$/iu.test(path)) return
  throw new UsageError(
    `${path} looks like a file of members, not like a plan: --plan takes the plan, a YAML file, and the members stand before it. ` +
      'Is it the other way round?',
  )
}

/** A plan's text. Throws a UsageError where it cannot be read, or is not UTF-8. */
export function readPlan(path: string): string {
  return readTextFile(path, 'The plan')
}
