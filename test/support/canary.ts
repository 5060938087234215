import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'vitest'
import { listen } from '../notify/listener.ts'
import { type Finished, type Place, latestRun, place, run, write } from './cli.ts'
import { type Asked, type EchoingApi, type Said, formsOf, startEchoingApi } from './echoing-api.ts'

const KEY = 'canary-key:of/the+account'
const SECRET = 'canary-secret&of="the account"'
const PAIR = Buffer.from(`${KEY}:${SECRET}`).toString('base64')

/** Not the column that names members in every report. */
const MEMBER = ['Canarina', 'Kanarienvogel', 'canary@members.example', '919876501234', 'Canary Wharf 17']

export const ROWS = 9

/** Members M1 to M9. */
export const CSV = `id,first,last,mobile,email,street\n${Array.from({ length: ROWS }, (_, at) =>
  [`M${at + 1}`, MEMBER[0], MEMBER[1], MEMBER[3]?.replace(/.$/, String(at)), `${at}${MEMBER[2]}`, MEMBER[4]].join(','),
).join('\n')}\n`

/** A plan of these lanes for `CSV`, in which nothing waits for long. */
export function planOf(lanes: string): string {
  const names = [...lanes.matchAll(/^([\w-]+):/gm)].map(([, name]) => `${name}: none`)
  return `
rows: { key: id }
limits: { ${[...names, 'look-up-v1: 6000'].join(', ')} }
retry: { attempts: 2, for: 20s }
stop_when: { rejected: 100%, after: 1000 }
duplicates: all
${lanes}`
}

export const json = (status: number, body: unknown, headers = {}): Said => ({
  status,
  body: JSON.stringify(body),
  headers,
})

export const page = (status: number, echo: string, headers = {}): Said => ({
  status,
  body: `<html><head><title>${echo}</title></head><body>${echo}</body></html>`,
  headers: { 'content-type': 'text/html', ...headers },
})

const inHeader = (echo: string) => encodeURIComponent(echo).slice(0, 4_000)

/**
 * The worst answers of a host that repeats all that it is told, another one for each row. `done`: how the lane says that
 * a row is done, with these words wherever it has words.
 */
export function worst(done: (asked: Asked, words: string) => Said): (asked: Asked) => Said {
  const well = (asked: Asked) => done(asked, 'fine')
  // What is no answer is none once: for good, it would be an outage once the others are done.
  const atFirst = (say: (asked: Asked) => Said) => (asked: Asked) => (asked.before > 0 ? well(asked) : say(asked))
  const answers: readonly ((asked: Asked) => Said)[] = [
    ({ echo }) => json(500, { errors: [{ code: 8003, message: `No: ${echo}` }], warnings: [] }),
    (asked) => done(asked, asked.echo),
    atFirst(({ echo }) => page(403, echo)),
    atFirst(({ echo }) => ({
      ...page(302, echo),
      headers: { location: `https://elsewhere.example/?${inHeader(echo)}` },
    })),
    (asked) => (asked.before > 0 ? well(asked) : json(429, { errors: [{ code: 429, message: asked.echo }] })),
    atFirst(({ echo }) => page(503, echo)),
    atFirst(({ echo }) =>
      json(500, { errors: [{ code: echo, message: echo }] }, { 'x-cap-requestid': inHeader(echo) }),
    ),
    (asked) => (asked.before > 0 ? well(asked) : json(401, { errors: [{ code: 401, message: asked.echo }] })),
    atFirst(({ echo }) => ({ status: 200, body: `{"createdId": ${echo}` })),
  ]
  return (asked) => {
    const row = Number(/\bM(\d)\b/.exec(`${asked.request.url} ${asked.body}`)?.[1])
    return answers[row - 1]?.(asked) ?? well(asked)
  }
}

