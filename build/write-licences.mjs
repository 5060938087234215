import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Writes the licences of the packages that these modules (paths) are of: each text once, below all whose licence it is. */
export function writeLicences(modules, file) {
  const folders = new Set(modules.flatMap((path) => packageFolder(path) ?? []))
  const packages = [...folders].map(describePackage).sort((a, b) => a.name.localeCompare(b.name, 'en'))
  const silent = packages.filter(({ licence, text }) => licence === undefined && text === undefined)
  if (silent.length > 0)
    throw new Error(`these packages say nothing of their licence: ${silent.map(({ name }) => name).join(', ')}`)
  const texts = Map.groupBy(
    packages,
    ({ text, licence, author }) => text ?? `Licensed under ${licence}${author ? ` by ${author}` : ''}.`,
  )
  writeFileSync(file, [...texts].map(entry).join(`\n${'-'.repeat(80)}\n\n`))
}

/** The folder of the package that a module belongs to; undefined for our own. */
function packageFolder(path) {
  const at = path.lastIndexOf('/node_modules/')
  if (at < 0) return undefined
  const [scope, name] = path.slice(at + '/node_modules/'.length).split('/')
  const folder = join(
    path.slice(path.startsWith('\0') ? 1 : 0, at),
    'node_modules',
    scope,
    scope.startsWith('@') ? name : '',
  )
  return existsSync(join(folder, 'package.json')) ? folder : undefined
}

function describePackage(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const [file] = globSync('{licen[cs]e,LICEN[CS]E,Licen[cs]e,COPYING}*', { cwd: folder })
  const text = file === undefined ? undefined : readFileSync(join(folder, file), 'utf8').trim()
  return { name, version, licence: license, author: author?.name ?? author, text }
}

function entry([text, packages]) {
  const names = packages.map(({ name, version, licence }) => `${name} ${version} (${licence ?? 'see below'})`)
  return `${names.join('\n')}\n\n${text}\n`
}
