import { runFolder } from '../../run/run-record.ts'
import { CallError } from '../../notify/call.ts'
import { checkAddress } from '../../notify/check-address.ts'
import { sendWebhook } from '../../notify/send-webhook.ts'
import { resolve } from 'node:path'
import { endNotice } from './end-notice.ts'
import type { Environment } from '../environment.ts'
import type { SessionEnd } from '../session/run-session.ts'

/**
 * Checks the address of `--notify` before there is a run, and gives what posts the summary there when it has ended.
 * Whether the post arrives changes nothing about the run: where it does not, standard error says so.
 */
export function openNotify(
  address: string | undefined,
  { notifySecret, home }: Environment,
): (end: SessionEnd) => Promise<void> {
  if (address === undefined) return async () => {}
  const url = checkAddress('The address of --notify', address)
  return async (end) => {
    try {
      await sendWebhook({ url, secret: notifySecret }, endNotice(end, resolve(runFolder(home, end.record.run).path)))
    } catch (error) {
      if (!(error instanceof CallError)) throw error
      process.stderr.write(`The summary could not be posted: ${error.message}. It is in summary.json.\n`)
    }
  }
}
