import avsc from 'avsc'

/** Whole numbers of 64 bits: as numbers while these are exact, else as bigints, of which texts are made. */
// eslint-disable-next-line no-underscore-dangle -- the library's own name
export const longType = avsc.types.LongType.__with({
  fromBuffer(bytes: Buffer) {
    const long = bytes.readBigInt64LE()
    const number = Number(long)
    return Number.isSafeInteger(number) ? number : long
  },
  toBuffer(long: number | bigint) {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(BigInt(long))
    return bytes
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (long: unknown) => typeof long === 'bigint' || Number.isSafeInteger(long),
  compare: (one: number | bigint, other: number | bigint) => (one < other ? -1 : one > other ? 1 : 0),
})
