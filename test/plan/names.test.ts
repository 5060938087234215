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
  ])('that may not be meant is told: %j %s', (name, why) => {
    expect(doubtsOf(name)).toEqual([expect.stringContaining(why)])
  })

  test.each(['Müller', 'Zoë', 'Ñoño', 'Åsa', 'Éé', 'Łukasz', 'Ünal', 'Tom & Jerry', 'Иван', '漢字', 'Who?', 'Öž'])(
    'is not doubted that is one: %j',
    (name) => {
      expect(doubtsOf(name)).toEqual([])
    },
  )
})

function doubtsOf(name: string): readonly string[] {
  const rendered = renderCells(PLAN, { id: '1', name })
  return rendered.kind === 'requests' ? (rendered.doubts ?? []).map(({ message }) => message) : [rendered.message]
}
