import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where benches work: a temporary folder, and processes. Neither outlives it. */
export interface Workplace extends AsyncDisposable {
  readonly folder: string
  start(command: string, args: readonly string[], env?: Readonly<Record<string, string>>): Started
}

/** A process under way. Disposing of it ends it at once, unless it has ended. */
export interface Started extends AsyncDisposable {
  readonly pid: number
  /** What it says, up to the first place that matches on one of its outputs. Throws where the process ends before it. */
  line(pattern: RegExp): Promise<RegExpExecArray>
  /** Resolves when it has ended. Throws where its exit status is not 0, with the end of what it said. */
  output(): Promise<string>
  /** Resolves when it has ended, however it did. */
  ended(): Promise<void>
}

/** Opens the workplace. What it started also ends when this process does, by Ctrl-C or an error too. */
export function openWorkplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
  const running = new Set<ChildProcess>()
  const clear = () => {
    for (const child of running) child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  process.on('exit', clear)
  process.on('SIGINT', stopAtOnce)
  process.on('SIGTERM', stopAtOnce)
  return {
    folder,
    start(command, args, env) {
      const child = spawn(command, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
      running.add(child)
      child.once('close', () => running.delete(child))
      return observe(child, `${command} ${args.join(' ')}`)
    },
    async [Symbol.asyncDispose]() {
      process.off('SIGINT', stopAtOnce)
      process.off('SIGTERM', stopAtOnce)
      process.off('exit', clear)
      const ends = [...running].map((child) => once(child, 'close'))
      for (const child of running) child.kill('SIGKILL')
      await Promise.all(ends)
      clear()
    },
  }
}

function stopAtOnce(): void {
  process.exit(130)
}

function observe(child: ChildProcess, name: string): Started {
  let stdout = ''
  let stderr = ''
  let failure: Error | undefined
  let ended = false
  const said = new EventEmitter()
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    said.emit('more')
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-4_000)
    said.emit('more')
  })
  child.once('error', (error) => (failure = error))
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => {
      ended = true
      resolve()
    })
  })
  const fault = () =>
    new Error(`${name} ended with ${child.exitCode ?? child.signalCode}\n${stderr}`, { cause: failure })

  return {
    pid: child.pid ?? 0,
    async line(pattern) {
      for (;;) {
        const found = pattern.exec(stdout) ?? pattern.exec(stderr)
        if (found !== null) return found
        if (ended) throw fault()
        await Promise.race([once(said, 'more'), closed])
      }
    },
    async output() {
      await closed
      if (child.exitCode !== 0) throw fault()
      return stdout
    },
    ended: () => closed,
    async [Symbol.asyncDispose]() {
      if (!ended) child.kill('SIGKILL')
      await closed
    },
  }
}
