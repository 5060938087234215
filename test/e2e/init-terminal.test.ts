import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { entry } from '../support/bundle-command.ts'
import { place, write } from '../support/cli.ts'
import { hasProgram } from '../support/programs.ts'
import { until } from '../support/wait.ts'

test.skipIf(!hasProgram('script'))(
  'what leaves two readings is asked on a terminal, with values of the column, and the answer stands in the plan',
  async ({ onTestFinished }) => {
    const where = place('http://127.0.0.1:9')
    write(
      where,
      'members.csv',
      'member_no,email,birthday\nA1,a@b.co,03/04/1990\nA2,d@b.co,05/06/1991\nA3,u@b.co,01/02/1992\n',
    )
    const command = [process.execPath, entry, 'init', 'members.csv', '--out', 'plan.yaml'].join(' ')
    const child = spawn('script', ['-qefc', command, '/dev/null'], { cwd: where.folder, env: where.env })
    onTestFinished(() => void child.kill('SIGKILL'))
    const ended = once(child, 'close')
    let shown = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text))
    await until('it asks', () => shown.includes('or Enter to leave it open'))
    expect(shown).toContain('birthday (03/04/1990, 05/06/1991, 01/02/1992)')
    const second = / {2}2 {2}(\S+)/.exec(shown)?.[1]
    child.stdin.write('2\n')

    expect(await ended).toEqual([0, null])
    expect(second).toMatch(/^(?:dd\/MM|MM\/dd)\/yyyy$/)
    expect(readFileSync(join(where.folder, 'plan.yaml'), 'utf8')).toContain(`date ${second}`)
    expect(shown).toContain('As row 3 would be sent')
  },
)
