/** The part of a `.cpuprofile` (V8's) that is read here. Times in microseconds. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  }[]
  /** The node that each look met. */
  readonly samples: readonly number[]
  /** How long before each look the last one was. */
  readonly timeDeltas: readonly number[]
}

/** Milliseconds by name, longest first. */
export type Times = readonly (readonly [string, number])[]

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
    const { functionName, url, lineNumber } = frame
    const file = shortPath(url)
    add(places, url === '' ? nameless(functionName) : placeOf(file), ms)
    add(
      functions,
      url === '' ? nameless(functionName) : `${functionName || 'anonymous'}  ${file}:${lineNumber + 1}`,
      ms,
    )
  }
  return { places: sorted(places), functions: sorted(functions), busyMs, idleMs }
}

function add(times: Map<string, number>, name: string, ms: number): void {
  times.set(name, (times.get(name) ?? 0) + ms)
}

function sorted(times: ReadonlyMap<string, number>): Times {
  return [...times].toSorted(([, a], [, b]) => b - a)
}

/** What V8 says of time outside JavaScript, and of its own functions. */
function nameless(functionName: string): string {
  if (functionName === '(garbage collector)') return 'garbage collection'
  if (functionName === '(program)') return 'Node, outside of JavaScript'
  return `V8 ${functionName}`
}

/** From the package's or the checkout's root on. */
function shortPath(url: string): string {
  const path = url.replace(/^file:\/\//, '')
  const packages = path.lastIndexOf('node_modules/')
  return packages === -1 ? path.replace(/^.*?\/(?=(?:src|workers|bench)\/)/, '') : path.slice(packages)
}

function placeOf(file: string): string {
  const [, packageName] = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? []
  if (packageName !== undefined) return packageName
  if (file.startsWith('node:'))
    return file.replace(/^node:internal\/([^/]+).*$/, 'node: $1').replace(/^node:(\w)/, 'node: $1')
  return /^src\/[^/]+|^workers/.exec(file)?.[0] ?? file
}
