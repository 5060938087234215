import type { Input, Parameters } from '../model.ts'
import { compileTemplate } from './compile-template.ts'
import type { Render, Scope } from './compile-template.ts'
import { type ParameterTemplates, isHeaderValue } from './parse-parameters.ts'
import { expressionsIn } from './template.ts'
import type { Template, TemplateField } from './template.ts'
import { textOf } from './values.ts'

type RenderParameters = (input: Input) => Parameters | undefined

/** Headers and query of a request: always text; the same object for every row where the plan has no column in them. */
export function compileParameters(
  { headers, query }: ParameterTemplates,
  scope: Scope,
): { readonly headers: RenderParameters; readonly query: RenderParameters } {
  return { headers: compileFields(headers, scope, true), query: compileFields(query, scope, false) }
}

function compileFields(fields: readonly TemplateField[], scope: Scope, header: boolean): RenderParameters {
  if (fields.length === 0) return () => undefined
  const renders = fields.map(({ name, value }) => ({ name, render: compileParameter(value, scope, header) }))
  const renderAll = (input: Input): Parameters | undefined => {
    const entries = renders.flatMap(({ name, render }): [string, string][] => {
      const text = render(input)
      return text === undefined ? [] : [[name, text]]
    })
    return entries.length === 0 ? undefined : Object.fromEntries(entries)
  }
  if (!fields.every((field) => field.value.kind === 'literal')) return renderAll
  const constant = renderAll({ kind: 'cells', cells: [] })
  return () => constant
}

function compileParameter(template: Template, scope: Scope, header: boolean): (input: Input) => string | undefined {
  const render: Render = compileTemplate(template, scope)
  const column = expressionsIn(template)[0]?.column ?? ''
  return (input) => {
    const value = render(input)
    if (value === undefined) return undefined
    const text = textOf(value)
    if (text === undefined)
      return scope.refuse(column, value, 'is a list or an object; expected text for a header or a query')
    if (header && !isHeaderValue(text)) {
      return scope.refuse(column, value, 'cannot be sent in a header; expected plain western text on one line')
    }
    return text
  }
}
