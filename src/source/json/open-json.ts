import type { Declared } from '../declared.ts'
import { beginsWithAction } from './bulk-actions.ts'
import type { RecordReader } from '../record-reader.ts'
import type { Rows } from '../rows.ts'
import type { TextOptions } from '../text-options.ts'
import type { TextFormat } from '../source-format.ts'
import { findShape } from './find-shape.ts'
import type { FoundShape, JsonShape } from './find-shape.ts'
import { JsonColumnsReader } from './json-columns-reader.ts'
import { JsonReader } from './json-reader.ts'
import { parseJson } from './json-record.ts'
import { JsonlReader, PARENT } from './jsonl-reader.ts'
import { MONGO_MARK, isDynamoItem } from './typed-values.ts'
import type { TypedBy } from './typed-values.ts'

interface JsonText extends TextOptions {
  /** What messages call the file. */
  readonly name: string
  /** The sample is all there is. */
  readonly complete: boolean
  readonly declared: Pick<Declared, 'path' | 'json'>
  /** JSON Lines, or one array, where that is known. */
  readonly format: 'jsonl' | 'json' | undefined
}

/**
 * A reader for a JSON text, by its first bytes (UTF-8), with what was found out. Throws UsageError where its records are
 * not to be found.
 */
export function openJson(
  sample: Buffer,
  { name, complete, declared, format, ...options }: JsonText,
): { readonly reader: RecordReader; readonly format: TextFormat } & Pick<Rows, 'told' | 'notes' | 'unread'> {
  const found =
    format === undefined ? findShape(sample, { name, complete, path: declared.path }) : { shape: KNOWN[format] }
  const { shape } = found
  const hasActions = shape.kind === 'lines' && declared.path === undefined && beginsWithAction(sample)
  const typedBy = declared.json === 'plain' ? undefined : (declared.json ?? findTypes(sample, found))
  return {
    reader: readerOf(shape, name, { ...options, typedBy, hasActions, hasParts: sample.includes(PARENT) }),
    format: shape.kind === 'lines' || shape.kind === 'sequence' ? 'jsonl' : 'json',
    told: [
      ...toldOf(shape),
      ...(hasActions ? ['records behind actions (bulk), each with its _id'] : []),
      ...(typedBy === undefined || declared.json !== undefined ? [] : [TYPES[typedBy]]),
    ],
    notes: found.note === undefined ? [] : [found.note],
    unread: found.otherPages === undefined ? [] : [{ what: 'other pages', message: found.otherPages }],
  }
}

const KNOWN: Readonly<Record<'jsonl' | 'json', JsonShape>> = {
  jsonl: { kind: 'lines' },
  json: { kind: 'list', start: 0, path: '', names: undefined, around: 0, isSettled: true },
}

const TYPES: Readonly<Record<TypedBy, string>> = {
  mongodb: 'values with MongoDB’s types (json: mongodb)',
  dynamodb: 'values with DynamoDB’s types (json: dynamodb)',
}

function readerOf(
  shape: JsonShape,
  name: string,
  options: TextOptions & {
    readonly typedBy: TypedBy | undefined
    readonly hasActions: boolean
    readonly hasParts: boolean
  },
): RecordReader {
  switch (shape.kind) {
    case 'lines':
      return new JsonlReader(options)
    case 'columns':
      return new JsonColumnsReader(name)
    case 'sequence':
    case 'list':
    case 'by key':
      return new JsonReader(shape, options)
  }
}

function toldOf(shape: JsonShape): readonly string[] {
  switch (shape.kind) {
    case 'lines':
      return []
    case 'sequence':
      return ['JSON objects one after the other']
    case 'columns':
      return ['JSON column by column']
    case 'list': {
      const items = shape.names === undefined ? '' : ' of lists'
      return [
        shape.path === ''
          ? shape.isRepeated === true
            ? `JSON arrays${items}, one after the other`
            : `a JSON array${items}`
          : `the list ${JSON.stringify(shape.path)}${items} in a JSON object`,
      ]
    }
    case 'by key': {
      const where = shape.path === '' ? '' : ` under ${JSON.stringify(shape.path)}`
      return [`JSON objects by their keys${where}, with the key as ${JSON.stringify(shape.keyName)}`]
    }
  }
}

/** Whose types the values have around them, by what only MongoDB writes and by the first record. */
function findTypes(sample: Buffer, { first }: Pick<FoundShape, 'first'>): TypedBy | undefined {
  if (MONGO_MARK.test(sample.toString('latin1'))) return 'mongodb'
  if (first === undefined) return undefined
  try {
    return isDynamoItem(parseJson(sample.toString('utf8', first.start, first.end))) ? 'dynamodb' : undefined
  } catch {
    return undefined
  }
}
