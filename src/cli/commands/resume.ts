import { Command } from 'commander'
import { resumeRun } from '../../app/resume/resume-run.ts'
import { readEnvironment } from '../environment.ts'
import { openLog } from '../log.ts'
import { openContext } from '../open-context.ts'
import { watchWork } from '../telemetry.ts'
import { type WorkOptions, addWorkOptions, runArgument } from '../options.ts'
import { printEnd } from '../screen/print-end.ts'

/** `rollcall resume <run>`: goes on where a paused, halted or crashed run stopped. */
export function resumeCommand(): Command {
  const command = new Command('resume')
    .description('go on where a paused, halted or crashed run stopped')
    .addArgument(runArgument())
  return addWorkOptions(command).action(resume)
}

async function resume(run: string, options: WorkOptions): Promise<void> {
  const log = openLog(options)
  await using watched = await watchWork(options, log)
  using context = openContext(readEnvironment(options), { log, watched, options })
  printEnd(await resumeRun({ ...options, run }, context), { options, environment: context.environment })
}
