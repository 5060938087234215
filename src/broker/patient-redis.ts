import { Cluster, type Command, Redis, type RedisOptions } from 'ioredis'
import type { Patience } from './patience.ts'

/** Whichever of the two. */
export type PatientConnection = PatientRedis | PatientCluster

type Sent = Parameters<Redis['sendCommand']>

/** A connection whose commands wait while Redis refuses them for the time being. Those of a pipeline do not. */
export class PatientRedis extends Redis {
  patience: Patience | undefined
  /** What was made of it and has not ended: the connections on which BullMQ's workers wait for jobs. */
  readonly duplicates = new Set<Redis>()

  constructor(options: Omit<RedisOptions, 'replyMapping'>) {
    super({ ...options, reconnectOnError: reconnectNowAndThen() })
    this.on('end', () => failUnanswered(this))
  }

  override sendCommand(command: Sent[0], stream?: Sent[1]): unknown {
    // What belongs to the handshake has its own way of failing; what waits for it fails with it, and nothing of that was done.
    const isHandshake = this.status === 'connect' && HANDSHAKE.has(command.name)
    if (this.patience === undefined || stream !== undefined || isHandshake) return super.sendCommand(command, stream)
    return sendPatiently(command, this.patience, (each) => super.sendCommand(each))
  }

  /**
   * While it waits to connect again, ioredis only forgets its timer: nothing would ever tell that it has ended, and whoever
   * waits for that (a worker that closes) or for a command would wait for ever. From an attempt to connect it ends in order.
   */
  override disconnect(reconnect = false): void {
    if (this.status === 'reconnecting' && !reconnect) this.connect().catch(() => {})
    super.disconnect(reconnect)
  }

  /** As BullMQ makes the connections on which its workers wait for jobs; it knows its type better than ioredis says it. */
  override duplicate(override?: Partial<RedisOptions>): never {
    return kept(this.duplicates, new PatientRedis({ ...this.options, ...override, ...AT_ONCE })) as never
  }
}

/**
 * A failover can leave us on a server that no longer takes writes, also behind one address: then another connection is made,
 * and who was refused asks again. Not at each refusal, as a server that stays a replica would see nothing but new ones.
 */
export function reconnectNowAndThen(): (error: Error) => boolean {
  let last = -Infinity
  return ({ message }) => {
    if (!message.startsWith('READONLY') || performance.now() - last < RECONNECT_EVERY_MS) return false
    last = performance.now()
    return true
  }
}

const RECONNECT_EVERY_MS = 2_000

/** What ioredis sends on a new connection. */
const HANDSHAKE: ReadonlySet<string> = new Set(['hello', 'auth', 'client', 'select', 'info', 'readonly'])

/** The same for a Cluster. */
export class PatientCluster extends Cluster {
  patience: Patience | undefined
  readonly duplicates = new Set<Cluster>()

  override duplicate(...[hosts, override]: Parameters<Cluster['duplicate']>): Cluster {
    return kept(this.duplicates, super.duplicate(hosts, { ...override, ...AT_ONCE }))
  }

  override sendCommand(command: Sent[0], stream?: Sent[1], node?: unknown): unknown {
    if (this.patience === undefined || stream !== undefined || node !== undefined) {
      return super.sendCommand(command, stream, node)
    }
    return sendPatiently(command, this.patience, (each) => super.sendCommand(each))
  }
}

/**
 * Who first has to be told to connect fails for good where the first attempt does, though ioredis goes on trying: a worker
 * whose first connection is refused would take no job ever again.
 */
const AT_ONCE = { lazyConnect: false }

function kept<Connection extends Redis | Cluster>(all: Set<Connection>, made: Connection): Connection {
  all.add(made)
  made.on('end', () => all.delete(made))
  return made
}

/**
 * Commands that were sent and not answered when the connection was lost wait for the next one, to be sent again. Where it
 * ends for good without one, ioredis leaves them waiting for ever.
 */
function failUnanswered(connection: PatientRedis): void {
  const { prevCommandQueue: queue } = connection as unknown as Unanswered
  for (let item = queue?.shift(); item !== undefined; item = queue?.shift()) {
    item.command.reject(new Error('Connection is closed.'))
  }
}

interface Unanswered {
  readonly prevCommandQueue: { shift(): { readonly command: Command } | undefined } | null | undefined
}

/** A command that was answered cannot be sent again: each try but the first is a copy. */
function sendPatiently(command: Command, patience: Patience, send: (command: Command) => unknown): Promise<unknown> {
  let next = command
  return patience.run(async () => {
    const sent = next
    next = copyOf(command)
    return await send(sent)
  })
}

/** Of the same class: that of a script knows which connection has it already. */
function copyOf(command: Command): Command {
  const { name, args } = command
  const { replyEncoding } = command as unknown as { replyEncoding: BufferEncoding | null }
  const Own = command.constructor as typeof Command
  return new Own(name, [...args], { replyEncoding })
}
