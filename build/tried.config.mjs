// What tests start: bundled as what is installed, and as deep in the checkout as the sources are, which look for what
// `npm ci` built beside them.
import { join } from 'node:path'
import installed from './rolldown.config.mjs'

export default {
  ...installed,
  input: {
    start: 'src/cli/start.mjs',
    'xls-process': 'src/source/workbook/xls-process.ts',
    'check-thread': 'src/app/check/parallel/check-thread.ts',
  },
  // It opens files beside its own code, which are not packed here.
  external: [...installed.external, '@electric-sql/pglite'],
  plugins: [],
  output: { ...installed.output, dir: join(installed.cwd, 'dist/tried'), sourcemap: false },
}
