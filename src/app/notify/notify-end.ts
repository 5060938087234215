import { CallError } from '../../notify/call.ts'
import { checkAddress } from '../../notify/check-address.ts'
import { sendWebhook } from '../../notify/send-webhook.ts'
import type { Context } from '../context.ts'
import type { SessionEnd } from '../session/session-end.ts'
import { endNotification } from './end-notification.ts'

/**
 * Checks the address of `--notify` before there is a run, and gives what posts the summary there when it has ended.
 * Whether the post arrives changes nothing about the run: where it does not, there is an event.
 */
export function openNotify(
  address: string | undefined,
  { environment, on, signal }: Context,
): (end: SessionEnd) => Promise<void> {
  if (address === undefined) return async () => {}
  const { notifySecret, proxies } = environment
  const url = checkAddress('The address of --notify', address)
  return async (end) => {
    on({ kind: 'stage', text: `Posting the summary to ${url.host}` })
    try {
      const notification = endNotification(end, environment)
      await sendWebhook({ url, secret: notifySecret, proxies, signal }, notification)
    } catch (error) {
      if (!(error instanceof CallError)) throw error
      on({ kind: 'notify-failed', why: error.message })
    }
  }
}
