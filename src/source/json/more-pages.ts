import type { ArrayOutline, ObjectOutline, Outline } from './outline.ts'

/**
 * What to say of a list that is one page of an API's answer, by what stands around it: that there are more, where the next
 * page is, or that more were found than it holds. Undefined where nothing says so, as far as the sample goes.
 */
export function moreNote(top: ObjectOutline, list: ArrayOutline, sample: Buffer): string | undefined {
  const sign = signOfMore(top, { list, sample }, MOST_AROUND)
  if (sign === undefined) return undefined
  return `The list is one page of several, as it seems: ${sign}. The members of the other pages are not in this file.`
}

interface Page {
  readonly list: ArrayOutline
  readonly sample: Buffer
}

function signOfMore(object: ObjectOutline, page: Page, depth: number): string | undefined {
  for (const { key, value } of object.entries) {
    if (says(key, value, page)) {
      // An address or a token may let in whoever reads it.
      const isAddress = value.kind === 'object' || value.kind === 'string'
      const text = isAddress ? 'is given' : `is ${textOf(value, page)}`
      const held =
        value.kind === 'number' && TOTALS.has(fold(key)) ? `, and the list holds ${page.list.items.length}` : ''
      return `${JSON.stringify(key)} ${text}${held}`
    }
    const within = value.kind === 'object' && depth > 1 ? signOfMore(value, page, depth - 1) : undefined
    if (within !== undefined) return within
  }
  return undefined
}

function says(key: string, value: Outline, page: Page): boolean {
  const name = fold(key)
  const text = textOf(value, page)
  switch (value.kind) {
    case 'literal':
      return (MORE.has(name) && text === 'true') || (LAST.has(name) && text === 'false')
    case 'number':
      return (
        (TOTALS.has(name) && page.list.end !== undefined && Number(text) > page.list.items.length) || isNext(name, text)
      )
    case 'string':
      return isNext(name, text)
    case 'object':
      return NEXT.has(name) && value.entries.length > 0
    case 'array':
      return false
  }
}

/** A next page of `""` or 0 is none. */
function isNext(name: string, text: string): boolean {
  return NEXT.has(name) && text !== '""' && text !== '0'
}

/** Of what the sample ends within, and of lists, nothing is looked at. */
function textOf({ start, end, kind }: Outline, { sample }: Page): string {
  return end === undefined || kind === 'array' ? '' : sample.toString('utf8', start, end)
}

function fold(key: string): string {
  return key.toLowerCase().replaceAll(/[^a-z]/g, '')
}

const MOST_AROUND = 5
const MORE = new Set(['hasmore', 'hasnextpage', 'hasnext', 'moreresults', 'morerecords', 'hasmoreitems', 'istruncated'])
const LAST = new Set(['done', 'last', 'islast', 'islastpage', 'lastpage'])
const NEXT = new Set(
  'next nextlink odatanextlink nextrecordsurl nextpage nextpageurl nextpagelink nextpagetoken nextcursor nexttoken nexturl continuationtoken lastevaluatedkey'.split(
    ' ',
  ),
)
const TOTALS = new Set(
  'total totalcount totalelements totalresults totalsize totalrecords totalitems odatacount recordstotal'.split(' '),
)
