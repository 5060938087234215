import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HashTable } from '../../src/check/hash-table.ts'
import { hashText, newHash } from '../../src/check/hash-text.ts'
import { type MemberRules, applyDuplicates, markRepeats } from '../../src/check/apply-duplicates.ts'
import type { Json, SourceRow } from '../../src/model.ts'
import { type CompiledPlan, type Rendered, compilePlan } from '../../src/plan/compile-plan.ts'
import { type Duplicates, loadPlan } from '../../src/plan/load-plan.ts'

/** A row that asks to register the member of these identifiers, in the way that `@…` says, and named `!…`; or is invalid. */
type Row = readonly string[] | 'invalid'

describe('the table', () => {
  test('has what was put into it, and nothing else', () => {
    const table = new HashTable()
    const hash = newHash()
    const seek = (key: string) => {
      hash.fill(0)
      hashText(key, hash)
      return hash
    }
    const keys = 200_000
    for (let at = 1; at <= keys; at++) {
      expect(table.get(seek(`key ${at}`))).toBe(0)
      table.set(hash, at)
    }
    table.set(seek('key 7'), 2 ** 32 - 1)
    for (let at = 1; at <= keys; at++) if (table.get(seek(`key ${at}`)) !== at) expect(at).toBe(7)
    expect(table.get(seek('key 7'))).toBe(2 ** 32 - 1)
    expect(table.bytes / keys).toBeLessThan(19)
  })

  test('takes little where little is in it', () => {
    const before = process.memoryUsage().arrayBuffers
    const table = new HashTable()
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4e6)
    expect(table.get(newHash())).toBe(0)
  })

  test('holds apart keys of which two words are equal', () => {
    const table = new HashTable()
    for (const at of [1, 2, 3]) table.set(new Uint32Array([5, at, 9, 0]), at)
    table.set(new Uint32Array([2 ** 32 - 1, 1, 9, 0]), 4)
    table.set(new Uint32Array([2 ** 32 - 1, 2, 9, 0]), 5)
    expect([1, 2, 3].map((at) => table.get(new Uint32Array([5, at, 9, 0])))).toEqual([1, 2, 3])
    expect(table.get(new Uint32Array([2 ** 32 - 1, 2, 9, 0]))).toBe(5)
    expect(table.get(new Uint32Array([5, 1, 2 ** 31, 0]))).toBe(0)
  })
})

