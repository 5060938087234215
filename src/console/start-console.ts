import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import type { Environment } from '../app/environment.ts'
import { typingFor } from '../app/notify/end-notification.ts'
import { RunCatalogue } from '../app/runs/run-catalogue.ts'
import { UsageError } from '../model.ts'
import { asTyped } from '../typed-commands.ts'
import {
  type AccessRules,
  LOOPBACK,
  type Visitor,
  cookieOf,
  hasToken,
  isOurHost,
  isSame,
  isSameOrigin,
} from './access.ts'
import { noteAct } from './audit.ts'
import { openEventHub } from './event-hub.ts'
import { type Command, openLauncher } from './launcher.ts'
import { describeRoutes } from './openapi.ts'
import { openHome } from './home.ts'
import { homeMetrics } from './home-metrics.ts'
import { openPages } from './pages.ts'
import { filled, jsonBody, parse } from './parse.ts'
import { Refusal, type Reply } from './reply.ts'
import { askForToken, failureOf, toResponse } from './respond.ts'
import type { Bounds, Console, Route } from './route.ts'
import { routes } from './routes.ts'

export interface ConsoleOptions {
  readonly environment: Environment
  readonly host: string
  /** 0: one that is free. */
  readonly port: number
  /** Without one, one is made up; only on loopback. */
  readonly token: string | undefined
  /** How rollcall is started as a process of its own. */
  readonly command: Command
  /** Host names besides the machine's own by which a proxy in front is called. */
  readonly publicHosts?: readonly string[]
  readonly bounds?: Partial<Bounds>
}

export interface RunningConsole {
  /** With the token in it. */
  readonly url: string
  close(): Promise<void>
}

/** A file of ten million rows is a gigabyte or two. */
const BOUNDS: Bounds = { upload: 4 * 1024 ** 3, streams: 200 }

type Bindings = { Bindings: { incoming: IncomingMessage } }

/** Serves the console over a home. Throws a UsageError where it may not be served there, or the port is taken. */
export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
  const { environment, host, port } = options
  const isLoopback = ['127.0.0.1', '::1', 'localhost'].includes(host)
  if (!isLoopback && options.token === undefined) {
    throw new UsageError(
      `The console would be open to other machines at ${host}: set ROLLCALL_CONSOLE_TOKEN to a token of your own, or leave --host out.`,
    )
  }
  const token = options.token ?? randomBytes(24).toString('base64url')
  const rules: AccessRules = {
    token,
    hosts: [...LOOPBACK, host, ...(options.publicHosts ?? [])],
    anyAddress: !isLoopback,
  }
  const runs = new RunCatalogue(environment.home)
  const home = openHome(environment.home)
  const end = new AbortController()
  const console: Console = {
    environment,
    home,
    launcher: openLauncher(options.command, { home, closing: end.signal }),
    events: openEventHub(environment.home, runs),
    runs,
    metrics: homeMetrics(environment, runs),
    bounds: { ...BOUNDS, ...options.bounds },
    closing: end.signal,
  }
  // An upload takes as long as it takes.
  const serverOptions = { requestTimeout: 0 }
  const server = createAdaptorServer({ fetch: openApp(console, rules).fetch, serverOptions }) as Server
  server.listen(port, host)
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => refuseAddress(error, { host, port }))
  const { port: bound } = server.address() as AddressInfo
  const name = host.includes(':') ? `[${host}]` : host
  return {
    url: `http://${name}:${bound}/?token=${encodeURIComponent(token)}`,
    async close() {
      end.abort()
      console.events.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function refuseAddress(error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): never {
  if (error.code === 'EADDRINUSE' || error.code === 'EACCES') {
    const why = error.code === 'EACCES' ? 'not for everybody' : 'taken'
    throw new UsageError(`Port ${port} is ${why}: give the console another --port.`)
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    throw new UsageError(`This machine has no address ${host}: give the console another --host.`)
  }
  throw error
}

function openApp(console: Console, rules: AccessRules): Hono<Bindings> {
  const app = new Hono<Bindings>()
  const typing = typingFor(console.environment)
  app.onError((error, context) => {
    const { message, status } = failureOf(error, console.environment.home)
    // The rest of what came is not read: nothing can follow it.
    if (status === 413 || status === 507) context.header('connection', 'close')
    if (status === 401 && isPage(context) && context.req.header('accept')?.includes('text/html') === true)
      return context.html(askForToken(message), status)
    return context.json({ error: asTyped(message, typing) }, status)
  })
  app.notFound((context) => context.json({ error: 'there is nothing at this address' }, 404))
  app.use(async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(SAFE)) if (!context.res.headers.has(name)) context.header(name, value)
  })
  app.use(async (context, next) => {
    const visitor = visitorOf(context)
    if (!isOurHost(visitor, rules)) throw new Refusal(403, 'the console is not called by this name')
    if (context.req.path === '/healthz') return next()
    const given = isPage(context) ? context.req.query('token') : undefined
    if (given !== undefined && isSame(given, rules.token)) return welcome(context, rules.token)
    if (!hasToken(visitor, rules)) {
      throw new Refusal(
        401,
        'open the address that the console printed when it was started, with its token, or send the token as a bearer',
      )
    }
    if (context.req.method !== 'GET' && context.req.method !== 'HEAD' && !isSameOrigin(visitor)) {
      throw new Refusal(403, 'this came from a page that is not the console’s')
    }
    return next()
  })
  app.get('/healthz', (context) => {
    const why = troubleOf(console)
    return context.json({ ok: why === undefined, why }, why === undefined ? 200 : 503)
  })
  const pages = openPages()
  app.get('/assets/:name', (context) => {
    const reply = pages.asset(context.req.param('name'))
    return reply === undefined ? context.notFound() : toResponse(reply, context.req.method)
  })
  app.get('/api/openapi.json', (context) => context.json(describeRoutes(routes)))
  for (const one of routes) {
    app.on(one.method, one.path, async (context) => {
      let status = 500
      try {
        console.home.look()
        const reply = await answer(one, context, console)
        status = reply.kind === 'stream' ? 200 : reply.status
        return toResponse(reply, context.req.method)
      } catch (error) {
        if (error instanceof Refusal) status = error.status
        throw error
      } finally {
        if (one.changes) noteAct(console.home, actOf(context, status))
      }
    })
  }
  // Every other address is one of the pages': which, they know themselves.
  app.get('*', (context) => (isPage(context) ? toResponse(pages.page(), context.req.method) : context.notFound()))
  return app
}

