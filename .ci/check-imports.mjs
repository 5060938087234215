// Checks the import rules, and that they were checked: with a compiler that it does not know, dependency-cruiser reads
// no TypeScript and finds nothing wrong; nor does it find anything where it is not told to validate.
import { globSync } from 'node:fs'
import swcVisitor from '@swc/core/Visitor.js'
import { cruise } from 'dependency-cruiser'
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
// A rule that something always breaks: where that is not found, no rule was looked at.
const probe = { name: 'probe', severity: 'info', from: { path: '^src/cli/main[.]ts$' }, to: { path: '^src/cli/exit[.]ts$' } }
const forbidden = [...config.forbidden, probe]
const { output } = await cruise(folders, { validate: true, ruleSet: { forbidden }, ...config.options })
const seen = new Set(output.modules.map(({ source }) => source))
const unseen = globSync(folders.map((folder) => `${folder}/**/*.ts`)).filter((file) => !seen.has(file))
const { violations, totalCruised, totalDependenciesCruised } = output.summary
const found = violations.filter(({ rule }) => rule.name !== probe.name)
const faults = [
  ...found.map(({ rule, from, to, cycle }) => {
    const way = cycle === undefined ? [to] : cycle.map(({ name }) => name)
    return `${rule.name}: ${[from, ...way].join(' → ')}`
  }),
  ...(unseen.length > 0 ? [`not read, so not checked: ${unseen.join(', ')}`] : []),
  ...(found.length < violations.length ? [] : ['the rules were not looked at: one that is always broken was not found']),
]
const size = `${totalCruised} modules, ${totalDependenciesCruised} dependencies`
process.stdout.write(`${[...faults, faults.length === 0 ? `imports are as they may be (${size})` : size].join('\n')}\n`)
process.exitCode = faults.length === 0 ? 0 : 1
