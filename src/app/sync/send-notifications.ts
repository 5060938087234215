import { CallError } from '../../notify/call.ts'
import { checkAddress } from '../../notify/check-address.ts'
import { checkSmtpAddress, sendEmail } from '../../notify/send-email.ts'
import { sendHeartbeat } from '../../notify/send-heartbeat.ts'
import { sendSlack } from '../../notify/send-slack.ts'
import { sendWebhook } from '../../notify/send-webhook.ts'
import { UsageError } from '../../model.ts'
import type { Store } from '../../sync/store.ts'
import { isVariable } from '../../sync/sync-schema.ts'
import { type OutboxEntry, pendingNotifications, removeFromOutbox } from '../../sync/outbox.ts'
import type { Context } from '../context.ts'
import type { Environment } from '../environment.ts'

/**
 * Sends what is in the outbox. What does not arrive is kept for the next time, with an event: whether
 * somebody listens changes nothing about the import.
 */
export async function sendNotifications(
  store: Store,
  { environment, on, signal }: Pick<Context, 'environment' | 'on' | 'signal'>,
): Promise<void> {
  for (const entry of pendingNotifications(store, environment.now())) {
    on({ kind: 'stage', text: `Telling by ${entry.channel.kind} how it went` })
    try {
      await send(entry, { environment, signal })
      removeFromOutbox(store, entry.id)
    } catch (error) {
      if (!(error instanceof CallError) && !(error instanceof UsageError)) throw error
      on({ kind: 'notification-failed', channel: entry.channel.kind, why: error.message })
      // What is left is told the next time.
      if (signal.aborted) return
    }
  }
}

async function send(
  { channel, notification }: OutboxEntry,
  { environment, signal }: Pick<Context, 'environment' | 'signal'>,
): Promise<void> {
  const { notifySecret: secret, proxies } = environment
  switch (channel.kind) {
    case 'webhook':
      await sendWebhook({ url: addressOf(channel, environment), secret, proxies, signal }, notification)
      return
    case 'slack':
      await sendSlack(addressOf(channel, environment), notification, { proxies, signal })
      return
    case 'heartbeat':
      await sendHeartbeat(addressOf(channel, environment), { proxies, signal })
      return
    case 'email': {
      const smtp = isVariable(channel.smtp)
        ? environment.variable(channel.smtp, 'the address of the mail server')
        : channel.smtp
      await sendEmail(
        { smtp: checkSmtpAddress('`smtp`', smtp), from: channel.from, to: channel.to },
        notification,
        signal,
      )
    }
  }
}

function addressOf(channel: { readonly kind: string; readonly address: string }, environment: Environment): URL {
  const what = `The address of the sync's ${channel.kind}`
  return checkAddress(what, isVariable(channel.address) ? environment.variable(channel.address, what) : channel.address)
}
