// The command of a checkout: bundled as what is installed, and as deep in the checkout as the sources are, which look for
// what `npm ci` built beside them. Nothing is done where it is current.
import { writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { build } from 'rolldown'
import { COMMAND, STAMP, isCurrent, stampOf } from '../src/cli/bundled-command.mjs'
import installed from './rolldown.config.mjs'

if (!isCurrent()) {
  // Taken before the sources are read: what changes meanwhile makes the bundle an old one.
  const stamp = stampOf()
  await build({
    ...installed,
    input: {
      main: 'src/cli/main.ts',
      'xls-process': 'src/source/workbook/xls-process.ts',
      'check-thread': 'src/app/check/parallel/check-thread.ts',
    },
    // It opens files beside its own code, which are not packed here.
    external: [...installed.external, '@electric-sql/pglite'],
    plugins: installed.plugins.filter(({ name }) => name === 'later'),
    output: { ...installed.output, dir: dirname(COMMAND), sourcemap: false },
  })
  writeFileSync(STAMP, stamp)
}