export interface Canary {
  readonly where: Place
  readonly api: EchoingApi
  /** Runs a command, and keeps what it printed. */
  readonly run: (args: readonly string[]) => Promise<Finished>
  /** Adds a text that everybody may see. */
  readonly told: (name: string, text: string) => void
  /** Looks through all that was written and printed for credentials, and through what everybody may see for members. */
  readonly expectNothing: () => void
}

export interface CanarySetup {
  readonly answer: (asked: Asked) => Said
  readonly token?: ((asked: Asked) => Said) | undefined
  readonly kind?: 'oauth' | 'basic'
  readonly redis?: { readonly url: string } | undefined
}

/** A place with `CSV` as members.csv, an account of canaries, and a host that repeats what it is told. */
export async function startCanary(
  { answer, token, kind = 'oauth', redis }: CanarySetup,
  { onTestFinished, expect }: Pick<TestContext, 'onTestFinished' | 'expect'>,
): Promise<Canary> {
  const api = await startEchoingApi([KEY, SECRET], answer, token)
  onTestFinished(() => api.close())
  const hook = await listen([], onTestFinished)
  const there = place(api.url, redis?.url, onTestFinished)
  const account: Readonly<Record<string, string>> =
    kind === 'oauth'
      ? { ROLLCALL_KEY: KEY, ROLLCALL_SECRET: SECRET }
      : { ROLLCALL_KEY: '', ROLLCALL_SECRET: '', ROLLCALL_USERNAME: KEY, ROLLCALL_PASSWORD: SECRET }
  const where = { ...there, env: { ...there.env, ...account, ROLLCALL_MINUTE_MS: '500' } }
  write(where, 'members.csv', CSV)
  const log = join(where.folder, 'rollcall.log')
  const told: Record<string, string> = {}
  const notified = new Set(['import', 'resume', 'rerun', 'verify'])
  return {
    where,
    api,
    async run(args) {
      const logged = ['--log-file', log, '--log-level', 'debug']
      const isRun = notified.has(args[0] ?? '')
      const finished = await run(where, [...args, ...(isRun ? [...logged, '--notify', hook.url.href] : [])])
      told[args.join(' ')] = finished.stdout + finished.stderr
      return finished
    },
    told: (name, text) => void (told[name] = text),
    expectNothing() {
      const notices = hook.posted.map(({ body }) => body).join('\n')
      const shown = { ...told, ...openFiles(where.home), log: readIfThere(log), notices }
      const credentials = [
        KEY,
        SECRET,
        `${KEY}:${SECRET}`,
        ...api.tokens,
        ...(kind === 'basic' ? [`Basic ${PAIR}`] : []),
      ]
      expect.soft(found({ ...filesBelow(where.home), ...shown }, credentials.flatMap(formsOf))).toEqual([])
      expect.soft(found(shown, MEMBER.flatMap(formsOf))).toEqual([])
    },
  }
}

/** Of a home, the files that name nobody. */
function openFiles(home: string): Record<string, string> {
  const open = /\/(?:run|summary)\.json$|\/console\/(?:started|audit)/
  return Object.fromEntries(Object.entries(filesBelow(home)).filter(([path]) => open.test(path)))
}

function filesBelow(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.map((name) => join(folder, name)).filter((path) => statSync(path).isFile())
  return Object.fromEntries(files.map((path) => [path, readFileSync(path, 'latin1')]))
}

function readIfThere(path: string): string {
  return statSync(path, { throwIfNoEntry: false }) === undefined ? '' : readFileSync(path, 'utf8')
}

/** Which texts hold which canaries, with what stands around the first of them. */
function found(texts: Readonly<Record<string, string>>, canaries: readonly string[]): readonly string[] {
  return Object.entries(texts).flatMap(([name, text]) =>
    canaries
      .filter((canary) => text.includes(canary))
      .map((canary) => {
        const at = text.indexOf(canary)
        return `${name}: ${canary} in ${text.slice(Math.max(at - 60, 0), at + canary.length + 30)}`
      }),
  )
}

/** The folder of the latest run. */
export function runFolderOf({ where }: Canary): string {
  return latestRun(where.home)
}
