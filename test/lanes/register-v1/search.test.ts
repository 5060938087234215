import { describe, expect, test } from 'vitest'
import { registerV1Lane } from '../../../src/lanes/register-v1/register-v1-lane.ts'
import { fault, reply } from '../../capillary/replies.ts'
import { after, read, refused, registered, retrieved, row, updated, v1Reply, verdicts } from './v1-replies.ts'

const asha = { external_id: 'A', mobile: '919000000101', email: 'a@example.test' }
const vik = { external_id: 'B', mobile: '919000000102' }
const absent = refused(1012, 'Customer not found')
const lost = fault('ECONNRESET', true)

const step = (of: ReturnType<typeof row>) => registerV1Lane.step?.(of)
const asks = (of: ReturnType<typeof row>) => registerV1Lane.request([of])

/** A row that was looked for by all of its identifiers, each answered by that item. */
function searched(from: ReturnType<typeof row>, item: typeof absent) {
  let now = from
  for (let times = 0; times < 3 && step(now)?.readOnly === true; times += 1)
    now = after(now, read(v1Reply([item]), [now]))
  return now
}

describe('who is there is kept', () => {
  test('by looking for each identifier, several rows a request, on a limit of its own', () => {
    const rows = [row(asha, { keep: true }), row(vik, { keep: true })]
    expect(rows.map(step)).toEqual(rows.map(() => ({ group: 'look up mobile ', pace: 'look-up-v1', readOnly: true })))
    expect(registerV1Lane.request(rows)).toEqual({
      method: 'GET',
      path: '/v1.1/customer/get',
      query: {
        mobile: '919000000101,919000000102',
        format: 'json',
        user_id: 'true',
        transactions: 'false',
        notes: 'false',
      },
    })
    const second = after(rows[0]!, read(v1Reply([absent, absent]), rows))
    expect(asks(second)).toMatchObject({ query: { email: 'a@example.test' } })
    const third = after(second, read(v1Reply([absent]), [second]))
    expect(asks(third)).toMatchObject({ query: { external_id: 'A' } })
    const sent = after(third, read(v1Reply([absent]), [third]))
    expect(step(sent)).toEqual({ group: expect.stringMatching(/^add/) })
    expect(asks(sent)).toMatchObject({
      method: 'POST',
      body: { root: { customer: [asha] } },
      query: { user_id: 'true' },
    })
  })

  test('and told of where the account shows another identifier than the one that was asked by', () => {
    const one = row({ external_id: 'A' }, { keep: true })
    expect(verdicts(read(v1Reply([retrieved({ external_id: 'ZZ-9' })]), [one]))).toMatchObject([
      { result: 'exists', status: 'warned', warnings: [{ grave: true }] },
    ])
  })

  test('and not sent: found by one identifier, the others that its account has as well are not asked by', () => {
    const rows = [row(asha, { keep: true }), row(vik, { keep: true })]
    expect(verdicts(read(v1Reply([retrieved(asha), absent]), rows))).toMatchObject([
      { kind: 'final', result: 'exists', status: 'ok', customerId: '700', hint: expect.stringContaining('keep') },
      { kind: 'next' },
    ])
    expect(verdicts(read(v1Reply([retrieved(asha)]), [rows[0]!], 'reject'))).toMatchObject([
      { result: 'exists', status: 'rejected' },
    ])
  })

  test('with an alarm where its identifiers are those of several members, or its account has others', () => {
    const first = row(asha, { keep: true })
    const next = after(first, read(v1Reply([retrieved({ mobile: asha.mobile })]), [first]))
    const both = after(next, read(v1Reply([retrieved({ email: asha.email, user_id: 701 })]), [next]))
    expect(verdicts(read(v1Reply([absent]), [both]))).toMatchObject([
      {
        result: 'exists',
        status: 'warned',
        message: expect.stringContaining('2 members (700, 701)'),
        warnings: [{ grave: true }],
      },
    ])
    const other = after(first, read(v1Reply([retrieved({ ...asha, email: 'z@example.test' })]), [first]))
    expect(verdicts(read(v1Reply([absent]), [other]))).toMatchObject([
      { result: 'exists', status: 'warned', message: expect.stringContaining('e-mail is not the row’s') },
    ])
  })

  test('and so is one whose account another one took in', () => {
    const one = row({ external_id: 'A' }, { keep: true })
    const survivor = { mobile: '919999999999', external_id: 'Z' }
    for (const item of [
      retrieved(survivor, ['91009']),
      { ...Object(retrieved(survivor)), item_status: { success: 'true', code: '91009' } },
    ]) {
      expect(verdicts(read(v1Reply([item]), [one]))).toMatchObject([
        { result: 'exists', status: 'warned', customerId: '700', warnings: [{ code: 91_009, lossy: true }] },
      ])
    }
  })

  test('identifiers with a comma cannot be asked by', () => {
    const one = row({ external_id: 'A,B', mobile: asha.mobile }, { keep: true })
    const next = after(one, read(v1Reply([absent]), [one]))
    expect(step(next)?.readOnly).toBeUndefined()
  })
})

