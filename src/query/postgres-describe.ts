import type { Client, Connection, Submittable } from 'pg'

/**
 * The columns that a query gives, without running it; none where it gives no rows. The server takes the text as one statement
 * and says what is wrong with it by its places. Throws the server's error.
 */
export function describeQuery(client: Client, sql: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => client.query(new Describe(sql, resolve, reject)))
}

/** What the driver hands its answers to, as it does to its own queries. */
class Describe implements Submittable {
  readonly #sql: string
  readonly #resolve: (columns: readonly string[]) => void
  readonly #reject: (error: Error) => void
  #columns: readonly string[] = []

  constructor(sql: string, resolve: (columns: readonly string[]) => void, reject: (error: Error) => void) {
    this.#sql = sql
    this.#resolve = resolve
    this.#reject = reject
  }

  submit(connection: Connection): void {
    connection.parse({ name: '', text: this.#sql, types: [] }, true)
    connection.describe({ type: 'S', name: '' }, true)
    connection.sync()
  }

  handleRowDescription({ fields }: { readonly fields: readonly { readonly name: string }[] }): void {
    this.#columns = fields.map(({ name }) => name)
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#columns)
  }

  handleError(error: Error): void {
    this.#reject(error)
  }
}
