import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { UsageError } from '../model.ts'
import { gatewayAnswer } from './answer.ts'
import { control } from './control.ts'
import type { CustomerRecord, MemberRecord, ProfileRecord } from './books.ts'
import type { FaultName, Faults } from './faults.ts'
import type { SimulatorOptions } from './options.ts'
import { laneAt } from './lanes.ts'
import type { OrgOptions } from './org.ts'
import { readText, send } from './send.ts'
import { World } from './world.ts'
import type { SimulatorStats } from './world.ts'
import type { Arrival } from './traffic.ts'

export interface Simulator {
  /** `http://127.0.0.1:<port>`, without a slash at its end. */
  readonly url: string
  stats(): SimulatorStats
  customers(): CustomerRecord[]
  members(): MemberRecord[]
  /** By any identifier of a customer, or the primary one of a member who is none. */
  member(type: string, value: string): MemberRecord | undefined
  /** What is stored of a customer, by any identifier. */
  profile(type: string, value: string): ProfileRecord | undefined
  profiles(): ProfileRecord[]
  /** One account takes in another, by ids. False where one of them is none. */
  takeIn(survivor: number, victim: number): boolean
  /** Replaces all settings of the organisation. */
  setOrg(options: OrgOptions): void
  /** Empty unless `recordArrivals` is set. */
  arrivals(): readonly Arrival[]
  /** Adds points to a customer's balance, or takes them away below zero. False where there is no such customer. */
  addPoints(type: string, value: string, points: number): boolean
  /** Deletes a customer. False where there is none. */
  forget(type: string, value: string): boolean
  /** Replaces all faults. */
  setFaults(faults: Faults): void
  /** While on, every request but those to `/_simulator/` finds its connection destroyed at once. */
  setOutage(on: boolean): void
  /** Ends open sockets too. May be called twice. */
  close(): Promise<void>
}

/**
 * Starts a Capillary to try against, over HTTP on loopback: the token, registration, link, look-up and points-balance
 * APIs, V1's registration and look-up, updates, tier updates and unlinks, with one state, limits and faults, and `/_simulator/` to control it. Throws a UsageError for faults that cannot be
 * and for a port that is taken.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const world = new World(options)
  const server = createServer({ keepAliveTimeout: 120_000, requestTimeout: 0 }, (request, response) =>
    receive(request, response, world),
  )
  server.listen(options.port ?? 0, options.host ?? '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (cause) {
    throw new UsageError(`the simulator cannot listen on port ${options.port}: choose another port`, { cause })
  }
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  world.onOutage = () => server.closeIdleConnections()
  let closing: Promise<void> | undefined
  return {
    url: `http://${options.host ?? '127.0.0.1'}:${port}`,
    stats: () => world.stats(),
    customers: () => [...world.books.customers()],
    members: () => [...world.books.members()],
    member: (type, value) => world.books.member(type, value),
    profile: (type, value) => world.books.profile(type, value),
    profiles: () => [...world.books.profiles()],
    takeIn: (survivor, victim) => world.books.takeIn(String(survivor), String(victim)),
    setOrg: (org) => world.setOrg(org),
    arrivals: () => world.arrivals(),
    addPoints: (type, value, points) => world.books.addPoints(type, value, points),
    forget: (type, value) => world.books.forget(type, value),
    setFaults: (faults) => world.setFaults(faults),
    setOutage: (on) => world.setOutage(on),
    close() {
      closing ??= new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
      return closing
    },
  }
}

function receive(request: IncomingMessage, response: ServerResponse, world: World): void {
  const { method = 'GET', url = '/' } = request
  if (url.startsWith('/_simulator/')) return receiveControl(request, response, world)
  if (world.outage) {
    world.refused += 1
    request.socket.destroy()
    return
  }
  const mark = url.indexOf('?')
  const lane = laneAt(method, mark === -1 ? url : url.slice(0, mark))
  const wire = { request, response, requestId: world.nextRequestId() }
  if (lane === undefined) {
    readText(request, () => send(gatewayAnswer(404), wire))
    return
  }
  // Counted at its head, so that a long body does not change a request's place in the window.
  const arrival = world.arrive(lane)
  const refusal = world.refusal(arrival, request.headers)
  readText(request, (text) => {
    const query = new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1))
    world.answer({ arrival, refusal, text, query, url }, (answer, fault?: FaultName) => {
      if (fault === 'lostBefore' || fault === 'late' || world.outage) request.socket.destroy()
      world.left(arrival, send(answer, wire, fault))
    })
  })
}

function receiveControl(request: IncomingMessage, response: ServerResponse, world: World): void {
  readText(request, (text) => {
    const url = new URL(request.url ?? '/', 'http://simulator')
    const { status, body } = control({ method: request.method ?? 'GET', url, text }, world)
    send({ status, body: JSON.stringify(body) }, { request, response, requestId: 'control' })
  })
}
