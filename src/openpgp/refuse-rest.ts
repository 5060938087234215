import { createReadStream } from 'node:fs'
import { UsageError } from '../model.ts'

const END = '-----END PGP MESSAGE-----'

/**
 * Throws a UsageError where anything follows an armored message: it would be passed over in silence, and a second
 * message's rows would be lost.
 */
export async function refuseRest(path: string, name: string): Promise<void> {
  let hasEnded = false
  let last = ''
  for await (const piece of createReadStream(path, { encoding: 'latin1' })) {
    const text = last + String(piece)
    const end = hasEnded ? 0 : text.indexOf(END)
    if (end !== -1) {
      const rest = hasEnded ? String(piece) : text.slice(end + END.length)
      hasEnded = true
      if (/\S/.test(rest)) {
        throw new UsageError(
          `${name}: something follows the encrypted message. Nothing was imported. Ask the sender for one message in a file.`,
        )
      }
    }
    last = text.slice(-END.length)
  }
}
