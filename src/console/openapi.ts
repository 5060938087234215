import { z } from 'zod'
import { version } from '../version.ts'
import type { Route } from './route.ts'
import { failure } from './shapes.ts'

/** The routes as OpenAPI describes them, made from the schemas that check what comes in. */
export function describeRoutes(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeRoute(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'rollcall console', version },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    security: [{ token: [] }],
    paths,
  }
}

function describeRoute({ summary, params, query, body, upload, reply }: Route): object {
  return {
    summary,
    parameters: [...parametersOf(params, 'path'), ...parametersOf(query, 'query')],
    ...(body !== undefined && { requestBody: content('application/json', body, 'input') }),
    ...(upload !== undefined && { requestBody: content('multipart/form-data', upload, 'input') }),
    responses: {
      [reply.status]: {
        description: 'as asked',
        ...(reply.schema === undefined
          ? { content: { [reply.type ?? 'application/octet-stream']: {} } }
          : content('application/json', reply.schema, 'output')),
      },
      default: { description: 'why not', ...content('application/json', failure, 'output') },
    },
  }
}

function content(type: string, schema: z.ZodType, io: 'input' | 'output'): object {
  return { content: { [type]: { schema: schemaOf(schema, io) } } }
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _dialect, ...described } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return described
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, { readonly description?: string }>>
  readonly required?: readonly string[]
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): readonly object[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as ObjectSchema
  return Object.entries(properties).map(([name, { description, ...described }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description !== undefined && { description }),
    schema: described,
  }))
}
