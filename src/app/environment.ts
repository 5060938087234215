import type { Credentials } from '../capillary/credentials.ts'
import type { Region } from '../lanes/regions.ts'
import type { PgpKeys } from '../openpgp/read-keys.ts'
import type { Proxies } from '../proxy/proxies.ts'
import type { RemoteAccess } from '../remote/access.ts'

/** What is settled outside a plan and a command: where runs are kept, which account, which broker, what time it is. */
export interface Environment {
  readonly home: string
  /** What starts rollcall where its commands are typed: `rollcall`, or `./rollcall` in a checkout. */
  readonly command: string
  readonly redisUrl: string | undefined
  readonly region: Region | undefined
  /** What `--notify` signs with. */
  readonly notifySecret: string | undefined
  /** The time that limits count requests in: a minute, but for trials against a simulator with a shorter one. */
  readonly minuteMs: number
  /** Where the console is, for links in messages; absent: nobody said so. */
  readonly consoleUrl?: string | undefined
  /** Who we are in the places that files are fetched from. */
  readonly remote: RemoteAccess
  readonly pgp: PgpKeys
  /** Through which proxies the API, buckets, files over https and webhooks are reached. */
  readonly proxies: Proxies
  /** The time: that of the clock, but for trials of months in minutes. */
  readonly now: () => number
  /** The value of a variable that a sync's file names. Throws a UsageError where it is not set; `what` says what for. */
  readonly variable: (name: string, what: string) => string
  /** Where the API is and who we are there. Throws a UsageError that names what is missing. */
  readonly api: () => { readonly baseUrl: string; readonly credentials: Credentials }
}
