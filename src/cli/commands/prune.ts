import { Command, InvalidArgumentError } from 'commander'
import { pruneRuns } from '../../app/runs/prune-runs.ts'
import { readEnvironment } from '../environment.ts'
import { openBriefContext } from '../open-context.ts'
import { homeOption } from '../options.ts'
import { printJson, printLines } from '../screen/print.ts'
import { formatBytes, plural } from '../../words.ts'

interface PruneOptions {
  olderThan?: number
  keep?: number
  all?: boolean
  dryRun?: boolean
  json?: boolean
  home?: string
}

/** `rollcall prune`: deletes the folders of runs that are over. */
export function pruneCommand(): Command {
  return new Command('prune')
    .description('delete old runs that are finished or cancelled')
    .option('--older-than <age>', 'runs that ended before that, as in 30d, 12h (30d unless --keep is given)', parseAge)
    .option('--keep <n>', 'all but the latest n runs', parseCount)
    .option('--all', 'paused, halted and crashed runs too: they cannot go on then')
    .option('--dry-run', 'say what would be deleted, and delete nothing')
    .option('--json', 'as JSON')
    .addOption(homeOption())
    .action(async (options: PruneOptions) => {
      using context = openBriefContext(readEnvironment(options))
      const { keep, all = false, dryRun = false } = options
      const olderThanMs = options.olderThan ?? (keep === undefined ? DEFAULT_AGE_MS : 0)
      const { pruned, kept } = await pruneRuns({ olderThanMs, keep: keep ?? 0, all, dryRun }, context)
      if (options.json === true) {
        printJson({ deleted: pruned, kept, dry_run: dryRun })
        return
      }
      const bytes = pruned.reduce((sum, run) => sum + run.bytes, 0)
      printLines([
        ...pruned.map((run) => `${run.run}  ${run.state}  ${formatBytes(run.bytes)}`),
        ...kept.map(({ run, why }) => `${run}  kept: ${why}`),
        pruned.length === 0
          ? 'Nothing to delete.'
          : `${plural(pruned.length, 'run')} ${dryRun ? 'would be ' : ''}deleted, ${formatBytes(bytes)}${dryRun ? '' : ' freed'}.`,
      ])
    })
}

const HOUR_MS = 60 * 60 * 1000
const DEFAULT_AGE_MS = 30 * 24 * HOUR_MS

function parseAge(value: string): number {
  const [, count, unit] = /^(\d+)([hd])$/.exec(value) ?? []
  if (count !== undefined) return Number(count) * (unit === 'd' ? 24 * HOUR_MS : HOUR_MS)
  throw new InvalidArgumentError('expected days or hours, as in 30d or 12h.')
}

function parseCount(value: string): number {
  const count = Number(value)
  if (value !== '' && Number.isSafeInteger(count) && count >= 0) return count
  throw new InvalidArgumentError('expected a whole number of runs.')
}
