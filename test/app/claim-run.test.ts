import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { AppEvent } from '../../src/app/events.ts'
import { claimRun } from '../../src/app/session/claim-run.ts'
import type { Broker } from '../../src/broker/broker.ts'
import { openBroker } from '../../src/broker/open-broker.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { temporaryFolder } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'

/** The embedded broker says nothing of it. */
const embedded = { kind: 'embedded' } as Broker

function newRun(): string {
  const folder = join(temporaryFolder(), 'run')
  mkdirSync(folder)
  writeFileSync(join(folder, 'run.json'), '{}')
  return folder
}

/** A session of the run in that folder; gives what was told. */
async function session(folder: string, broker = embedded): Promise<readonly AppEvent['kind'][]> {
  const told: AppEvent['kind'][] = []
  const ledger = openLedger(join(folder, 'ledger.db'))
  try {
    await claimRun({ run: 'r1', folder, ledger, broker, on: ({ kind }) => void told.push(kind) })
  } finally {
    ledger.close()
  }
  return told
}

function copyOf(folder: string): string {
  const copy = join(temporaryFolder(), 'run')
  cpSync(folder, copy, { recursive: true })
  return copy
}

describe('a run’s folder', () => {
  test('is gone on with where it was, again and again, and nothing is said', async () => {
    const folder = newRun()
    for (let n = 0; n < 3; n++) expect(await session(folder)).toEqual([])
  })

  test('that was moved is gone on with, and that is said once', async () => {
    const folder = newRun()
    await session(folder)
    const moved = join(temporaryFolder(), 'elsewhere')
    renameSync(folder, moved)
    expect([await session(moved), await session(moved)]).toEqual([['run-moved'], []])
  })

  test('that was copied is refused for as long as the other is there', async () => {
    const folder = newRun()
    await session(folder)
    const copy = copyOf(folder)
    await expect(session(copy)).rejects.toThrow(`was worked on in ${folder}, and this folder is a copy`)
    expect(await session(folder)).toEqual([])
    rmSync(folder, { recursive: true })
    expect(await session(copy)).toEqual(['run-moved'])
  })

  test.skipIf(!hasRedis)('that was copied is refused on one Redis once the other was gone on with', async () => {
    const redis = await startRedis()
    onTestFinished(() => redis.close())
    const broker = await openBroker({ home: temporaryFolder(), redisUrl: redis.url })
    onTestFinished(() => broker.close())
    const folder = newRun()
    await session(folder, broker)
    const copy = copyOf(folder)
    await session(folder, broker)
    // As on another machine, where the first one's folder is not seen.
    const hidden = `${folder}-hidden`
    renameSync(folder, hidden)
    for (let n = 0; n < 2; n++) await expect(session(copy, broker)).rejects.toThrow(`was worked on in ${folder} on `)
    renameSync(hidden, folder)
    expect(await session(folder, broker)).toEqual([])
  })
})
