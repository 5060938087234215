import { afterEach } from 'vitest'
import { createClient } from '../../src/capillary/client.ts'
import type { Client, ClientOptions } from '../../src/capillary/client.ts'
import { registerRequest } from '../../src/lanes/register/register-request.ts'

const oauth = { kind: 'oauth', key: 'the-key', secret: 'the-secret' } as const
export const request = registerRequest({ body: { profiles: [{ firstName: 'Zoë' }] } })

const open: Client[] = []

/** A client that the end of the test closes. */
export function clientOf(baseUrl: string, options: Partial<ClientOptions> = {}): Client {
  const client = createClient({ baseUrl, credentials: oauth, ...options })
  open.push(client)
  return client
}

afterEach(() => {
  for (const client of open.splice(0)) client.close()
})
