import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isEmailForm } from '../../src/outside/api-forms.ts'

test.each(['asha..rao@x.com', '.asha@x.com', 'asha.@x.com', 'asha@.x.com', 'asha@x..com', 'asha@x.com.', 'asha@x'])(
  '%s has not the form of an e-mail',
  (email) => expect(isEmailForm(email)).toBe(false),
)

test('an e-mail has the form that the API takes by itself alone, whatever was asked before', () => {
  const form = /^[-\w+]+(?:\.[-\w+]+)*@[-\w+]+(?:\.[-\w+]+)+$/
  const pieces = fc.constantFrom('a', 'Z', '7', '@', '.', '-', '_', '+', ' ', 'é', '')
  const email = fc.oneof(
    fc.string(),
    fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(fc.array(email, { maxLength: 5 }), (emails) => {
      for (const each of [...emails, ...emails]) expect(isEmailForm(each), each).toBe(form.test(each))
    }),
  )
})
