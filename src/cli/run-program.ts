import { UsageError } from '../model.ts'
import { isOptionsAlone, orderArguments } from './order-arguments.ts'
import { isCommand, loadProgram } from './program.ts'
import { tellFailure } from './tell-failure.ts'
import { repeatHome } from './typed.ts'

/** Does what the arguments ask for, and tells where that fails; sets the exit status. */
export async function runProgram(given: readonly string[]): Promise<void> {
  const args = orderArguments(given, isCommand)
  const [asked = ''] = args
  const program = await loadProgram(isCommand(asked) ? [asked] : undefined)
  let options: { home?: string } = {}
  const tell = (error: unknown) =>
    tellFailure(error, { json: given.includes('--json'), events: asksEvents(given), home: options.home })

  // What fails where nobody waits for it is told like anything else.
  const tellUncaught = async (error: Error) => process.exit(await tell(error))
  process.on('uncaughtException', (error) => void tellUncaught(error))
  program.hook('preAction', (_program, command) => {
    options = command.opts()
    repeatHome(options.home)
  })
  try {
    if (isOptionsAlone(given)) throw new UsageError(NO_COMMAND)
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    process.exitCode = await tell(error)
  }
}

const NO_COMMAND = 'No command is given behind these options (--help lists them).'

/** Whether standard error is read as JSON lines. */
function asksEvents(given: readonly string[]): boolean {
  return given.includes('--progress=json') || given[given.lastIndexOf('--progress') + 1] === 'json'
}
