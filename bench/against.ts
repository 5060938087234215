import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UsageError } from '../src/model.ts'
import { check } from './against/check.ts'
import { type Comparison, findingOf } from './against/comparison.ts'
import { duplicates } from './against/duplicates.ts'
import { folder } from './against/folder.ts'
import { install } from './against/install.ts'
import { links } from './against/links.ts'
import { night } from './against/night.ts'
import { resume } from './against/resume.ts'
import { start } from './against/start.ts'
import { link, register } from './against/throughput.ts'
import { words } from './against/words.ts'
import { worker } from './against/worker.ts'
import type { Finding } from './support/finding.ts'
import { thisBuild } from './support/rollcall.ts'
import type { Workplace } from './support/workplace.ts'

const comparisons: Readonly<Record<string, Comparison>> = {
  install,
  start,
  links,
  worker,
  duplicates,
  register,
  link,
  check,
  night,
  resume,
  folder,
  words,
}

/** Measures this checkout's build beside another's, by the comparison: those named, or all of them. */
export function against([path, ...names]: readonly string[]) {
  if (path === undefined || !existsSync(join(path, 'src/cli/main.ts')) || !existsSync(join(path, 'node_modules'))) {
    throw new UsageError(
      `against takes the folder of another checkout in which \`npm ci\` was run, and then any of ${Object.keys(comparisons).join(', ')}: ` +
        `there is none at ${JSON.stringify(path ?? '')}.`,
    )
  }
  const unknown = names.filter((name) => !Object.hasOwn(comparisons, name))
  if (unknown.length > 0) {
    throw new UsageError(
      `There is no comparison ${unknown.join(', ')}: expected any of ${Object.keys(comparisons).join(', ')}.`,
    )
  }
  const builds = { other: resolve(path), here: thisBuild }
  return async function* (place: Workplace, scale: number): AsyncGenerator<Finding> {
    for (const name of names.length > 0 ? names : Object.keys(comparisons)) {
      const startedAt = performance.now()
      const lines = await (comparisons[name] as Comparison)(place, builds, scale)
      yield findingOf(`${name} (${((performance.now() - startedAt) / 1000).toFixed(0)} s)`, lines)
    }
  }
}