describe('of rows that repeat each other', () => {
  const rows: readonly Row[] = [
    ['mobile:1'],
    ['mobile:1', 'email:a'],
    ['email:a'],
    ['mobile:2'],
    ['email:a', 'mobile:2'],
  ]

  test('first: the first is sent, and a row that is skipped takes none with it', async () => {
    expect(await verdicts(rows, 'first')).toEqual([
      'sent',
      'The row repeats row 1: it has the same mobile.',
      'sent',
      'sent',
      'The row repeats row 3: it has the same email.',
    ])
  })

  test('last: the last is sent, by whatever identifier of the member; who has another of the same kind is somebody else', async () => {
    expect(await verdicts(rows, 'last')).toEqual([
      'The row is repeated by row 3, which is of the same member.',
      'The row is repeated by row 3, which is of the same member.',
      'sent',
      'sent',
      'invalid',
    ])
  })

  test('first: of rows that ask for different things, each is repeated by its like', async () => {
    const asks = [
      ['@1', 'mobile:1'],
      ['@2', 'mobile:1', 'email:a'],
      ['@2', 'mobile:1'],
      ['@1', 'email:a'],
      ['@1', 'mobile:1'],
    ]
    expect(await verdicts(asks, 'first')).toEqual([
      'sent',
      'sent',
      'The row repeats row 2, which is of the same member.',
      'The row repeats row 1, which is of the same member.',
      'The row repeats row 1: it has the same mobile.',
    ])
  })

  describe('but have another name', () => {
    const family = [
      ['!Asha Rao', 'email:a'],
      ['!Ravi Rao', 'email:a'],
      ['email:a'],
      ['!RAO ASHA', 'email:a'],
      ['@2', '!Mina Rao', 'email:a'],
      ['@2', '!Mina Rao', 'email:a'],
    ]

    test('that is said, as they may be people who share something', async () => {
      expect(await verdicts(family, 'first')).toEqual([
        'sent',
        'The row repeats row 1: it has the same email, but another name.',
        'The row repeats row 1: it has the same email.',
        'The row repeats row 1: it has the same email.',
        'sent',
        'The row repeats row 5, which is of the same member.',
      ])
      expect((await renderAll(family, 'first'))[1]).toMatchObject({
        hint: expect.stringContaining('two people') as string,
      })
      expect((await renderAll(family, 'first'))[4]).toMatchObject({
        again: 'The row has the same email as row 1, but another name, and asks for something else.',
      })
    })

    test('so it is of a row that a later one stands for', async () => {
      expect((await verdicts(family, 'last')).slice(0, 4)).toEqual([
        'The row is repeated by row 4, which is of the same member.',
        'The row is repeated by row 4, which is of the same member, but has another name.',
        'The row is repeated by row 4, which is of the same member.',
        'sent',
      ])
    })
  })

  test('reject: the others are invalid', async () => {
    const rendered = await renderAll(rows, 'reject')
    expect(rendered.map(({ kind }) => kind)).toEqual(['requests', 'invalid', 'requests', 'requests', 'invalid'])
  })

  test('each says what decides on it, and a row that asks for something else says whose member it is of', async () => {
    const asks = [
      ['@1', 'mobile:1'],
      ['@2', 'email:a', 'mobile:1'],
      ['@1', 'mobile:1'],
    ]
    const again = 'The row has the same mobile as row 1, and asks for something else.'
    const message = 'The row repeats row 1: it has the same mobile.'
    const [first, second, third] = await renderAll(asks, 'first')
    expect(first).not.toHaveProperty('again')
    expect(second).toMatchObject({ kind: 'requests', again })
    const hint = "The plan's `duplicates` says which row of a member is sent."
    expect(third).toEqual({ kind: 'skipped', key: '3', message, hint })
    const rejected = 'Take one of them out of the file. The plan says `duplicates: reject`.'
    expect((await renderAll(asks, 'reject'))[2]).toEqual({
      kind: 'invalid',
      key: '3',
      message,
      hint: rejected,
      faults: [{ message, hint: rejected, kind: message }],
    })
    expect((await renderAll(asks, 'last'))[0]).toMatchObject({ kind: 'skipped', hint })
    const marked = markRepeats(plainPlan(asks), rules('all'))
    expect(asks.map((_, at) => marked.render(sourceRow(at)))).toMatchObject([
      { kind: 'requests', key: '1' },
      { kind: 'requests', again },
      { kind: 'requests', key: '3', again: message, members: [{ value: 'mobile:1' }] },
    ])
  })

  test('all: all are sent', async () => {
    expect(await verdicts(rows, 'all')).toEqual(rows.map(() => 'sent'))
  })

  test.each(['first', 'last'] as const)('%s: a row that is invalid is repeated by nobody', async (duplicates) => {
    const bad = ['invalid', ['mobile:1'], 'invalid'] as const
    expect(await verdicts(bad, duplicates)).toEqual(['invalid', 'sent', 'invalid'])
  })

  test.each(['first', 'last'] as const)(
    '%s: no two rows that are sent share an identifier and ask for the same; who is skipped names one that is sent',
    async (duplicates) => {
      const names = fc.uniqueArray(fc.constantFrom('m:1', 'm:2', 'e:1', 'e:2', 'x:1', 'x:2'))
      const row = fc.tuple(fc.constantFrom('@1', '@2'), names).map(([ask, own]) => [ask, ...own])
      await fc.assert(
        fc.asyncProperty(fc.array(row), async (all) => {
          const rendered = await renderAll(all, duplicates)
          const said = rendered.map(verdict)
          // What several members share is left out of the row.
          const sent = rendered.flatMap((one, at) =>
            one.kind === 'requests' ? alike([all[at]?.[0] ?? '', ...one.members.map(({ value }) => value)]) : [],
          )
          expect(new Set(sent).size).toBe(sent.length)
          for (const [at, text] of said.entries()) {
            if (text === 'sent' || text === 'invalid') continue
            const twin = Number(/row (\d+)/.exec(text.slice('The row'.length))?.[1]) - 1
            expect(said[twin]).toBe('sent')
            expect(duplicates === 'first' ? twin < at : twin > at).toBe(true)
            expect(joined(all[at] ?? [], all)).toContain(all[twin])
          }
        }),
      )
    },
  )
})

