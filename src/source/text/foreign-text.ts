import { EXPORT, SAVE_SHEET, SIGNED } from '../foreign.ts'
import type { Foreign } from '../foreign.ts'

/** So much of a text shows what it is. */
const LOOK_BYTES = 4096

/** What a text is that is no table and no JSON, by its first bytes (UTF-8); undefined of all others. */
export function foreignText(head: Buffer): Foreign | undefined {
  const text = head.toString('utf8', 0, LOOK_BYTES).trimStart()
  return KINDS.find(({ sign }) => sign.test(text))
}

const PSQL = "psql writes CSV with `psql --csv`, or with \\copy (select …) to 'members.csv' csv header."
const MYSQL = 'Write it with `mysql --batch`, which divides by tabs, or with SELECT … INTO OUTFILE.'
const SQLITE = 'Write it with `sqlite3 -csv -header`.'
const WEB_PAGE: Foreign = {
  what: 'a web page (HTML)',
  remedy: SAVE_SHEET,
  fetched:
    'The server gives a page in the place of the file, perhaps one to sign in at: open the address in a browser to see. ' +
    'A user and password may stand in the address, or in ~/.netrc; or fetch the file by other means, and import it from there.',
}

const KINDS: readonly (Foreign & { readonly sign: RegExp })[] = [
  {
    sign: /^(?:<!--[^]*?-->\s*)?<(?:!doctype\s+html|html|head|title|body|table|t[rdh]|div|style|script|meta)\b/i,
    ...WEB_PAGE,
  },
  {
    sign: /^<\?xml[^]*<\?mso-application\s+progid="Excel|^<(?:\?xml[^]*<)?(?:ss:)?Workbook\b[^>]*office:spreadsheet/i,
    what: 'an XML Spreadsheet of Excel 2003',
    remedy: SAVE_SHEET,
  },
  { sign: /^<(?:\?xml[^]*<)?office:document\b/i, what: 'a flat OpenDocument sheet (.fods)', remedy: SAVE_SHEET },
  { sign: /^<(?:\?xml[^]*<)?(?:html)\b/i, ...WEB_PAGE },
  {
    sign: /^(?:<br ?\/?>\s*)?(?:<b>)?(?:Warning|Notice|Deprecated|Fatal error|Parse error)(?:<\/b>)?: .* in (?:<b>)?\S+\.php/,
    what: 'a file that begins with an error of PHP',
    remedy: 'Where the error is mended, export it anew; what follows it may be cut off.',
  },
  {
    sign: /^<(?:\?xml\b|!--|!DOCTYPE\b|[a-z][\w.-]*(?::[\w.-]+)?(?:\s+[\w:.-]+\s*=\s*["']|\s*\/?>\s*<))/i,
    what: 'XML',
    remedy: EXPORT,
  },
  {
    sign: /^(?:-{5,}\r?\n[^]*?\n-{5,}\s+)?\+-{2,}[-+]*\+\r?\n\|/,
    what: 'a table that mysql has drawn, or sqlite3 or psql',
    remedy: `${MYSQL} ${SQLITE} ${PSQL}`,
  },
  { sign: /^\*{5,} 1\. row \*{5,}/, what: 'rows as mysql shows them with \\G', remedy: MYSQL },
  { sign: /^[^\n]*\|[^\n]*\r?\n-{2,}[-+]*\+-{2,}[-+]*\r?\n/, what: 'a table that psql has drawn', remedy: PSQL },
  { sign: /^[^\n]*│[^\n]*\r?\n─{2,}[─┼]*\s/, what: 'a table that psql has drawn', remedy: PSQL },
  {
    sign: /^ *[\w?]+ *\r?\n-{5,}\r?\n *[[{].*[\]}] *\r?\n/,
    what: 'JSON in a table that psql has drawn',
    remedy: 'psql writes the JSON alone with `psql -At`.',
  },
  { sign: /^[-+─┌╔]+\[ RECORD 1 \]/, what: 'rows as psql shows them with \\x', remedy: PSQL },
  { sign: /^ *\w+ = .*\r?\n *\w+ = /, what: 'rows as sqlite3 shows them with -line', remedy: SQLITE },
  {
    // eslint-disable-next-line no-control-regex
    sign: /^[^\n]*\x1F[^\n]*\x1E|^[^\n]*\x1E[^\n]*\x1F/,
    what: 'a table with U+001E behind each row, as sqlite3 -ascii writes it',
    remedy: SQLITE,
  },
  { sign: /^[┌╔╭┏]/, what: 'a drawn table', remedy: `Export it as CSV. ${SQLITE}` },
  {
    sign: /^\|[^\n]*\|[ \t]*\r?\n\|[ \t:]*-{2,}[-:| \t]*\|/,
    what: 'a table in Markdown',
    remedy: `Export it as CSV. ${SQLITE}`,
  },
  {
    sign: /^[^\n,;\t|]*\r?\n-{2,}(?: +-{2,})+ *\r?\n/,
    what: 'a table in columns of fixed width',
    remedy: `Export it as CSV: sqlite3 by -csv -header, sqlcmd by -s"," -W, SQL*Plus by SET MARKUP CSV ON.`,
  },
  {
    sign: /^(?:(?:--[^\n]*|REM [^\n]*|\/\*[^]*?\*\/;?|(?:SET|PRAGMA|USE) [^;\n]*;|SELECT pg_catalog[^;\n]*;|\\restrict[^\n]*)\s*)*(?:CREATE (?:TABLE|DATABASE|SCHEMA)|INSERT INTO|DROP TABLE|LOCK TABLES|BEGIN TRANSACTION;|COPY [\w."]+ \()/i,
    what: 'a dump in SQL',
    remedy: 'Load it into a database, and export the table of members as CSV.',
  },
  {
    sign: /^(?:\\(?:documentclass|begin\{(?:tabular|longtable))|\.LP\r?\n\.TS|(?:\[[^\]\n]*\]\r?\n)?\|={3,}\r?\n)/,
    what: 'a table for typesetting (LaTeX, troff or AsciiDoc)',
    remedy: EXPORT,
  },
  {
    sign: /^MIME-Version: 1\.0\s[^]*\nContent-Type: multipart\/related/i,
    what: 'a web page in one file (MHTML)',
    remedy: SAVE_SHEET,
  },
  {
    sign: /^(?:(?:Return-Path|Received|Delivered-To|From|To|Date|Subject|Message-ID|MIME-Version): .*\r?\n(?:[ \t].*\r?\n)*){3}/i,
    what: 'an e-mail',
    remedy: 'Save the file that is attached to it, and import that.',
  },
  { sign: /^-----BEGIN PGP (?:SIGNED )?MESSAGE-----/, ...SIGNED },
  {
    sign: /^-----BEGIN PGP SIGNATURE-----/,
    what: 'a signature (OpenPGP) without what it signs',
    remedy: 'Import the file itself.',
  },
  { sign: /^-----BEGIN (?:PGP )?\w+ KEY(?: BLOCK)?-----/, what: 'a key', remedy: 'Import the file itself.' },
  { sign: /^ID;P(?:WXL|CALCOOO\d+|SYLK|WMS)\b/, what: 'a sheet in SYLK (.slk)', remedy: SAVE_SHEET },
  { sign: /^TABLE\r?\n0,1\r?\n/, what: 'a sheet in DIF', remedy: SAVE_SHEET },
  {
    sign: /^version https:\/\/git-lfs\.github\.com\//,
    what: 'what Git LFS keeps in the place of a file',
    remedy: 'Fetch the file itself: git lfs pull.',
  },
  {
    sign: /^BEGIN:VCARD/i,
    what: 'a list of vCards',
    remedy: 'Import it into an address book, and export that as CSV.',
  },
  { sign: /^(?:version: \d+\s+)?dn:: ?|^(?:version: \d+\s+)?dn: \w+=/i, what: 'LDIF of a directory', remedy: EXPORT },
  { sign: /^\{\\rtf/, what: 'a document in RTF', remedy: SAVE_SHEET },
  { sign: /^%PDF/, what: 'a PDF document', remedy: EXPORT },
  {
    sign: /^[[{]?\s*\{?\s*["']?\w+["']?\s*:\s*(?:ObjectId|ISODate|NumberLong|NumberInt|NumberDecimal)\(/,
    what: 'what MongoDB’s shell prints',
    remedy: 'Export it with `mongoexport`.',
  },
  {
    sign: /^(?:\/\*[^]*?\*\/\s*)?(?:(?:export default|module\.exports =|(?:const|var|let) \w+ =|window\.[\w.]+ =|[\w.]+\()\s*[[{]|\)\]\}')/,
    what: 'a script (JavaScript)',
    remedy: 'Take the JSON out of it, and import that.',
  },
  {
    sign: /^\{[^]{0,200}"ResultSet": ?\{\s*"Rows": ?\[\s*\{\s*"Data": ?\[/,
    what: 'what Athena answers, whose first row is its header',
    remedy: 'Import the CSV that the query has left at its place in S3.',
  },
  {
    sign: /^\[\s*\{"type":"header"[^}]*PHPMyAdmin/,
    what: 'what phpMyAdmin exports as JSON, with the members of a table beside what it tells of itself',
    remedy: 'Export the table as CSV, with the names of the columns in the first row.',
  },
  {
    sign: /^\{[^{}]*(?:"url": ?"https:\/\/docs\.google\.com\/|"doc_id": ?")/,
    what: 'a link to a sheet of Google’s and not the sheet',
    remedy: 'Open it, and download it as CSV: File, Download.',
  },
  {
    sign: /^(?:#.*\s+)*\[\[?[\w.-]+\]\]?\s*\r?\n[\w.-]+ ?= ?/,
    what: 'a file of settings (TOML or INI)',
    remedy: EXPORT,
  },
  {
    sign: /^(?:[\w.-]+=[^,\n]*,)+[\w.-]+=[^,\n]*\r?\n(?:[\w.-]+=[^,\n]*,)+[\w.-]+=/,
    what: 'Miller’s own format (DKVP)',
    remedy: 'Write it with `mlr --ojsonl cat`.',
  },
  {
    sign: /^---\r?\n(?:- )?\w+:|^- \w+: .*\r?\n {2}\w+:/,
    what: 'YAML',
    remedy: EXPORT,
  },
  {
    sign: /^(?:\[\s*)?\{\s*'(?:[^'\n]*)'\s*:/,
    what: 'what Python prints of its own objects',
    remedy: 'Write it with `json.dumps`.',
  },
]
