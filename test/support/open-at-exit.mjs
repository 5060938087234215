import { fstatSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Loaded into a command's process (`--import`): at its end, whatever ends it, it writes down what is still open. Of files
 * those below the folder; of handles and timers those that would have kept the process, had it not been told to end.
 */
// oxlint-disable-next-line no-process-env -- it has no other way to be told
const { OPEN_AT_EXIT: out, OPEN_BELOW: folder } = process.env

process.on('exit', () => {
  const files = readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      fstatSync(Number(fd))
      const path = readlinkSync(`/proc/self/fd/${fd}`)
      return path.startsWith(folder) && Number(fd) > 2 ? [path.slice(folder.length + 1)] : []
    } catch {
      // That by which they are listed.
      return []
    }
  })
  // Which ones they are is told in this way alone.
  const standard = new Set([process.stdin, process.stdout, process.stderr])
  const handles = Reflect.get(process, '_getActiveHandles')
    .call(process)
    .filter((handle) => !standard.has(handle) && ![0, 1, 2].includes(handle.fd))
    .map((handle) => `${handle.constructor.name} ${handle.remotePort ?? handle.pid ?? ''}`.trim())
  const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout' || name === 'Immediate')
  writeFileSync(join(out, String(process.pid)), JSON.stringify({ files, handles, timers }))
})
