import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { megabytes, seconds } from '../support/finding.ts'
import { writeMembers } from '../support/members.ts'
import { unlimitedPlan } from '../support/plans.ts'
import { TIRELESS, runImport, startSimulator } from '../support/rollcall.ts'
import type { Workplace } from '../support/workplace.ts'
import { type Builds, type Line, inTurn, lineOf, roundsOf } from './comparison.ts'

const AIM = { first: { time: 0.3, bytes: 260e6 }, later: { time: 0.5, bytes: 220e6 } }

/** An import of one row on the embedded broker: the first one of a home, whose database is made, and the one after it. */
export async function start(place: Workplace, builds: Builds, scale: number): Promise<readonly Line[]> {
  await using simulator = await startSimulator(place, TIRELESS)
  const file = await writeMembers(place, 1)
  const again = `${file}.again.csv`
  writeFileSync(again, `external_id,first_name,last_name,mobile,email,city,dob,tier,points,tier_expiry\n${ONE_MORE}\n`)
  const measure = async (build: string) => {
    const home = mkdtempSync(join(place.folder, 'start-'))
    const target = { plan: unlimitedPlan('register'), baseUrl: simulator.url, home, build }
    const first = await runImport(place, { ...target, file })
    const later = await runImport(place, { ...target, file: again })
    rmSync(home, { recursive: true })
    return {
      firstMs: first.tookMs,
      firstCpuMs: first.cpuMs,
      firstBytes: first.peakBytes,
      laterMs: later.tookMs,
      laterCpuMs: later.cpuMs,
      laterBytes: later.peakBytes,
    }
  }
  // Compiled code is kept from the first start on: whoever measures starts with it.
  for (const build of [builds.other, builds.here]) await measure(build)
  const figures = await inTurn(builds, roundsOf(scale), measure)
  return [
    lineOf(figures, 'firstMs', {
      what: 'embedded broker, first start: time',
      show: seconds,
      aim: { of: 'other', most: AIM.first.time },
    }),
    lineOf(figures, 'firstCpuMs', { what: 'first start: processor time', show: seconds }),
    lineOf(figures, 'firstBytes', {
      what: 'first start: peak memory',
      show: megabytes,
      aim: { of: 'itself', most: AIM.first.bytes },
    }),
    lineOf(figures, 'laterMs', {
      what: 'later start: time',
      show: seconds,
      aim: { of: 'other', most: AIM.later.time },
    }),
    lineOf(figures, 'laterCpuMs', { what: 'later start: processor time', show: seconds }),
    lineOf(figures, 'laterBytes', {
      what: 'later start: peak memory',
      show: megabytes,
      aim: { of: 'itself', most: AIM.later.bytes },
    }),
  ]
}

const ONE_MORE = 'M-1,Meera,Das,9870000001,meera.das@example.org,Pune,01/01/1990,1,0,2031-01-01'
