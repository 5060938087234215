/** What rollcall reads of the environment, and what each is. */
export const ENVIRONMENT: readonly (readonly [names: string, about: string])[] = [
  ['ROLLCALL_BASE_URL', 'the Capillary host, https://…'],
  ['ROLLCALL_KEY, ROLLCALL_SECRET', 'credentials for OAuth, or'],
  ['ROLLCALL_USERNAME, ROLLCALL_PASSWORD', 'for Basic authentication'],
  ['ROLLCALL_REGION', 'asia-1, asia-2, emea, us or demo: the default limits'],
  ['ROLLCALL_HOME', 'where runs are kept (.rollcall)'],
  ['ROLLCALL_NOTIFY_SECRET', 'signs what --notify posts'],
  ['ROLLCALL_CONSOLE_TOKEN', 'the token of the console; made anew at each start unless set'],
  ['ROLLCALL_CONSOLE_URL', 'where people find the console: messages link there'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'a collector for metrics and traces; see docs/operating.md'],
  ['REDIS_URL', 'the broker; without it, the embedded one'],
  ['HTTPS_PROXY, HTTP_PROXY, NO_PROXY', 'a proxy on the way to the API, to files and to webhooks'],
  ['ROLLCALL_SFTP_KEY, ROLLCALL_PGP_KEY …', 'for files elsewhere and encrypted ones: see docs/remote.md'],
]

/** What a command ends with, for scripts. */
export const EXIT_STATUS: readonly (readonly [status: string, when: string])[] = [
  ['0', 'every row is ok, warned or skipped'],
  ['3', 'finished, with rows rejected, failed or invalid'],
  ['4', 'paused or halted, resume goes on'],
  ['2', 'wrong usage, plan or file'],
  ['1', 'anything else'],
]

const WIDTH = 42
const LINE = 120

/** Both, as they stand below the help of `rollcall`. */
export function environmentHelp(): string {
  const variables = ENVIRONMENT.map(([names, about]) => `  ${names.padEnd(WIDTH - 2)}${about}`)
  const statuses = `Exit status: ${EXIT_STATUS.map(([status, when]) => `${status} ${when}`).join('; ')}.`
  return ['', 'Environment:', ...variables, '', ...wrapped(statuses)].join('\n')
}

function wrapped(text: string): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length >= LINE) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
