// The types of what a program may import, in one file with those of the libraries that are bundled, as far as they are met.
import { fileURLToPath } from 'node:url'
import { dts } from 'rolldown-plugin-dts'

export default {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  input: { library: 'src/library.ts' },
  // None of the last three is met; what they are written in cannot be read.
  external: [/^node:/, 'zod', 'ioredis', 'bullmq'],
  plugins: [dts({ tsconfig: 'tsconfig.library.json', emitDtsOnly: true })],
  treeshake: { moduleSideEffects: false },
  checks: { pluginTimings: false },
  logLevel: 'warn',
  output: { dir: 'dist', format: 'esm' },
}
