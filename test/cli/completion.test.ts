import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { saveRunRecord } from '../../src/run/run-record.ts'
import { record as recordOf } from '../run/record.ts'
import { place, run } from '../support/cli.ts'
import { hasProgram } from '../support/programs.ts'
import { withRollcall } from '../support/shell.ts'

const BASH_COMPLETION = '/usr/share/bash-completion/bash_completion'
const checkout = fileURLToPath(new URL('../../rollcall', import.meta.url))

test.each(['bash', 'zsh', 'fish'])('a script for %s is printed', async (shell) => {
  const printed = await run(place('http://127.0.0.1:9'), ['completion', shell])
  expect(printed).toMatchObject({ status: 0, stderr: '' })
  expect(printed.stdout).toContain('rollcall')
})

test.skipIf(!hasProgram('shellcheck'))('the script for bash has no mistake that shellcheck knows', async () => {
  const { stdout } = await run(place('http://127.0.0.1:9'), ['completion', 'bash'])
  expect(
    spawnSync('shellcheck', ['-s', 'bash', '-S', 'error', '-'], { input: stdout, encoding: 'utf8' }),
  ).toMatchObject({
    status: 0,
    stdout: '',
  })
})

test('commands, lanes and runs are completed', async () => {
  const where = place('http://127.0.0.1:9')
  const record = recordOf('20261129-100513-members-fcea', { startedAt: '2026-11-29T10:05:13.000Z' })
  mkdirSync(join(where.home, 'runs', record.run), { recursive: true })
  saveRunRecord(where.home, record)
  const complete = async (...words: string[]) => {
    const { stdout } = await run(where, ['complete', '--', ...words])
    return stdout.split('\n').map((line) => line.split('\t')[0])
  }
  expect(await complete('re')).toEqual(expect.arrayContaining(['resume', 'rerun', 'report']))
  expect(await complete('pace', '')).toEqual(expect.arrayContaining(['register', 'link']))
  expect(await complete('show', '')).toEqual(expect.arrayContaining(['latest', record.run]))
})

test.skipIf(!hasProgram('bash') || !existsSync(BASH_COMPLETION))('bash completes a command’s first letters', () => {
  const where = place('http://127.0.0.1:9')
  const bin = join(where.folder, 'bin')
  mkdirSync(bin)
  symlinkSync(checkout, join(bin, 'rollcall'))
  const script = `
    source ${BASH_COMPLETION}
    source <(rollcall completion bash)
    COMP_WORDS=(rollcall sim); COMP_CWORD=1; COMP_LINE="rollcall sim"; COMP_POINT=12
    $(complete -p rollcall | grep -o -- '-F [^ ]*' | cut -d' ' -f2) rollcall sim rollcall
    printf '%s\\n' "\${COMPREPLY[@]}"`
  const done = spawnSync('bash', ['-c', script], {
    encoding: 'utf8',
    env: { ...where.env, PATH: [bin, '/usr/bin', '/bin'].join(delimiter) },
  })
  expect(done.stdout.trim()).toBe('simulate')
})

/** A shell with the checkout's `rollcall` on its PATH. */
function runShell(program: string, args: readonly string[]): string {
  const where = withRollcall(place('http://127.0.0.1:9'))
  const done = spawnSync(program, args, {
    cwd: where.folder,
    encoding: 'utf8',
    env: { ...where.env, HOME: where.folder },
    // A shell that waits for a word which does not come would wait for ever.
    timeout: 100_000,
  })
  return done.stdout
}

test.skipIf(!hasProgram('fish'))('fish completes a command’s first letters, and the names of runs', () => {
  const asked = "rollcall completion fish | source; complete -C 'rollcall sim'; complete -C 'rollcall show la'"
  const completed = runShell('fish', ['--no-config', '-c', asked])
  expect(completed).toMatch(/^simulate\t.*$/m)
  expect(completed).toMatch(/^latest\t.*$/m)
})

test.skipIf(!hasProgram('zsh'))('zsh completes a command’s first letters at its prompt', () => {
  const typing = `
    zmodload zsh/zpty
    zpty -b prompt zsh -f -i
    zpty -w prompt 'autoload -Uz compinit && compinit -u -D; source <(rollcall completion zsh); print RE''ADY'
    zpty -r -m prompt out '*READY*'
    zpty -w -n prompt $'rollcall sim\\t'
    zpty -r -m prompt out '*simulate*' && print completed`
  expect(runShell('zsh', ['-f', '-c', typing])).toContain('completed')
})
