import type { Finding } from '../../app/doctor/finding.ts'

/** A finding for people: how it is, what was looked at, what was found, and below it what to do. */
export function findingLines({ name, state, message, remedy }: Finding): readonly string[] {
  const indent = ' '.repeat('warned  '.length)
  return [
    `${state.padEnd('warned'.length)}  ${name}: ${message}`,
    ...(remedy === undefined || state === 'ok' ? [] : [`${indent}${remedy}`]),
  ]
}
