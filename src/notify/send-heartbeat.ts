import { type Call, call } from './call.ts'

/** Calls the address of a dead man's switch: it raises the alarm when it was not called for too long. */
export async function sendHeartbeat(url: URL, { proxies, signal }: Pick<Call, 'proxies' | 'signal'>): Promise<void> {
  await call(url, { method: 'GET', proxies, signal })
}
