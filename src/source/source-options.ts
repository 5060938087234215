import type { Declared } from './declared.ts'
import type { FileStamp } from './file-stamp.ts'
import type { TextFormat } from './source-format.ts'

export interface SourceOptions extends Declared {
  /** Otherwise the content and the name's ending decide. */
  readonly format?: TextFormat | undefined
  /** What messages call the input; the path, or "standard input", unless given. */
  readonly name?: string | undefined
  /** The files as they were opened before, in order: others are refused with InputChanged. */
  readonly stamps?: readonly (FileStamp | undefined)[] | undefined
  /** Whether `readHash` will be asked. */
  readonly hash?: boolean | undefined
  /** Longer records are problem rows; bytes, 4 MiB unless given. Bounds the memory that a lost quote can take. */
  readonly maxRecordBytes?: number | undefined
}
