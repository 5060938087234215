// Checks the import rules, and that they were checked: with a compiler that it does not know, dependency-cruiser reads
// no TypeScript and finds nothing wrong.
import { globSync } from 'node:fs'
import swcVisitor from '@swc/core/Visitor.js'
import { cruise, format } from 'dependency-cruiser'
import config from '../.dependency-cruiser.cjs'

// dependency-cruiser walks a file by the compiler's own visitor, which throws where it meets a `using`.
const { Visitor } = swcVisitor
const { visitStatement } = Visitor.prototype
Visitor.prototype.visitStatement = function visit(statement) {
  if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement)
  statement.decls = this.visitVariableDeclarators(statement.decls)
  return statement
}

const folders = ['src', 'workers']
const { output } = await cruise(folders, { ruleSet: { forbidden: config.forbidden }, ...config.options })
const seen = new Set(output.modules.map(({ source }) => source))
const unseen = globSync(folders.map((folder) => `${folder}/**/*.ts`)).filter((file) => !seen.has(file))
const report = await format(output, { outputType: 'err' })
// Its own warning about the compiler is what the list of unread files below answers.
process.stdout.write(`${report.output.replace(/‼ missing-tsc-transpiler[\s\S]*$/, '').trim()}\n`)
if (unseen.length > 0) process.stdout.write(`not read, so not checked: ${unseen.join(', ')}\n`)
process.exitCode = report.exitCode > 0 || unseen.length > 0 ? 1 : 0
