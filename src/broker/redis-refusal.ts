import { UsageError } from '../model.ts'
import { cleanWords } from '../outside/clean-words.ts'

/**
 * Why Redis does not do what it was asked for, where that may pass by itself and nothing was done: in words that go on
 * after "Redis", without an end. Undefined for any other error.
 */
export function refusalWords(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : ''
  // A script passes on what a command in it was told, and says where.
  if (/^(?:ERR )?(?:ACL failure in script|The user executing the script can't)/.test(message))
    return `${REFUSALS['NOPERM']} (NOPERM)`
  const code = /^(?:ERR )?(?:user_script:\d+: |Error running script.*?: )?-?([A-Z]+)\b/.exec(message)?.[1] ?? ''
  // What it does not tell of itself, we do without.
  if (code === 'NOPERM' && ABOUT_ITSELF.test(message)) return undefined
  const words = Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined
  if (words !== undefined) return `${words} (${code})`
  if (!isOfLogin(error)) return undefined
  return hasNoRoom(message) ? noRoomWords(message) : `lets nobody in: ${message}`
}

const ABOUT_ITSELF = /'(?:info|config|client|memory|latency|slowlog)\b/i

/** ioredis gives to all that wait for a connection what the server said to the first words on it. */
function isOfLogin(error: unknown): boolean {
  const { command } = Object(error) as { readonly command?: { readonly name?: string } }
  return command?.name === 'hello' || command?.name === 'auth'
}

/** Why a connection to Redis cannot be made, where a person has to do something about it: a sentence without its end. */
export function loginWords(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : ''
  if (hasNoRoom(message)) return `Redis ${noRoomWords(message)}`
  return /^(?:NOAUTH|WRONGPASS)\b/.test(message) ? `Redis ${refusalWords(error)}` : undefined
}

/** Redis has no connection left: there may be one in a moment. `why`: a sentence without its end. */
export class NoRoomError extends UsageError {
  override name = 'NoRoomError'
  readonly why: string

  constructor(why: string, where: string) {
    super(`${why}. It is at ${where}.`)
    this.why = why
  }
}

/** What is thrown where Redis says why it lets us in no more; undefined where it does not. */
export function loginError(error: unknown, where: string): UsageError | undefined {
  const why = loginWords(error)
  if (why === undefined) return undefined
  const { message } = error as Error
  return hasNoRoom(message) ? new NoRoomError(why, where) : new UsageError(`${why}. It is at ${where}.`)
}

function hasNoRoom(message: string): boolean {
  return message.startsWith('ERR max number of clients')
}

function noRoomWords(message: string): string {
  return `has no connection left for anybody (${cleanWords(message)}): raise its maxclients, or end what holds connections to it`
}

const REFUSALS: Readonly<Record<string, string>> = {
  OOM: 'is full, and takes nothing more: raise its maxmemory, or take out what others keep in it',
  READONLY: 'takes no writes, as it is a replica: it waits for a failover to end, or REDIS_URL names the wrong server',
  MISCONF: 'takes no writes, as it cannot save to its disk: look at the space there, and at its log',
  NOREPLICAS: 'takes no writes, as too few of its replicas are there',
  LOADING: 'is still loading its data',
  MASTERDOWN: 'has lost its master',
  CLUSTERDOWN: 'is a Cluster of which a part is away',
  TRYAGAIN: 'is a Cluster that is moving its keys',
  NOAUTH: 'asks for a password: put it into REDIS_URL, as in redis://:password@host:6379',
  WRONGPASS: 'does not take the user or the password in REDIS_URL',
  NOPERM:
    'does not allow its user what rollcall needs: its ACL has to allow all commands on keys that begin with "{rollcall}:"',
  BUSY: 'is busy with a script that does not end',
}
