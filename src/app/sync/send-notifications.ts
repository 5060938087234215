import { CallError } from '../../notify/call.ts'
import { checkAddress } from '../../notify/check-address.ts'
import { checkSmtpAddress, sendEmail } from '../../notify/send-email.ts'
import { sendHeartbeat } from '../../notify/send-heartbeat.ts'
import { sendSlack } from '../../notify/send-slack.ts'
import { sendWebhook } from '../../notify/send-webhook.ts'
import { UsageError } from '../../model.ts'
import type { Store } from '../../sync/store.ts'
import { isVariable } from '../../sync/sync-schema.ts'
import { type Telling, openTellings, strikeTelling } from '../../sync/tellings.ts'
import type { Context } from '../context.ts'
import type { Environment } from '../environment.ts'

/**
 * Tells what is still to be told. What does not arrive is kept for the next time, and that is said: whether
 * somebody listens changes nothing about the import.
 */
export async function sendNotifications(
  store: Store,
  { environment, on }: Pick<Context, 'environment' | 'on'>,
): Promise<void> {
  for (const telling of openTellings(store, environment.now())) {
    try {
      await send(telling, environment)
      strikeTelling(store, telling.id)
    } catch (error) {
      if (!(error instanceof CallError) && !(error instanceof UsageError)) throw error
      on({ kind: 'notification-failed', channel: telling.way.kind, why: error.message })
    }
  }
}

async function send({ way, told }: Telling, environment: Environment): Promise<void> {
  const { notifySecret: secret, proxies } = environment
  switch (way.kind) {
    case 'webhook':
      await sendWebhook({ url: addressOf(way, environment), secret, proxies }, told)
      return
    case 'slack':
      await sendSlack(addressOf(way, environment), told, proxies)
      return
    case 'heartbeat':
      await sendHeartbeat(addressOf(way, environment), proxies)
      return
    case 'email': {
      const smtp = isVariable(way.smtp) ? environment.variable(way.smtp, 'the address of the mail server') : way.smtp
      await sendEmail({ smtp: checkSmtpAddress('`smtp`', smtp), from: way.from, to: way.to }, told)
    }
  }
}

function addressOf(way: { readonly kind: string; readonly address: string }, environment: Environment): URL {
  const what = `The address of the sync's ${way.kind}`
  return checkAddress(what, isVariable(way.address) ? environment.variable(way.address, what) : way.address)
}
