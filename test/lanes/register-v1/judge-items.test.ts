import { describe, expect, test } from 'vitest'
import { fault, htmlPage, reply } from '../../capillary/replies.ts'
import { read, refused, registered, row, updated, v1Reply, verdicts } from './v1-replies.ts'

const a = { external_id: 'A', mobile: '919000000101', email: 'a@example.test' }
const b = { external_id: 'B', mobile: '919000000102', email: 'b@example.test' }
const c = { external_id: 'C', mobile: '919000000103', email: 'c@example.test' }
const three = [row(a), row(b), row(c)]

/** An item of each row, with an id of its own. */
const items = [registered({ ...a, user_id: 1 }), registered({ ...b, user_id: 2 }), registered({ ...c, user_id: 3 })]
const ids = (answer: ReturnType<typeof read>) =>
  verdicts(answer).map(
    (verdict) => (verdict as { customerId?: string; kind: string }).customerId ?? (verdict as { kind: string }).kind,
  )

describe('each item is judged by itself', () => {
  test.each([
    ['201 and "false"', { success: 'false', code: 201, message: 'Some requests have failed due to errors' }],
    ['201 and "true"', { success: 'true', code: 201, message: 'Some requests have failed due to errors' }],
    ['200 and "true"', { success: 'true', code: 200, message: 'Success' }],
    ['500', { success: 'false', code: 500, message: 'All requests have failed due to errors' }],
    ['nothing', {}],
  ])('where the top says %s', (_what, top) => {
    const answer = read(
      v1Reply([registered(a), refused(1001, 'Invalid Mobile Number', { mobile: '12' }), updated(c)], top),
      three,
    )
    expect(verdicts(answer)).toMatchObject([
      { kind: 'final', result: 'registered', status: 'ok', customerId: '700' },
      { kind: 'final', result: 'rejected', code: 1001, message: 'Invalid Mobile Number', hint: expect.any(String) },
      { kind: 'final', result: 'updated', status: 'ok' },
    ])
  })

  test.each([200, 201, 400, 500])('where the HTTP status is %d', (status) => {
    const answer = read(reply(status, { response: { status: { code: 500 }, customers: { customer: items } } }), three)
    expect(ids(answer)).toEqual(['1', '2', '3'])
  })

  test.each([
    [
      'numbers for texts and booleans',
      { success: true, code: 1000, message: 'Customer registration successful', warnings: {} },
    ],
    [
      'empty texts for lists',
      { success: 'true', code: '1000', message: 'Customer registration successful', warnings: '' },
    ],
    ['capitals', { success: 'TRUE', code: '1000', message: 'CUSTOMER REGISTRATION SUCCESSFUL', warnings: [] }],
  ])('with %s', (_what, item_status) => {
    const body = { status: { code: '200' }, customers: { customer: { ...a, user_id: '700', item_status } } }
    for (const envelope of [body, { response: body }]) {
      const [verdict] = verdicts(read(reply(200, envelope), [row(a)]))
      expect(verdict).toMatchObject({ kind: 'final', result: 'registered', status: 'ok', customerId: '700' })
    }
  })

  test('a success without a word that we know is taken for one, with a warning', () => {
    const item = { ...a, user_id: 700, item_status: { success: 'true', code: '1000', message: 'Accepted' } }
    expect(verdicts(read(v1Reply([item]), [row(a)]))).toMatchObject([
      { result: 'registered', status: 'warned', message: expect.stringContaining('does not say') },
    ])
    const old = { ...item, registered_on: '2015-01-01 00:00:00' }
    expect(verdicts(read(v1Reply([old]), [row(a)]))).toMatchObject([{ result: 'updated', status: 'warned' }])
  })
})

