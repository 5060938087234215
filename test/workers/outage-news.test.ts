import { expect, test } from 'vitest'
import type { HealthChange } from '../../workers/lane-health.ts'
import { outageNews } from '../../workers/outage-news.ts'

const change = (down: boolean): HealthChange => ({ down, refused: false, reason: down ? 'reset' : '', since: 1_000 })

function setup() {
  const told: string[] = []
  const news = outageNews((run, { down }) => void told.push(`${run} ${down ? 'down' : 'up'}`))
  return { news, told: () => told.splice(0) }
}

test('a run hears that the host is away and that it is back, each once', () => {
  const { news, told } = setup()
  news.taken('one')
  expect(told()).toEqual([])
  news.changed(change(true), ['one'])
  news.taken('one')
  expect(told()).toEqual(['one down'])
  news.changed(change(false), ['one'])
  news.taken('one')
  expect(told()).toEqual(['one up'])
})

test('a run that comes while the host is away hears of it', () => {
  const { news, told } = setup()
  news.changed(change(true), ['one'])
  news.taken('two')
  news.changed(change(false), ['one', 'two'])
  expect(told()).toEqual(['one down', 'two down', 'one up', 'two up'])
})

test('a run of which no job was in hand when the host was back hears so with its next one', () => {
  const { news, told } = setup()
  news.changed(change(true), ['one', 'two'])
  news.changed(change(false), ['two'])
  news.taken('three')
  news.taken('one')
  news.taken('one')
  expect(told()).toEqual(['one down', 'two down', 'two up', 'one up'])
})

test('what was forgotten of a host that nobody asked for a while is told to nobody', () => {
  const { news, told } = setup()
  news.changed(change(true), ['one'])
  news.changed({ ...change(false), forgotten: true }, [])
  news.taken('one')
  expect(told()).toEqual(['one down'])
  news.changed(change(true), ['one'])
  expect(told()).toEqual(['one down'])
})

test('a run that is resumed while the host is away hears of it again', () => {
  const { news, told } = setup()
  news.changed(change(true), ['one'])
  news.parked('one')
  news.taken('one')
  expect(told()).toEqual(['one down', 'one down'])
})
