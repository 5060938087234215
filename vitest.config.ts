import { configDefaults, defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longest-first.ts'

/** Rooms whose tests change nothing of their process: a process does one file after the other. */
const UNITS = 'test/{app,check,corpus,init,lanes,ledger,outside,plan,report,simulator,source}/**/*.test.ts'

export default defineConfig({
  test: {
    setupFiles: ['test/support/end-when-stuck.ts', 'test/support/seed-laws.ts'],
    // Two cores, and tests that wait half of their time: for replies, locks to end, and programs that they stop.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // Many times what they take: on a machine that is busy, a test that is right fails by no clock.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 120_000 } },
    projects: [
      { extends: true, test: { name: 'units', include: [UNITS], isolate: false } },
      {
        extends: true,
        test: {
          name: 'programs',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, UNITS],
          globalSetup: 'test/support/bundle-command.ts',
        },
      },
    ],
  },
})
