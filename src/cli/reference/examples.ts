/** What a command is for, as lines that can be typed: by the command's name, `sync run`. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  import: [
    'rollcall import members.csv --plan plan.yaml --limit 20',
    "rollcall import 'members-*.csv.gz' --plan plan.yaml --check-first",
    'rollcall import s3://exports/members.csv --plan plan.yaml --json',
    "rollcall import 'postgres://reader@db.example.com/crm' --query members.sql --plan plan.yaml",
  ],
  check: [
    'rollcall check members.csv --plan plan.yaml',
    'rollcall check members.csv --sync nightly.yaml',
    'gunzip -c members.csv.gz | rollcall check - --plan plan.yaml',
  ],
  init: [
    'rollcall init members.xlsx --country IN --out plan.yaml',
    "rollcall init members.csv --rows 'encoding: shift_jis, skip: 2' --out plan.yaml",
    'rollcall init members.csv --lanes register-v1,link --out plan.yaml',
    "rollcall init 'postgres://reader@db.example.com/crm' --query members.sql --out plan.yaml",
  ],
  resume: ['rollcall resume latest'],
  rerun: [
    'rollcall rerun latest --only failed',
    'rollcall rerun latest --from mended.csv',
    'rollcall rerun latest --code 8006 --plan mended.yaml',
  ],
  verify: ['rollcall verify latest', 'rollcall verify latest --sample 1000'],
  doctor: ['rollcall doctor', 'rollcall doctor members.csv --plan plan.yaml --json'],
  runs: ['rollcall runs', 'rollcall runs --json'],
  show: ['rollcall show latest', 'rollcall show latest --row 48213', 'rollcall show members --key A-1 --json'],
  report: ['rollcall report latest --format xlsx', 'rollcall report latest --mask'],
  pause: ['rollcall pause latest'],
  cancel: ['rollcall cancel latest'],
  pace: ['rollcall pace register 300'],
  prune: ['rollcall prune --older-than 14d --dry-run', 'rollcall prune --keep 20'],
  'sync run': ['rollcall sync run nightly.yaml'],
  'sync list': ['rollcall sync list'],
  'sync history': ['rollcall sync history nightly'],
  'sync pause': ['rollcall sync pause nightly'],
  'sync resume': ['rollcall sync resume nightly'],
  scheduler: ['rollcall scheduler nightly.yaml weekly.yaml'],
  worker: ['rollcall worker', 'rollcall worker --lane link', 'rollcall worker --metrics 0.0.0.0:9464'],
  workers: ['rollcall workers'],
  top: ['rollcall top'],
  console: ['rollcall console', 'rollcall console --port 8080'],
  simulate: ['rollcall simulate --port 4010'],
  codes: ['rollcall codes', 'rollcall codes 8006'],
  completion: [
    'source <(rollcall completion bash)',
    'rollcall completion fish > ~/.config/fish/completions/rollcall.fish',
  ],
}

export function examplesOf(command: string): readonly string[] {
  return EXAMPLES[command] ?? []
}

/** As they stand below a command's help; nothing where there is none. */
export function examplesHelp(command: string): string {
  const examples = examplesOf(command)
  return examples.length === 0 ? '' : ['', 'Examples:', ...examples.map((line) => `  ${line}`)].join('\n')
}