test('what is told of a row is the request that registers its member, unless who is there was only looked for', () => {
  const { request } = row(asha, { keep: true })
  const added = { method: 'POST', body: { root: { customer: [asha] } } }
  expect(registerV1Lane.decisive?.(request, { result: 'registered' })).toMatchObject(added)
  expect(registerV1Lane.decisive?.(request, undefined)).toMatchObject(added)
  expect(registerV1Lane.decisive?.(request, { result: 'exists' })).toMatchObject({ path: '/v1.1/customer/get' })
})

const aloneRead = (item: typeof absent) =>
  verdicts(read(v1Reply([item]), [row({ mobile: '919000000101' }, { keep: true })]))

describe('a look-up', () => {
  const rows = [row({ mobile: '919000000101' }, { keep: true }), row({ mobile: '919000000102' }, { keep: true })]
  const kinds = (items: readonly (typeof absent)[]) =>
    verdicts(read(v1Reply(items), rows)).map(
      (verdict) => (verdict as { kind: string; customerId?: string }).customerId ?? (verdict as { kind: string }).kind,
    )

  test('is read by position, and by what it shows', () => {
    const one = retrieved({ mobile: '919000000101', user_id: 1 })
    const two = retrieved({ mobile: '9000000102', user_id: 2 })
    expect(kinds([one, two])).toEqual(['1', '2'])
    expect(kinds([two, one])).toEqual(['1', '2'])
    expect(kinds([absent, two])).toEqual(['next', '2'])
    // As many are not there as are not shown, whatever the order.
    expect(kinds([two, absent])).toEqual(['next', '2'])
    expect(kinds([absent, absent])).toEqual(['next', 'next'])
    expect(kinds([two])).toEqual(['retry', '2'])
    expect(kinds([])).toEqual(['retry', 'retry'])
    for (const code of [200, 201, 500]) {
      const withoutItems = reply(500, {
        response: { status: { success: 'false', code, message: 'All requests have failed' } },
      })
      expect(verdicts(read(withoutItems, rows))).toMatchObject([{ kind: 'retry' }, { kind: 'retry' }])
    }
    expect(kinds([{}, two])).toEqual(['retry', '2'])
    expect(kinds([retrieved({ external_id: 'A' }), two])).toEqual(['retry', '2'])
  })

  test('finds nobody where the API says so, and not where it failed or will not tell', () => {
    for (const code of [816, 1001, 1011, 1012]) expect(aloneRead(refused(code))).toMatchObject([{ kind: 'next' }])
    for (const code of [500, 77_777]) expect(aloneRead(refused(code))).toMatchObject([{ kind: 'retry', code }])
    const wordless = { item_status: { success: 'false', message: 'try later' } }
    expect(aloneRead(wordless)).toMatchObject([{ kind: 'retry', reason: 'try later' }])
    for (const code of [1044, 91_001]) {
      expect(aloneRead(refused(code, 'not for you'))).toMatchObject([
        { kind: 'final', status: 'rejected', code, message: expect.stringContaining('Not sent') },
      ])
    }
  })

  test('that the API refuses leaves who was found by another identifier there', () => {
    const first = row(asha, { keep: true })
    const next = after(first, read(v1Reply([retrieved({ mobile: asha.mobile, external_id: 'A' })]), [first]))
    expect(verdicts(read(v1Reply([refused(1044)]), [next]))).toMatchObject([{ result: 'exists', customerId: '700' }])
  })

  test('of one is no word about another', () => {
    const one = { mobile: '919000000101' }
    expect(kinds([retrieved({ ...one, user_id: 1 }), refused(1012, 'no', one)])).toEqual(['retry', 'retry'])
    expect(kinds([refused(1012, 'no', one), refused(1012, 'no', one)])).toEqual(['next', 'retry'])
  })

  test('that was not clear is made again alone, and costs an attempt', () => {
    const again = after(rows[0]!, read(v1Reply([{}, {}]), rows))
    expect(step(again)).toEqual({ group: 'look up mobile 919000000101', pace: 'look-up-v1', readOnly: true })
    const alone = v1Reply([retrieved({ external_id: 'A' })])
    expect(verdicts(read(alone, [again]))).toMatchObject([{ result: 'exists', customerId: '700' }])
  })

  test('that is lost leaves no doubt behind', () => {
    expect(read(lost, rows)).toMatchObject({ kind: 'retry', ambiguous: false })
    expect(read(reply(500, { response: { status: { code: 461, message: 'busy' } } }), rows)).toMatchObject({
      kind: 'retry',
    })
  })

  test('of too many teaches how many go', () => {
    const body = { response: { status: { success: 'false', code: 1060, message: 'Batch limit exceeded' } } }
    expect(read(reply(500, body), rows)).toEqual({
      kind: 'rows',
      verdicts: [{ kind: 'again' }, { kind: 'again' }],
      atMost: 1,
    })
  })

  test('that the API refuses is no leave to send the row', () => {
    const body = { response: { status: { success: 'false', code: 1044, message: 'No permission' } } }
    expect(read(reply(400, body), rows)).toMatchObject({ kind: 'refused', code: 1044 })
    expect(verdicts(read(reply(400, body), [rows[0]!]))).toMatchObject([
      { result: 'rejected', code: 1044, message: expect.stringContaining('Not sent') },
    ])
  })
})

