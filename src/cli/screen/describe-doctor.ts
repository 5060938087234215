import type { Finding } from '../../app/doctor/finding.ts'
import type { Line, Style } from './span.ts'

const STYLES: Readonly<Record<Finding['state'], Style>> = { ok: 'good', warned: 'doubtful', failed: 'bad' }

/** A finding for people: how it is, what was looked at, what was found, and below it what to do. */
export function findingLines({ name, state, message, remedy }: Finding): readonly Line[] {
  const indent = ' '.repeat('warned  '.length)
  return [
    [{ text: state.padEnd('warned'.length), style: STYLES[state] }, { text: `  ${name}: ${message}` }],
    ...(remedy === undefined || state === 'ok' ? [] : [`${indent}${remedy}`]),
  ]
}
