import { z } from 'zod'

/** A value that `read` understands, or an issue that says what was expected. */
export function reading<T>(read: (value: unknown) => T | undefined, expected: string) {
  return z.unknown().transform((value, context): T => {
    const result = read(value)
    if (result !== undefined) return result
    context.addIssue({ code: 'custom', message: expected })
    return z.NEVER
  })
}

/** Any value that is there. */
export function present(expected: string) {
  return z.custom<unknown>((value) => value !== undefined && value !== null, { error: expected })
}

/** A whole number of at least 1, or nothing. */
export function count(expected: string) {
  return reading((value) => (isCount(value) && value > 0 ? value : undefined), expected).optional()
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value)
}
