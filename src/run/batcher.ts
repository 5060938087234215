import type { LaneName } from '../model.ts'

export interface Batch<Row> {
  readonly lane: LaneName
  readonly number: number
  readonly rows: readonly Row[]
}

interface BatcherOptions<Row> {
  readonly lane: LaneName
  /** Rows that a batch holds at most. */
  readonly size: number
  /** The number of the first batch; the others follow. */
  readonly firstNumber: number
  /** What all rows of one batch must share, as a text: rows that differ in it do not travel together. */
  readonly groupOf: (row: Row) => string
  readonly onBatch: (batch: Batch<Row>) => void
}

/** How long a batch may wait for more rows. */
const LINGER_MS = 500

/** Gathers a lane's rows into batches, in order: a batch leaves when it is full, or when nothing came for a while. */
export class Batcher<Row> {
  readonly #options: BatcherOptions<Row>
  #number: number
  #rows: Row[] = []
  #group = ''
  #timer: NodeJS.Timeout | undefined

  constructor(options: BatcherOptions<Row>) {
    this.#options = options
    this.#number = options.firstNumber
  }

  add(row: Row): void {
    const { groupOf, size } = this.#options
    const group = groupOf(row)
    if (this.#rows.length > 0 && group !== this.#group) this.flush()
    this.#group = group
    this.#rows.push(row)
    if (this.#rows.length >= size) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), LINGER_MS)
  }

  /** Sends off what has gathered. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#rows.length === 0) return
    const rows = this.#rows
    this.#rows = []
    this.#options.onBatch({ lane: this.#options.lane, number: this.#number++, rows })
  }

  /** Forgets what has gathered. */
  close(): void {
    clearTimeout(this.#timer)
    this.#rows = []
  }
}