describe('an item is the row’s', () => {
  test('at its place, though the account writes values its own way', () => {
    const shown = [
      registered({ user_id: 1, mobile: '9000000101', external_id: null, email: 'A@EXAMPLE.TEST' }),
      registered({ user_id: 2, mobile: 919_000_000_102, external_id: 'None' }),
      registered({ user_id: 3, external_id: 'c' }),
    ]
    const answer = read(v1Reply(shown), three)
    expect(ids(answer)).toEqual(['1', '2', '3'])
    expect(verdicts(answer)).toMatchObject([{ status: 'ok' }, { status: 'warned' }, { status: 'warned' }])
  })

  test('wherever its identifiers stand, where they are in another order', () => {
    expect(ids(read(v1Reply([items[2]!, items[0]!, items[1]!]), three))).toEqual(['1', '2', '3'])
  })

  test('by its identifiers where there are fewer items than rows', () => {
    expect(ids(read(v1Reply([items[2]!, items[0]!]), three))).toEqual(['1', 'retry', '3'])
    expect(ids(read(v1Reply([items[1]!]), three))).toEqual(['retry', '2', 'retry'])
  })

  test('at its place, where no item shows whom it is about', () => {
    const bare = [1, 2, 3].map((user_id) => registered({ user_id }))
    expect(ids(read(v1Reply(bare), three))).toEqual(['1', '2', '3'])
    const failed = [items[0]!, refused(1001), items[2]!]
    expect(verdicts(read(v1Reply(failed), three))).toMatchObject([
      { customerId: '1' },
      { code: 1001 },
      { customerId: '3' },
    ])
  })

  test('not at its place where the order is broken, and it shows nobody', () => {
    expect(ids(read(v1Reply([items[1]!, items[0]!, registered({ user_id: 3 })]), three))).toEqual(['1', '2', 'retry'])
  })

  test('not where it shows another row of the request', () => {
    expect(ids(read(v1Reply([items[0]!, items[0]!, items[2]!]), three))).toEqual(['1', 'retry', '3'])
  })

  test('not where another item of the row says otherwise', () => {
    expect(ids(read(v1Reply([items[0]!, refused(1001, 'no', a), items[2]!]), three))).toEqual(['retry', 'retry', '3'])
    expect(ids(read(v1Reply([refused(1001, 'no', a), items[0]!, items[2]!]), three))).toEqual(['retry', 'retry', '3'])
  })

  test.each([
    ['no items', { response: { status: { success: 'true', code: 200 } } }],
    ['an empty list', { response: { status: { code: 200 }, customers: { customer: [] } } }],
    ['an empty text', { response: { status: { code: 200 }, customers: '' } }],
    [
      'one empty item for all',
      { response: { status: { success: 'false', code: 500 }, customers: { customer: [{}] } } },
    ],
    ['empty items', { response: { status: { code: 200 }, customers: { customer: [{}, {}, {}] } } }],
    ['items without a status', { response: { status: { code: 200 }, customers: { customer: [a, b, c] } } }],
  ])('in none, where the reply has %s', (_what, body) => {
    expect(verdicts(read(reply(200, body), three))).toMatchObject(
      three.map(({ request }) => ({
        kind: 'retry',
        scope: 'row',
        request: {
          progress: {
            doubt: true,
            alone: true,
            search: {
              left: [
                { type: 'mobile' },
                { type: 'email' },
                { type: 'externalId', value: (request.customer as typeof a).external_id },
              ],
            },
          },
        },
      })),
    )
  })
})

describe('what was refused under a success makes the row warned, with a hint', () => {
  test.each([
    ['91005', 'mobile is primary key. 91 cannot be updated'],
    ['91006', 'Email update is not allowed'],
    ['91007', 'x@example.test is already occupied by another user. Ignoring it'],
    ['1017', 'Provided Custom Field is invalid'],
    ['91015', 'Failed to update extended fields'],
    ['91022', 'Failed to update subscription for EMAIL channel'],
  ])('%s', (code, text) => {
    expect(verdicts(read(v1Reply([updated(a, [code], `, ${text}`)]), [row(a)]))).toMatchObject([
      {
        result: 'updated',
        status: 'warned',
        code: Number(code),
        message: text,
        hint: expect.any(String),
        warnings: [{ code: Number(code), message: text, lossy: true }],
      },
    ])
  })

  test.each(['91016', '91017'])('but %s is mere noise', (code) => {
    expect(verdicts(read(v1Reply([registered(a, [code])]), [row(a)]))).toMatchObject([
      { status: 'ok', warnings: [{ code: Number(code), lossy: false }] },
    ])
  })

  test('each of several has its own text and remedy', () => {
    const [verdict] = verdicts(
      read(v1Reply([registered(a, ['1017', '91022'], ', No such field, No such channel')]), [row(a)]),
    )
    expect(verdict).toMatchObject({
      code: 1017,
      warnings: [
        { code: 1017, message: 'No such field' },
        { code: 91022, message: 'No such channel' },
      ],
    })
    expect((verdict as { hint: string }).hint.split('. ').length).toBeGreaterThan(1)
  })

  test('a text behind the message without a code is one too', () => {
    expect(verdicts(read(v1Reply([registered(a, [], ', Something was left out')]), [row(a)]))).toMatchObject([
      { status: 'warned', warnings: [{ message: 'Something was left out', lossy: true }] },
    ])
  })
})

