import { lookUpCode } from '../../lanes/catalogue.ts'
import { type Figures, countFigures } from '../figures.ts'
import { readLayout } from '../layout.ts'
import type { Rendering } from '../render-reports.ts'
import { type Summary, summarise } from '../summary.ts'
import { verdictOf } from '../verdict.ts'
import { SHEET_ROWS, sheetXml } from './sheet-xml.ts'
import { type TypedValue, typedColumns, typedValues } from './typed-row.ts'
import { writeWorkbook } from './workbook.ts'

/**
 * Writes a run as an Excel workbook: the figures, the problems, and every row as in results.csv, on as many sheets as
 * they need. Streamed from the ledger.
 */
export async function renderXlsx(path: string, { ledger, run }: Omit<Rendering, 'dir'>): Promise<void> {
  const layout = readLayout(ledger)
  const columns = typedColumns(layout)
  const summary = summarise(ledger, run)
  const count = countFigures()
  const rows = ledger.results()[Symbol.iterator]()

  function* nextSheet(): Generator<readonly TypedValue[]> {
    for (let n = 1; n < SHEET_ROWS; n += 1) {
      const next = rows.next()
      if (next.done === true) return
      const verdict = verdictOf(next.value)
      count.add(next.value, verdict)
      yield typedValues(next.value, layout, verdict)
    }
  }

  const sheets = Math.max(Math.ceil(summary.rows / (SHEET_ROWS - 1)), 1)
  const names = Array.from({ length: sheets }, (_, at) => (at === 0 ? 'Rows' : `Rows ${at + 1}`))
  const header = columns.map(({ name }) => name)
  try {
    await writeWorkbook(path, [
      { name: 'Summary', sumsUp: true, xml: () => sheetXml(['what', 'value'], summaryRows(summary)) },
      { name: 'Problems', sumsUp: true, xml: () => sheetXml(PROBLEM_COLUMNS, problemRows(count.figures())) },
      ...names.map((name) => ({ name, xml: () => sheetXml(header, nextSheet()) })),
    ])
  } finally {
    rows.return?.()
  }
}

function summaryRows(summary: Summary): readonly (readonly TypedValue[])[] {
  const { lanes, codes: _, skipped_because: reasons, doubts = [], remarks = [], ...facts } = summary
  const ofLanes = Object.entries(lanes).flatMap(([lane, figures]) =>
    Object.entries(figures).map(([name, value]) => [`${lane} ${name}`, valueOf(value)]),
  )
  const ofSkips = reasons.map(({ message, rows }) => [`skipped: ${message}`, rows])
  const ofDoubts = [
    ...remarks.map((remark) => ['to look at', remark]),
    ...doubts.map(({ message, rows }) => [`doubtful: ${message}`, rows]),
  ]
  return [...Object.entries(facts).map(([name, value]) => [name, valueOf(value)]), ...ofDoubts, ...ofSkips, ...ofLanes]
}

function valueOf(value: unknown): TypedValue {
  if (typeof value === 'string' || typeof value === 'number') return value
  return value === null || value === undefined ? undefined : JSON.stringify(value)
}

const PROBLEM_COLUMNS = ['rows', 'status', 'lane', 'code', 'meaning', 'what to do', 'first rows']

function problemRows({ problems }: Figures): readonly (readonly TypedValue[])[] {
  return problems.map(({ rows, status, lane, code, messages, hint, first }) => {
    const text = messages[0]?.text ?? ''
    const entry = code === undefined ? undefined : lookUpCode(lane, 'error', code, text)
    const rowsMet = first.map(({ row }) => row).join(', ')
    return [rows, status, lane, code, entry?.meaning ?? text, entry?.remedy ?? hint, rowsMet]
  })
}
