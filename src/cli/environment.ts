import { statSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import type { Environment } from '../app/environment.ts'
import { REGIONS, type Region } from '../lanes/regions.ts'
import { MINUTE_MS } from '../pace/minute.ts'
import { UsageError } from '../model.ts'
import { readProxies } from '../proxy/proxies.ts'
import { shellWord } from '../typed-commands.ts'

/** The variables that hold an account, where they are not the usual ones: a sync's `account`. */
export type AccountVariables = Readonly<Record<string, string>>

/** What the environment settles, checked once. The only place that reads it. */
export function readEnvironment(options: {
  home?: string | undefined
  account?: AccountVariables | undefined
}): Environment {
  const env = accountIn(process.env, options.account)
  const proxies = readProxies(env)
  return {
    home: checkHome(homeOf(options, env)),
    command: commandName(),
    redisUrl: given(env['REDIS_URL']),
    minuteMs: Number(given(env['ROLLCALL_MINUTE_MS']) ?? MINUTE_MS),
    region: readRegion(given(env['ROLLCALL_REGION'])),
    notifySecret: given(env['ROLLCALL_NOTIFY_SECRET']),
    consoleUrl: readConsoleUrl(env),
    remote: { ...readRemote(env), proxies },
    proxies,
    pgp: {
      key: given(env['ROLLCALL_PGP_KEY']),
      passphrase: given(env['ROLLCALL_PGP_PASSPHRASE']),
      signer: given(env['ROLLCALL_PGP_SIGNER']),
    },
    now: () => (env['ROLLCALL_NOW'] === undefined ? Date.now() : Date.parse(env['ROLLCALL_NOW'])),
    variable(name, what) {
      const value = given(env[name])
      if (value === undefined) throw new UsageError(`${name} is not set: ${what}.`)
      return value
    },
    api: () => ({ baseUrl: readBaseUrl(given(env['ROLLCALL_BASE_URL'])), credentials: readCredentials(env) }),
  }
}

/** What started this program, as its user can type it again. The launchers say so: a path, or words of a command. */
export function commandName(): string {
  const name = given(process.env['ROLLCALL_INVOKED_AS']) ?? 'rollcall'
  return /^(?:node|npx) /u.test(name) ? name : shellWord(name)
}

/** Whether the terminal takes no more than text, line after line. */
export function isDumbTerminal(): boolean {
  return process.env['TERM'] === 'dumb'
}

/** What the environment says of the console: its token, and the host name at which a proxy in front serves it. */
export function readConsoleSettings(): { readonly token: string | undefined; readonly publicHosts: readonly string[] } {
  const url = readConsoleUrl(process.env)
  return {
    token: given(process.env['ROLLCALL_CONSOLE_TOKEN']),
    publicHosts: url === undefined ? [] : [new URL(url).hostname],
  }
}

function readConsoleUrl(env: NodeJS.ProcessEnv): string | undefined {
  const url = given(env['ROLLCALL_CONSOLE_URL'])
  if (url === undefined || (URL.canParse(url) && /^https?:$/u.test(new URL(url).protocol))) return url
  throw new UsageError(
    `ROLLCALL_CONSOLE_URL is ${JSON.stringify(url)}: expected an address, as https://rollcall.example.com.`,
  )
}

/** Whether OpenTelemetry's variables name a collector, for what, and how often; its exporters read the rest themselves. */
export function readTelemetryExport(): {
  readonly metrics: boolean
  readonly traces: boolean
  readonly everyMs: number
} {
  const { env } = process
  const everyMs = Number(given(env['OTEL_METRIC_EXPORT_INTERVAL']) ?? 60_000)
  const isOff = given(env['OTEL_SDK_DISABLED'])?.toLowerCase() === 'true'
  const isTold = (what: 'METRICS' | 'TRACES') =>
    !isOff &&
    given(env[`OTEL_${what}_EXPORTER`]) !== 'none' &&
    (given(env['OTEL_EXPORTER_OTLP_ENDPOINT']) ?? given(env[`OTEL_EXPORTER_OTLP_${what}_ENDPOINT`])) !== undefined
  const told = { metrics: isTold('METRICS'), traces: isTold('TRACES'), everyMs: everyMs > 0 ? everyMs : 60_000 }
  if (told.metrics || told.traces) checkProtocol(env)
  return told
}

function checkProtocol(env: NodeJS.ProcessEnv): void {
  for (const name of ['', 'TRACES_', 'METRICS_'].map((what) => `OTEL_EXPORTER_OTLP_${what}PROTOCOL`)) {
    const protocol = given(env[name])
    if (protocol === undefined || protocol === 'http/protobuf') continue
    throw new UsageError(
      `${name} is ${JSON.stringify(protocol)}: telemetry is sent by http/protobuf alone. Leave it out, and name the collector's port for that (mostly 4318) in OTEL_EXPORTER_OTLP_ENDPOINT; or set OTEL_SDK_DISABLED=true.`,
    )
  }
}

/** Where runs are kept: what a command was told, else what the environment says. */
export function homeOf({ home }: { home?: string | undefined }, env: NodeJS.ProcessEnv = process.env): string {
  return home ?? given(env['ROLLCALL_HOME']) ?? '.rollcall'
}

function checkHome(home: string): string {
  if (statSync(home, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw new UsageError(`${home} is no folder; --home and ROLLCALL_HOME name the one in which runs are kept.`)
  }
  return home
}

function readRemote(env: NodeJS.ProcessEnv): Omit<Environment['remote'], 'proxies'> {
  return {
    homeFolder: given(env['HOME']) ?? onThisMachine(homedir) ?? '/',
    user: onThisMachine(() => userInfo().username),
    netrc: given(env['NETRC']),
    sftp: {
      password: given(env['ROLLCALL_SFTP_PASSWORD']),
      key: given(env['ROLLCALL_SFTP_KEY']),
      passphrase: given(env['ROLLCALL_SFTP_PASSPHRASE']),
      agent: given(env['SSH_AUTH_SOCK']),
      knownHosts: given(env['ROLLCALL_SFTP_KNOWN_HOSTS']),
      hostKey: given(env['ROLLCALL_SFTP_HOST_KEY']),
    },
  }
}

/** A container may run as a user that it does not know. */
function onThisMachine(ask: () => string): string | undefined {
  try {
    return ask()
  } catch {
    return undefined
  }
}

function readRegion(value: string | undefined): Region | undefined {
  if (value === undefined) return undefined
  const region = REGIONS.find((name) => name === value)
  if (region === undefined) {
    throw new UsageError(`ROLLCALL_REGION is ${JSON.stringify(value)}: expected one of ${REGIONS.join(', ')}.`)
  }
  return region
}

function readBaseUrl(value: string | undefined): string {
  if (value !== undefined) return value
  throw new UsageError(
    'ROLLCALL_BASE_URL is not set: give the address of your Capillary host, such as https://eu.api.capillarytech.com. ' +
      'To try things out without one, start `rollcall simulate` and use the address that it prints.',
  )
}

function readCredentials(env: NodeJS.ProcessEnv): ReturnType<Environment['api']>['credentials'] {
  const [key, secret] = [given(env['ROLLCALL_KEY']), given(env['ROLLCALL_SECRET'])]
  const [username, password] = [given(env['ROLLCALL_USERNAME']), given(env['ROLLCALL_PASSWORD'])]
  if (key !== undefined && secret !== undefined) return { kind: 'oauth', key, secret }
  if (username !== undefined && password !== undefined) return { kind: 'basic', username, password }
  const half =
    key !== undefined || secret !== undefined
      ? `ROLLCALL_${key === undefined ? 'KEY' : 'SECRET'} is missing beside ROLLCALL_${key === undefined ? 'SECRET' : 'KEY'}.`
      : 'There are no credentials.'
  throw new UsageError(
    `${half} Set ROLLCALL_KEY and ROLLCALL_SECRET (OAuth), or ROLLCALL_USERNAME and ROLLCALL_PASSWORD (Basic).`,
  )
}

/** The environment with another account's variables in the place of the usual ones: all of them, or none. */
function accountIn(env: NodeJS.ProcessEnv, account: AccountVariables | undefined): NodeJS.ProcessEnv {
  if (account === undefined) return env
  const { base_url: baseUrl, region, ...credentials } = account
  const names = Object.keys(credentials)
  return {
    ...env,
    ...(names.length > 0 && { ...NO_ACCOUNT, ...valuesOf(env, credentials) }),
    ...valuesOf(env, { ...(baseUrl !== undefined && { base_url: baseUrl }), ...(region !== undefined && { region }) }),
  }
}

const NO_ACCOUNT = {
  ROLLCALL_KEY: undefined,
  ROLLCALL_SECRET: undefined,
  ROLLCALL_USERNAME: undefined,
  ROLLCALL_PASSWORD: undefined,
}

function valuesOf(env: NodeJS.ProcessEnv, names: AccountVariables): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(names).map(([part, name]) => {
      const value = given(env[name])
      if (value === undefined) throw new UsageError(`${name} is not set: the sync's \`account\` names it as ${part}.`)
      return [`ROLLCALL_${part.toUpperCase()}`, value]
    }),
  )
}

function given(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value
}
