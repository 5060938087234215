import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { keepClear } from './in-the-way.ts'
import { syncFolder } from './aside.ts'
import { renderJsonl } from './forms/render-jsonl.ts'
import { renderParquet } from './forms/render-parquet.ts'
import { renderXlsx } from './forms/render-xlsx.ts'
import type { Rendering } from './render-reports.ts'

/** The other forms of results.csv, for those who ask for them. */
export const FORMS = ['xlsx', 'parquet', 'jsonl'] as const

export type Form = (typeof FORMS)[number]

/** Writes results.xlsx, results.parquet or results.jsonl: aside, and in its place once it is whole and durable. Returns its path. */
export async function renderForm(form: Form, rendering: Rendering): Promise<string> {
  const path = join(rendering.dir, `results.${form}`)
  const aside = `${path}.tmp`
  keepClear(path)
  await rm(aside, { force: true })
  try {
    await render[form](aside, rendering)
    await syncFile(aside)
    await rename(aside, path)
    await syncFolder(rendering.dir)
    return path
  } finally {
    await rm(aside, { force: true })
  }
}

const render: Readonly<Record<Form, (path: string, rendering: Rendering) => Promise<void> | void>> = {
  xlsx: renderXlsx,
  parquet: renderParquet,
  jsonl: renderJsonl,
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
