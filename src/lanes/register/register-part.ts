import { z } from 'zod'
import { columnList } from '../../plan/column-list.ts'
import { compileParameters } from '../../plan/compile-parameters.ts'
import { compileTemplate } from '../../plan/compile-template.ts'
import { expectKind } from '../../plan/expect-kind.ts'
import type { Fault } from '../../plan/fault.ts'
import { findBodyIdentifiers } from '../../plan/identifiers.ts'
import { keepIdentifiers } from './keep-identifiers.ts'
import { type ParameterTemplates, parameterTemplates, parseParameters } from '../../plan/parse-parameters.ts'
import { parseTemplate } from '../../plan/parse-template.ts'
import { entryOf } from '../../plan/read-yaml.ts'
import { present } from '../../plan/schema-values.ts'
import type { Template } from '../../plan/template.ts'
import type { LanePart, LanePlan } from '../lane-plan.ts'
import type { RegisterRequest } from './register-request.ts'

/** `register:` of a plan. */
export interface RegisterPart extends LanePart, ParameterTemplates {
  readonly body: Template
}

export const registerPlan: LanePlan<RegisterRequest, RegisterPart> = {
  keys: z.strictObject({
    body: present('the body of a registration'),
    headers: z.unknown().optional(),
    query: z.unknown().optional(),
  }),

  parse(node, context) {
    const found = entryOf(node, 'body')?.value
    const parameters = parseParameters(node, 'register', context)
    if (found === undefined) return undefined
    expectKind(found, 'map', 'register.body', context)
    const body = parseTemplate(found, 'register.body', context)
    return { batch: 1, body, ...parameters, templates: [body, ...parameterTemplates(parameters)] }
  },

  compile(part, { scope, keeps, faults }) {
    const body = compileTemplate(part.body, scope)
    const parameters = compileParameters(part, scope)
    const missing = missingIdentifier(part.body)
    return (input, found) => {
      const rendered = body(input)
      const value = rendered === undefined ? undefined : keepIdentifiers(rendered, keeps)
      findBodyIdentifiers(value, found)
      if (faults.length === 0 && (found.count === 0 || value === undefined)) faults.push(missing)
      return value === undefined
        ? undefined
        : { body: value, headers: parameters.headers(input), query: parameters.query(input) }
    }
  },
}

function missingIdentifier(body: Template): Fault {
  const columns = columnList(body, /\.identifiers\[\d+\]\.value$/)
  const message =
    columns === ''
      ? 'The body has no identifier: no profiles[].identifiers[] with a type and a value.'
      : `The row has no identifier: ${columns}.`
  return { message, hint: 'A member needs a mobile, an e-mail or an external id.', kind: message }
}
