"""Makes the corpus: `python3 make.py` in this folder, with iconv, gzip, zstd, bzip2, zip and LibreOffice at hand.

The files are made by those programs and by Python's csv and json modules, never by rollcall. What must be read of each is
written beside it, from the data that it was made of: `<file>.expected.json`. README.md says what is in there.
"""

import csv
import io
import json
import os
import shutil
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
FILES = os.path.join(HERE, 'files')

NAMES = {
    'ja': ('佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田', '翔太 さくら 健一 美咲 ユウキ 直樹 葵 優子 ケンジ ひろし 真由美 タロウ', '東京都 大阪市 横浜市 名古屋市 札幌市 神戸市'),
    'zh': ('王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙', '伟 秀英 娜 敏 静 丽 强 磊 洋 艳 勇 杰', '北京市 上海市 广州市 深圳市 成都市 杭州市'),
    'tw': ('陳 林 黃 張 李 王 吳 劉 蔡 楊 許 鄭', '志明 淑芬 俊傑 雅婷 家豪 美玲 怡君 建宏 宗翰 佳穎 冠宇 詩涵', '台北市 高雄市 台中市 台南市 新北市 桃園市'),
    'ko': ('김 이 박 최 정 강 조 윤 장 임 한 오', '민준 서연 지훈 수빈 예은 도윤 하은 시우 지우 서준 유진 현우', '서울 부산 대구 인천 광주 대전'),
    'fr': ('Lefèvre Gagné Bézier Désiré Côté Müller Françoise Lecœur Noël Prévost Chrétien Château', 'Hélène René Zoé François Gaël Jérôme Anaïs Benoît Cécile Frédéric Éric Loïc', 'Besançon Orléans Sète Québec Nîmes Évry'),
    'es': ('Muñoz Núñez Ibáñez Peña Gómez Pérez Martín Suárez Jiménez Díaz Hernández Álvarez', 'José María Andrés Begoña Íñigo Raúl Ángel Sofía Inés Óscar Mónica Julián', 'Málaga León Cádiz Córdoba Ávila Mérida'),
    'pl': ('Wójcik Zieliński Dąbrowska Kamińska Łuczak Król Wiśniewski Woźniak Kozłowski Jabłoński Grabowski Górski', 'Łukasz Paweł Małgorzata Zofia Józef Stanisław Świętosława Grażyna Michał Żaneta Bożena Elżbieta', 'Łódź Kraków Gdańsk Wrocław Poznań Rzeszów'),
    'ru': ('Иванов Смирнова Кузнецов Попов Соколова Лебедев Козлов Новикова Морозов Петров Волкова Соловьёв', 'Иван Анна Олег Дмитрий Екатерина Сергей Юлия Мария Павел Жанна Фёдор Ольга', 'Москва Казань Самара Омск Пермь Уфа'),
    'el': ('Παπαδόπουλος Οικονόμου Γεωργίου Αγγελόπουλος Νικολάου Βασιλείου', 'Γιώργος Ελένη Δημήτρης Μαρία Ιωάννης Κατερίνα', 'Αθήνα Πάτρα Θεσσαλονίκη Ηράκλειο'),
    'tr': ('Yılmaz Çelik Öztürk Şahin Yıldız Aydın Doğan Kılıç Aslan Güneş Koç Şimşek', 'Şükrü Ayşe Gül İbrahim Çiğdem Özgür Işıl Tuğba Ümit Müjde Kağan Ebru', 'İstanbul Eskişehir Muğla Diyarbakır Balıkesir İzmir'),
    'he': ('כהן לוי מזרחי פרץ ביטון דהן אברהם פרידמן', 'דוד שרה יוסף רחל משה מרים נועם תמר', 'ירושלים חיפה אשדוד נתניה'),
    'ar': ('محمد علي حسن إبراهيم خليل منصور', 'أحمد فاطمة عمر زينب خالد ليلى', 'القاهرة الرياض دبي عمان'),
    'lt': ('Žukauskas Petrauskienė Šimkus Jankauskas Urbonavičius Kazlauskaitė', 'Šarūnas Rūta Žygimantas Ąžuolas Eglė Jūratė', 'Šiauliai Panevėžys Klaipėda Kėdainiai'),
    'vi': ('Nguyễn Trần Phạm Hoàng', 'Hùng Thảo Đức Mỹ', 'Huế Hà Nội'),
    'th': ('ใจดี รักไทย ศรีสุข ทองดี วงศ์ใหญ่ มีชัย', 'สมชาย สมหญิง ประเสริฐ วิไล กิตติ มาลี', 'กรุงเทพ เชียงใหม่ ภูเก็ต ขอนแก่น'),
    'en': ('Smith O\'Neill "Mac" Brown, Jr.', 'Ann Bob Cleo Dan', 'Leeds York'),
}
COLUMNS = ['id', 'last name', 'first name', 'city', 'mobile']


