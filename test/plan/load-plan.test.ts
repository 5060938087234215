import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/model.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'

const link = `link:
  customer: { externalId: "\${id}" }
  linkToPartnerPrograms: [{ partnerProgramName: "\${partner}" }]
`

/** What a user reads who gives this plan. */
function complaint(text: string): string {
  try {
    loadPlan(text, 'members.plan.yaml')
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
  return 'The plan is right.'
}

describe('a plan that is right', () => {
  test('gets its defaults', () => {
    expect(loadPlan(link, 'link.yaml')).toMatchObject({
      fileName: 'link.yaml',
      rows: { reading: {} },
      limits: {},
      lanes: { link: { batch: 50 } },
      stopWhen: { rejected: 0.5, after: 200 },
      retry: { attempts: 6, forMs: 1_800_000 },
      outageMs: 3_600_000,
      onExists: 'ok',
    })
  })

  test('gives what it says, in milliseconds, shares and requests a minute', () => {
    const text = `${link}  batch: 20
rows: { key: member no }
limits: { register: 600 * 80%, link: 12.5 }
stop_when: { rejected: 2.5% }
retry: { for: 90s }
outage: 2d
on_exists: reject
`
    const plan = loadPlan(text, 'plan.yaml')
    expect(plan).toMatchObject({
      rows: { key: { column: 'member no', at: { line: 5, column: 14 } } },
      limits: { register: 480, link: 12.5 },
      lanes: { link: { batch: 20 } },
      stopWhen: { rejected: 0.025, after: 200 },
      retry: { attempts: 6, forMs: 90_000 },
      outageMs: 172_800_000,
      onExists: 'reject',
    })
  })

  test('may use anchors, and a byte order mark', () => {
    const text = '\ufeffregister:\n  body:\n    a: &x { b: ${c}, d: [1] }\n    e: *x\n'.replace('${c}', '"${c}"')
    expect(complaint(text)).toBe('The plan is right.')
  })
})

describe('a plan that is wrong is answered with every problem, its place, and what to write', () => {
  test('unknown keys and values of the wrong form', () => {
    const text = `limit: { register: 600 }
rows: { key: "\${external_id}" }
limits: { register: 0, link: 600 * 120 }
stop_when: { rejected: 50, after: 0 }
retry: { attempts: 2.5, for: 30 min }
outage: 1w
on_exists: skip
tables: { tiers: [a] }
link:
  batch: 51
  customer: { externalid: "\${id}" }
  headers: { Authorization: x, "a b": 1, Z: [1] }
  linkToPartnerPrograms:
    - program: x
`
    expect(complaint(text)).toMatchInlineSnapshot(`
      "The plan has 17 problems:
      members.plan.yaml:1:1  limit
        There is no \`limit\` here. Did you mean \`limits\`? A plan may hold rows, limits, register, register-v1, update, link, tier, unlink, tables, stop_when, retry, outage, on_exists, placeholders, duplicates.
      members.plan.yaml:2:14  rows.key
        Found \`\${external_id}\`, expected a column's name alone, as in \`key: external_id\`.
      members.plan.yaml:3:21  limits.register
        Found \`0\`, expected requests a minute above 0, as in \`600\`, or a share of them, as in \`600 * 80%\`.
      members.plan.yaml:3:30  limits.link
        Found \`600 * 120\`, expected requests a minute above 0, as in \`600\`, or a share of them, as in \`600 * 80%\`.
      members.plan.yaml:4:24  stop_when.rejected
        Found \`50\`, expected a share of the rows above 0% and up to 100%, as in \`rejected: 50%\`.
      members.plan.yaml:4:35  stop_when.after
        Found \`0\`, expected a whole number of rows, as in \`after: 200\`.
      members.plan.yaml:5:20  retry.attempts
        Found \`2.5\`, expected a whole number of attempts of at least 1, as in \`attempts: 6\`.
      members.plan.yaml:5:30  retry.for
        Found \`30 min\`, expected a time above 0 in seconds, minutes, hours or days (s, m, h, d), as in \`for: 30m\`.
      members.plan.yaml:6:9  outage
        Found \`1w\`, expected a time above 0 in seconds, minutes, hours or days (s, m, h, d), as in \`outage: 1h\`.
      members.plan.yaml:7:12  on_exists
        Found \`skip\`, expected \`ok\` or \`reject\`.
      members.plan.yaml:8:18  tables.tiers
        Found a list, expected a table, as in \`tables: { tiers: { Gold: 1, Silver: 2 } }\`.
      members.plan.yaml:10:10  link.batch
        Found \`51\`, expected a whole number from 1 to 50 (the API takes no more customers in a request).
      members.plan.yaml:11:15  link.customer.externalid
        The link API knows no identifier \`externalid\`. Did you mean \`externalId\`? It knows id, mobile, email, externalId.
      members.plan.yaml:12:14  link.headers.Authorization
        The header \`Authorization\` is rollcall's own to send, from its environment. Take it out of the plan.
      members.plan.yaml:12:32  link.headers.a b
        \`a b\` is no name for a header: letters, digits and hyphens only.
      members.plan.yaml:12:45  link.headers.Z
        Expected one value: text, which may hold \`\${…}\`.
      members.plan.yaml:14:7  link.linkToPartnerPrograms[0]
        A program needs a \`partnerProgramName\`."
    `)
  })

  test('filters and formats', () => {
    const text = `register:
  body:
    a: \${first_name | uper}
    b: { c: "\${mobile | phone India}" }
    d: [ "x", "\${dob | date dd/mm/yyyy}" ]
    e: \${dob | date DD/MM/YYYY}
    f: \${tier | map teirs}
    g: "\${a b | number 3}"
    h: "\${. | lower}"
    i: \${a | datetime yyyy-MM-dd HH:mm}
    j: \${a | datetime yyyy-MM-dd Asia/Calcuta}
    k: \${a | number | default none}
    l: \${a | date 'yyyy-MM-dd hh'}
    m: \${a | date yyyy-MM-dd-MM}
    n: \${a | date yyyy-MM-dd in dd.MM}
    o: \${a | default}
    p: "\${.} and more"
tables: { tiers: { Gold: 1 } }
`
    expect(complaint(text)).toMatchInlineSnapshot(`
      "The plan has 15 problems:
      members.plan.yaml:3:8  register.body.a
        There is no filter \`uper\`. Did you mean \`upper\`? The filters are number, boolean, date, datetime, phone, lower, upper, trim, replace, slice, split, join, default, map.
      members.plan.yaml:4:14  register.body.b.c
        The filter \`phone\` takes a country's two letters, as in \`phone IN\`; found \`India\`.
      members.plan.yaml:5:16  register.body.d[1]
        The format \`dd/mm/yyyy\` has no month (mm means minutes, MM means the month). A date needs yyyy, MM and dd.
      members.plan.yaml:6:8  register.body.e
        The format \`DD/MM/YYYY\` holds \`DD\`, which means nothing here. The day of the month is dd. Known are yyyy yy MMMM MMM MM M dd d EEEE HH H hh h mm m ss s SSS a XXX zzz; other text stands in single quotes.
      members.plan.yaml:7:8  register.body.f
        There is no table \`teirs\`. Did you mean \`tiers\`? The plan's tables are tiers.
      members.plan.yaml:8:9  register.body.g
        There is no locale \`3\`. It is a language and a country, as in \`number en-IN\` or \`number de-DE\`.
      members.plan.yaml:9:9  register.body.h
        \`\${.}\` is the whole record: it takes no filters.
      members.plan.yaml:10:8  register.body.i
        There is no time zone \`HH:mm\`. A zone is a name such as Asia/Kolkata, an offset such as +05:30, or Z. A format that holds spaces stands in quotes.
      members.plan.yaml:11:8  register.body.j
        There is no time zone \`Asia/Calcuta\`. Did you mean \`Asia/Calcutta\`? A zone is a name such as Asia/Kolkata, an offset such as +05:30, or Z. A format that holds spaces stands in quotes.
      members.plan.yaml:12:8  register.body.k
        The default \`none\` stands behind \`number\`, and is no number.
      members.plan.yaml:13:8  register.body.l
        The format \`yyyy-MM-dd hh\` needs both h and a (1 to 12 with AM or PM), or H (0 to 23).
      members.plan.yaml:14:8  register.body.m
        The format \`yyyy-MM-dd-MM\` has the month twice.
      members.plan.yaml:15:8  register.body.n
        The filter \`date\` is written \`date <format>\` or \`date <format> as <format>\`, as in \`date dd/MM/yyyy\`. A format that holds spaces stands in quotes.
      members.plan.yaml:16:8  register.body.o
        The filter \`default\` needs a value, as in \`default 0\`.
      members.plan.yaml:17:9  register.body.p
        \`\${.}\` is the whole record: it takes no text around it."
    `)
  })

  test('expressions that do not end, and templates where none may be', () => {
    const text = `register:
  body:
    a: \${
    b: \${x | }
    c: \${ | x}
    d: \${x | default #1}
    \${e}: 1
    f: >
      folded \${y}
      and \${z | nope}
`
    expect(complaint(text)).toMatchInlineSnapshot(`
      "The plan has 6 problems:
      members.plan.yaml:3:8  register.body.a
        A \`\${\` is not closed by a \`}\`. Write the \`}\`; and where the value holds \` #\` or \`: \`, put all of it in quotes.
      members.plan.yaml:4:8  register.body.b
        A \`|\` has no filter behind it. Write one, or take the \`|\` away.
      members.plan.yaml:5:8  register.body.c
        \`\${…}\` names no column. Write the name of one, as in \${first_name}.
      members.plan.yaml:6:8  register.body.d
        A \`\${\` is not closed by a \`}\`. Write the \`}\`; and where the value holds \` #\` or \`: \`, put all of it in quotes.
      members.plan.yaml:7:5  register.body.\${e}
        A field's name is fixed; only its value may hold \`\${…}\`.
      members.plan.yaml:10:11  register.body.f
        There is no filter \`nope\`. The filters are number, boolean, date, datetime, phone, lower, upper, trim, replace, slice, split, join, default, map."
    `)
  })

  test('numbers that would lose digits, and an alias of nothing', () => {
    const text =
      'register:\n  body:\n    id: 0123\n    card: 12345678901234567890\n    x: *foo\n    ok: 2001914141242\n'
    expect(complaint(text)).toMatchInlineSnapshot(`
      "The plan has 3 problems:
      members.plan.yaml:3:9  register.body.id
        The number 0123 would not be sent as it is written. Put it in quotes: "0123"
      members.plan.yaml:4:11  register.body.card
        The number 12345678901234567890 would not be sent as it is written. Put it in quotes: "12345678901234567890"
      members.plan.yaml:5:8  register.body.x
        The alias *foo names nothing that stands above it."
    `)
  })

  test('parts that are missing, or of another kind', () => {
    expect(complaint('limits: 600\nregister:\n  body: hello\nlink: ~\n')).toMatchInlineSnapshot(`
      "The plan has 3 problems:
      members.plan.yaml:1:9  limits
        Found \`600\`, expected a map of register, register-v1, update, link, tier, unlink, balance, look-up-v1.
      members.plan.yaml:3:9  register.body
        Found \`hello\`, expected a map, or one expression that gives it, such as "\${.}".
      members.plan.yaml:4:7  link
        Found \`~\`, expected a map of batch, customer, linkToPartnerPrograms, headers, query."
    `)
    expect(complaint('link: { customer: { id: "${id}" } }')).toMatchInlineSnapshot(`
      "The plan has a problem:
      members.plan.yaml:1:1  link.linkToPartnerPrograms
        \`linkToPartnerPrograms\` is missing, expected the list of partner programs."
    `)
    expect(complaint('on_exists: ok')).toMatchInlineSnapshot(`
      "The plan has a problem:
      members.plan.yaml:1:1
        The plan asks for nothing. Add a part \`register:\`, or a part \`register-v1:\`, or a part \`update:\`, or a part \`link:\`, or a part \`tier:\`, or a part \`unlink:\`, or several."
    `)
    expect(complaint('')).toMatchInlineSnapshot(`
      "The plan has a problem:
      members.plan.yaml:1:1
        The file is empty. A plan has at least a part \`register:\` or \`register-v1:\` or \`update:\` or \`link:\` or \`tier:\` or \`unlink:\`."
    `)
  })

  test.each([
    ['an unquoted template in a flow map', 'register:\n  body:\n    profiles: [{ value: ${mobile | phone IN} }]\n'],
    ['an unquoted template in a flow list', 'register:\n  body:\n    a: [${x}]\n'],
    ['a colon in an unquoted template', 'register:\n  body:\n    a: ${a | default x: y}\n'],
    ['a key given twice', 'register:\n  body: { a: 1, a: 2 }\n'],
    ['a tab', 'register:\n\tbody: 1'],
    ['a tag', 'register:\n  body: !js 1'],
    ['two documents', '---\na: 1\n---\nb: 2'],
    ['an alias that holds itself', 'register:\n  body: &a { x: [*a, *a] }'],
  ])('%s', (_, text) => {
    expect(complaint(text)).toMatchSnapshot()
  })

  test.each(['Authorization', 'X-CAP-API-OAUTH-TOKEN', 'content-type', 'Content-Length', 'Host'])(
    'the header %s is not the plan’s to set',
    (name) => {
      expect(complaint(`${link}  headers: { ${name}: x }\n`)).toContain(`The header \`${name}\` is rollcall's own`)
    },
  )
})

test.each([
  [String.raw`"A\0B"`, 'The text holds the character U+0000. Take it out.'],
  [String.raw`"\ud83d"`, 'The text holds half of a character (U+D83D'],
  [String.raw`"\ud83d\ude00"`, 'The plan is right.'],
])('a plan may hold no text that could not be sent: %s', (value, words) => {
  expect(complaint(`${link}tables: { t: { a: ${value} } }\n`)).toContain(words)
})
