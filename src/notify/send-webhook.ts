import { createHmac } from 'node:crypto'
import type { Proxies } from '../proxy/proxies.ts'
import { call } from './call.ts'
import { type Notification, notificationText } from './notification.ts'

export interface Webhook {
  readonly url: URL
  /** What both sides know; without it, the body is not signed. */
  readonly secret?: string
  /** Through which proxies it is called; none unless told. */
  readonly proxies?: Proxies
  /** Aborts when we are to stop: then it is tried for some seconds more. */
  readonly signal: AbortSignal
}

/**
 * Posts a notification as JSON. With a secret, each attempt is signed in the manner of Standard Webhooks
 * (https://www.standardwebhooks.com): `webhook-signature` is `v1,` and the base64 of the HMAC-SHA256 of
 * `<webhook-id>.<webhook-timestamp>.<body>`. Throws a CallError where no attempt succeeded.
 */
export async function sendWebhook(
  { url, secret, proxies, signal }: Webhook,
  notification: Notification,
): Promise<void> {
  const body = JSON.stringify({ event: notification.event, text: notificationText(notification), ...notification.data })
  const headers = () => webhookHeaders(notification.id, new Date(), body, secret)
  await call(url, { method: 'POST', body, headers, proxies, signal })
}

/** The headers of one attempt, by its time. */
export function webhookHeaders(id: string, now: Date, body: string, secret?: string): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp }
  if (secret === undefined) return headers
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { ...headers, 'webhook-signature': `v1,${signature}` }
}

/** `whsec_` and base64, as Standard Webhooks has it; any other secret is its own bytes. */
function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_')
    ? Buffer.from(secret.slice('whsec_'.length), 'base64')
    : Buffer.from(secret, 'utf8')
}
