import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Finished, Place } from './cli.ts'

const checkout = fileURLToPath(new URL('../../rollcall', import.meta.url))

/** The same place with the checkout's `rollcall` on the PATH, and no word in the environment of where runs are kept. */
export function withRollcall(where: Place): Place {
  const bin = join(where.folder, 'bin')
  mkdirSync(bin)
  symlinkSync(checkout, join(bin, 'rollcall'))
  const { ROLLCALL_HOME: _home, ...env } = where.env
  return { ...where, env: { ...env, PATH: [bin, '/usr/bin', '/bin'].join(delimiter) } }
}

/** Pastes lines into a shell of the place. */
export async function paste({ folder, env }: Place, lines: string, cwd = folder): Promise<Finished> {
  const child = spawn('bash', ['-c', lines], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)]
  const [status] = (await once(child, 'close')) as [number | null]
  return { status, stdout: await stdout, stderr: await stderr }
}

/**
 * The commands that a text names to go on with, each as it would be copied: up to the end of its line, or of the backticks
 * that it stands in. `name`: how rollcall is called there.
 */
export function commandsIn(printed: string, name = 'rollcall'): readonly string[] {
  const start = name.replaceAll('.', String.raw`\.`)
  const commands = new RegExp(String.raw`(?<=^|[\s${'`'}])(?:${start} [a-z]+|cp -i)(?![\w:]).*`, 'gmu')
  return [...printed.matchAll(commands)].map(({ 0: line, index }) =>
    printed[index - 1] === '`' ? line.slice(0, line.indexOf('`')) : line,
  )
}
