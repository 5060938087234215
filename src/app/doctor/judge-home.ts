import { shellWord } from '../../typed-commands.ts'
import { formatBytes } from '../../words.ts'
import { type Need, TIMES_THE_FILE, neededBytes } from '../home-space.ts'
import { type Finding, findingsOf } from './finding.ts'
import type { HomeFacts } from './home-facts.ts'

type Part = Omit<Finding, 'name'>

/** Whether runs can be kept in a folder: there, for this user alone, with room enough. */
export function judgeHome(facts: HomeFacts, need: Need): readonly Finding[] {
  const { path, isThere, writable, openToOthers } = facts
  if (!writable) {
    const message = `Nothing may be written to ${path} by this user.`
    return [
      { name: 'home', state: 'failed', message, remedy: 'Give it to this user, or name another place with --home.' },
    ]
  }
  return findingsOf('home', [
    { state: 'ok', message: isThere ? `Runs are kept in ${path}.` : `Runs will be kept in ${path}, which is made.` },
    ...(openToOthers ? [lookedInto(path)] : []),
    judgeSpace(facts, need),
  ])
}

function lookedInto(path: string): Part {
  return {
    state: 'warned',
    message: "Other users of this machine may look into it; what is kept there holds members' data.",
    remedy: `chmod 700 ${shellWord(path)}`,
  }
}

function judgeSpace({ freeBytes }: HomeFacts, need: Need): Part {
  if (freeBytes === undefined) return { state: 'warned', message: 'How much room there is, the system does not say.' }
  const free = `${formatBytes(freeBytes)} are free on its disk`
  const { fileBytes } = need
  const needed = neededBytes(need)
  const takes = `${fileBytes === undefined ? 'a run takes' : 'this file takes'} up to ${formatBytes(needed)}${
    fileBytes === undefined ? `, and ${TIMES_THE_FILE} times the size of its file` : ''
  }`
  const message = needed === 0 ? `${free}.` : `${free}; ${takes}.`
  const remedy = 'Make room (`rollcall prune` deletes old runs), or name another place with --home.'
  if (freeBytes < needed) return { state: 'failed', message, remedy }
  if (freeBytes < needed * 2) return { state: 'warned', message, remedy }
  return { state: 'ok', message }
}
