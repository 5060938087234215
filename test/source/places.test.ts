import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SourceRow } from '../../src/model.ts'
import { openSource } from '../../src/source/open-source.ts'
import type { Place } from '../../src/source/place.ts'
import type { Source } from '../../src/source/open-source.ts'

const HEADER = 'id,name,note\n'
/** More than is looked at before anything is read, several times. */
const PLAIN = 12_000

function record(row: number): string {
  return `M-${row},Śrīnagar ${'x'.repeat(row % 40)},${row % 7 === 0 ? '"of ""two""\nlines"' : 'plain'}\n`
}

const TEXT = HEADER + Array.from({ length: PLAIN }, (_, at) => record(at + 1) + (at % 500 === 0 ? '\n' : '')).join('')

/** Pieces of other lengths each time: places do not depend on how the bytes were cut. */
function open(bytes: Buffer, size: number, options = {}): Promise<Source> {
  function* cut() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  return openSource(Readable.from(cut()), { format: 'csv', ...options })
}

async function readAll(source: Source): Promise<{ rows: SourceRow[]; places: Place[] }> {
  const rows: SourceRow[] = []
  const places: Place[] = []
  for await (const chunk of source.chunks()) {
    rows.push(...chunk)
    const place = source.places?.here()
    if (place !== undefined && place.row === rows.at(-1)?.row) places.push(place)
  }
  return { rows, places }
}

describe.for([
  ['UTF-8', Buffer.from(TEXT), {}],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${TEXT}`), {}],
  ['UTF-16', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), {}],
  ['lines that end with CR LF', Buffer.from(TEXT.replaceAll('\n', '\r\n')), {}],
] as const)('of a file in %s', ([, bytes, options]) => {
  test('reading that begins at a place gives the rows behind it, as if all had been read', async () => {
    const whole = await readAll(await open(bytes, 10_000, options))
    expect(whole.rows).toHaveLength(PLAIN)
    let begun = 0
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...whole.places), fc.integer({ min: 500, max: 70_000 }), async (place, size) => {
        const source = await open(bytes, size, options)
        const begins = source.places?.beginAt(place) ?? false
        if (begins) begun += 1
        const { rows } = await readAll(source)
        expect(rows).toEqual(begins ? whole.rows.slice(place.row) : whole.rows)
      }),
      { numRuns: 4, examples: [[whole.places.at(-1) as Place, 64_000]] },
    )
    expect(begun).toBeGreaterThan(0)
  })
})

test('behind a line that was passed over there is no place, as what was passed over is counted', async () => {
  const bytes = Buffer.from(
    `${TEXT.slice(0, TEXT.length / 2).replace(/\n[^\n]*$/u, '\n')}${HEADER}${record(1).repeat(5_000)}`,
  )
  const source = await open(bytes, 64_000)
  const { places } = await readAll(source)
  expect(source.passedOver).not.toEqual([])
  expect(Math.max(...places.map(({ offset }) => offset))).toBeLessThan(TEXT.length * 0.6)
  expect(source.places?.here()).toBeUndefined()
})

test('a file that is read here and there has no places', async () => {
  const source = await openSource(Readable.from([Buffer.from('{"id":1}\n{"id":2}\n')]))
  await readAll(source)
  expect(source.places?.here()).toBeUndefined()
})