describe('a row whose answer was lost', () => {
  const kept = row(asha, { keep: true, progress: { absent: true }, firstSentAt: Date.now() })

  test('is looked for where who is there is kept, and is ours where it is there', () => {
    const doubtful = after(kept, read(lost, [kept]))
    expect(step(doubtful)).toMatchObject({ readOnly: true })
    expect(verdicts(read(v1Reply([retrieved(asha)]), [doubtful]))).toMatchObject([
      { result: 'registered', status: 'ok', confirmed: true, customerId: '700' },
    ])
  })

  test('is sent again where it is not there, and ours where the API then says "updated"', () => {
    const again = searched(after(kept, read(lost, [kept])), absent)
    expect(step(again)?.readOnly).toBeUndefined()
    expect(verdicts(read(v1Reply([updated(asha)]), [again]))).toMatchObject([
      { result: 'registered', status: 'ok', confirmed: true },
    ])
  })

  describe('is sent again at once where who is there is updated', () => {
    const sent = row(asha, { ambiguous: true, firstSentAt: Date.now() })
    const ours = { registered_on: new Date().toISOString().slice(0, 19).replace('T', ' ') }
    const old = { registered_on: '2015-06-01 10:00:00' }

    test('and ours or not by when the account was registered', () => {
      expect(step(sent)?.readOnly).toBeUndefined()
      expect(verdicts(read(v1Reply([updated({ ...asha, ...ours })]), [sent]))).toMatchObject([
        { result: 'registered', confirmed: true },
      ])
      expect(verdicts(read(v1Reply([updated({ ...asha, ...old })]), [sent]))).toMatchObject([
        { result: 'updated', status: 'ok' },
      ])
      expect(verdicts(read(v1Reply([registered(asha)]), [sent]))).toMatchObject([{ result: 'registered' }])
    })

    test('and not ours where an earlier row of the run is of the same member', () => {
      const again = { ...sent, repeats: true }
      expect(verdicts(read(v1Reply([updated({ ...asha, ...ours })]), [again]))).toMatchObject([{ result: 'updated' }])
      const looked = { ...row(asha, { keep: true, ambiguous: true }), repeats: true }
      expect(verdicts(read(v1Reply([retrieved({ ...asha, ...ours })]), [looked]))).toMatchObject([{ result: 'exists' }])
    })

    test('which a look-up shows where the reply does not', () => {
      const next = after(sent, read(v1Reply([updated({})]), [sent]))
      expect(step(next)).toMatchObject({ readOnly: true })
      const [was] = verdicts(read(v1Reply([retrieved({ ...asha, ...old })]), [next]))
      expect(was).toMatchObject({ result: 'updated', customerId: '700' })
      expect(was).not.toHaveProperty('confirmed')
      expect(verdicts(read(v1Reply([retrieved({ ...asha, ...ours })]), [next]))).toMatchObject([
        { result: 'registered', confirmed: true, customerId: '700' },
      ])
      let last = next
      for (let times = 0; times < 2; times += 1) last = after(last, read(v1Reply([absent]), [last]))
      expect(verdicts(read(v1Reply([absent]), [last]))).toMatchObject([
        { result: 'registered', confirmed: true, customerId: '700' },
      ])
    })

    test('and ours where nobody says when', () => {
      const next = after(sent, read(v1Reply([updated(asha)]), [sent]))
      expect(verdicts(read(v1Reply([retrieved(asha)]), [next]))).toMatchObject([
        { result: 'registered', confirmed: true },
      ])
      const forbidden = reply(400, { response: { status: { success: 'false', code: 1044, message: 'No permission' } } })
      expect(verdicts(read(forbidden, [next]))).toMatchObject([{ result: 'registered', confirmed: true }])
    })
  })

  test('is not ours where who is there is kept, and the account is older', () => {
    // The broker came back without its job: nobody knows whether it was sent.
    const taken = row(asha, { keep: true, ambiguous: true })
    const old = retrieved({ ...asha, registered_on: '2015-06-01 10:00:00' })
    expect(verdicts(read(v1Reply([old]), [taken]))).toMatchObject([{ result: 'exists', status: 'ok' }])
  })

  test('has no answer where the API will not say whether the member is there', () => {
    const taken = row(asha, { keep: true, ambiguous: true })
    const forbidden = reply(400, { response: { status: { success: 'false', code: 1044, message: 'No permission' } } })
    expect(verdicts(read(forbidden, [taken]))).toMatchObject([{ result: 'failed', status: 'failed', code: 1044 }])
  })

  test('by a worker that died is taken up where it stood', () => {
    // The job was last saved before its rows were looked for; the marks say that they were sent after that.
    const taken = row(asha, { keep: true, ambiguous: true })
    expect(verdicts(read(v1Reply([retrieved(asha)]), [taken]))).toMatchObject([
      { result: 'registered', confirmed: true },
    ])
  })
})