/** Why nothing can be told of the home at this moment; undefined: it can. */
function troubleOf({ home, environment }: Console): string | undefined {
  try {
    home.look()
    return undefined
  } catch (error) {
    return asTyped(failureOf(error as Error, home.path).message, typingFor(environment))
  }
}

/** Whether an address may be one of the pages', which are for people. */
function isPage({ req: { method, path } }: Context<Bindings>): boolean {
  return (method === 'GET' || method === 'HEAD') && !/^\/(?:api|assets|metrics|healthz)(?:\/|$)/u.test(path)
}

/** What pages of ours may load: themselves. */
const SAFE: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

function visitorOf(context: Context<Bindings>): Visitor {
  return {
    host: context.req.header('host'),
    origin: context.req.header('origin'),
    referer: context.req.header('referer'),
    site: context.req.header('sec-fetch-site'),
    authorization: context.req.header('authorization'),
    cookie: context.req.header('cookie'),
  }
}

/** Whoever came by the address that was printed keeps the token in a cookie, and loses it from the address. */
function welcome(context: Context<Bindings>, token: string): Response {
  context.header('set-cookie', cookieOf(token))
  const { pathname, searchParams } = new URL(context.req.url)
  searchParams.delete('token')
  // Two slashes in front would lead to another host.
  const query = searchParams.size === 0 ? '' : `?${searchParams.toString()}`
  return context.redirect(`${pathname.replace(/^\/+/u, '/')}${query}`, 302)
}

async function answer(one: Route, context: Context<Bindings>, console: Console): Promise<Reply> {
  const { incoming } = context.env
  const params = one.params && parse(one.params, context.req.param())
  const query = one.query && parse(one.query, filled(context.req.query()))
  const body = one.body && parse(one.body, await jsonBody(context))
  return await one.handle({ params, query, body, incoming, signal: context.req.raw.signal }, console)
}

function actOf(context: Context<Bindings>, status: number): Parameters<typeof noteAct>[1] {
  const user = context.req.header('x-forwarded-user') ?? context.req.header('remote-user')
  return {
    at: new Date().toISOString(),
    from: context.env.incoming.socket.remoteAddress ?? '',
    ...(user !== undefined && { user: user.slice(0, 200) }),
    method: context.req.method,
    path: context.req.path,
    status,
  }
}
