import { Writable } from 'node:stream'
import headless from '@xterm/headless'
import { afterEach, expect, test, vi } from 'vitest'
import { LiveArea } from '../../src/cli/screen/live-area.ts'
import { type Line, fit, flow, paint, plain } from '../../src/cli/screen/span.ts'

afterEach(() => void vi.unstubAllEnvs())

/** A terminal of 12 lines, and what it shows. */
function openTerminal(columns: number) {
  const terminal = new headless.Terminal({ cols: columns, rows: 12, allowProposedApi: true, convertEol: true })
  const written: Promise<void>[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written.push(new Promise((resolve) => terminal.write(chunk, resolve)))
      done()
    },
  })
  const out = Object.assign(stream, { columns })
  return {
    out,
    resize(to: number) {
      terminal.resize(to, 12)
      out.columns = to
    },
    async shown() {
      await Promise.all(written)
      const { active } = terminal.buffer
      const lines = Array.from({ length: active.length }, (_, at) => active.getLine(at)?.translateToString(true) ?? '')
      return lines.join('\n').trimEnd().split('\n')
    },
  }
}

const words = Array.from({ length: 12 }, (_, at) => `word-${at + 1}`)
const lines = (area: LiveArea): readonly Line[] => [...flow(words, area.width), 'the end']

test('what is drawn again takes the place of what was drawn before', async () => {
  const { out, shown } = openTerminal(80)
  const area = new LiveArea(out)
  area.draw(['one', 'two', 'three'])
  area.draw(['four', 'five'])
  expect(await shown()).toEqual(['four', 'five'])
  area.draw([])
  area.draw(['six'])
  expect(await shown()).toEqual(['six'])
})

test('what is said stands above it, and what is kept stays', async () => {
  const { out, shown } = openTerminal(80)
  const area = new LiveArea(out)
  area.draw(['one', 'two'])
  area.say('said')
  area.draw(['three'])
  area.keep()
  area.say('after')
  expect(await shown()).toEqual(['said', 'three', 'after'])
})

test.each([
  [120, 60],
  [120, 41],
  [80, 30],
  [60, 120],
  [80, 79],
])('from %d to %d columns nothing is left behind', async (from, to) => {
  const { out, resize, shown } = openTerminal(from)
  const area = new LiveArea(out)
  area.say('said before')
  area.draw(lines(area))
  await shown()
  resize(to)
  area.draw(lines(area))
  const after = await shown()
  expect(after).toEqual(['said before', ...lines(area).map(plain)])
  area.say('said after')
  area.draw(['done'])
  expect(await shown()).toEqual(['said before', 'said after', 'done'])
})

test('a terminal that has not said how wide it is has 80 columns', async () => {
  const { out, shown } = openTerminal(80)
  out.columns = 0
  const area = new LiveArea(out)
  expect(area.width).toBe(79)
  area.draw(['one', 'two'])
  area.draw(['three'])
  expect(await shown()).toEqual(['three'])
})

test('a line is broken where it must be, and its pieces are whole', () => {
  expect(flow(['aaa', 'bbb', 'ccc'], 9, '  ').map(plain)).toEqual(['aaa  bbb', '  ccc'])
  expect(flow(['aaaaaaaaaaaa', 'b'], 5).map(plain)).toEqual(['aaaaaaaaaaaa', 'b'])
})

test('a text is cut by the columns that it takes', () => {
  expect(fit('abcdef', 6)).toBe('abcdef')
  expect(fit('abcdefg', 6)).toBe('abcde…')
  expect(fit('会员文件导入', 6)).toBe('会员…')
})

const RED: Line = [{ text: 'no', style: 'bad' }, { text: '\u001B[2J' }]

function colourful(isTTY: boolean, depth = 8) {
  return Object.assign(new Writable(), { isTTY, getColorDepth: () => depth })
}

test('has colours where a terminal has them, and what comes from outside has none', () => {
  vi.stubEnv('FORCE_COLOR', undefined)
  expect(paint(RED, colourful(true))).toBe('\u001B[31mno\u001B[39m\uFFFD[2J')
  expect(paint(RED, colourful(true, 1))).toBe('no\uFFFD[2J')
  expect(paint(RED, colourful(false))).toBe('no\uFFFD[2J')
  vi.stubEnv('FORCE_COLOR', '1')
  expect(paint(RED, colourful(false))).toBe('\u001B[31mno\u001B[39m\uFFFD[2J')
})
