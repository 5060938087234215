// Of the types that tsc writes, those that the library's own lead to: the others tell nobody anything, and take more room
// than all documents together.
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const types = fileURLToPath(new URL('../dist/types', import.meta.url))
const reached = new Set()

function reach(file) {
  if (reached.has(file)) return
  reached.add(file)
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/\b(?:from|import\()\s*['"](\.[^'"]+)['"]/g)) {
    const target = join(dirname(file), path.replace(/\.ts$/, '.d.ts'))
    if (existsSync(target)) reach(target)
  }
}

reach(join(types, 'src/library.d.ts'))
for (const file of globSync('**/*.d.ts', { cwd: types }).map((name) => join(types, name)))
  if (!reached.has(file)) rmSync(file)
