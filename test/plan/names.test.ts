import { describe, expect, test } from 'vitest'
import { renderCells } from './render.ts'

const PLAN = `
register:
  body:
    profiles:
      - firstName: \${name}
        identifiers: [{ type: externalId, value: "\${id}" }]
`

describe('a name', () => {
  test.each([
    ['MÃ¼ller', 'looks as if it was read in another encoding'],
    ['FranÃ§ois', 'in another encoding'],
    ['Dâ€™Arc', 'in another encoding'],
    ['ÅŸahin', 'in another encoding'],
    ['Ð˜Ð²Ð°Ð½', 'in another encoding'],
    ['æ¼¢å­—', 'in another encoding'],
    ['M?ller', 'has a sign in the place of a letter'],
    ['M\uFFFDller', 'has a sign in the place of a letter'],
    ['M&uuml;ller', 'holds what HTML writes for a sign'],
    ['O&#39;Brien', 'holds what HTML writes for a sign'],
    ['Asha%20Devi', 'holds what a program, a web address or HTML writes around or for a sign'],
    ['J=C3=B6rg', 'holds what a program, a web address or HTML writes around or for a sign'],
    ['<b>Asha</b>', 'holds what a program, a web address or HTML writes around or for a sign'],
    ['\\u0041sha', 'holds what a program, a web address or HTML writes around or for a sign'],
    ['asha@example.com', 'is no name'],
    ['9876543210', 'is no name'],
    ['+91 98765-43210', 'is no name'],
    ['10/05/1988', 'is no name'],
    ['=A2', 'is a formula of a spreadsheet'],
  ])('that may not be meant is told: %j %s', (name, why) => {
    expect(doubtsOf(name)).toEqual([expect.stringContaining(why)])
  })

  test.each([
    'Müller',
    'Zoë',
    'Ñoño',
    'Åsa',
    'Éé',
    'Łukasz',
    'Ünal',
    'Tom & Jerry',
    'Иван',
    '漢字',
    'Who?',
    'Öž',
    'R2 D2',
    'Asha 2',
    '50 Cent',
    'X Æ A-12',
    '@asha',
  ])('is not doubted that is one: %j', (name) => {
    expect(doubtsOf(name)).toEqual([])
  })
})

function doubtsOf(name: string): readonly string[] {
  const rendered = renderCells(PLAN, { id: '1', name })
  return rendered.kind === 'requests' ? (rendered.doubts ?? []).map(({ message }) => message) : [rendered.message]
}