def members(language, count=24):
    lasts, firsts, cities = (part.split(' ') for part in NAMES[language])
    return [
        [f'A-{n}', lasts[n % len(lasts)], firsts[(n * 5 + n // 12) % len(firsts)], cities[n % len(cities)], f'98765{n:05d}']
        for n in range(count)
    ]


def to_csv(rows, columns=COLUMNS, **dialect):
    out = io.StringIO(newline='')
    csv.writer(out, **dialect).writerows([columns, *rows] if columns else rows)
    return out.getvalue()


def run(*command, data=None):
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


def put(name, data, **expected):
    with open(os.path.join(FILES, name), 'wb') as file:
        file.write(data)
    expect(name, **expected)


def expect(name, **expected):
    with open(os.path.join(FILES, f'{name}.expected.json'), 'w', encoding='utf-8') as file:
        json.dump(expected, file, ensure_ascii=False, indent=1)
        file.write('\n')


def encodings():
    for language, iconv, name, reading, told in [
        ('fr', 'UTF-8', 'utf-8', {}, None),
        ('fr', 'UTF-16LE', 'utf-16le', {}, 'utf-16le'),
        ('ru', 'UTF-16BE', 'utf-16be', {}, 'utf-16be'),
        ('ja', 'UTF-16LE', 'utf-16le-japanese', {}, 'utf-16le'),
        ('ja', 'SHIFT_JIS', 'shift_jis', {}, 'shift_jis'),
        ('ja', 'EUC-JP', 'euc-jp', {}, 'euc-jp'),
        ('zh', 'GB18030', 'gb18030', {}, 'gb18030'),
        ('tw', 'GB18030', 'gb18030-traditional', {'encoding': 'gb18030'}, None),
        ('tw', 'BIG5', 'big5', {}, 'big5'),
        ('ko', 'EUC-KR', 'euc-kr', {}, 'euc-kr'),
        ('pl', 'CP1250', 'windows-1250', {}, 'windows-1250'),
        ('ru', 'CP1251', 'windows-1251', {}, 'windows-1251'),
        ('fr', 'CP1252', 'windows-1252-french', {}, 'windows-1252'),
        ('es', 'CP1252', 'windows-1252-spanish', {}, 'windows-1252'),
        ('el', 'CP1253', 'windows-1253', {}, 'windows-1253'),
        ('tr', 'CP1254', 'windows-1254', {}, 'windows-1254'),
        ('he', 'CP1255', 'windows-1255', {}, 'windows-1255'),
        ('ar', 'CP1256', 'windows-1256', {}, 'windows-1256'),
        ('lt', 'CP1257', 'windows-1257', {}, 'windows-1257'),
        ('vi', 'CP1258', 'windows-1258', {'encoding': 'windows-1258'}, None),
        ('th', 'CP874', 'windows-874', {}, 'windows-874'),
        ('pl', 'ISO-8859-2', 'iso-8859-2', {}, 'iso-8859-2'),
        ('ru', 'ISO-8859-5', 'iso-8859-5', {}, 'iso-8859-5'),
        ('el', 'ISO-8859-7', 'iso-8859-7', {'encoding': 'iso-8859-7'}, None),
        ('tr', 'ISO-8859-9', 'iso-8859-9', {'encoding': 'iso-8859-9'}, None),
        ('fr', 'ISO-8859-15', 'iso-8859-15', {'encoding': 'iso-8859-15'}, None),
        ('es', 'ISO-8859-1', 'iso-8859-1', {'encoding': 'iso-8859-1'}, None),
        ('ru', 'KOI8-R', 'koi8-r', {}, 'koi8-r'),
        ('es', 'MACINTOSH', 'macintosh', {'encoding': 'macintosh'}, None),
    ]:
        rows = members(language)
        data = run('iconv', '-f', 'UTF-8', '-t', iconv, data=to_csv(rows).encode())
        # Vietnamese is written with combining marks in this code page.
        expected = json.loads(json.dumps(rows))
        if language == 'vi':
            decoded = run('iconv', '-f', iconv, '-t', 'UTF-8', data=data).decode()
            import unicodedata
            assert unicodedata.normalize('NFC', decoded) == unicodedata.normalize('NFC', to_csv(rows))
            expected = [[data.decode('cp1258') for data in row] for row in csv_bytes(data)]
        notes = [f'Read as {told}.'] if told else []
        put(f'{name}.csv', data, reading=reading, columns=COLUMNS, notes=notes, rows=numbered(expected))
    for name, mark, codec in [('utf-8', b'\xef\xbb\xbf', 'utf-8'), ('utf-16le', b'\xff\xfe', 'utf-16le'), ('utf-16be', b'\xfe\xff', 'utf-16be')]:
        rows = members('zh', 4)
        told = [] if name == 'utf-8' else [f'Read as {name}.']
        put(f'{name}-mark.csv', mark + to_csv(rows).encode(codec), columns=COLUMNS, notes=told, rows=numbered(rows))
    undecodable = to_csv(members('ja', 3)).encode('shift_jis').replace('高橋'.encode('shift_jis'), b'\x8d\x82\xff')
    put('shift_jis-damaged.csv', undecodable, reading={'encoding': 'shift_jis'}, columns=COLUMNS, problems=[
        'line 4, column 2 "last name": character 2 cannot be read as shift_jis'], rows=numbered(members('ja', 3), {2: ['A-2', '高\ufffd', *members('ja', 3)[2][2:]]}))
    damaged = to_csv(members('fr', 3)).encode().replace('Gagné'.encode(), b'Gagn\xe9')
    put('utf-8-damaged.csv', damaged, columns=COLUMNS, problems=[
        'line 3, column 2 "last name": byte 0xE9 at character 5 is not UTF-8'], rows=numbered(members('fr', 3), {1: ['A-1', 'Gagn\ufffd', *members('fr', 3)[1][2:]]}))
    put('unsure.csv', to_csv([['1', 'Lef\xe8vre', 'x', 'y', 'z'], ['2', 'Hel\xe8ne', 'x', 'y', 'z']]).encode('cp1252'), refused=[
        'is not UTF-8 (see line 2)', 'It may be windows-1252', 'rows: { encoding: windows-1252 }'])


def csv_bytes(data):
    return [line.split(b',') for line in data.split(b'\r\n')[1:-1]]


def numbered(rows, changed={}, first=2):
    return [[first + at, *changed.get(at, row)] for at, row in enumerate(rows)]


def compressions():
    rows = members('es', 6)
    plain = to_csv(rows).encode()
    half = plain.index(b'A-3')
    whole = dict(columns=COLUMNS, rows=numbered(rows))
    pack = {
        'gzip': lambda data: run('gzip', '-9', '-n', '-c', data=data),
        'zstd': lambda data: run('zstd', '-q', '-c', data=data),
        'bzip2': lambda data: run('bzip2', '-c', data=data),
    }
    for name, ending in [('gzip', 'gz'), ('zstd', 'zst'), ('bzip2', 'bz2')]:
        packed = pack[name](plain)
        put(f'members.csv.{ending}', packed, notes=[f'Read as {name}.'], **whole)
        put(f'two-parts.csv.{ending}', pack[name](plain[:half]) + pack[name](plain[half:]), notes=[f'Read as {name}.'], **whole)
        put(f'cut-off.csv.{ending}', packed[:-6], refused=[f'cannot be unpacked ({name})', 'cut off'])
        broken = bytearray(packed)
        broken[len(packed) // 2] ^= 0x55
        put(f'broken.csv.{ending}', bytes(broken), refused=[f'cannot be unpacked ({name})', 'Get the file again.'])
    put('gzip-called-csv.csv', pack['gzip'](plain), notes=['Read as gzip.'], **whole)
    put('twice.csv.gz.zst', pack['zstd'](pack['gzip'](plain)), refused=['is compressed twice', 'zstd'])
    with tempfile.TemporaryDirectory() as folder:
        def zipped(*arguments):
            path = os.path.join(folder, 'out.zip')
            if os.path.exists(path):
                os.remove(path)
            subprocess.run(['zip', '-q', '-X', 'out.zip', *arguments], cwd=folder, check=True)
            with open(path, 'rb') as file:
                return file.read()

        with open(os.path.join(folder, 'members.csv'), 'wb') as file:
            file.write(plain)
        os.mkdir(os.path.join(folder, '__MACOSX'))
        with open(os.path.join(folder, '__MACOSX', '._members.csv'), 'wb') as file:
            file.write(b'\0\5\x16\7')
        with open(os.path.join(folder, 'other.csv'), 'wb') as file:
            file.write(plain)
        put('members.csv.zip', zipped('members.csv'), notes=['Read as zip (members.csv).'], **whole)
        put('stored.zip', zipped('-0', 'members.csv'), notes=['Read as zip (members.csv).'], **whole)
        put('from-a-mac.zip', zipped('-r', 'members.csv', '__MACOSX'), notes=['Read as zip (members.csv).'], **whole)
        put('two-files.zip', zipped('members.csv', 'other.csv'), refused=['zip archive with 2 files: members.csv, other.csv'])
        put('password.zip', zipped('-P', 'secret', 'members.csv'), refused=['is a zip archive with a password'])
        put('cut-off.zip', zipped('members.csv')[:-30], refused=['is a broken zip archive'])
        broken = bytearray(zipped('-0', 'members.csv'))
        broken[60] ^= 0x55
        put('broken.zip', bytes(broken), refused=['is a broken zip archive', 'checksum'])


def dialects():
    rows = [
        ['1', 'Brown, Jr.', 'said "no"', 'a;b|c\td', 'two\nlines'],
        ['2', "O'Neill", '', ' spaces ', 'é'],
        ['3', 'Lee', 'x', "it's", '-'],
    ]
    lines = [2, 4, 5]
    expected = dict(columns=COLUMNS, rows=[[line, *row] for line, row in zip(lines, rows)])
    for name, dialect, reading, notes in [
        ('excel', dict(dialect='excel'), {}, []),
        ('excel-tab', dict(dialect='excel-tab'), {}, ['Read as delimiter tab.']),
        ('unix', dict(dialect='unix'), {}, []),
        ('semicolon', dict(delimiter=';'), {}, ['Read as delimiter ;.']),
        ('pipe', dict(delimiter='|', quoting=csv.QUOTE_ALL), {}, ['Read as delimiter |.']),
        ('caret', dict(delimiter='^'), {}, ['Read as delimiter ^.']),
        ('control-a', dict(delimiter='\x01'), {}, ['Read as delimiter U+0001.']),
        ('single-quotes', dict(delimiter=';', quotechar="'", quoting=csv.QUOTE_ALL), {}, ["Read as delimiter ;, quote '."]),
        ('hash', dict(delimiter='#'), {'delimiter': '#'}, []),
        ('backslash', dict(doublequote=False, escapechar='\\', quoting=csv.QUOTE_ALL), {'escape': '\\'}, []),
    ]:
        put(f'{name}.csv', to_csv(rows, **dialect).encode(), reading=reading, notes=notes, **expected)
    plain = members('es', 3)
    put('no-quotes.tsv', ('\t'.join(COLUMNS) + '\n' + '1\t"Bob\tx"y\t"\t5\n').encode(), reading={'quote': 'none'}, notes=['Read as delimiter tab.'],
        columns=COLUMNS, rows=[[2, '1', '"Bob', 'x"y', '"', '5']])
    put('sep-line.csv', ('sep=;\r\n' + to_csv(plain, delimiter=';')).encode(), columns=COLUMNS, notes=[], rows=numbered(plain, first=3))
    title = 'Members of all shops\n\nas of 1 May\n'
    put('title.csv', (title + to_csv(plain)).encode(), columns=COLUMNS, notes=[
        'The header was found on line 4; what stands above it names no columns, and was passed over. The plan may say so itself: `rows: { skip: 3 }`.'], rows=numbered(plain, first=5))
    put('title-skipped.csv', (title + to_csv(plain)).encode(), reading={'skip': 3}, columns=COLUMNS, rows=numbered(plain, first=5))
    put('no-header.csv', to_csv(plain, columns=None).encode(), reading={'columns': COLUMNS}, columns=COLUMNS, rows=numbered(plain, first=1))
    put('header-twice.csv', b'id,mail,,mail,\n1,a,b,c,d\n', columns=['id', 'mail', '', 'mail', ''], rows=[[2, '1', 'a', 'b', 'c', 'd']], notes=[
        'The header holds "mail" 2 times (columns 2, 4): a plan can use none of them.',
        'The header has no name for column 3, 5: a plan cannot use it.'])
    put('old-mac.csv', to_csv(plain, lineterminator='\r').encode(), columns=COLUMNS, rows=numbered(plain))
    put('mixed-line-ends.csv', b'id,name\r\n1,a\n2,b\r3,"c\r\nd"\r\n\n \n4,e', columns=['id', 'name'], rows=[
        [2, '1', 'a'], [3, '2', 'b'], [4, '3', 'c\r\nd'], [8, '4', 'e']])


def damages():
    columns = ['id', 'name', 'city']
    def broken(name, text, problems, rows):
        put(name, text if isinstance(text, bytes) else text.encode(), columns=columns, problems=problems, rows=rows)

    broken('ragged.csv', 'id,name,city\n1,a\n2,b,c\n3,d,e,f\n4,g,h\n', [
        'line 2: the record has 2 cells; the header has 3. Add the missing cells',
        'line 4: the record has 4 cells; the header has 3. A value with a delimiter (,) inside needs quotes',
    ], [[2, '1', 'a', ''], [3, '2', 'b', 'c'], [4, '3', 'd', 'e'], [5, '4', 'g', 'h']])
    broken('stray-quotes.csv', 'id,name,city\n1,5" pipe,x\n2,"a"b,y\n3,"ok ""yes""",z\n', [
        'line 2, column 2 "name": a quote (") stands inside a value that is not quoted',
        'line 3, column 2 "name": text follows the quote (") that closes the value',
    ], [[2, '1', '5" pipe', 'x'], [3, '2', '"a"b', 'y'], [4, '3', 'ok "yes"', 'z']])
    broken('open-quote.csv', 'id,name,city\n1,"a,x\n2,b,y\n3,c,z\n', [
        'line 2, column 2 "name": the quote (") that opens the value is never closed',
    ], [[2, '1', '"a', 'x'], [3, '2', 'b', 'y'], [4, '3', 'c', 'z']])
    broken('nul.csv', 'id,name,city\n1,a\0b,x\n2,c,y\n', ['line 2, column 2 "name": the value holds a NUL byte'],
           [[2, '1', 'a\0b', 'x'], [3, '2', 'c', 'y']])
    broken('last-line-cut-off.csv', 'id,name,city\n1,a,x\n2,b', ['line 3: the record has 2 cells; the header has 3. The file ends within this line'],
           [[2, '1', 'a', 'x'], [3, '2', 'b', '']])
    big = 'x' * 1_000_000
    data = run('gzip', '-9', '-n', '-c', data=f'id,name,city\n1,a,x\n2,{big},y\n3,c,z\n'.encode())
    put('cell-of-a-megabyte.csv.gz', data, columns=columns, notes=['Read as gzip.'], problems=['line 3, column 2 "name": the value is 1000000 bytes long'], big={'2': 1_000_000},
        rows=[[2, '1', 'a', 'x'], [3, '2', '', 'y'], [4, '3', 'c', 'z']])
    report = 'id,name,_row,_line,_status,_register\r\n1,Ren\ufffd,1,2,invalid,\r\n2,Ren\u00e9,2,3,rejected,\r\n'
    put('report-unmended.csv', report.encode(), reading={'delimiter': ';', 'encoding': 'windows-1252', 'skip': 2}, columns=report.split('\r\n')[0].split(','), problems=[
        'line 2, column 2 "name": the value holds U+FFFD'], rows=[[2, '1', 'Ren\ufffd', '1', '2', 'invalid', ''], [3, '2', 'Ren\u00e9', '2', '3', 'rejected', '']])


def json_lines():
    """Lines in the manner of JSON test suites: what a parser must take, and what it must refuse."""
    good = [
        ('{"id":1,"name":"Zo\u00eb"}', {'id': 1, 'name': 'Zo\u00eb'}),
        (' {"id" : 2 , "list" : [ 1 , null , true ] } ', {'id': 2, 'list': [1, None, True]}),
        ('{"\\u0069d":"\\ud83d\\ude00\\n\\t\\/"}', {'id': '\U0001f600\n\t/'}),
        ('{"id":12345678901234567890,"n":1e400}', {'id': '12345678901234567890', 'n': '1e400'}),
        ('{"a":1,"a":2}', {'a': 2}),
        ('{}', {}),
    ]
    bad = ['{"id":1', '{"id":1,}', '{"id":01}', '{"id":.5}', '{"id":+1}', '{"id":0x1}', "{'id':1}", '{id:1}', '{"id":1} x',
           '{"id":1}}', '{"id" 1}', '{"id"::1}', '{"id":"a\tb"}', '{"id":"\\x41"}', '{"id":"\\u12"}', '{"id":tru}', '{"id":[1,]}', '{"id":[}',
           '{,}', '[{"id":1}]', '"id"', '1', 'null', '// {"id":1}', '{"id":1 /* a */}', '{"id":"open}', '[' * 5000, '}', '\ufeff{"id":1}']
    lines, rows, problems = [], [], []
    for at, (text, value) in enumerate(good):
        lines.append(text)
        rows.append([len(lines), value])
        for text in bad[at * 5:at * 5 + 5]:
            lines.append(text)
            problems.append(f'line {len(lines)}')
    put('broken-lines.jsonl', ('\n'.join(lines) + '\n').encode(), format='jsonl', problems=problems, values=rows)

    objects = [{'id': n, 'name': 'Zo\u00eb {"},[', 'address': {'city': 'K\u00f6ln', 'lines': [{'a': 1}, {'b': '\\"'}]}} for n in range(1, 4)]
    note = ['Read as a JSON array.']
    put('pretty.json', json.dumps(objects, ensure_ascii=False, indent=2).encode(), format='json', notes=note, values=[[2 + at * 15, o] for at, o in enumerate(objects)])
    put('compact.json', json.dumps(objects, separators=(',', ':')).encode(), format='json', notes=note, values=[[1, o] for o in objects])
    put('empty-array.json', b' [ ] ', format='json', notes=note, values=[])
    put('broken-array.json', b'[\n{"id":1},\n{"id" 2},\n{"id":3,\n{"id":4},\n7,\n{"id":"5},\n{"id":6}\n]\n', format='json', notes=note,
        problems=['line 3, character 7: the element is not JSON', 'line 4: the element that begins here never ends', 'line 6: the element holds a number', 'line 7: the element that begins here never ends'],
        values=[[2, {'id': 1}], [5, {'id': 4}], [8, {'id': 6}]])
    put('cut-off-array.json', b'[{"id":1},\n{"id":2},\n', format='json', notes=note, problems=['line 3: the file ends and the array does not'], values=[[1, {'id': 1}], [2, {'id': 2}]])
    put('text-behind.json', b'[{"id":1}]\n{"id":2}\n', format='json', notes=note, problems=['line 2: text stands behind the end of the array'], values=[[1, {'id': 1}]])


def sheets():
    cell = lambda text: f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    number = lambda value, style='': f'<table:table-cell {style} office:value-type="float" office:value="{value}"/>'
    row = lambda *cells: f'<table:table-row>{"".join(cells)}</table:table-row>'
    date = lambda value: f'<table:table-cell table:style-name="date" office:value-type="date" office:date-value="{value}"/>'
    moment = lambda value: f'<table:table-cell table:style-name="moment" office:value-type="date" office:date-value="{value}"/>'
    formula = lambda text: f'<table:table-cell table:formula="of:={text}"/>'
    padded = lambda value: number(value, 'table:style-name="padded"')
    truth = '<table:table-cell table:style-name="truth" office:value-type="boolean" office:boolean-value="true"/>'
    blank = '<table:table-cell/>'
    columns = ['id', 'name', 'mobile', 'born', 'seen', 'code', 'points', 'member']
    body = ''.join([
        row(), row(*map(cell, columns)),
        row(cell('A-1'), cell('Zo\u00eb &amp; 李 &lt;x&gt;'), number(919876543210), date('1988-05-17'), moment('2024-05-11T16:36:17'), padded(42), number('0.1'), truth),
        row(),
        row(cell('A-2'), '<table:table-cell office:value-type="string"><text:p>two</text:p><text:p>lines</text:p></table:table-cell>', blank, date('1930-02-28'), moment('2024-12-31T00:00:00'), padded(123456), formula('1/8'), blank),
        row(cell('A-3'), cell('x'), formula('1/0'), blank, blank, blank, blank, blank),
        row(cell('A-4'), cell('x'), number('4111111111111111'), blank, blank, blank, blank, blank),
        row(cell('A-5'), cell('x'), blank, blank, blank, blank, blank, blank, cell('more')),
    ])
    document = f'''<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
<number:date-style style:name="d"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>
<number:date-style style:name="m"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/><number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/></number:date-style>
<number:number-style style:name="p"><number:number number:decimal-places="0" number:min-integer-digits="5"/></number:number-style>
<number:boolean-style style:name="b"><number:boolean/></number:boolean-style>
<style:style style:name="truth" style:family="table-cell" style:data-style-name="b"/>
<style:style style:name="date" style:family="table-cell" style:data-style-name="d"/>
<style:style style:name="moment" style:family="table-cell" style:data-style-name="m"/>
<style:style style:name="padded" style:family="table-cell" style:data-style-name="p"/>
</office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="Members &amp; co">{body}</table:table>
<table:table table:name="Other">{row(cell('key'), cell('value'))}{row(cell('k'), cell('v'))}</table:table>
</office:spreadsheet></office:body></office:document>'''
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, 'book.fods'), 'w', encoding='utf-8') as file:
            file.write(document)
        def convert(to):
            subprocess.run(['soffice', f'-env:UserInstallation=file://{folder}/profile', '--headless', '--convert-to', to, '--outdir', folder, f'{folder}/book.fods'], check=True, stdout=subprocess.DEVNULL)
            with open(os.path.join(folder, 'book.' + to.split(':')[0]), 'rb') as file:
                return file.read()
        book = convert('xlsx')
        expected = [
            [3, 'A-1', 'Zo\u00eb & 李 <x>', '919876543210', '1988-05-17', '2024-05-11 16:36:17', '00042', '0.1', 'TRUE'],
            [5, 'A-2', 'two\nlines', '', '1930-02-28', '2024-12-31 00:00:00', '123456', '0.125', ''],
            [6, 'A-3', 'x', '#DIV/0!', '', '', '', '', ''],
            [7, 'A-4', 'x', '4111111111111110', '', '', '', '', ''],  # what a spreadsheet makes of …1111
            [8, 'A-5', 'x', '', '', '', '', '', ''],
        ]
        problems = ['line 6, column 3 "mobile": the cell holds the error #DIV/0!', 'line 7, column 3 "mobile": the cell holds a number of more than 15 digits', 'line 8: the record has 9 cells; the header has 8']
        put('book.xlsx', book, format='xlsx', columns=columns, notes=['Read as sheet "Members & co", the first of 2.'], problems=problems, rows=expected)
        put('book-other.xlsx', book, format='xlsx', reading={'sheet': 'Other'}, columns=['key', 'value'], notes=['Read as sheet "Other".'], rows=[[2, 'k', 'v']])
        put('book-second.xlsx', book, format='xlsx', reading={'sheet': 2}, columns=['key', 'value'], notes=['Read as sheet "Other".'], rows=[[2, 'k', 'v']])
        put('book-none.xlsx', book, reading={'sheet': 'Menbers'}, refused=['has no sheet "Menbers"; its sheets are: "Members & co", "Other"'])
        put('book-cut-off.xlsx', book[:-100], refused=['is a broken zip archive'])
        # OpenDocument writes midnight as a day alone, and keeps the sixteenth digit.
        in_ods = [[{'2024-12-31 00:00:00': '2024-12-31', '4111111111111110': '4111111111111111'}.get(cell, cell) for cell in row] for row in expected]
        put('book.ods', convert('ods'), format='ods', columns=columns, notes=['Read as sheet "Members & co", the first of 2.'], problems=problems, rows=in_ods)
        in_xls = [[cell.replace('4111111111111110', '4111111111111111') if isinstance(cell, str) else cell for cell in row] for row in expected]
        put('book.xls', convert('xls'), format='xls', columns=columns, notes=['Read as sheet "Members & co", the first of 2.'], problems=problems, rows=in_xls)
        # Its own CSV: semicolons (59), quotes (34), UTF-8 (76). The sheet's empty first row is its first line.
        text = convert('csv:Text - txt - csv (StarCalc):59,34,76')
        put('book-as-csv-whole.csv', text, refused=['The header of', 'line 1', 'rows: { skip: 1 }'])
        shown = [
            [3, 'A-1', 'Zo\u00eb & 李 <x>', '919876543210', '17/05/1988', '2024-05-11 16:36', '00042', '0.1', 'TRUE', ''],
            [5, 'A-2', 'two\nlines', '', '28/02/1930', '2024-12-31 00:00', '123456', '0.125', '', ''],
            [7, 'A-3', 'x', '#DIV/0!', '', '', '', '', '', ''],
            [8, 'A-4', 'x', '4111111111111111', '', '', '', '', '', ''],
            [9, 'A-5', 'x', '', '', '', '', '', '', 'more'],
        ]
        put('book-as-csv.csv', text, reading={'skip': 1}, columns=[*columns, ''], notes=['Read as delimiter ;.', 'The header has no name for column 9: a plan cannot use it.'], passed=[['blank', 1, 4]], rows=shown)


shutil.rmtree(FILES, ignore_errors=True)
os.mkdir(FILES)
for make in (encodings, compressions, dialects, damages, json_lines, sheets):
    make()
