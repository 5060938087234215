import type { Json } from '../../model.ts'
import { BrokenValue } from './broken-value.ts'

/** A number where it has at most 15 digits, which a double keeps; else its digits. */
export function decimalJson(value: number | bigint | Uint8Array, scale: number): Json {
  const unscaled = value instanceof Uint8Array ? fromBytes(value) : BigInt(value)
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const text = `${unscaled < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`
  return digits.length <= 15 ? Number(text) : text
}

/** Two's complement, the first byte the highest. */
function fromBytes(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt.asIntN(bytes.length * 8, BigInt(`0x${Buffer.from(bytes).toString('hex')}`))
}

/** Days since 1970 as `yyyy-MM-dd`. */
export function dateText(days: number): string | BrokenValue {
  return isoText(days * DAY_MS)?.slice(0, 10) ?? new BrokenValue('a day beyond all calendars')
}

/**
 * Nanoseconds since 1970; with a fraction of the second only where it has one, to the millisecond that has begun: before 1970
 * as behind it, a day's last microsecond is of that day.
 */
export function momentText(nanoseconds: bigint, isLocal: boolean): string | BrokenValue {
  const begun = nanoseconds - (((nanoseconds % MS) + MS) % MS)
  const whole = isoText(Number(begun / MS))?.replace('.000Z', 'Z')
  if (whole === undefined) return new BrokenValue('a time beyond all calendars')
  return isLocal ? whole.replace('T', ' ').replace('Z', '') : whole
}

function isoText(ms: number): string | undefined {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

/** Nanoseconds since midnight as `HH:mm:ss`. */
export function timeText(nanoseconds: bigint): string {
  const seconds = Number(nanoseconds / 1_000_000_000n)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

/** Impala's and Spark's old time: the Julian day in the upper 32 bits, nanoseconds of the day below. */
export function int96Nanoseconds(value: bigint): bigint {
  return ((value >> 64n) - 2_440_588n) * 86_400_000_000_000n + BigInt.asUintN(64, value)
}

export function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Months, days and milliseconds, as ISO 8601 writes a span: `P1Y2M3DT4.5S`. */
export function intervalText(bytes: Uint8Array): string {
  const parts = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [months, days, ms] = [parts.getUint32(0, true), parts.getUint32(4, true), parts.getUint32(8, true)]
  const day = counted(Math.floor(months / 12), 'Y') + counted(months % 12, 'M') + counted(days, 'D')
  return `P${day}${ms === 0 && day !== '' ? '' : `T${ms / 1000}S`}`
}

function counted(count: number, letter: string): string {
  return count === 0 ? '' : `${count}${letter}`
}

const DAY_MS = 86_400_000
/** A millisecond, in nanoseconds. */
const MS = 1_000_000n
