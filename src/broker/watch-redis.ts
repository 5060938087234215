import { Cluster } from 'ioredis'
import { PREFIX } from './job-options.ts'
import { Patience } from './patience.ts'
import type { PatientConnection } from './patient-redis.ts'
import { type RedisConnection, lastNodeError } from './redis-connection.ts'
import { loginWords } from './redis-refusal.ts'

/** Whether Redis can be worked with, and what commands do while it cannot. */
export interface RedisWatch {
  readonly patience: Patience
  /** Why it cannot be worked with at this moment: a sentence without its end. */
  away(): string | undefined
  close(): void
}

/**
 * Watches over a connection, and has its commands wait while Redis refuses them. `tell`: called with a sentence when Redis
 * cannot be worked with, again where the reason changes, and without when it can; not twice for one of them. `refusal`: asks
 * the server why it lets nobody in.
 */
export function watchRedis(
  connection: PatientConnection,
  refusal: () => Promise<Error | undefined>,
  tell: (away: string | undefined) => void,
): RedisWatch {
  const wrong: Record<'login' | 'refused' | 'closed' | 'silent', string | undefined> = {
    login: undefined,
    refused: undefined,
    closed: undefined,
    silent: undefined,
  }
  // A refusal comes before a lost connection: who is refused by a replica makes another one each time it asks.
  const away = () => wrong.login ?? wrong.refused ?? wrong.closed ?? wrong.silent
  const change = (news: Partial<typeof wrong>) => {
    const before = away()
    Object.assign(wrong, news)
    if (away() !== before) tell(away())
  }
  const patience = new Patience((words) =>
    change({ refused: words && `Redis ${words}. It is asked again until it does` }),
  )
  connection.patience = patience
  let isClosed = false
  const ask = nowAndThen(async () => {
    const login = loginWords(await refusal())
    if (login !== undefined && wrong.closed !== undefined) change({ login: `${login}. It is tried again` })
  })
  connection.on('close', () => {
    // Whoever closes it knows why.
    if (isClosed) return
    change({ closed: LOST })
    ask()
  })
  connection.on('ready', () => change({ closed: undefined, login: undefined }))
  connection.on('error', (error: unknown) => {
    const login = loginWords(lastNodeError(error))
    if (login !== undefined) change({ login: `${login}. It is tried again` })
  })
  if (connection instanceof Cluster) watchNodes(connection, (lost) => change({ closed: lost ? LOST : undefined }))
  const asking = askNowAndThen(connection, (silent) => change({ silent: silent ? SILENT : undefined }))
  return {
    patience,
    away,
    close() {
      isClosed = true
      clearInterval(asking)
      patience.close()
    },
  }
}

/** A connection that is tried again and again is lost again and again. */
function nowAndThen(act: () => Promise<void>): () => void {
  let last = -Infinity
  return () => {
    if (performance.now() - last < ASK_WHY_EVERY_MS) return
    last = performance.now()
    void act()
  }
}

const ASK_WHY_EVERY_MS = 2_000

const LOST = 'The connection to Redis is lost; trying again until it is back'
const SILENT = 'Redis does not answer, though the connection to it is there. It is waited for'

/** Any key of ours tells whether the Cluster serves us: they all lie on the same node. */
function watchNodes(cluster: Cluster, change: (lost: boolean) => void): void {
  let asking = false
  cluster.on('-node', () => {
    if (asking) return
    asking = true
    const timer = setTimeout(() => change(true), NODE_PATIENCE_MS)
    cluster
      .exists(`${PREFIX}:any`)
      .then(() => change(false))
      // Then the whole Cluster is away, which it says itself.
      .catch(() => {})
      .finally(() => {
        clearTimeout(timer)
        asking = false
      })
  })
}

/** In that time a node that only went away on purpose has been replaced. */
const NODE_PATIENCE_MS = 300

const ASK_EVERY_MS = 1_000
const SILENT_AFTER_MS = 5_000

/** A server that was stopped, or a network that swallows what is sent, closes no connection: only asking tells. */
function askNowAndThen(connection: RedisConnection, change: (silent: boolean) => void): NodeJS.Timeout {
  let askedAt: number | undefined
  const ask = () => {
    askedAt = performance.now()
    connection
      .exists(`${PREFIX}:any`)
      .then(
        () => change(false),
        // Whatever it says, it answers; and a connection that was lost is told as such.
        () => change(false),
      )
      .finally(() => (askedAt = undefined))
  }
  const look = () => {
    if (askedAt === undefined) ask()
    // Where this process was busy, an answer may lie there that was not looked at yet.
    else setImmediate(() => askedAt !== undefined && performance.now() - askedAt > SILENT_AFTER_MS && change(true))
  }
  return setInterval(look, ASK_EVERY_MS).unref()
}