describe('a row without an answer that is surely its own', () => {
  const sent = row({ ...asha, firstname: 'Asha' }, { firstSentAt: Date.now() })
  const unclear = after(sent, read(v1Reply([{}]), [sent]))

  test('is looked for, and sent again alone where it is not there', () => {
    expect(step(unclear)).toMatchObject({ group: 'look up mobile ', readOnly: true })
    const again = searched(unclear, absent)
    expect(step(again)?.group).not.toBe(step(row(vik))?.group)
    expect(asks(again)).toMatchObject({ method: 'POST' })
  })

  test('is ours where the account was registered just now, or says nothing of when', () => {
    expect(verdicts(read(v1Reply([retrieved(asha)]), [unclear]))).toMatchObject([
      { result: 'registered', status: 'ok', confirmed: true, customerId: '700' },
    ])
  })

  test('was there before where the account is older, and then its values are compared', () => {
    const old = { ...asha, registered_on: '2015-06-01 10:00:00' }
    expect(verdicts(read(v1Reply([retrieved({ ...old, firstname: 'ASHA' })]), [unclear]))).toMatchObject([
      { result: 'updated', status: 'ok' },
    ])
    expect(verdicts(read(v1Reply([retrieved({ ...old, firstname: 'Usha' })]), [unclear]))).toMatchObject([
      { result: 'updated', status: 'warned', warnings: [{ message: expect.stringContaining('firstname') }] },
    ])
  })

  test('was there before, and whether it has the row’s values is said, by whichever look-up shows them', () => {
    const bare = after(unclear, read(v1Reply([retrieved({})]), [unclear]))
    const old = { ...asha, registered_on: '2015-06-01 10:00:00' }
    expect(verdicts(read(v1Reply([retrieved({ ...old, firstname: 'Asha' })]), [bare]))).toMatchObject([
      { result: 'updated', status: 'ok' },
    ])
    expect(verdicts(read(v1Reply([retrieved({ ...old, firstname: 'Usha' })]), [bare]))).toMatchObject([
      {
        result: 'updated',
        status: 'warned',
        warnings: [{ message: expect.stringContaining('other values than the row’s: firstname') }],
      },
    ])
    expect(verdicts(read(v1Reply([retrieved(old)]), [unclear]))).toMatchObject([
      {
        result: 'updated',
        status: 'warned',
        warnings: [{ message: expect.stringContaining('is not shown: firstname') }],
      },
    ])
  })
})

