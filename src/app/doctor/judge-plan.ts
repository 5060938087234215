import { commandOf } from '../../typed-commands.ts'
import { formatCount, plural } from '../../words.ts'
import type { CheckReport } from '../check/check-file.ts'
import type { Finding } from './finding.ts'

interface Tried {
  /** As they were given. */
  readonly files: readonly string[]
  /** Whether the rows were all of them. */
  readonly all: boolean
}

/** What the first rows of a file say of it under its plan. */
export function judgePlan(report: CheckReport, { files, all }: Tried): Finding {
  const { file, plan, rows, ready, invalid, losses, doubts } = report
  const read = `${all ? 'all' : 'the first'} ${plural(rows, 'row')}`
  const remedy = `\`${commandOf('check', ...files, '--plan', plan)}\` tells which rows, and what to do.`
  const found = (state: Finding['state'], what: string): Finding => ({
    name: 'plan',
    state,
    message: `${file} under ${plan}: ${what}`,
    ...(state !== 'ok' && { remedy }),
  })
  if (rows === 0) return found('failed', 'the file has no rows.')
  if (ready === 0) return found('failed', `of ${read} none would be sent.`)
  const trouble = [
    ...(invalid > 0 ? [`${formatCount(invalid)} ${invalid === 1 ? 'is' : 'are'} invalid`] : []),
    ...(losses.length > 0 ? ['the API would cut or drop values'] : []),
    ...(doubts.length > 0 ? ['values may not be meant as they are read'] : []),
  ]
  if (trouble.length > 0) return found('warned', `of ${read}, ${trouble.join('; ')}.`)
  return found('ok', `${read} read, ${formatCount(ready)} of them would be sent.`)
}
