import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { syncFolder } from './aside.ts'
import { renderParquet } from './forms/render-parquet.ts'
import { renderXlsx } from './forms/render-xlsx.ts'
import type { Rendering } from './render-reports.ts'

/** Another form of results.csv, for those who ask for it. */
export type Form = 'xlsx' | 'parquet'

/** Writes results.xlsx or results.parquet: aside, and in its place once it is whole and durable. Returns its path. */
export async function renderForm(form: Form, rendering: Rendering): Promise<string> {
  const path = join(rendering.dir, `results.${form}`)
  const aside = `${path}.tmp`
  await rm(aside, { force: true })
  try {
    if (form === 'xlsx') await renderXlsx(aside, rendering)
    else renderParquet(aside, rendering)
    await syncFile(aside)
    await rename(aside, path)
    await syncFolder(rendering.dir)
    return path
  } finally {
    await rm(aside, { force: true })
  }
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
