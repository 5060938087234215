import type { Foreign } from '../foreign.ts'

/** What a text is by its first bytes. */
export interface ForeignText extends Foreign {
  readonly sign: RegExp
}

const PSQL = "psql writes CSV with `psql --csv`, or with \\copy (select …) to 'members.csv' csv header."
const MYSQL = 'Write it with `mysql --batch`, which divides by tabs, or with SELECT … INTO OUTFILE.'
const SQLITE = 'Write it with `sqlite3 -csv -header`.'
const CLICKHOUSE = 'ClickHouse writes CSV with FORMAT CSVWithNames.'

/** What databases and their programs print for people, or for themselves to load again. */
export const LISTINGS: readonly ForeignText[] = [
  {
    sign: /^(?:-{5,}\r?\n[^]*?\n-{5,}\s+)?\+-{2,}[-+]*\+\r?\n\|/,
    what: 'a table that mysql has drawn, or sqlite3 or psql',
    remedy: `${MYSQL} ${SQLITE} ${PSQL}`,
  },
  { sign: /^\*{5,} 1\. row \*{5,}/, what: 'rows as mysql shows them with \\G', remedy: MYSQL },
  {
    sign: /^[^\n]*\|[^\n]*\r?\n-{2,}[-+]*\+-{2,}[-+]*\r?\n/,
    what: 'a table that psql has drawn, or cqlsh',
    remedy: `${PSQL} cqlsh writes it with COPY members TO 'members.csv' WITH HEADER = true.`,
  },
  { sign: /^[^\n]*│[^\n]*\r?\n─{2,}[─┼]*\s/, what: 'a table that psql has drawn', remedy: PSQL },
  {
    // A value of several lines has a + at each line's end.
    sign: /^ *[\w?]+ *\r?\n-{5,}\r?\n *[[{].*[\]}+] *\r?\n/,
    what: 'JSON in a table that psql has drawn',
    remedy: 'psql writes the JSON alone with `psql -At`.',
  },
  { sign: /^[-+─┌╔]+\[ RECORD 1 \]/, what: 'rows as psql shows them with \\x', remedy: PSQL },
  {
    // Unaligned: the first column's name comes again below a line without anything.
    sign: /^([a-z_]\w*)\|.*\r?\n(?:[a-z_]\w*\|.*\r?\n)+\r?\n\1\|/,
    what: 'rows as psql shows them with \\x',
    remedy: PSQL,
  },
  { sign: /^ *\w+ = .*\r?\n *\w+ = /, what: 'rows as sqlite3 shows them with -line', remedy: SQLITE },
  {
    // eslint-disable-next-line no-control-regex
    sign: /^[^\n]*\x1F[^\n]*\x1E|^[^\n]*\x1E[^\n]*\x1F/,
    what: 'a table with U+001E behind each row, as sqlite3 -ascii writes it',
    remedy: SQLITE,
  },
  {
    sign: /^[^\n␞]*␟[^\n␞]*␞/,
    what: 'a table with ␟ between values and ␞ behind each row (USV)',
    remedy: 'Miller writes CSV with `mlr --iusv --ocsv cat`.',
  },
  { sign: /^Row 1:\r?\n─+\s/, what: 'rows as ClickHouse shows them (FORMAT Vertical)', remedy: CLICKHOUSE },
  {
    sign: /^\((?:'[^'\n]*'|NULL|[-\d.]+)(?:, ?(?:'[^'\n]*'|NULL|[-\d.]+))*\),\s*\(/,
    what: 'rows as SQL writes them (VALUES)',
    remedy: CLICKHOUSE,
  },
  {
    sign: /^(?:OPTIONS ?\([^)\n]*\)\s*)?(?:UNRECOVERABLE\s+)?LOAD DATA\s+(?:INFILE|INTO|LOCAL|CHARACTERSET|LENGTH|APPEND|REPLACE|TRUNCATE|INSERT)\b/i,
    what: 'a control file of SQL*Loader',
    remedy: 'Its rows stand behind BEGINDATA, or in the file behind INFILE: import these.',
  },
  {
    sign: /^(?:shape: \(.*\)\r?\n)[┌╔╭┏]/,
    what: 'a table that Polars has drawn',
    remedy: 'Write it with `write_csv`.',
  },
  { sign: /^[┌╔╭┏]/, what: 'a drawn table', remedy: `Export it as CSV. ${SQLITE} ${CLICKHOUSE}` },
  {
    sign: /^\|[^\n]*\|[ \t]*\r?\n\|[ \t:]*-{2,}[-:| \t]*\|/,
    what: 'a table in Markdown',
    remedy: `Export it as CSV. ${SQLITE}`,
  },
  {
    // Each comment goes to the end of its line: a line of dashes could be cut into comments in very many ways.
    sign: /^(?:(?:(?:--|REM |\\restrict)[^\n]*(?:\n|$)|\/\*[^]*?\*\/;?|(?:SET|PRAGMA|USE|PROMPT) [^;\n]*(?:;|\n)|GO\b|SELECT pg_catalog[^;\n]*;)\s*)*(?:CREATE (?:TABLE|DATABASE|SCHEMA)|INSERT (?:INTO|\[)|(?:MERGE|UPSERT|REPLACE) INTO|DROP TABLE|LOCK TABLES|BEGIN TRANSACTION;|COPY [\w."]+ \()/i,
    what: 'a dump in SQL',
    remedy: 'Load it into a database, and export the table of members as CSV.',
  },
  {
    // Below what SQL*Plus and BTEQ say of themselves, too.
    sign: /^(?:[^\n]*\n){0,20}?[^\n,;\t|]*\n *(?:-{2,}(?: +-{2,})+|={2,}(?: +={2,})+) *\r?\n/,
    what: 'a table in columns of fixed width',
    remedy:
      'Export it as CSV: sqlite3 by -csv -header, sqlcmd by -s"," -W, SQL*Plus by SET MARKUP CSV ON, ' +
      'DB2 by EXPORT TO members.del OF DEL, Teradata by TPT or FastExport.',
  },
]