describe('an account that is perhaps another member’s is warned of, before all else', () => {
  test.each([
    ['its mobile', { ...a, mobile: '919999999999' }],
    ['its e-mail', { ...a, email: 'other@example.test' }],
    ['its external id', { ...a, external_id: 'Z' }],
  ])('where %s is not the row’s', (what, shown) => {
    expect(verdicts(read(v1Reply([updated(shown, ['91006'], ', not allowed')]), [row(a)]))).toMatchObject([
      {
        result: 'updated',
        status: 'warned',
        customerId: '700',
        message: expect.stringMatching(new RegExp(`^Perhaps another member’s account: ${what}`)),
        hint: expect.stringContaining('Member Care'),
        warnings: [{ grave: true, lossy: true }, { code: 91006 }],
      },
    ])
  })

  test('where none of its identifiers is', () => {
    const shown = { mobile: '919999999999', email: 'z@example.test', external_id: 'Z' }
    expect(verdicts(read(v1Reply([items[0]!, updated(shown), items[2]!]), three))).toMatchObject([
      { status: 'ok' },
      { result: 'updated', status: 'warned', message: expect.stringContaining('none of its identifiers') },
      { status: 'ok' },
    ])
  })

  test('but an external id that the organisation gave to a new member is told as such', () => {
    const [verdict] = verdicts(read(v1Reply([registered({ ...a, external_id: 'GEN700' })]), [row(a)]))
    expect(verdict).toMatchObject({
      result: 'registered',
      status: 'warned',
      message: expect.stringContaining('gives its own'),
    })
    expect(verdict).not.toMatchObject({ warnings: [{ grave: true }] })
  })

  test('and so is a new member without an identifier that was sent', () => {
    const shown = { external_id: 'A', mobile: a.mobile, email: '' }
    expect(verdicts(read(v1Reply([registered(shown)]), [row(a)]))).toMatchObject([
      { result: 'registered', status: 'warned', message: expect.stringContaining('without the e-mail') },
    ])
  })

  test('and where nobody was found before, and yet somebody was changed', () => {
    const kept = row(a, { keep: true, progress: { absent: true } })
    expect(verdicts(read(v1Reply([updated(a)]), [kept]))).toMatchObject([
      { result: 'updated', status: 'warned', warnings: [{ grave: true }] },
    ])
    expect(verdicts(read(v1Reply([registered(a)]), [kept]))).toMatchObject([{ result: 'registered', status: 'ok' }])
  })
})

const tooMany = (message: string) => ({ response: { status: { success: 'false', code: 1060, message } } })

describe('a batch that is too large', () => {
  test.each([
    ['Exceeded maximum limit size of 2', 2],
    ['Batch limit exceeded', 1],
    ['Batch limit exceeded (1060)', 1],
    ['Exceeded maximum limit size of 200', 1],
    ['Exceeded maximum limit size of 0', 1],
  ])('teaches how many go: %s', (message, atMost) => {
    expect(read(reply(400, tooMany(message)), three)).toEqual({
      kind: 'rows',
      verdicts: [{ kind: 'again' }, { kind: 'again' }, { kind: 'again' }],
      atMost,
    })
  })

  test('in its items: what they say was stored is', () => {
    const top = { success: 'false', code: 1060, message: 'Batch limit exceeded' }
    expect(read(v1Reply([{}], top), three)).toMatchObject({ atMost: 1, verdicts: three.map(() => ({ kind: 'again' })) })
    const mixed = [items[0]!, refused(1060, 'size of 2', b), refused(1060, 'size of 2', c)]
    expect(read(v1Reply(mixed), three)).toMatchObject({
      verdicts: [{ kind: 'final', customerId: '1' }, { kind: 'again' }, { kind: 'again' }],
      atMost: 2,
    })
  })

  test('a row that goes alone and is too many is refused', () => {
    expect(verdicts(read(reply(400, tooMany('Batch limit exceeded')), [row(a)]))).toMatchObject([
      { kind: 'final', result: 'rejected', code: 1060 },
    ])
    expect(verdicts(read(v1Reply([refused(1060)]), [row(a)]))).toMatchObject([{ kind: 'final', code: 1060 }])
  })
})

describe('a row that is refused', () => {
  test.each([521, 461])('for what passes is tried again: %d', (code) => {
    expect(verdicts(read(v1Reply([refused(code)]), [row(a)]))).toMatchObject([{ kind: 'retry', scope: 'row', code }])
  })

  test.each([1023, 1024, 10_001, 10_002])('without a reason is tried once more: %d', (code) => {
    const first = read(v1Reply([refused(code)]), [row(a)])
    expect(verdicts(first)).toMatchObject([
      { kind: 'retry', code, request: { progress: { failed: true, alone: true } } },
    ])
    expect(verdicts(read(v1Reply([refused(code)]), [row(a, { progress: { failed: true } })]))).toMatchObject([
      { kind: 'final', result: 'rejected', code },
    ])
  })

  test.each([618, 1001, 1034, 1047, 8014, 91_020, 4711])('for good has its code: %d', (code) => {
    expect(verdicts(read(v1Reply([refused(code, '')]), [row(a)]))).toMatchObject([
      { kind: 'final', result: 'rejected', status: 'rejected', code, message: expect.stringMatching(/\w+/) },
    ])
  })

  test.each([1014, 1016, 1032, 1033])('because somebody has its identifier is looked for first: %d', (code) => {
    expect(verdicts(read(v1Reply([refused(code)]), [row(a)]))).toMatchObject([
      { kind: 'next', request: { progress: { search: { left: [{}, {}, {}], said: { kind: 'exists', code } } } } },
    ])
  })
})

