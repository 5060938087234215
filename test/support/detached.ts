import { readFileSync, readdirSync } from 'node:fs'

/** Ends the processes that a console left at work on a home: they go on when it ends, and a test's home does not. */
export function endDetached(home: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/u.test(name))) {
    if (Number(pid) !== process.pid && commandOf(pid).includes(home)) kill(Number(pid))
  }
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself meanwhile.
  }
}
