// What a checkout starts rollcall with. Node loads its own compiler for the first file with types that it does not find
// compiled, which takes longer than all that a short command does: so this one has none, and the others are kept.
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { COMMAND, isCurrent } from './bundled-command.mjs'

// Beside the code, where only who may change the code may write; where that is not us, nothing is kept.
enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/rollcall'))

await import(isCurrent() ? COMMAND : './main.ts')
