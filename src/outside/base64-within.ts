/**
 * What stands in base64 where the text is somewhere within the bytes: by where it begins, one of three texts, without the
 * characters that its neighbours have a part in.
 */
export function base64Within(text: string): readonly string[] {
  const bytes = Buffer.from(text)
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const first = Math.ceil((before * 8) / 6)
    const last = Math.floor(((before + bytes.length) * 8) / 6)
    return encoded.slice(first, last)
  })
}
