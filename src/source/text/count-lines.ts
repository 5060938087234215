/** The line ends (LF) among the bytes from `start` to `end`. */
export function countLines(bytes: Buffer, start: number, end: number): number {
  let lines = 0
  for (let at = bytes.indexOf(LF, start); at >= 0 && at < end; at = bytes.indexOf(LF, at + 1)) lines++
  return lines
}

const LF = 0x0a
