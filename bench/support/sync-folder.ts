import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { unlimitedPlan } from './plans.ts'
import type { Workplace } from './workplace.ts'

/** Writes a sync named `nightly` that links members, with an inbox beside it. */
export function makeSync(place: Workplace): { readonly folder: string; readonly path: string } {
  const folder = mkdtempSync(join(place.folder, 'sync-'))
  mkdirSync(join(folder, 'inbox'))
  const path = join(folder, 'nightly.yaml')
  writeFileSync(
    path,
    `plan: ${unlimitedPlan('link')}\nsource: inbox/*.csv\nready: renamed\nguards: { same_file: off }\n`,
  )
  return { folder, path }
}
