import { type Finding, ratio } from '../support/finding.ts'
import type { Workplace } from '../support/workplace.ts'

/** Two checkouts whose builds are measured in turn. */
export interface Builds {
  readonly other: string
  readonly here: string
}

/** Measures one thing of both builds. `scale`: 1, or the small share of the work that a trial does. */
export type Comparison = (place: Workplace, builds: Builds, scale: number) => Promise<readonly Line[]>

/** One figure of both builds. */
export interface Line {
  readonly what: string
  /** Absent where the other build has nothing of the kind. */
  readonly other?: number
  readonly here: number
  readonly show: (figure: number) => string
  readonly aim?: Aim
}

/** What is aimed at: so much of the other build's figure, or so much. */
export interface Aim {
  readonly of: 'other' | 'itself'
  readonly least?: number
  readonly most?: number
}

/** Both builds' figures by name: medians over the rounds. */
export interface Medians<Name extends string> {
  readonly other: Readonly<Record<Name, number>>
  readonly here: Readonly<Record<Name, number>>
}

const ROUNDS = 3

/** How often each build is measured: once in a trial. */
export function roundsOf(scale: number): number {
  return scale < 1 ? 1 : ROUNDS
}

/** Measures both builds in turn, so that a machine that turns slower meanwhile is slower for both. */
export async function inTurn<Name extends string>(
  builds: Builds,
  rounds: number,
  measure: (build: string) => Promise<Readonly<Record<Name, number>>>,
): Promise<Medians<Name>> {
  const measured: { other: Readonly<Record<Name, number>>[]; here: Readonly<Record<Name, number>>[] } = {
    other: [],
    here: [],
  }
  for (let round = 0; round < rounds; round++) {
    measured.other.push(await measure(builds.other))
    measured.here.push(await measure(builds.here))
  }
  return { other: mediansOf(measured.other), here: mediansOf(measured.here) }
}

/** The line of one of the figures that were measured in turn. */
export function lineOf<Name extends string>(
  medians: Medians<Name>,
  name: Name,
  rest: Omit<Line, 'other' | 'here'>,
): Line {
  return { ...rest, other: medians.other[name], here: medians.here[name] }
}

/** The lines of a comparison as a table. */
export function findingOf(title: string, lines: readonly Line[]): Finding {
  return {
    title,
    columns: ['', 'the other build', 'this build', 'ratio', 'aim', ''],
    rows: lines.map(({ what, other, here, show, aim }) => [
      what,
      other === undefined ? '' : show(other),
      show(here),
      other === undefined ? '' : ratio(here / other),
      aim === undefined ? '' : aimText(aim, show),
      aim === undefined ? '' : isMet(aim, other, here) ? 'met' : 'MISSED',
    ]),
    goals: [],
  }
}

function aimText({ of, least, most }: Aim, show: Line['show']): string {
  const text = (figure: number) => (of === 'other' ? `ratio ${ratio(figure)}` : show(figure))
  return least === undefined ? `at most ${text(most ?? 0)}` : `at least ${text(least)}`
}

function isMet({ of, least = -Infinity, most = Infinity }: Aim, other: number | undefined, here: number): boolean {
  const reached = of === 'other' ? here / (other ?? NaN) : here
  return reached >= least && reached <= most
}

/** The one in the middle; of an even number, the higher of the two there. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function mediansOf<Name extends string>(all: readonly Readonly<Record<Name, number>>[]): Record<Name, number> {
  const names = Object.keys(all[0] ?? {}) as Name[]
  return Object.fromEntries(names.map((name) => [name, median(all.map((figures) => figures[name]))])) as Record<
    Name,
    number
  >
}
