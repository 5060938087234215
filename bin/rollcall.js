#!/usr/bin/env node
// What npm puts on the PATH: starts rollcall on a Node that can run it. Plain JavaScript, for any Node from 20 on.
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import * as modules from 'node:module'
import { homedir } from 'node:os'
import { basename, delimiter, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The oldest Node that has all that rollcall uses. */
const OLDEST = 24

/** Node's settings for commands that read files: a heap of a known size, rows collected while they are young. */
const FLAGS = ['--max-old-space-size=256', '--no-allocation-site-pretenuring', '--disable-warning=ExperimentalWarning']
const BUSY = ['--max-semi-space-size=4']
/** For those that mostly wait, small: a worker takes a fifth more of the processor where the API sets no limit. */
const IDLE = ['--max-semi-space-size=2', '--optimize-for-size']
const MOSTLY_WAIT = new Set(['worker', 'console'])

/** Commands that only look or ask: not worth a second start of Node for its settings. */
const QUICK = new Set(['runs', 'show', 'codes', 'pause', 'cancel', 'pace', 'prune', 'workers', 'completion', 'help'])

const here = dirname(fileURLToPath(import.meta.url))
const main = join(here, '../dist/main.js')
const args = process.argv.slice(2)

if (args[0] === '--version' || args[0] === '-V') {
  const { version } = JSON.parse(readFileSync(join(here, '../package.json'), 'utf8'))
  process.stdout.write(`${version}\n`)
} else {
  process.env.ROLLCALL_INVOKED_AS ??= invokedAs()
  if (Number(process.versions.node.split('.')[0]) < OLDEST) await startOn(broughtNode())
  else if (args.length > 0 && !args[0].startsWith('-') && !QUICK.has(args[0])) await startOn(process.execPath)
  else {
    silenceExperiments()
    modules.enableCompileCache(process.env.NODE_COMPILE_CACHE ?? cacheFolder())
    await import(pathToFileURL(main).href)
  }
}

/** As the flag does it where Node is started anew: on Node 24, SQLite is an experiment, and each command would say so. */
function silenceExperiments() {
  const { emitWarning } = process
  process.emitWarning = (warning, ...rest) => {
    if (rest[0] !== 'ExperimentalWarning') emitWarning.call(process, warning, ...rest)
  }
}

/** Where compiled code is kept: half of what a short command takes is compiling. In a place that the user alone writes to. */
function cacheFolder() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'rollcall')
}

/** The words by which whoever started this can start it again. */
function invokedAs() {
  const self = realpathSync(fileURLToPath(import.meta.url))
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'rollcall'))
    .find((file) => existsSync(file))
  if (process.env.npm_command === 'exec') return npxOf(self)
  if (onPath !== undefined && realpathSync(onPath) === self) return 'rollcall'
  const path = relative(process.cwd(), process.argv[1] ?? self)
  return process.platform === 'win32' || basename(path) !== 'rollcall' ? `node ${quoted(path)}` : path
}

/** What npx runs without a project around it lies in a folder of npx' own: by its name alone, another package would be found. */
function npxOf(self) {
  const [folder] = /^.*[\\/]_npx[\\/][^\\/]+/.exec(self) ?? []
  const manifest = folder === undefined ? undefined : join(folder, 'package.json')
  if (manifest === undefined || !existsSync(manifest)) return 'npx rollcall'
  const spec = JSON.parse(readFileSync(manifest, 'utf8')).dependencies?.rollcall ?? ''
  return spec.startsWith('file:')
    ? `npx -p ${quoted(resolve(folder, spec.slice('file:'.length)))} rollcall`
    : 'npx rollcall'
}

/** A path as one word of a shell. */
function quoted(path) {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}

/** The Node that was installed with rollcall, for machines whose own is too old. */
function broughtNode() {
  const { resolve } = modules.createRequire(import.meta.url)
  const platform = process.platform === 'win32' ? 'win' : process.platform
  for (const name of [`node-${platform}-${process.arch}`, `node-bin-${platform}-${process.arch}`]) {
    try {
      const manifest = resolve(`${name}/package.json`)
      return join(dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin.node)
    } catch {
      // Not this one, or not installed.
    }
  }
  process.stderr.write(
    `rollcall: this is Node ${process.versions.node}, and rollcall needs Node ${OLDEST} or later. The Node that it brings for such machines ` +
      'was not installed: install rollcall again without leaving out optional dependencies (npm install --include=optional), ' +
      `or install Node ${OLDEST}.\n`,
  )
  process.exit(1)
}

/** Goes on as another process: in the place of this one where Node can do that, else beside it. */
async function startOn(node) {
  process.env.NODE_COMPILE_CACHE ??= cacheFolder()
  // glibc keeps what threads give back in a store of each thread's own: the compiler's and the collector's hold 10 to 20 MB.
  process.env.MALLOC_ARENA_MAX ??= '1'
  const flags = [...FLAGS, ...(MOSTLY_WAIT.has(args[0]) ? IDLE : BUSY)]
  if (process.execve !== undefined && process.platform !== 'win32') {
    process.execve(node, [node, ...flags, main, ...args], process.env)
  }
  const { spawn } = await import('node:child_process')
  // The channel ends with this process, however that ends, and the other one with the channel.
  const leash = pathToFileURL(join(here, 'end-with-parent.js')).href
  const child = spawn(node, [...flags, '--import', leash, main, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`rollcall: ${node} does not start: ${error.message}\n`)
    process.exitCode = 1
  })
  child.on('exit', (status, signal) => {
    if (signal === null) process.exit(status ?? 1)
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name)
    process.kill(process.pid, signal)
  })
}
