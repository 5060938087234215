import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { cellsOf, readAll } from './read-all.ts'

describe('what is not read is called by its name, with how to export it', () => {
  it.for([
    ['a web page (HTML)', '<html><body><table><tr><td>id</td></tr></table></body></html>'],
    ['a web page (HTML)', '\uFEFF\r\n<!DOCTYPE html>\n<html lang="en"><head><title>Sign in</title></head></html>'],
    ['a web page (HTML)', '<table border="1"><tr><td>id</td></tr></table>'],
    [
      'an XML Spreadsheet of Excel 2003',
      '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
    ],
    [
      'a flat OpenDocument sheet (.fods)',
      '<?xml version="1.0" encoding="UTF-8"?>\n\n<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">',
    ],
    ['XML', '<?xml version="1.0"?>\n<members><member id="1"/></members>'],
    ['XML', '<Error><Code>AccessDenied</Code></Error>'],
    ['a table that psql has drawn', ' id | name \n----+------\n  1 | Asha\n(1 row)\n'],
    ['rows as psql shows them with \\x', '-[ RECORD 1 ]---\nid   | 1\n'],
    ['a table that mysql has drawn', '+----+------+\n| id | name |\n+----+------+\n|  1 | Asha |\n+----+------+\n'],
    ['rows as mysql shows them with \\G', '*************************** 1. row ***************************\nid: 1\n'],
    ['a web page (HTML)', '<TR><TH>id</TH>\n</TR>\n<TR><TD>1</TD>\n</TR>\n'],
    ['a web page (HTML)', '<!-- made by a shop -->\n<html><body></body></html>'],
    ['a table that psql has drawn', ' id │ name \n────┼──────\n  1 │ Asha\n(1 row)\n'],
    ['JSON in a table that psql has drawn', '  row_to_json  \n---------------\n {"id":"1"}\n(1 row)\n'],
    ['rows as psql shows them with \\x', 'id|1\nname|Asha\n\nid|2\nname|Dev\n'],
    [
      'JSON in a table that psql has drawn',
      '     json_agg      \n-------------------\n [{"id":"1"},     +\n  {"id":"2"}]\n(1 row)\n',
    ],
    ['a table with ␟ between values', 'id␟name␞1␟Asha␞'],
    ['a table that Polars has drawn', 'shape: (1, 2)\n┌────┬──────┐\n│ id ┆ name │\n'],
    ['rows as psql shows them with \\x', '+-[ RECORD 1 ]---+\n| id   | 1      |\n'],
    ['a table that mysql has drawn', '--------------\nSELECT * FROM m\n--------------\n\n+----+\n| id |\n+----+\n'],
    ['rows as sqlite3 shows them with -line', '  id = 1\nname = Asha\n\n  id = 2\nname = Dev\n'],
    ['a table with U+001E behind each row', 'id\x1Fname\x1E1\x1FAsha\x1E'],
    ['a table for typesetting', '\\begin{tabular}{l | l}\n\\textit{id} & \\textit{name} \\\\\n'],
    [
      'a web page in one file (MHTML)',
      'MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary="x"\r\n',
    ],
    ['an e-mail', 'From: a@b.co\r\nTo: d@b.co\r\nSubject: members\r\nDate: Mon\r\nMessage-ID: <1>\r\n'],
    ['a sheet in SYLK (.slk)', 'ID;PWXL;N;E\r\nP;PGeneral\r\n'],
    ['a sheet in SYLK (.slk)', 'ID;PGnumeric;N;E\r\nP;P0\r\nP;P00000\r\n'],
    ['a sheet in SYLK (.slk)', 'ID;PMP\nC;Y1;X1;K"id"\n'],
    [
      'a workbook of Gnumeric',
      '<?xml version="1.0" encoding="UTF-8"?>\n<gnm:Workbook xmlns:gnm="http://www.gnumeric.org/v10.dtd">\n<office:document-meta>',
    ],
    ['a sheet in DIF', 'TABLE\r\n0,1\r\n"EXCEL"\r\n'],
    ['what Git LFS keeps in the place of a file', 'version https://git-lfs.github.com/spec/v1\noid sha256:1\n'],
    ['a script (JavaScript)', 'export default [{ id: "1" }]\n'],
    ['a script (JavaScript)', '/*O_o*/\ngoogle.visualization.Query.setResponse({"version":"0.6"});'],
    ['what Athena answers', '{"UpdateCount":0,"ResultSet":{"Rows":[{"Data":[{"VarCharValue":"id"}]}]}}'],
    [
      'what phpMyAdmin exports as JSON',
      '[\n{"type":"header","version":"5.2.1","comment":"Export to JSON plugin for PHPMyAdmin"},\n{"type":"database","name":"crm"},\n',
    ],
    [
      'a link to a sheet of Google’s',
      '{"url":"https://docs.google.com/open?id=x","doc_id":"x","email":"me@example.com"}',
    ],
    [
      'a file that begins with an error of PHP',
      '<br />\n<b>Warning</b>:  Undefined variable $x in <b>/var/www/x.php</b> on line <b>3</b><br />\nid,name\n1,Asha\n',
    ],
    [
      'a file that begins with an error of PHP',
      'Deprecated: x() is old in /var/www/x.php on line 3\nid,name\n1,Asha\n',
    ],
    ['a file of settings', '[[member]]\nid = "1"\nname = "Asha"\n'],
    ['Miller’s own format (DKVP)', 'id=1,name=Asha\nid=2,name=Dev\n'],
    [
      'a dump in SQL',
      "REM INSERTING into MEMBER\nSET DEFINE OFF;\nInsert into MEMBER (ID,NAME) values ('1','Asha');\n",
    ],
    [
      'a dump in SQL',
      "USE [crm]\nGO\nSET IDENTITY_INSERT [dbo].[M] ON\nGO\nINSERT [dbo].[M] ([Id]) VALUES (N'1')\nGO\n",
    ],
    ['rows as SQL writes them (VALUES)', "('00123','a@b.co',NULL,1),('00124','d@b.co',NULL,2)"],
    ['a control file of SQL*Loader', 'OPTIONS (SKIP=1)\nLOAD DATA\nINFILE *\nBEGINDATA\n1|Asha|\n'],
    [
      'a table in columns of fixed width',
      'SQL> select id, name from m;\n\nID         NAME\n---------- -----\n00123      Asha\n\n6 rows selected.\n',
    ],
    [
      'a table in columns of fixed width',
      ' *** Query completed. 2 rows found. 2 columns returned.\n *** Total time was 1 second.\n\nid     name\n-----  -----\n00123  Asha\n',
    ],
    ['a table in columns of fixed width', '\nID         NAME\n========== =====\n\n00123      Asha\n'],
    ['a table in columns of fixed width', ' id         name \n ---------- -----\n 00123      Asha \n'],
    ['a table with a name before each value (TSKV)', 'id=00123\temail=a@b.co\nid=00124\temail=d@b.co\n'],
    ['rows as ClickHouse shows them', 'Row 1:\n──────\nid:   00123\nname: Asha\n'],
    ['a list of the files that hold the rows', '{"entries":[{"url":"s3://b/members_0000_part_00","mandatory":true}]}'],
    [
      'a list of the files that hold the rows',
      '{"itemCount":8,"md5Checksum":"x","dataFileS3Key":"x/data/y.json.gz"}\n',
    ],
    ['an error that a server has answered', '{"error":{"code":401,"message":"Invalid token"}}'],
    ['an error that a server has answered', '{ "errors": [{ "message": "Not allowed" }], "data": null }'],
    ['a calendar', 'BEGIN:VCALENDAR\nVERSION:2.0\n'],
    ['a message of EDI', "UNA:+.? 'UNB+UNOA:1+A+B+261130:1400+1'"],
    ['a file in an e-mail’s writing', 'begin 644 members.csv\nM;65M8F5R\n`\nend\n'],
    ['events as a server sends them', 'data: {"id":"00123"}\n\ndata: {"id":"00124"}\n\n'],
    ['a checksum that Hadoop keeps beside a file', 'crc\0\0\0\x02\0x'],
    ['a SAS file for transport', 'HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!000000'],
    ['an SPSS file (.zsav)', '$FL3@(#) SPSS DATA FILE'],
    ['a Stata file (.dta)', 'r\x02\x01\0\x03\0\x02\0\0\0'],
    ['a DuckDB database', '\0\0\0\0\0\0\0\0DUCK@\0\0\0'],
    ['YAML', '- id: 1\n  name: Asha\n- id: 2\n  name: Dev\n'],
    ['a dump in SQL', 'PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE m (id);\n'],
    [
      'an OpenPGP file that is signed and not encrypted',
      '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nid,name\n',
    ],
    ['an OpenPGP file that is signed and not encrypted', '-----BEGIN PGP MESSAGE-----\n\nowEB4QEe/pANAwAK\n'],
    ['an OpenPGP file that is signed and not encrypted', '\xA3\x01\x01\xE1\x01\x1E\xFE\x90\0'],
    ['an OpenPGP file that is signed and not encrypted', '\x90\x0D\x03\0\x0A\x01\xCE\xD2'],
    ['a signature (OpenPGP) without what it signs', '-----BEGIN PGP SIGNATURE-----\n\niQGzBAABCgAd\n'],
    ['what COPY of PostgreSQL writes in binary', 'PGCOPY\n\xFF\r\n\0\0\0\0\0'],
    ['an archive of pg_dump', 'PGDMP\x01\x0E\0\x04'],
    ['a drawn table', '┌────┬──────┐\n│ id │ name │\n├────┼──────┤\n│ 1  │ Asha │\n└────┴──────┘\n'],
    ['a table in Markdown', '| id | name |\n|----|------|\n| 1  | Asha |\n'],
    ['a table in columns of fixed width', 'id   name  city \n---  ----  -----\n1    Asha  Leeds\n'],
    ['a dump in SQL', '-- PostgreSQL database dump\n\nSET statement_timeout = 0;\n\nCREATE TABLE members (id int);\n'],
    ['a dump in SQL', "/*!40101 SET NAMES utf8 */;\nINSERT INTO `members` VALUES (1,'Asha');\n"],
    [
      'a dump in SQL',
      "/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB, for Linux\n--\n-- Host: localhost    Database: crm\n-- ------------------------------------------------------\n-- Server version\t10.11.6\n\n/*!40103 SET TIME_ZONE='+00:00' */;\n\n--\n-- Table structure for table `m`\n--\n\nDROP TABLE IF EXISTS `m`;\n",
    ],
    ['a list of vCards', 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Asha\r\nEND:VCARD\r\n'],
    ['LDIF of a directory', 'version: 1\n\ndn: uid=asha,ou=people\n'],
    ['a document in RTF', '{\\rtf1\\ansi members}'],
    ['what MongoDB’s shell prints', '{ "_id" : ObjectId("65f0c0ffee"), "name" : "Asha" }\n'],
    ['what Python prints of its own objects', "[{'id': '1', 'name': 'Asha'}]\n"],
    ['an SQLite database', 'SQLite format 3\0'],
    ['an Access database', '\0\x01\0\0Standard ACE DB\0'],
    ['an Arrow or Feather file', 'ARROW1\0\0'],
    ['a dBASE file (.dbf)', '\x03\x7C\x05\x0B\x01\0\0\0\x61\0\x20\0'.padEnd(32, '\0')],
  ] as const)('%s', async ([what, content]) => {
    const bytes = Buffer.from(content, content.includes('\0') ? 'latin1' : 'utf8')
    const reading = readAll(bytes, { name: 'members.csv' })
    await expect(reading).rejects.toThrow(`members.csv is ${what}`)
    await expect(reading).rejects.toThrow('; CSV, JSON, a workbook')
    const packed = readAll(gzipSync(bytes), { name: 'members.csv.gz' })
    await expect(packed).rejects.toThrow(what)
  })

  it('and nothing else is: headers that begin like such', async () => {
    for (const [header, row] of [
      ['PARENT_ID,name', '1,Asha'],
      ['ORCID,name', '1,Asha'],
      ['<id>,name', '1,Asha'],
      ['dn,name', '1,Asha'],
      ['Standard,name', '1,Asha'],
      ['create,table', '1,Asha'],
      ['id | name', '1 | Asha'],
      ['ID;Phone;Name', '1;987;Asha'],
      ['table,name', '0,1'],
      ['from,subject', '1,x'],
      ['load data,name', '1,Asha'],
      ['begin 644,name', '1,Asha'],
      ['MSH|name', '1|Asha'],
      ['error,message', '1,x'],
      ['id,note', '1,"ab\n-- --\n"'],
    ] as const) {
      const { rows } = await readAll(`${header}\n${row}\n2${row.slice(1)}\n`)
      expect(rows.map(({ problem }) => problem)).toEqual([undefined, undefined])
    }
  })
})

it('a page that a web server gives in the place of a file is told of as such', async () => {
  const page = '<!DOCTYPE html><html><head><title>Sign in</title></head></html>'
  await expect(readAll(page, { name: 'https://files.example.com/members.csv' })).rejects.toThrow(
    /is a web page \(HTML\); .*perhaps one to sign in at: open the address in a browser/,
  )
  await expect(readAll(page, { name: 'members.csv' })).rejects.toThrow(/spreadsheet program/)
})

describe('UTF-32', () => {
  const text = 'id,name\n1,Zoë\n2,李😀\n'
  it('is found by its mark and without one, in either order, for any cut', async () => {
    for (const isLittle of [true, false]) {
      for (const mark of ['', '\uFEFF']) {
        for (const sizes of [[], [1], [3, 5]]) {
          const { columns, rows, notes } = await readAll(write(mark + text, isLittle), { sizes })
          expect(columns).toEqual(['id', 'name'])
          expect(rows.map(cellsOf)).toEqual([
            ['1', 'Zoë'],
            ['2', '李😀'],
          ])
          expect(notes).toEqual([`Read as utf-32${isLittle ? 'le' : 'be'}.`])
        }
      }
    }
  })

  it('that is damaged has a row with a problem', async () => {
    const bytes = write(text, true)
    bytes.writeUInt32LE(0x11_0000, text.indexOf('Z') * 4)
    const { rows } = await readAll(bytes, { encoding: 'utf-32le' })
    expect(rows.map(({ problem }) => problem?.includes('cannot be read as utf-32le'))).toEqual([true, undefined])
  })
})

function write(content: string, isLittle: boolean): Buffer {
  const units = Array.from(content, (character) => {
    const unit = Buffer.alloc(4)
    if (isLittle) unit.writeUInt32LE(character.codePointAt(0) ?? 0)
    else unit.writeUInt32BE(character.codePointAt(0) ?? 0)
    return unit
  })
  return Buffer.concat(units)
}