describe('rows of one member that ask for something else are no repeats', () => {
  const plan = `register:
  body:
    profiles: [{ identifiers: [{ type: mobile, value: "\${mobile}" }], source: "\${source}" }]
    city: \${city}
link:
  customer: { mobile: "\${mobile}" }
  linkToPartnerPrograms:
    - { partnerProgramName: "\${program}", customerPartnerReference: { partnerTierName: "\${tier}" } }
`
  const linkOnly = plan.slice(plan.indexOf('link:'))
  const first = { mobile: '919876543210', source: 'INSTORE', city: 'Pune', program: 'Goldstar', tier: 'Gold' }

  test.each([
    ['another city, which the API would not update', { city: 'Kochi' }, 'skipped', 'skipped'],
    ['another source', { source: 'WECHAT' }, 'requests', 'skipped'],
    ['another program', { program: 'Bluewing' }, 'requests', 'requests'],
    ['another tier in the program', { tier: 'Silver' }, 'requests', 'requests'],
    ['no program', { program: '' }, 'requests', 'skipped'],
    ['another member', { mobile: '919876543211' }, 'requests', 'requests'],
  ])('%s', async (_, change, both, link) => {
    expect(await second(plan, { ...first, ...change })).toBe(both)
    expect(await second(linkOnly, { ...first, ...change })).toBe(link)
  })

  async function second(text: string, cells: Readonly<Record<string, string>>): Promise<string> {
    const columns = Object.keys(first)
    const { render } = await applyDuplicates(compilePlan(loadPlan(text, 'plan.yaml'), columns), rules('first'), none)
    const kinds = [first, cells].map(
      (record, at) =>
        render({ row: at + 1, line: at + 2, input: { kind: 'cells', cells: Object.values(record) } }).kind,
    )
    return kinds[1] ?? ''
  }
})

/** The rows that have an identifier in common with a row, or with one that has. */
function joined(row: readonly string[], all: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const found = new Set([row])
  for (const one of found) {
    for (const other of all) if (one.slice(1).some((name) => other.slice(1).includes(name))) found.add(other)
  }
  return [...found]
}

/** Each identifier of a row together with what the row asks for. */
function alike([ask = '', ...own]: readonly string[]): string[] {
  return own.map((name) => `${ask} ${name}`)
}

function rules(duplicates: Duplicates): MemberRules {
  return { duplicates, placeholders: 'drop' }
}

async function* none(): AsyncGenerator<readonly SourceRow[]> {}

async function verdicts(rows: readonly Row[], duplicates: Duplicates): Promise<string[]> {
  const rendered = await renderAll(rows, duplicates)
  return rendered.map(verdict)
}

function verdict(one: Rendered): string {
  return one.kind === 'requests' ? 'sent' : one.kind === 'invalid' ? 'invalid' : one.message
}

function sourceRow(at: number): SourceRow {
  return { row: at + 1, line: at + 2, input: { kind: 'cells', cells: [] } }
}

async function renderAll(rows: readonly Row[], duplicates: Duplicates): Promise<readonly Rendered[]> {
  const all = rows.map((_, at) => sourceRow(at))
  async function* read(): AsyncGenerator<readonly SourceRow[]> {
    yield all
  }
  const plan = await applyDuplicates(plainPlan(rows), rules(duplicates), read)
  return all.map((row) => plan.render(row))
}

function namedIn(names: readonly string[]): Json {
  const name = names.find((one) => one.startsWith('!'))
  const [firstName = '', lastName = ''] = name?.slice(1).split(' ') ?? []
  return [{ ...(firstName !== '' && { firstName }), ...(lastName !== '' && { lastName }) }]
}

/** The plan that makes of each row what it says. */
function plainPlan(rows: readonly Row[]): CompiledPlan {
  return {
    lanes: ['register'] as const,
    columnsUsed: [],
    render({ row }: SourceRow, without = []): Rendered {
      const names = rows[row - 1] ?? 'invalid'
      const key = String(row)
      if (typeof names === 'string') return { kind: 'invalid', key, message: 'bad', faults: [] }
      const members = names
        .filter((name) => !/^[@!]/.test(name))
        .map((name) => ({ type: name.split(':')[0] ?? '', value: name }))
        .filter(({ value }) => !without.some((one) => one.value === value))
      if (members.length === 0 && without.length > 0) return { kind: 'invalid', key, message: 'nobody', faults: [] }
      const ask = names.find((name) => name.startsWith('@')) ?? ''
      return {
        kind: 'requests',
        key,
        members,
        requests: { register: { body: { profiles: namedIn(names) }, query: { ask } } },
      }
    },
  }
}
