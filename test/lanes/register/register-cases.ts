import { v1Codes } from '../../../src/capillary/codes/v1-codes.ts'
import type { Exchange } from '../../../src/capillary/exchange.ts'
import { classifyRegister } from '../../../src/lanes/register/classify-register.ts'
import type { RegisterContext, RegisterVerdict } from '../../../src/lanes/register/classify-register.ts'

export const clean: RegisterContext = { ambiguous: false, onExists: 'ok' }
export const v1: RegisterContext = { ...clean, codes: v1Codes }

type Expected = Readonly<Record<string, unknown>> & { readonly kind: RegisterVerdict['kind'] }

/** What a reply to a registration must become, on a clean attempt unless told. */
export type Case = readonly [title: string, exchange: Exchange, expected: Expected, context?: RegisterContext]

export const warning = (code: number, message = 'w') => ({ status: false, code, message })

/** The verdict on a case's reply. */
export function verdictOf([, exchange, , context = clean]: Case): RegisterVerdict {
  return classifyRegister(exchange, context)
}
