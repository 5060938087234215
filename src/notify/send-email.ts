import { setTimeout as delay } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import { UsageError } from '../model.ts'
import { afterStop } from './after-stop.ts'
import { CallError } from './call.ts'
import { isLoopback } from './check-address.ts'
import { type Notification, notificationText } from './notification.ts'

export interface Mailbox {
  /** `smtps://user:password@host:465`, or `smtp://` where the connection becomes secure by STARTTLS. */
  readonly smtp: URL
  readonly from: string
  readonly to: readonly string[]
}

/** Checks the address of a mail server; `what` names it in messages, which show none of it but the host. */
export function checkSmtpAddress(what: string, address: string): URL {
  const url = URL.parse(address.trim())
  if (url === null || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') || url.hostname === '') {
    throw new UsageError(`${what} is no address of a mail server: expected smtps://user:password@mail.example.com.`)
  }
  return url
}

const WAITS_MS = [2_000, 10_000, 30_000]
const TIMEOUT_MS = 15_000

/**
 * Sends a notification as an e-mail of plain text; tried again where the server may yet take it, and for some seconds where
 * `signal` has us stop. Throws a CallError.
 */
export async function sendEmail(
  { smtp, from, to }: Mailbox,
  notification: Notification,
  signal: AbortSignal,
): Promise<void> {
  const transport = createTransport({
    host: smtp.hostname.replaceAll(/^\[|\]$/g, ''),
    port: Number(smtp.port) || (smtp.protocol === 'smtps:' ? 465 : 587),
    secure: smtp.protocol === 'smtps:',
    // A password, and what the message says, cross no network in the clear.
    requireTLS: smtp.protocol === 'smtp:' && !isLoopback(smtp.hostname),
    ignoreTLS: smtp.protocol === 'smtp:' && isLoopback(smtp.hostname),
    ...(smtp.username !== '' && {
      auth: { user: decodeURIComponent(smtp.username), pass: decodeURIComponent(smtp.password) },
    }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const message = {
    from,
    to: [...to],
    subject: notification.title,
    text: `${notificationText(notification)}\n`,
    // Whatever reads mail shows the same notification once, though it was sent again.
    messageId: `<${notification.id}@rollcall.invalid>`,
  }
  using stop = afterStop(signal)
  const { promise: stopped, reject } = Promise.withResolvers<never>()
  stopped.catch(() => {})
  stop.signal.addEventListener('abort', () => reject(new CallError(`${smtp.host} took no mail before the stop`)))
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        await Promise.race([transport.sendMail(message), stopped])
        return
      } catch (error) {
        if (error instanceof CallError) throw error
        const wait = WAITS_MS[attempt]
        if (wait === undefined || isFinal(error))
          throw new CallError(`${smtp.host} ${reasonOf(error)}`, { cause: error })
        await Promise.race([delay(wait, undefined, { signal: stop.signal }), stopped])
      }
    }
  } finally {
    transport.close()
  }
}

/** A 5xx of the server is its last word (RFC 5321, 4.2.1). */
function isFinal(error: unknown): boolean {
  const code = error instanceof Error && 'responseCode' in error ? error.responseCode : undefined
  return typeof code === 'number' && code >= 500
}

/** Not the error's own message: a server may repeat in it what it was told. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'took no mail'
  if ('responseCode' in error && typeof error.responseCode === 'number')
    return `refused the mail (${error.responseCode})`
  return 'code' in error ? `could not be reached (${String(error.code)})` : 'took no mail'
}
