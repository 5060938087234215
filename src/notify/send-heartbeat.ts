import type { Proxies } from '../proxy/proxies.ts'
import { call } from './call.ts'

/** Calls the address of a dead man's switch: it raises the alarm when it was not called for too long. */
export async function sendHeartbeat(url: URL, proxies?: Proxies): Promise<void> {
  await call(url, { method: 'GET', proxies })
}
