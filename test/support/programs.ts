import { spawnSync } from 'node:child_process'

/**
 * Whether a program that a suite needs is on this machine. Where it is not, the suite is skipped; with
 * `ROLLCALL_TEST_PROGRAMS=required` in the environment, as in CI, it runs and fails instead.
 */
export function hasProgram(name: string): boolean {
  if (process.env['ROLLCALL_TEST_PROGRAMS'] === 'required') return true
  return spawnSync('sh', ['-c', 'command -v "$0"', name]).status === 0
}
