import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Tests of programs last long, though some of their files are short; begun last, they would be waited for alone. */
const LONG = ['e2e/sync.', 'e2e/nights', 'chaos', 'e2e/', 'console/', 'install/', 'bench/']

/** Begins with the files that last longest, by where they are; those of one place as Vitest orders them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line no-array-sort -- of the class, not of a list
    const ordered = await super.sort(files)
    return ordered.toSorted((one, other) => rankOf(one.moduleId) - rankOf(other.moduleId))
  }
}

function rankOf(path: string): number {
  const place = LONG.findIndex((part) => path.includes(part))
  return place < 0 ? LONG.length : place
}
