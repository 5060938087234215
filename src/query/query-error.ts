import { UsageError } from '../model.ts'

/** What a driver's error means, and what to do about it. No driver puts a password into its words. */
export function explainError(
  error: unknown,
  { name, sql, queryName }: { readonly name: string; readonly sql: string; readonly queryName: string },
): UsageError {
  const { code, position } = (error ?? {}) as { readonly code?: unknown; readonly position?: unknown }
  const said = innermost(error).replace(/\.$/, '')
  const help = typeof code === 'string' ? HELP.find(([codes]) => codes.includes(code))?.[1] : undefined
  if (help !== undefined) return new UsageError(`${name}: ${said}. ${help}`)
  const place = typeof position === 'string' ? placeIn(sql, Number(position)) : ''
  return new UsageError(`${name}: ${queryName}${place}: ${said}.`)
}

const HELP: readonly (readonly [codes: readonly string[], help: string])[] = [
  [['ECONNREFUSED', 'ENOENT'], 'Nobody listens there: are host and port right, and does the server run?'],
  [['ENOTFOUND', 'EAI_AGAIN'], 'There is no such host.'],
  [['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'], 'The server cannot be reached from here.'],
  [
    ['28P01', '28000', 'ER_ACCESS_DENIED_ERROR'],
    'User and password stand in the address, or in PGPASSWORD or ~/.pgpass for PostgreSQL.',
  ],
  [['3D000', 'ER_BAD_DB_ERROR'], 'Is the name of the database right?'],
  [['25006', 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION'], 'A query may change nothing: a SELECT was expected.'],
  [
    [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'HANDSHAKE_SSL_ERROR',
    ],
    'Name the authority that signed its certificate in NODE_EXTRA_CA_CERTS, or put ?sslmode=require behind the address: whoever answers is then believed.',
  ],
  [['HANDSHAKE_NO_SSL_SUPPORT'], 'Put ?sslmode=disable behind the address to send members in the clear.'],
]

/** Of errors that hold several, as of a host with several addresses, the first says what it is. */
function innermost(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}

/** Where in the query a character is, as PostgreSQL counts them from 1. */
function placeIn(sql: string, position: number): string {
  const before = Array.from(sql)
    .slice(0, position - 1)
    .join('')
    .split('\n')
  return `:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
}
