"""Makes the dumps of the corpus: `python3 dumps.py` as root, with PostgreSQL 15, MariaDB 10.11, SQLite 3.40, Miller 6.6, R 4.2
and python3-openpyxl of Debian 12. What must be read of each file is written beside it, as make.py does.
"""

import json
import os
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
FILES = os.path.join(HERE, 'files')
COLUMNS = ['member_no', 'first_name', 'email', 'note']
# None has no value.
ROWS = [
    ['00123', '"RJ" Rao', 'raj@example.com', 'line one\nline two'],
    ['00124', 'Dev', None, 'C:\\members'],
    ['00125', '"open', None, 'tab\there'],
    ['00126', 'close"', 'uma@example.com', 'a|b;c,d'],
    ['00127', "O'Neill", 'zoe@example.com', 'Zo\u00eb \u674e'],
]


def run(*command, data=None):
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


def put(name, data, **expected):
    with open(os.path.join(FILES, name), 'wb') as file:
        file.write(data)
    with open(os.path.join(FILES, f'{name}.expected.json'), 'w', encoding='utf-8') as file:
        json.dump(expected, file, ensure_ascii=False, indent=1)
        file.write('\n')


def lines(start=2, null='', rows=ROWS, breaks=False):
    """The rows as they are read; `breaks`: line ends within values are in the file as such."""
    out, at = [], start
    for row in rows:
        out.append([at, *[null if cell is None else cell for cell in row]])
        at += 1 + (sum((cell or '').count('\n') for cell in row) if breaks else 0)
    return out


def quoted(cell, quote="'"):
    return 'NULL' if cell is None else quote + cell.replace("'", "''") + quote


def sql(backslash):
    rows = ', '.join('(' + ', '.join(quoted(cell if backslash else cell) for cell in row) + ')' for row in ROWS)
    return f'CREATE TABLE members ({", ".join(name + " varchar(99)" for name in COLUMNS)}); INSERT INTO members VALUES {rows};'


def postgres():
    bin = '/usr/lib/postgresql/15/bin'
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        def as_user(command):
            return run('su', 'postgres', '-s', '/bin/sh', '-c', command)
        as_user(f'{bin}/initdb -D {folder}/db -A trust -E UTF8 --locale=C.UTF-8')
        as_user(f"{bin}/pg_ctl -w -D {folder}/db -l {folder}/log -o \"-c listen_addresses='' -k {folder}\" start")
        try:
            def psql(*options, data=None):
                return run('psql', '-h', folder, '-U', 'postgres', '-qX', *options, data=data)
            psql(data=sql(False).encode())
            note = ['Read as delimiter tab, escape \\.']
            put('postgres-copy.tsv', psql('-c', 'COPY members TO STDOUT (HEADER)'), columns=COLUMNS, notes=note, rows=lines())
            put('postgres-copy-csv.csv', psql('-c', 'COPY members TO STDOUT (FORMAT csv, HEADER)'), columns=COLUMNS, rows=lines(breaks=True))
            put('postgres-copy-escape.csv', psql('-c', r"COPY members TO STDOUT (FORMAT csv, HEADER, ESCAPE '\')"), columns=COLUMNS, notes=['Read as escape \\.'], rows=lines(breaks=True))
            put('psql-aligned.txt', psql('-c', 'SELECT * FROM members'), refused=['is a table that psql has drawn', 'psql --csv'])
            put('psql-expanded.txt', psql('-x', '-c', 'SELECT * FROM members'), refused=['is rows as psql shows them with \\x'])
            flat = 'SELECT member_no, first_name, email FROM members'
            put('psql-unaligned.txt', psql('-A', '-c', flat), columns=COLUMNS[:3], notes=['Read as delimiter |, quote none.'],
                passed=[['count', 1, 7]], rows=lines(rows=[row[:3] for row in ROWS]))
        finally:
            as_user(f'{bin}/pg_ctl -D {folder}/db -m immediate stop')


