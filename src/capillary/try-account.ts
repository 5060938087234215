import { keepSecrets } from '../outside/secrets.ts'
import type { Proxies } from '../proxy/proxies.ts'
import { isServed, messageOf, tokenMessage } from './client.ts'
import { type Credentials, basicAuthorization, checkBaseUrl, secretsOf } from './credentials.ts'
import { customerLookup } from './customer-lookup.ts'
import { describeStatus } from './describe-status.ts'
import type { Fault, Reply } from './exchange.ts'
import { readToken } from './read-token.ts'
import { type Message, createTransport } from './transport.ts'

/** What an API said to one request that was made to see whether it takes the credentials. Times: ms since the epoch. */
export interface AccountTrial {
  /** unanswered: it said nothing of the credentials. */
  readonly kind: 'accepted' | 'refused' | 'unanswered'
  /** Its words, without the credentials. */
  readonly message: string
  readonly sentAt: number
  readonly answeredAt: number
  /** What its `Date` says. */
  readonly apiTime: number | undefined
}

export interface AccountToTry {
  readonly baseUrl: string
  readonly credentials: Credentials
  readonly proxies: Proxies
}

/**
 * Fetches a token; with Basic credentials, for which there is none, looks up a member who is not there. Throws a
 * UsageError for a base URL that cannot be used.
 */
export async function tryAccount({ baseUrl, credentials, proxies }: AccountToTry): Promise<AccountTrial> {
  const base = checkBaseUrl(baseUrl)
  const { conceal } = keepSecrets(secretsOf(credentials))
  const transport = createTransport({
    connectMs: 10_000,
    replyMs: 8_000,
    maxSockets: 1,
    maxReplyBytes: 2 ** 20,
    proxies,
  })
  try {
    const sentAt = Date.now()
    const reply = await transport.send(trialOf(base, credentials))
    const said = credentials.kind === 'oauth' ? readTokenReply(reply) : readLookup(reply)
    const { date } = reply.kind === 'reply' ? reply.headers : {}
    return {
      ...said,
      message: conceal(said.message),
      sentAt,
      answeredAt: Date.now(),
      apiTime: date === undefined ? undefined : Date.parse(date),
    }
  } finally {
    transport.close()
  }
}

function trialOf(base: string, credentials: Credentials): Message {
  if (credentials.kind === 'oauth') return tokenMessage(base, credentials)
  const nobody = { source: 'INSTORE', identifierName: 'externalId', identifierValue: 'rollcall-doctor' }
  const authorization = basicAuthorization(credentials.username, credentials.password)
  return messageOf(base, customerLookup(nobody), { authorization })
}

type Said = Pick<AccountTrial, 'kind' | 'message'>

function readTokenReply(reply: Reply | Fault): Said {
  const answer = readToken(reply)
  switch (answer.kind) {
    case 'token':
      return { kind: 'accepted', message: 'a token was fetched' }
    case 'denied':
      return { kind: 'refused', message: answer.message }
    case 'fault':
      return { kind: 'unanswered', message: answer.message }
    case 'reply':
      return { kind: 'unanswered', message: describeStatus(answer) }
  }
}

function readLookup(reply: Reply | Fault): Said {
  if (reply.kind === 'fault') return { kind: 'unanswered', message: reply.message }
  if (reply.status === 401 || reply.status === 403) return { kind: 'refused', message: describeStatus(reply) }
  if (!isServed(reply)) return { kind: 'unanswered', message: describeStatus(reply) }
  return { kind: 'accepted', message: 'a look-up was answered' }
}
