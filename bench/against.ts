import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UsageError } from '../src/model.ts'
import { type Comparison, findingOf } from './against/comparison.ts'
import type { Finding } from './support/finding.ts'
import { thisBuild } from './support/rollcall.ts'
import type { Workplace } from './support/workplace.ts'

/** Each is loaded where it is asked for. */
const comparisons: Readonly<Record<string, () => Promise<Comparison>>> = {
  install: async () => (await import('./against/install.ts')).install,
  start: async () => (await import('./against/start.ts')).start,
  links: async () => (await import('./against/links.ts')).links,
  worker: async () => (await import('./against/worker.ts')).worker,
  duplicates: async () => (await import('./against/duplicates.ts')).duplicates,
  register: async () => (await import('./against/throughput.ts')).register,
  link: async () => (await import('./against/throughput.ts')).link,
  check: async () => (await import('./against/check.ts')).check,
  night: async () => (await import('./against/night.ts')).night,
  resume: async () => (await import('./against/resume.ts')).resume,
  folder: async () => (await import('./against/folder.ts')).folder,
  words: async () => (await import('./against/words.ts')).words,
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
      const comparison = await (comparisons[name] as () => Promise<Comparison>)()
      const startedAt = performance.now()
      const lines = await comparison(place, builds, scale)
      yield findingOf(`${name} (${((performance.now() - startedAt) / 1000).toFixed(0)} s)`, lines)
    }
  }
}
