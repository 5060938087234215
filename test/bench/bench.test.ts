import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPace } from '../../bench/support/arrivals.ts'
import { readSelfTimes } from '../../bench/support/cpu-profile.ts'
import { formatFinding } from '../../bench/support/finding.ts'
import { until } from '../support/wait.ts'

const main = join(import.meta.dirname, '../../bench/main.ts')

function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const ended = once(child, 'close').then(([status]: (number | null)[]) => ({ status, said }))
  return { child, ended }
}

function frame(functionName: string, url: string) {
  return { functionName, url, lineNumber: 6 }
}

test('a trial of a bench prints its table and its goals', async () => {
  const { status, said } = await start('report', 'reading', '--quick').ended
  expect(said).toContain('## report')
  expect(said).toMatch(/source and plan \(samples\/members\.plan\.yaml\)( +[\d,]+){4}( +\d+\.\d\d){2}\n/)
  expect(said).toMatch(/(met {3}|MISSED) {2}source and plan at least 0\.70 of csv-parse alone, objects: \d/)
  expect(status).toBe(0)
})

test('a comparison of two builds prints both, their ratio and what is aimed at', async () => {
  const { status, said } = await start('against', join(import.meta.dirname, '../..'), 'worker', '--quick').ended
  expect(said).toMatch(/a worker that waits, resident( +\d+\.\d MB){2} +\d\.\d\d +at most 90\.0 MB +(met|MISSED)\n/)
  expect(status).toBe(0)
})

test('a comparison wants the folder of another checkout, and a name that is one of its own', async () => {
  const nowhere = await start('against', '/nowhere').ended
  expect(nowhere.said).toContain('bench: against takes the folder of another checkout')
  expect(nowhere.said).toContain('there is none at "/nowhere".')
  const unknown = await start('against', join(import.meta.dirname, '../..'), 'speed').ended
  expect(unknown.said).toContain('bench: There is no comparison speed: expected any of install, start, links, ')
  expect([nowhere.status, unknown.status]).toEqual([2, 2])
})

test('a bench that is not there is a usage error that names those that are', async () => {
  const { status, said } = await start('memroy').ended
  expect(said).toBe(
    'bench: There is no bench memroy: expected --quick, --at-once <n>, --cell <cell>, any of memory, throughput, reading, parquet, check, pace, lanes, oddities, report, console, metrics, sync, nights, changes, chaos, shared-key, laws, profile, or against <another checkout>.\n',
  )
  expect(status).toBe(2)
})

test.each([
  ['--at-once', 'many', 'expected a whole number, at least 1'],
  [
    '--cell',
    '600,3',
    'expected requests a minute, processes and the seconds after which replies come, as in 600,1,3, and perhaps a lane (register, register-v1, link, balance), as in 1000,2,0.02,balance',
  ],
])('%s %s is a usage error that says what is expected', async (option, value, expected) => {
  const { status, said } = await start('pace', option, value).ended
  expect(said).toBe(`bench: ${option} is ${JSON.stringify(value)}: ${expected}.\n`)
  expect(status).toBe(2)
})

test('a trial of pace keeps the limit in every cell, with Redis lost on the way too', async () => {
  const { status, said } = await start('pace', '--quick', '--at-once', '2').ended
  const cells = [...said.matchAll(/ ([\d,]+) of ([\d,]+) +[\d.]+ %/g)].map(([, highest, limit]) => [
    count(highest),
    count(limit),
  ])
  expect(cells, said).toHaveLength(4)
  for (const [highest, limit] of cells) {
    expect(highest).toBeGreaterThan(0)
    expect(highest).toBeLessThanOrEqual(limit ?? 0)
  }
  expect(status).toBe(0)
})

function count(text = ''): number {
  return Number(text.replaceAll(',', ''))
}

test('the pace is read from the times of arrivals', () => {
  const times = [0, 100, 200, 900, 1_000, 1_050]
  const figures = readPace(times, { windowMs: 200, minuteMs: 1_000, limit: 10 })
  expect(figures).toEqual({ requests: 6, highest: 3, used: 5 / 1.05 / 10, largestGapMs: 700 })
  expect(readPace([5], { windowMs: 200, minuteMs: 1_000, limit: 10 }).used).toBe(0)
})

test('what a bench started ends with it on Ctrl-C', async () => {
  const { child, ended } = start('pace', '--quick')
  const children = () => readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ')
  await until('a Redis, a simulator and who sends are up', () => children().length >= 3)
  const started = children()
  child.kill('SIGINT')
  expect((await ended).status).toBe(130)
  await until('they are gone', () => started.every((pid) => !existsSync(`/proc/${pid}`)))
})

test('a finding lines its figures up and says which goals were met', () => {
  const text = formatFinding({
    title: 'Rows',
    columns: ['', 'a second'],
    rows: [
      ['bare', '12,000'],
      ['ours', '9'],
    ],
    goals: [
      { aim: 'at least 1', reached: '9', met: true },
      { aim: 'at least 10', reached: '9', met: false },
    ],
  })
  expect(text).toBe(
    'Rows\n\n      a second\n----  --------\nbare    12,000\nours         9\n\nmet     at least 1: 9\nMISSED  at least 10: 9\n',
  )
})

test('self times are summed by room, package and module of Node, and idling is none of them', () => {
  const frames = [
    frame('write', 'file:///somewhere/src/ledger/write.ts'),
    frame('get', 'file:///somewhere/node_modules/@scope/package/lib/src/get.js'),
    frame('readSync', 'node:internal/fs/read'),
    frame('(garbage collector)', ''),
    frame('(idle)', ''),
  ]
  const { places, functions, busyMs, idleMs } = readSelfTimes({
    nodes: frames.map((callFrame, id) => ({ id, callFrame })),
    samples: [0, 1, 0, 2, 3, 4],
    timeDeltas: [1000, 2000, 3000, 500, 250, 9000],
  })
  expect(places).toEqual([
    ['src/ledger', 4],
    ['@scope/package', 2],
    ['Node: fs', 0.5],
    ['garbage collection', 0.25],
  ])
  expect(functions[0]).toEqual(['write  src/ledger/write.ts:7', 4])
  expect([busyMs, idleMs]).toEqual([6.75, 9])
})
