/** What the console's server answers, as far as the pages read it. */
export interface RunLine {
  readonly run: string
  readonly state: string
  readonly file?: string
  readonly rows?: number
  readonly problems?: number
  /** These, or anything else for people to look at. */
  readonly toLookAt?: boolean
  readonly kind?: string
  readonly startedAt?: string
  readonly finishedAt?: string | null
  readonly reason?: string
}

export interface LanePulse {
  readonly requests: number
  readonly retries: number
  readonly throttled: number
  readonly rpm: number
  readonly limitRpm: number | null
  /** What stands in its way. Times are milliseconds since the epoch. */
  readonly trouble?:
    | { readonly kind: 'down'; readonly since: number; readonly reason: string }
    | { readonly kind: 'throttled'; readonly until: number; readonly reason: string }
}

/** What was said of rows, and of how many. */
interface Said {
  readonly lane: string
  readonly severity: string
  readonly code?: number
  readonly message: string
  readonly rows: number
}

/** What is told of a run at work each second. */
export interface Pulse {
  readonly run: string
  readonly state: string
  readonly at: number
  readonly rows: number
  readonly statuses: Readonly<Record<string, number>>
  readonly open: number
  /** Absent where nobody knows. */
  readonly inFlight?: number
  readonly rowsInAll?: number
  readonly lanes: Readonly<Record<string, LanePulse>>
  readonly problems: readonly Said[]
  readonly etaSeconds?: number
}

export interface Summary {
  readonly run: string
  readonly file: string
  readonly plan: string
  readonly state: string
  readonly rows: number
  readonly lanes: Readonly<
    Record<
      string,
      {
        readonly requests: number
        readonly retries: number
        readonly throttled: number
        readonly limit_rpm: number | null
        readonly mean_rpm: number | null
      }
    >
  >
  readonly skipped_because?: readonly { readonly message: string; readonly rows: number }[]
  readonly remarks?: readonly string[]
  readonly doubts?: readonly { readonly message: string; readonly rows: number }[]
  readonly started_at: string
  readonly finished_at: string | null
  readonly [status: string]: unknown
}

/** How a run stands, beyond its figures. */
export interface Overview {
  readonly kind: string
  readonly of?: string
  readonly verdict: string
  readonly tone: 'good' | 'mixed' | 'bad' | 'busy'
  readonly remedy?: string
  readonly open: number
  readonly notRead: number
  readonly problems: readonly (Said & { readonly remedy?: string })[]
}

export interface RowLine {
  readonly row: number
  readonly line: number
  readonly key: string
  readonly status: string | null
  readonly code: number | null
  readonly message: string
  readonly hint: string
}

/** What the server refuses, in its words. */
class Refused extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Asks the console's server. Throws a Refused with what it says. */
export async function ask<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  const reply = await fetch(path, init).catch(() => {
    throw new Refused(0, 'The console does not answer. Is it still running?')
  })
  const body = (await reply.json().catch(() => ({}))) as Answer & { readonly error?: string }
  if (!reply.ok) throw new Refused(reply.status, body.error ?? `The console answered ${reply.status}.`)
  return body
}

export function post<Answer>(path: string, body: object = {}): Promise<Answer> {
  return ask<Answer>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

export function postForm<Answer>(
  path: string,
  fields: Readonly<Record<string, File | string>>,
  signal?: AbortSignal,
): Promise<Answer> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return ask<Answer>(path, { method: 'POST', body: form, signal: signal ?? null })
}
