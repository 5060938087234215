import { type Logger, destination, pino } from 'pino'
import { escapeControls } from '../outside/escape-controls.ts'

/** As commander gives them. */
export interface LogOptions {
  readonly logFile?: string | undefined
  readonly logLevel: string
}

/**
 * Events as JSON lines, to standard error or to a file. What is logged names rows by number alone; should a request or
 * a credential get into an event all the same, it is cut out.
 */
export function openLog({ logFile: file, logLevel: level }: LogOptions): Logger {
  const out = destination(file === undefined ? 2 : { dest: file, sync: true, mkdir: true, mode: 0o600 })
  // A full disk, or a terminal that was closed, costs the log and not the work.
  out.on('error', () => {})
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: REDACTED, censor: '…' },
    },
    // Standard error may be a terminal.
    { write: (line) => void out.write(escapeControls(line)) },
  )
}

const SECRET = ['secret', 'password', 'key', 'token', 'authorization', 'credentials']
const MEMBER = ['body', 'request', 'input', 'customer', 'email', 'mobile', 'externalId', 'rows', 'outcomes', 'data']
const REDACTED = [...SECRET, ...MEMBER].flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
