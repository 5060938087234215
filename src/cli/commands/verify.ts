import { Command } from 'commander'
import { verifyRun } from '../../app/verify/verify-run.ts'
import { readEnvironment } from '../environment.ts'
import { openLog } from '../log.ts'
import { openContext } from '../open-context.ts'
import { type NewRunOptions, addNewRunOptions, runArgument, sampleOption } from '../options.ts'
import { watchWork } from '../telemetry.ts'
import { printEnd } from '../screen/print-end.ts'

interface VerifyOptions extends NewRunOptions {
  readonly sample?: number
}

/** `rollcall verify <run>`: whether the members that a run imported are there, as it says, with their points. */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description('look up the members that a run imported: are they there, with their ids and points?')
    .addArgument(runArgument())
    .addOption(sampleOption())
  return addNewRunOptions(command).action(verify)
}

async function verify(run: string, options: VerifyOptions): Promise<void> {
  const log = openLog(options)
  await using watched = await watchWork(options, log)
  using context = openContext(readEnvironment(options), { log, watched, options })
  printEnd(await verifyRun({ ...options, run }, context), { options, environment: context.environment })
}
