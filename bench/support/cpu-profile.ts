/** The part of a `.cpuprofile` (V8's) that is read here. Times in microseconds. */
export interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: Frame }[]
  /** The node that each look met. */
  readonly samples: readonly number[]
  /** How long before each look the last one was. */
  readonly timeDeltas: readonly number[]
}

interface Frame {
  readonly functionName: string
  readonly url: string
  /** From 0. */
  readonly lineNumber: number
}

/** Milliseconds by name, longest first. */
type Times = readonly (readonly [string, number])[]

export interface SelfTimes {
  /** By room of ours, package, or module of Node. */
  readonly places: Times
  readonly functions: Times
  readonly busyMs: number
  readonly idleMs: number
}

/** Sums up where a process was, not counting what it called. */
export function readSelfTimes({ nodes, samples, timeDeltas }: CpuProfile): SelfTimes {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const places = new Map<string, number>()
  const functions = new Map<string, number>()
  let busyMs = 0
  let idleMs = 0
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id)
    const ms = (timeDeltas[index] ?? 0) / 1000
    if (frame === undefined) continue
    if (frame.functionName === '(idle)') {
      idleMs += ms
      continue
    }
    busyMs += ms
    add(places, placeOf(frame), ms)
    add(functions, functionOf(frame), ms)
  }
  return { places: sorted(places), functions: sorted(functions), busyMs, idleMs }
}

function add(times: Map<string, number>, name: string, ms: number): void {
  times.set(name, (times.get(name) ?? 0) + ms)
}

function sorted(times: ReadonlyMap<string, number>): Times {
  return [...times].toSorted(([, a], [, b]) => b - a)
}

function functionOf({ functionName, url, lineNumber }: Frame): string {
  if (url === '') return builtIn(functionName)
  return `${functionName || 'anonymous'}  ${shortPath(url)}:${lineNumber + 1}`
}

function placeOf({ functionName, url }: Frame): string {
  if (url === '') return functionName.startsWith('(') ? builtIn(functionName) : 'built-in functions'
  const file = shortPath(url)
  const [, packageName] = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? []
  if (packageName !== undefined) return packageName
  if (file.startsWith('node:')) return `Node: ${file.replace(/^node:(?:internal\/)?([^/]+).*$/, '$1')}`
  return /^src\/[^/]+|^workers/.exec(file)?.[0] ?? file
}

/** Functions that are not written in JavaScript, and what V8 says in brackets. */
function builtIn(functionName: string): string {
  if (functionName === '(garbage collector)') return 'garbage collection'
  if (functionName === '(program)') return 'outside of JavaScript'
  return `${functionName || 'anonymous'}  built in`
}

/** From the package's or the checkout's root on. */
function shortPath(url: string): string {
  const path = url.replace(/^file:\/\//, '')
  const packages = path.lastIndexOf('node_modules/')
  return packages === -1 ? path.replace(/^.*?\/(?=(?:src|workers|bench)\/)/, '') : path.slice(packages)
}
