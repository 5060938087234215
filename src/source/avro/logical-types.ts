import avsc from 'avsc'
import type { Schema } from 'avsc'
import { dateText, decimalJson, momentText, timeText } from '../parquet/value-texts.ts'

/**
 * What Avro's logical types are read as, the same as those of Parquet.
 * (https://avro.apache.org/docs/current/specification/#logical-types)
 */
export const logicalTypes: Readonly<Record<string, LogicalTypeClass>> = {
  decimal: reading((value, { scale = 0 }) => decimalJson(value as Uint8Array, scale)),
  date: reading((value) => dateText(Number(value))),
  'time-millis': reading((value) => timeText(BigInt(value as number) * 1_000_000n)),
  'time-micros': reading((value) => timeText(BigInt(value as number) * 1000n)),
  'timestamp-millis': reading((value) => momentText(BigInt(value as number) * 1_000_000n, false)),
  'timestamp-micros': reading((value) => momentText(BigInt(value as number) * 1000n, false)),
  'timestamp-nanos': reading((value) => momentText(BigInt(value as number), false)),
  'local-timestamp-millis': reading((value) => momentText(BigInt(value as number) * 1_000_000n, true)),
  'local-timestamp-micros': reading((value) => momentText(BigInt(value as number) * 1000n, true)),
  'local-timestamp-nanos': reading((value) => momentText(BigInt(value as number), true)),
}

type LogicalTypeClass = new (schema: Schema, options?: object) => avsc.types.LogicalType

interface Attributes {
  readonly scale?: number
}

/** A logical type that is read and never written. */
function reading(read: (value: unknown, attributes: Attributes) => unknown) {
  return class extends avsc.types.LogicalType {
    readonly #attributes: Attributes

    constructor(schema: Schema, options?: object) {
      super(schema, options)
      this.#attributes = typeof schema === 'object' && !Array.isArray(schema) ? (schema as Attributes) : {}
    }

    override _fromValue(value: unknown): unknown {
      return read(value, this.#attributes)
    }

    override _toValue(): undefined {
      return undefined
    }

    override _resolve(): undefined {
      return undefined
    }
  }
}
