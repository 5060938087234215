import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Place, placeOn } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { paste, withRollcall } from '../support/shell.ts'

const root = join(import.meta.dirname, '../..')
const document = join(root, 'docs/first-import.md')

/**
 * Goes through docs/first-import.md as its reader would, in a folder of their own with `rollcall` on the PATH: pastes each
 * command into a shell, makes each change to a file, and puts what was printed in the place of what the page says. The page is right where nothing changes by that (`vitest -u` writes it).
 */
test('docs/first-import.md shows what happens', { timeout: 600_000 }, async ({ onTestFinished }) => {
  const simulator = await startSimulator()
  onTestFinished(() => simulator.close())
  const redis = hasRedis ? await startRedis() : undefined
  onTestFinished(() => redis?.close())
  const where = withRollcall(await placeOn(simulator.url, redis, onTestFinished))
  cpSync(join(root, 'samples/messy'), where.folder, { recursive: true })

  const blocks = readFileSync(document, 'utf8').split(/^(```[^]*?^```)$/m)
  const statuses: (number | null)[] = []
  const told: string[] = []
  for (const block of blocks) told.push(await follow(block, where, statuses))

  await expect(told.join('')).toMatchFileSnapshot(document)
  // Five files, and each ends with an import in which all is well, but for a row that stands twice in the first.
  expect(statuses.slice(-1)).toEqual([0])
  expect(told.join('').match(/finished(?:, all \d+|; 6 of 7) rows done/g)).toHaveLength(5)
})

async function follow(block: string, where: Place, statuses: (number | null)[]): Promise<string> {
  const [, language, file, body = ''] = /^```(\w*) ?(\S*)\n([^]*)^```$/m.exec(block) ?? []
  if (language === 'diff' && file !== undefined) {
    change(join(where.folder, file), body)
    return block
  }
  if (language === 'yaml' && file !== undefined && file !== '') {
    return `\`\`\`yaml ${file}\n${readFileSync(join(where.folder, file), 'utf8')}\`\`\``
  }
  const command = /^\$ rollcall (.*)$/m.exec(body)?.[1]
  if (command === undefined) return block
  const { status, stdout, stderr } = await paste(where, `rollcall ${command}`)
  statuses.push(status)
  return `\`\`\`\n$ rollcall ${command}\n${steady(noted(stderr) + stdout)}\`\`\``
}

/** Lines that begin with - go, each in the place of the next that begins with +. */
function change(path: string, diff: string): void {
  const bytes = readFileSync(path)
  const encoding = bytes[0] === 0xff ? 'utf16le' : 'utf8'
  let text = bytes.toString(encoding)
  const lines = diff.trimEnd().split('\n')
  const taken = lines.filter((line) => line.startsWith('-')).map((line) => line.slice(1))
  const given = lines.filter((line) => line.startsWith('+')).map((line) => line.slice(1))
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  for (const [at, line] of taken.entries()) {
    expect(text).toContain(`${line}${end}`)
    const more = at === taken.length - 1 ? given.slice(at) : given.slice(at, at + 1)
    text = text.replace(`${line}${end}`, () => more.map((each) => each + end).join(''))
  }
  writeFileSync(path, Buffer.from(text, encoding))
}

/** Of what goes to standard error, what is not about this machine's broker. */
function noted(stderr: string): string {
  return stderr.startsWith('rollcall: ') ? stderr : (/^Read as .*\n/m.exec(stderr)?.[0] ?? '')
}

/** Without what is another each time: the run's id, and how long it took. */
function steady(output: string): string {
  return output
    .replaceAll(/\b\d{8}-\d{6}-[a-z\d-]+-[\da-f]{4}\b/g, '<run>')
    .replaceAll(/^In \d+ seconds?:$/gm, 'In 4 seconds:')
    .replaceAll(/( requests?), \d+ a minute of [\d,]+/g, '$1')
    .replaceAll(/\S*\/runs\//g, '.rollcall/runs/')
}
