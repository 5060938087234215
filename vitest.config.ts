import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: 'test/support/bundle-command.ts',
    setupFiles: 'test/support/end-when-stuck.ts',
    include: ['test/**/*.test.ts'],
    // Two cores, and tests that wait half of their time: for replies, locks to end, and programs that they stop.
    maxWorkers: 3,
    // Many times what they take: on a machine that is busy, a test that is right fails by no clock.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 120_000 } },
  },
})
