import { EXPORT, SAVE_SHEET, SIGNED } from '../foreign.ts'
import type { Foreign } from '../foreign.ts'
import { LISTINGS } from './foreign-listings.ts'
import type { ForeignText } from './foreign-listings.ts'

/** So much of a text shows what it is. */
const LOOK_BYTES = 4096

/** What a text is that is no table and no JSON, by its first bytes (UTF-8); undefined of all others. */
export function foreignText(head: Buffer): Foreign | undefined {
  const text = head.toString('utf8', 0, LOOK_BYTES).trimStart()
  return KINDS.find(({ sign }) => sign.test(text))
}

const WEB_PAGE: Foreign = {
  what: 'a web page (HTML)',
  remedy: SAVE_SHEET,
  fetched:
    'The server gives a page in the place of the file, perhaps one to sign in at: open the address in a browser to see. ' +
    'A user and password may stand in the address, or in ~/.netrc; or fetch the file by other means, and import it from there.',
}

const KINDS: readonly ForeignText[] = [
  {
    sign: /^(?:<!--[^]*?-->\s*)?<(?:!doctype\s+html|html|head|title|body|table|t[rdh]|div|style|script|meta)\b/i,
    ...WEB_PAGE,
  },
  {
    sign: /^<\?xml[^]*<\?mso-application\s+progid="Excel|^<(?:\?xml[^]*<)?(?:ss:)?Workbook\b[^>]*office:spreadsheet/i,
    what: 'an XML Spreadsheet of Excel 2003',
    remedy: SAVE_SHEET,
  },
  { sign: /^<(?:\?xml[^<]*<)?gnm:Workbook\b/, what: 'a workbook of Gnumeric', remedy: SAVE_SHEET },
  { sign: /^<(?:\?xml[^<]*<)?office:document\b/i, what: 'a flat OpenDocument sheet (.fods)', remedy: SAVE_SHEET },
  { sign: /^<(?:\?xml[^]*<)?(?:html)\b/i, ...WEB_PAGE },
  {
    sign: /^(?:<br ?\/?>\s*)?(?:<b>)?(?:Warning|Notice|Deprecated|Fatal error|Parse error)(?:<\/b>)?: .* in (?:<b>)?\S+\.php/,
    what: 'a file that begins with an error of PHP',
    remedy: 'Where the error is mended, export it anew; what follows it may be cut off.',
  },
  {
    // An element on a line of its own above rows that are none is how Xstore begins its files.
    sign: /^(?!<[^<>]*\/>[ \t]*\r?\n[^<\s])<(?:\?xml\b|!--|!DOCTYPE\b|[a-z][\w.-]*(?::[\w.-]+)?(?:\s+[\w:.-]+\s*=\s*["']|\s*\/?>\s*<))/i,
    what: 'XML',
    remedy: EXPORT,
  },
  ...LISTINGS,
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
  { sign: /^ID;P\w*(?:;[NE])*\s*\r?\n(?:P;P|B;[XY]|[CF];|O;)/, what: 'a sheet in SYLK (.slk)', remedy: SAVE_SHEET },
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
  { sign: /^BEGIN:VCALENDAR/i, what: 'a calendar', remedy: EXPORT },
  {
    sign: /^(?:UNA.{6}\s*)?UNB\+|^ISA\*\d\d\*|^MSH\|\^/,
    what: 'a message of EDI (EDIFACT, X12 or HL7)',
    remedy: EXPORT,
  },
  { sign: /^begin \d{3,4} \S+\r?\n/, what: 'a file in an e-mail’s writing (uuencode)', remedy: 'Unpack it first.' },
  {
    sign: /^(?:(?:event|id|retry): .*\r?\n)*data: ?\{/,
    what: 'events as a server sends them (text/event-stream)',
    remedy: "Take the JSON out of it: sed -n 's/^data: //p'.",
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
    sign: /^\{\s*"entries"\s*:\s*\[\s*\{\s*"url"\s*:\s*"s3:|^\{(?=[^{}]*"dataFileS3Key")/,
    what: 'a list of the files that hold the rows (a manifest, as of Redshift’s UNLOAD or DynamoDB’s export)',
    remedy: 'Import the files that it names.',
  },
  {
    sign: /^\{\s*"(?:error|errors|fault)"\s*:\s*(?:"[^"]|\[?\s*\{\s*"(?:code|status|message|type|reason|title|detail|root_cause|faultstring)")/i,
    what: 'an error that a server has answered, and no members',
    remedy: 'Mend what it says, and export the members anew.',
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
    sign: /^(?:tskv\t)?(?:[\w.-]+=[^\t\n]*\t)+[\w.-]+=[^\t\n]*\r?\n(?:tskv\t)?(?:[\w.-]+=[^\t\n]*\t)+[\w.-]+=/,
    what: 'a table with a name before each value (TSKV)',
    remedy: 'ClickHouse writes the names once with FORMAT TSVWithNames, Miller JSON with `mlr --ojsonl cat`.',
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
