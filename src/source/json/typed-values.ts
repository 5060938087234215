import type { Json } from '../../model.ts'

/** What writes values with their types around them. */
export type TypedBy = 'mongodb' | 'dynamodb'

type JsonObject = Readonly<Record<string, Json>>

/** The plain value of a record that was written with types; undefined where it was not. */
export function unwrapTyped(value: Json, by: TypedBy): Json | undefined {
  switch (by) {
    case 'mongodb':
      return unwrapMongo(value)
    case 'dynamodb':
      return isObject(value) ? unwrapItem(isObject(value['Item']) ? value['Item'] : value) : undefined
  }
}

/** True of a record as DynamoDB writes it: each of its values is one of a type. */
export function isDynamoItem(value: Json): boolean {
  return isObject(value) && Object.keys(value).length > 0 && unwrapTyped(value, 'dynamodb') !== undefined
}

/** What only MongoDB writes (Extended JSON, v1 and v2). */
export const MONGO_MARK =
  /\{\s*"\$(?:oid|date|numberLong|numberInt|numberDouble|numberDecimal|uuid|binary|timestamp)"\s*:/

/** https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/ */
function unwrapMongo(value: Json): Json {
  if (isList(value)) return value.map(unwrapMongo)
  if (!isObject(value)) return value
  const [entry, another] = Object.entries(value)
  const plain = entry === undefined || another !== undefined ? undefined : mongoValue(...entry)
  return plain === undefined
    ? Object.fromEntries(Object.entries(value).map(([name, field]) => [name, unwrapMongo(field)]))
    : plain
}

function mongoValue(type: string, value: Json): Json | undefined {
  switch (type) {
    case '$oid':
    case '$uuid':
    case '$symbol':
      return value
    case '$numberInt':
    case '$numberLong':
    case '$numberDouble':
    case '$numberDecimal':
      return typeof value === 'string' ? numberOf(value) : value
    case '$date':
      return typeof value === 'string' ? value : dateOf(unwrapMongo(value))
    case '$binary':
      return isObject(value) ? (value['base64'] ?? value) : value
    case '$undefined':
      return null
    default:
      return undefined
  }
}

/** Milliseconds since 1970, also as the text of a long. */
function dateOf(value: Json): Json {
  const date = new Date(Number(value))
  return Number.isNaN(date.getTime()) ? value : date.toISOString().replace('.000Z', 'Z')
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html */
function unwrapItem(item: JsonObject): Json | undefined {
  const fields = Object.entries(item).map(([name, field]) => [name, unwrapAttribute(field)] as const)
  return fields.some(([, field]) => field === undefined) ? undefined : (Object.fromEntries(fields) as JsonObject)
}

function unwrapAttribute(attribute: Json): Json | undefined {
  const [entry, another] = isObject(attribute) ? Object.entries(attribute) : []
  if (entry === undefined || another !== undefined) return undefined
  const [type, value] = entry
  switch (type) {
    case 'S':
    case 'B':
      return typeof value === 'string' ? value : undefined
    case 'N':
      return typeof value === 'string' ? numberOf(value) : undefined
    case 'BOOL':
      return typeof value === 'boolean' ? value : undefined
    case 'NULL':
      return null
    case 'M':
      return isObject(value) ? unwrapItem(value) : undefined
    case 'L':
      return isList(value) ? allOf(value.map(unwrapAttribute)) : undefined
    case 'SS':
    case 'BS':
      return isList(value) ? value : undefined
    case 'NS':
      return isList(value) ? value.map((each) => (typeof each === 'string' ? numberOf(each) : each)) : undefined
    default:
      return undefined
  }
}

function allOf(values: readonly (Json | undefined)[]): Json | undefined {
  return values.includes(undefined) ? undefined : (values as readonly Json[])
}

/** A number where it comes out as it is written; else the very digits. NaN is no value. */
function numberOf(text: string): Json {
  const number = Number(text)
  if (text === 'NaN') return null
  return String(number) === text || isSameDecimal(text, number) ? number : text
}

/** `1.50` is 1.5; a double keeps 15 digits. */
function isSameDecimal(text: string, number: number): boolean {
  const isDecimal = /^-?(?:0|[1-9]\d*)\.\d+$/.test(text) && text.replaceAll(/\D/g, '').length <= 15
  return isDecimal && Number.isFinite(number)
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
