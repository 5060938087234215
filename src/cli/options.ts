import { InvalidArgumentError, Option } from 'commander'

export function homeOption(): Option {
  return new Option('--home <dir>', 'where runs are kept (ROLLCALL_HOME, else .rollcall)')
}

export function notifyOption(): Option {
  return new Option('--notify <url>', 'post the summary there when the run ends or halts')
}

export function logOptions(): { readonly file: Option; readonly level: Option } {
  return {
    file: new Option('--log-file <path>', 'write events there, not to standard error'),
    level: new Option('--log-level <level>', 'which events are logged')
      .choices(['debug', 'info', 'warn', 'error', 'silent'])
      .default('error'),
  }
}

export function limitOption(): Option {
  return new Option('--limit <n>', 'read the first n rows only').argParser(parseCount)
}

function parseCount(value: string): number {
  const count = Number(value)
  if (Number.isSafeInteger(count) && count > 0) return count
  throw new InvalidArgumentError('expected a whole number of rows, at least 1.')
}
