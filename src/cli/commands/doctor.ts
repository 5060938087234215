import { Argument, Command } from 'commander'
import { examine } from '../../app/doctor/examine.ts'
import { type Finding, worstOf } from '../../app/doctor/finding.ts'
import { UsageError } from '../../model.ts'
import { plural } from '../../words.ts'
import { readEnvironment } from '../environment.ts'
import { EXIT } from '../exit.ts'
import { openContext } from '../open-context.ts'
import { homeOption } from '../options.ts'
import { findingLines } from '../screen/describe-doctor.ts'
import { printJson, printLines } from '../screen/print.ts'
import { typed } from '../typed.ts'

interface DoctorOptions {
  plan?: string
  json?: boolean
  home?: string
}

/** `rollcall doctor`: whether all that an import needs is there, before one is begun. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('see whether all that an import needs is there: account, clock, Redis, disk, a plan for a file')
    .addArgument(new Argument('[file...]', 'files of members that are to be imported'))
    .option('--plan <plan.yaml>', 'the plan that they are to be imported under')
    .option('--json', 'as JSON')
    .addOption(homeOption())
    .action(async (files: string[], options: DoctorOptions) => {
      const json = options.json === true
      const findings: Finding[] = []
      for await (const finding of lookAt(files, options)) {
        findings.push(finding)
        if (!json) printLines(findingLines(finding))
      }
      const state = worstOf(findings)
      if (json) printJson({ state, checks: findings.map(asJson) })
      else printLines(['', lastWords(findings)])
      process.exitCode = { ok: EXIT.ok, warned: EXIT.problems, failed: EXIT.usage }[state]
    })
}

function asJson({ message, remedy, ...finding }: Finding): Finding {
  return { ...finding, message: typed(message), ...(remedy !== undefined && { remedy: typed(remedy) }) }
}

async function* lookAt(files: readonly string[], { plan, home }: DoctorOptions): AsyncGenerator<Finding> {
  let environment: ReturnType<typeof readEnvironment>
  try {
    environment = readEnvironment({ home })
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    yield { name: 'environment', state: 'failed', message: error.message }
    return
  }
  using context = openContext(environment, { show: false, onStop() {} })
  yield* examine({ files, plan }, context)
}

function lastWords(findings: readonly Finding[]): string {
  const of = (state: Finding['state']) => findings.filter((finding) => finding.state === state).length
  const failed = of('failed')
  if (failed > 0) return `${plural(failed, 'thing')} must be mended before an import can begin.`
  const warned = of('warned')
  return warned > 0 ? `An import can begin; ${plural(warned, 'thing')} should be looked at.` : 'An import can begin.'
}
