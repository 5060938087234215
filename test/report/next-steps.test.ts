import { describe, expect, test } from 'vitest'
import { type Aftermath, nextSteps } from '../../src/report/next-steps.ts'
import { type RunCounts, runSentence } from '../../src/report/run-sentence.ts'

const done: Aftermath = {
  run: 'r1',
  state: 'finished',
  folder: '/home/runs/r1',
  lanes: ['register'],
  ok: 0,
  warned: 0,
  rejected: 0,
  failed: 0,
  invalid: 0,
}
const commands = (more: Partial<Aftermath>) => nextSteps({ ...done, ...more }).flatMap((step) => step.commands)

const after = (counts: Partial<Aftermath>) => commands({ run: '2026-members-8474', folder: '/my home', ...counts })

describe('what to do next', () => {
  test('about a run that can go on, or is at work', () => {
    for (const state of ['paused', 'crashed'] as const) {
      expect(nextSteps({ ...done, state })).toEqual([{ text: 'To go on:', commands: ['rollcall resume r1'] }])
    }
    expect(nextSteps({ ...done, state: 'halted', remedy: 'Mend the host.' })).toEqual([
      { text: 'Mend the host.', commands: [] },
      { text: 'To go on:', commands: ['rollcall resume r1'] },
    ])
    expect(commands({ state: 'halted' })).toEqual(['rollcall resume r1'])
    expect(commands({ state: 'running' })).toEqual(['rollcall pause r1'])
    expect(nextSteps({ ...done, state: 'cancelled', ok: 1, failed: 1 })).toEqual([])
  })

  test('about a finished run goes by what became of its rows', () => {
    const verify = 'rollcall verify 2026-members-8474'
    const failed = 'rollcall rerun 2026-members-8474 --only failed'
    const mended = [
      "cp -i '/my home/rejects.csv' mended-8474.csv",
      'rollcall rerun 2026-members-8474 --from mended-8474.csv',
    ]
    expect(after({})).toEqual([])
    expect(after({ ok: 1 })).toEqual([verify])
    expect(after({ warned: 1 })).toEqual([verify])
    expect(after({ failed: 1 })).toEqual([failed])
    expect(after({ rejected: 1 })).toEqual(mended)
    expect(after({ invalid: 1 })).toEqual(mended)
    expect(after({ ok: 1, failed: 1, rejected: 1 })).toEqual([failed, ...mended, verify])
    expect(nextSteps({ ...done, invalid: 1 })[0]?.text).toContain('mend them in mended-r1.csv,')
  })
})

const doubt = (column: string, rows: number) => ({ message: `${column}: … is after today`, rows })

test.for([
  [['register', 'link'], ', with their points:'],
  [['link'], ', with their points:'],
  [['register-v1', 'link'], ':'],
  [['update'], ':'],
] as const)('of %j, a verification sees whether the members are there%s', ([lanes, words]) => {
  expect(nextSteps({ ...done, lanes, ok: 1 }).at(-1)?.text).toBe(`To see whether the members are there${words}`)
})

describe('a run in a sentence', () => {
  const none = { ok: 0, warned: 0, skipped: 0, rejected: 0, failed: 0, invalid: 0 }

  test.for<[Partial<RunCounts>, string]>([
    [{}, 'finished, all 1,200 rows done.'],
    [{ rows: 1 }, 'finished, all 1 row done.'],
    [{ rows: 0 }, 'finished; there were no rows, and nothing was sent.'],
    [{ rejected: 1_000, invalid: 1 }, 'finished; 1,001 of 1,200 rows did not succeed.'],
    [{ failed: 2, warned: 3, skipped: 4 }, 'finished; 2 of 1,200 rows did not succeed, 3 warned, 4 skipped.'],
    [{ ok: 1_000, warned: 200 }, 'finished, all 1,200 rows done, 200 of them warned.'],
    [{ ok: 701, skipped: 499 }, 'finished; 701 of 1,200 rows done, 499 skipped.'],
    [{ ok: 700, warned: 1, skipped: 499 }, 'finished; 701 of 1,200 rows done (1 warned), 499 skipped.'],
    [{ skipped: 1_200 }, 'finished; nothing was sent of 1,200 rows, 1,200 skipped.'],
    [
      { ok: 2, skipped: 1_198, skipped_because: [{ message: 'unchanged since it was done', rows: 1_190 }] },
      'finished; 2 of 1,200 rows done, 1,190 unchanged, 8 skipped.',
    ],
    [{ ok: 1_200, doubts: [doubt('dob', 12)] }, 'finished, all 1,200 rows done, 12 with a doubtful value in dob.'],
    [
      { rejected: 1, skipped: 2, doubts: [doubt('a', 1), doubt('b', 4), doubt('c', 2), doubt('d', 1), doubt('b', 1)] },
      'finished; 1 of 1,200 rows did not succeed, 5 with a doubtful value in b, 2 in c, 1 in a and more in 1 other column, 2 skipped.',
    ],
    [
      { ok: 1_200, remarks: ['born: all its times are midnight.', 'city: empty in every row', 'city: odd'] },
      'finished, all 1,200 rows done; look at born and city.',
    ],
    [
      { ok: 1_200, doubts: [doubt('dob', 12)], remarks: ['a: x', 'b: x', 'c: x', 'd: x'] },
      'finished, all 1,200 rows done, 12 with a doubtful value in dob; look at a, b, c and 1 other column.',
    ],
    [{ state: 'halted', reason: 'The host is away.' }, 'halted. The host is away.'],
    [{ state: 'halted' }, 'halted.'],
    [{ state: 'cancelled' }, 'cancelled.'],
    [{ state: 'running' }, 'a process is at work on it.'],
    [{ state: 'crashed' }, 'its process ended in the middle; nothing is lost.'],
    [{ state: 'paused' }, 'paused; nothing is lost.'],
  ])('%o', ([standing, words]) => {
    expect(runSentence({ state: 'finished', rows: 1_200, ...none, ...standing })).toBe(words)
  })
})