describe('a request that is refused as a whole', () => {
  const body = {
    response: { status: { code: 400, message: 'Input is invalid', success: false, warnings: { warning: [] } } },
  }

  test.each([
    ['nothing', undefined],
    ['an empty object', {}],
    ['an empty list', { customer: [] }],
    ['an empty member', { customer: {} }],
    ['an empty text', ''],
  ])(
    'for the account is one on the account, with the API’s words, where it has %s in the place of items',
    (_what, customers) => {
      const status = { success: 'false', code: 401, message: 'Organisation disabled' }
      const answer = read(reply(200, { response: { status, ...(customers !== undefined && { customers }) } }), three)
      expect(answer).toMatchObject({
        kind: 'halt',
        reason: expect.stringContaining('Organisation disabled'),
        code: 401,
      })
    },
  )

  test('is split, until the row at fault stands alone', () => {
    expect(read(reply(400, body), three)).toMatchObject({ kind: 'refused', code: 400 })
    expect(verdicts(read(reply(400, body), [row(a)]))).toMatchObject([{ kind: 'final', result: 'rejected', code: 400 }])
  })

  test.each([
    ['a page', reply(502, htmlPage), 'retry'],
    ['nothing', reply(200, ''), 'retry'],
    ['another JSON', reply(500, { timestamp: 1, error: 'Internal Server Error' }), 'retry'],
    ['no reply', fault('ECONNRESET', true), 'retry'],
    ['no connection', fault('ECONNREFUSED', false), 'retry'],
    ['a 429', reply(429, { response: { status: { code: 429 } } }), 'throttled'],
    [
      'a 429 with items that failed',
      reply(429, { response: { customers: { customer: [refused(1001)] } } }),
      'throttled',
    ],
    ['no credentials', reply(401, { response: { status: { code: 401, message: 'Unauthorized' } } }), 'halt'],
  ])('by %s is no verdict on its rows', (_what, exchange, kind) => {
    expect(read(exchange, three).kind).toBe(kind)
  })

  test('and what was perhaps carried out leaves a doubt', () => {
    expect(read(fault('ECONNRESET', true), three)).toMatchObject({ kind: 'retry', ambiguous: true })
    expect(read(fault('ECONNREFUSED', false), three)).toMatchObject({ kind: 'retry', ambiguous: false })
  })
})

test('a 429 holds those back that it does not say were carried out', () => {
  const mixed = [items[0]!, refused(1001, 'Invalid Mobile Number', b), items[2]!]
  const answer = read(reply(429, { response: { status: {}, customers: { customer: mixed } } }), three)
  expect(ids(answer)).toEqual(['1', 'again', '3'])
})

const itemOf = (success: string, code: number, message: string) => ({
  ...a,
  user_id: 1,
  item_status: { success, code, message },
})

describe('an item that contradicts itself leaves its row without an answer', () => {
  test.each([
    [
      'passed, with the code of a refusal',
      itemOf('true', 1001, 'Invalid Mobile Number'),
      'although it adds "Invalid Mob',
    ],
    ['failed, with the words of a success', itemOf('false', 1000, 'Customer registration successful'), 'code 1000'],
  ])('%s', (_what, odd, words) => {
    expect(verdicts(read(v1Reply([odd]), [row(a)]))).toMatchObject([
      { kind: 'retry', reason: expect.stringContaining(words), request: { progress: { doubt: true, alone: true } } },
    ])
  })

  test('but not by the code of a warning, or by one that nobody knows', () => {
    const odd = [itemOf('true', 91_006, 'Customer successfully updated, Email update is not allowed')]
    expect(verdicts(read(v1Reply(odd), [row(a)]))).toMatchObject([{ kind: 'final', result: 'updated' }])
    const unknown = [itemOf('true', 123_456, 'Customer registration successful')]
    expect(verdicts(read(v1Reply(unknown), [row(a)]))).toMatchObject([{ kind: 'final', result: 'registered' }])
  })
})