const withoutId = (item: typeof absent) => ({ ...Object(item), user_id: undefined })

describe('a success without an id', () => {
  const sent = row(asha)

  test('has it from a look-up, and is what it was without one as well', () => {
    const answer = read(v1Reply([withoutId(registered(asha))]), [sent])
    const next = after(sent, answer)
    expect(verdicts(read(v1Reply([retrieved(asha)]), [next]))).toMatchObject([
      { result: 'registered', customerId: '700' },
    ])
    const last = after(next, read(v1Reply([absent]), [next]))
    const nobody = after(last, read(v1Reply([absent]), [last]))
    const [verdict] = verdicts(read(v1Reply([absent]), [nobody]))
    expect(verdict).toMatchObject({ kind: 'final', result: 'registered', status: 'ok', customerId: undefined })
  })
})

describe('what the API took is done, also where the look-up for its id', () => {
  const sent = row(asha)
  const next = after(sent, read(v1Reply([withoutId(registered(asha))]), [sent]))

  test('is refused', () => {
    const forbidden = reply(400, { response: { status: { success: 'false', code: 1044, message: 'No permission' } } })
    expect(verdicts(read(forbidden, [next]))).toMatchObject([{ result: 'registered', status: 'ok' }])
  })

  test('is never clear', () => {
    let last = next
    for (let times = 0; times < 3; times += 1) last = after(last, read(v1Reply([{}]), [last]))
    expect(verdicts(read(v1Reply([{}]), [last]))).toMatchObject([{ result: 'registered', status: 'ok' }])
  })
})

describe('a row that the API refused as one who is there', () => {
  const sent = row(asha)
  const refusedRow = after(sent, read(v1Reply([refused(1032, 'Mobile exists')]), [sent]))

  test('is there where the account is like it, and ours after a lost reply', () => {
    expect(verdicts(read(v1Reply([retrieved(asha)]), [refusedRow]))).toMatchObject([
      { result: 'exists', status: 'ok', code: 1032, customerId: '700' },
    ])
    const doubtful = { ...refusedRow, ambiguous: true }
    expect(verdicts(read(v1Reply([retrieved(asha)]), [doubtful]))).toMatchObject([
      { result: 'registered', confirmed: true },
    ])
  })

  test('is refused where the account is another one, or nobody is found', () => {
    const other = after(
      refusedRow,
      read(v1Reply([retrieved({ mobile: asha.mobile, email: 'z@example.test' })]), [refusedRow]),
    )
    const last = after(other, read(v1Reply([absent]), [other]))
    expect(verdicts(read(v1Reply([absent]), [last]))).toMatchObject([
      { result: 'rejected', code: 1032, message: 'Mobile exists' },
    ])
    let nobody = refusedRow
    for (let times = 0; times < 2; times += 1) nobody = after(nobody, read(v1Reply([absent]), [nobody]))
    expect(verdicts(read(v1Reply([absent]), [nobody]))).toMatchObject([{ result: 'rejected', code: 1032 }])
  })
})