def mariadb():
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        run('mariadb-install-db', '--no-defaults', f'--datadir={folder}/db', '--user=mysql', '--auth-root-authentication-method=normal')
        server = subprocess.Popen(['mariadbd', '--no-defaults', f'--datadir={folder}/db', f'--socket={folder}/s', '--skip-networking', '--user=mysql', '--secure-file-priv='], stderr=subprocess.DEVNULL)
        try:
            run('mariadb-admin', '--no-defaults', f'--socket={folder}/s', '--wait=30', 'ping')
            def client(*options, data):
                return run('mariadb', '--no-defaults', f'--socket={folder}/s', '--default-character-set=utf8mb4', *options, data=data.encode())
            client(data="CREATE DATABASE shop CHARACTER SET utf8mb4; USE shop; SET sql_mode='NO_BACKSLASH_ESCAPES'; " + sql(True))
            def outfile(name, how):
                client('shop', data=f"SELECT * FROM members INTO OUTFILE '{folder}/{name}' CHARACTER SET utf8mb4 {how}")
                with open(f'{folder}/{name}', 'rb') as file:
                    return file.read()
            reading = {'columns': COLUMNS}
            put('mariadb-outfile.txt', outfile('plain', ''), reading=reading, columns=COLUMNS, notes=['Read as delimiter tab, escape \\.'], rows=lines(1, breaks=True))
            put('mariadb-outfile-quoted.csv', outfile('quoted', "FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"'"), reading=reading,
                columns=COLUMNS, notes=['Read as escape \\.'], rows=lines(1, breaks=True))
            put('mariadb-batch.tsv', client('--batch', 'shop', data='SELECT * FROM members'), columns=COLUMNS, notes=['Read as delimiter tab, escape \\.'], rows=lines(null='NULL'))
            put('mariadb-table.txt', client('-t', 'shop', data='SELECT * FROM members'), refused=['is a table that mysql has drawn', '--batch'])
            put('mariadb-vertical.txt', client('-E', 'shop', data='SELECT * FROM members'), refused=['is rows as mysql shows them with \\G'])
        finally:
            server.terminate()
            server.wait()


def sqlite():
    def shell(*options, query='SELECT member_no, first_name, email FROM members'):
        return run('sqlite3', '-header', *options, ':memory:', data=f'{sql(False)}\n{query};\n'.encode())
    rows = [row[:3] for row in ROWS]
    put('sqlite-tabs.tsv', shell('-tabs'), columns=COLUMNS[:3], notes=['Read as delimiter tab, quote none.'], rows=lines(rows=rows))
    put('sqlite-list.txt', shell('-list'), columns=COLUMNS[:3], notes=['Read as delimiter |, quote none.'], rows=lines(rows=rows))
    put('sqlite-csv.csv', shell('-csv', query='SELECT * FROM members'), columns=COLUMNS, rows=lines(breaks=True))
    for mode, what in [('box', 'a drawn table'), ('table', 'a table that mysql has drawn'), ('markdown', 'a table in Markdown'), ('column', 'a table in columns of fixed width')]:
        put(f'sqlite-{mode}.txt', shell(f'-{mode}'), refused=[f'is {what}'])
    values = [[at + 1, dict(zip(COLUMNS, row))] for at, row in enumerate(ROWS)]
    put('sqlite-json.json', shell('-json', query='SELECT * FROM members'), format='json', notes=['Read as a JSON array.'], values=values)


def miller():
    records = [dict(zip(COLUMNS, row)) for row in ROWS]
    data = json.dumps([{name: value or '' for name, value in record.items()} for record in records]).encode()
    put('miller.tsv', run('mlr', '--ijson', '--otsv', 'cat', data=data), columns=COLUMNS, notes=['Read as delimiter tab, escape \\.'], rows=lines())
    differing = [{'id': '1', 'name': 'Asha', 'phone': '987'}, {'id': '2', 'name': 'Uma', 'email': 'u@b.co'}, {'id': '3', 'name': 'Om'}, {'name': 'Lee', 'id': '4', 'phone': '988'}]
    put('miller-differing.csv', run('mlr', '--ijson', '--ocsv', 'cat', data=json.dumps(differing).encode()), columns=['id', 'name', 'phone'], passed=[['header', 3, 4]],
        problems=['line 5: the row stands under another header (line 4), with "email" besides'],
        rows=[[2, '1', 'Asha', '987'], [5, '2', 'Uma', ''], [8, '3', 'Om', ''], [11, '4', 'Lee', '988']])
    put('miller.jsonl', run('mlr', '--json', '--ojsonl', 'cat', data=data), format='jsonl', values=[[at + 1, {name: value or '' for name, value in record.items()}] for at, record in enumerate(records)])


def r():
    frame = 'd <- data.frame(member_no=c("00123","00124"), first_name=c("Uma \\"Mimi\\" Das","Lee"), points=c(100000,1.5), email=c(NA,"a@b.co"));'
    def table(call):
        with tempfile.NamedTemporaryFile() as file:
            run('Rscript', '-e', f'{frame} {call.replace("FILE", repr(file.name))}')
            return file.read()
    columns = ['', 'member_no', 'first_name', 'points', 'email']
    rows = [[2, '1', '00123', 'Uma "Mimi" Das', '1e+05', 'NA'], [3, '2', '00124', 'Lee', '1.5', 'a@b.co']]
    first = 'Each row has a cell more than the header, and it is the first, with a number in it: it was read as a column without a name.'
    nameless = 'The header has no name for column 1: a plan cannot use it.'
    put('r-write-table.txt', table('write.table(d, FILE)'), columns=columns, notes=['Read as delimiter space, escape \\.', first, nameless], rows=rows)
    put('r-write-csv2.csv', table('write.csv2(d, FILE)'), columns=columns, notes=['Read as delimiter ;.', nameless], rows=[[*row[:4], row[4].replace('.', ','), row[5]] for row in rows])
    put('r-no-quotes.tsv', table('write.table(d, FILE, sep="\\t", quote=FALSE, row.names=FALSE)'), columns=columns[1:], notes=['Read as delimiter tab, quote none.'], rows=[[row[0], *row[2:]] for row in rows])


def workbooks():
    import openpyxl
    def book(name, sheets, **expected):
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.active)
        for title, state, rows in sheets:
            sheet = workbook.create_sheet(title)
            sheet.sheet_state = state
            for row in rows:
                sheet.append(row)
        with tempfile.NamedTemporaryFile(suffix='.xlsx') as file:
            workbook.save(file.name)
            put(name, file.read(), format='xlsx', **expected)
    table = [['member_no', 'phone', 'email'], ['00123', '9876543210', 'a@b.co'], ['00124', '9876543211', 'd@b.co']]
    read = lambda start: [[start + at, *row] for at, row in enumerate(table[1:])]
    found = lambda row: f'The header was found on row {row}; what stands above it names no columns, and was passed over. The plan may say so itself: `rows: {{ skip: {row - 1} }}`.'
    book('openpyxl-title.xlsx', [('Members', 'visible', [['Member list 2024'], [], *table, ['Total', 2]])], columns=table[0], notes=['Read as sheet "Members".', found(3)], passed=[['total', 1, 6]], rows=read(4))
    book('openpyxl-hidden.xlsx', [('Lookup', 'hidden', [['id', 'v'], [1, 'x']]), ('Cover', 'visible', [['Members of all shops'], ['as of May']]), ('Members', 'visible', table)], columns=table[0],
         notes=['Read as sheet "Members", number 3 of 3.', 'Of the sheets before it, "Lookup" is hidden and "Cover" holds no table. To read another one: `rows: { sheet: \u2026 }`.'], rows=read(2))


for make in (postgres, mariadb, sqlite, miller, r, workbooks):
    make()
