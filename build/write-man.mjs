// The page that `man rollcall` shows where rollcall is installed: what `--help` says, from the same commands.
import { writeFileSync } from 'node:fs'
import { loadProgram } from '../src/cli/program.ts'
import { describeProgram } from '../src/cli/reference/describe-program.ts'
import { manPage } from '../src/cli/reference/man-page.ts'
import { version } from '../src/version.ts'

const program = await loadProgram()
const page = manPage(describeProgram(program), { about: program.description(), version })
writeFileSync(new URL('../dist/rollcall.1', import.meta.url), page)
