/**
 * Why Redis does not do what it was asked for, where that may pass by itself and nothing was done: in words that go on
 * after "Redis", without an end. Undefined for any other error.
 */
export function refusalWords(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : ''
  // A script passes on what a command in it was told, and says where.
  const code = /^(?:ERR )?(?:user_script:\d+: |Error running script.*?: )?-?([A-Z]+)\b/.exec(message)?.[1] ?? ''
  const words = Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined
  if (words !== undefined) return `${words} (${code})`
  return isOfLogin(error) ? `lets nobody in: ${message}` : undefined
}

/** ioredis gives to all that wait for a connection what the server said to the first words on it. */
function isOfLogin(error: unknown): boolean {
  const { command } = Object(error) as { readonly command?: { readonly name?: string } }
  return command?.name === 'hello' || command?.name === 'auth'
}

/** Why a connection to Redis cannot be made, where a person has to do something about it: a sentence without its end. */
export function loginWords(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : ''
  return /^(?:NOAUTH|WRONGPASS)\b/.test(message) ? `Redis ${refusalWords(error)}` : undefined
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
  BUSY: 'is busy with a script that does not end',
}
