"""Writes the files of this folder, each by the program that it is named after: `python3 make.py [<name> ...]`, on Debian 12.

Needs what ../programs/make.py needs, and php-cli, ruby and jq. All members are invented; each language has a table of its
own, with the headers, dates, numbers and phones that people write there.
"""

import csv
import io
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
NPM = ["exceljs@4.4.0", "xlsx@0.18.5", "json2csv@5.0.7"]


def run(*command, given=None, cwd=None, **environment):
    env = {**os.environ, **environment}
    return subprocess.run(command, input=given, cwd=cwd, env=env, check=True, capture_output=True).stdout


LANGUAGES = {
    "en": dict(
        head=["Member ID", "First Name", "Last Name", "Mobile", "Email", "DOB", "Gender", "City", "Tier", "Points"],
        first=["Asha", "Ravi", "Meera", "Dev", "Priya", "Arjun"], last=["Rao", "Das", "Nair", "Mehta", "Iyer"],
        mobile=lambda r: f"{r.choice('789')}{r.randrange(10**8, 10**9)}", domain="example.in", date="%d/%m/%Y",
        gender=["F", "M"], city=["Pune", "Mumbai", "Chennai"], tier=["Gold", "Silver", "Bronze"], points="{:d}"),
    "de": dict(
        head=["Kundennummer", "Vorname", "Nachname", "Handynummer", "E-Mail-Adresse", "Geburtsdatum", "Geschlecht", "Ort", "Stufe", "Punktestand"],
        first=["Uwe", "Ina", "Jürgen", "Käthe", "Björn", "Anke"], last=["Müller", "Schmidt", "Weiß", "Krüger"],
        mobile=lambda r: f"01{r.choice(['60', '70', '71', '72', '76'])} {r.randrange(10**6, 10**7)}", domain="example.de", date="%d.%m.%Y",
        gender=["w", "m"], city=["Berlin", "Köln", "Hamburg"], tier=["Gold", "Silber", "Bronze"], points="{:d}"),
    "es": dict(
        head=["Número de socio", "Nombre", "Apellidos", "Celular", "Correo electrónico", "Fecha de nacimiento", "Sexo", "Ciudad", "Nivel", "Puntos"],
        first=["José", "Lucía", "Íñigo", "Sofía", "Martín"], last=["Núñez", "García", "Peña", "Ibáñez"],
        mobile=lambda r: f"+52 55 {r.randrange(1000, 9999)} {r.randrange(1000, 9999)}", domain="example.mx", date="%d/%m/%Y",
        gender=["Mujer", "Hombre"], city=["Monterrey", "Guadalajara", "Puebla"], tier=["Oro", "Plata"], points="{:d}"),
    "fr": dict(
        head=["N° client", "Prénom", "Nom", "Téléphone portable", "Courriel", "Date de naissance", "Civilité", "Ville", "Niveau", "Points"],
        first=["Zoé", "Théo", "Chloé", "Benoît", "Hélène"], last=["Lefèvre", "Dupré", "Noël", "Garçon"],
        mobile=lambda r: f"06 {' '.join(str(r.randrange(10, 99)) for _ in range(4))}", domain="example.fr", date="%d/%m/%Y",
        gender=["Mme", "M."], city=["Lyon", "Lille", "Nantes"], tier=["Or", "Argent"], points="{:d}"),
    "pt": dict(
        head=["Código do cliente", "Nome", "Sobrenome", "Celular", "E-mail", "Data de nascimento", "Gênero", "Cidade", "Categoria", "Pontos"],
        first=["João", "Conceição", "André", "Luíza", "Caio"], last=["Gonçalves", "Araújo", "Simões", "Brandão"],
        mobile=lambda r: f"(11) 9{r.randrange(1000, 9999)}-{r.randrange(1000, 9999)}", domain="example.com.br", date="%d/%m/%Y",
        gender=["Feminino", "Masculino"], city=["São Paulo", "Curitiba", "Recife"], tier=["Ouro", "Prata"], points="{:d}"),
    "ja": dict(
        head=["会員番号", "名", "姓", "携帯電話番号", "メールアドレス", "生年月日", "性別", "市区町村", "会員ランク", "ポイント残高"],
        first=["花子", "太郎", "さくら", "健"], last=["佐藤", "鈴木", "髙橋", "渡辺"],
        mobile=lambda r: f"0{r.choice('789')}0-{r.randrange(1000, 9999)}-{r.randrange(1000, 9999)}", domain="example.co.jp", date="%Y/%m/%d",
        gender=["女", "男"], city=["横浜市", "札幌市", "福岡市"], tier=["ゴールド", "シルバー"], points="{:d}"),
    "ar": dict(
        head=["رقم العضوية", "الاسم الأول", "اسم العائلة", "رقم الجوال", "البريد الإلكتروني", "تاريخ الميلاد", "الجنس", "المدينة", "المستوى", "النقاط"],
        first=["نورة", "أحمد", "فاطمة", "خالد"], last=["العتيبي", "الحربي", "القحطاني"],
        mobile=lambda r: f"05{r.choice('03456')}{r.randrange(10**6, 10**7)}", domain="example.sa", date="%Y-%m-%d",
        gender=["أنثى", "ذكر"], city=["الرياض", "جدة", "الدمام"], tier=["ذهبي", "فضي"], points="{:d}"),
    "th": dict(
        head=["รหัสสมาชิก", "ชื่อ", "นามสกุล", "เบอร์มือถือ", "อีเมล", "วันเกิด", "เพศ", "จังหวัด", "ระดับสมาชิก", "คะแนนสะสม"],
        first=["สมชาย", "มาลี", "ประยุทธ์", "สุดา"], last=["ใจดี", "ศรีสุข", "ทองคำ"],
        mobile=lambda r: f"0{r.choice('689')}{r.randrange(10**7, 10**8)}", domain="example.co.th", date="thai",
        gender=["หญิง", "ชาย"], city=["กรุงเทพมหานคร", "เชียงใหม่", "ชลบุรี"], tier=["ทอง", "เงิน"], points="{:d}"),
}


def table(language, rows=12):
    """The header and the records: ids with leading zeros or letters, and every fifth without an e-mail."""
    of, r = LANGUAGES[language], random.Random(language)
    records = []
    for at in range(rows):
        year, month, day = r.randrange(1950, 2004), r.randrange(1, 13), (13 + at) if at < 2 else r.randrange(1, 29)
        born = f"{day:02}/{month:02}/{year + 543}" if of["date"] == "thai" else of["date"].replace("%d", f"{day:02}").replace("%m", f"{month:02}").replace("%Y", str(year))
        records.append([
            f"{'M' if at % 2 < 2 and language in ('en', 'fr', 'pt') else '00'}{10431 + at * 7}", r.choice(of["first"]), r.choice(of["last"]),
            of["mobile"](r), "" if at % 5 == 4 else f"member{at + 1}@{of['domain']}", born,
            of["gender"][at % 2], of["city"][at % len(of["city"])], of["tier"][at % len(of["tier"])], of["points"].format(r.randrange(0, 5000)),
        ])
    return of["head"], records


def source_csv(folder, language):
    head, records = table(language)
    path = pathlib.Path(folder) / "source.csv"
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *records])
    return path


def frame(language):
    import pandas as pd

    head, records = table(language)
    data = pd.DataFrame(records, columns=head).replace("", None)
    data[head[9]] = data[head[9]].astype(int)
    return data


def pandas():
    frame("en").to_csv(HERE / "pandas-en.csv", index=False)
    frame("de").to_excel(HERE / "pandas-de.xlsx", index=False)
    frame("es").to_json(HERE / "pandas-es.jsonl", orient="records", lines=True)
    frame("ja").to_json(HERE / "pandas-ja.json", orient="records")


def openpyxl():
    import openpyxl as library

    for language in ("ja", "ar"):
        book = library.Workbook()
        for record in [table(language)[0], *table(language)[1]]:
            book.active.append(record)
        book.save(HERE / f"openpyxl-{language}.xlsx")


def xlsxwriter():
    import datetime

    import xlsxwriter as library

    head, records = table("fr")
    with library.Workbook(HERE / "xlsxwriter-fr.xlsx") as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, head)
        for at, record in enumerate(records, 1):
            sheet.write_row(at, 0, record)
            sheet.write_datetime(at, 5, datetime.datetime.strptime(record[5], "%d/%m/%Y"), day)
            sheet.write_number(at, 9, int(record[9]))


def r():
    with tempfile.TemporaryDirectory() as folder:
        for language, call in (("de", "write.csv2"), ("pt", "write.csv")):
            path = source_csv(folder, language)
            script = f'd <- read.csv("{path}", colClasses="character", check.names=FALSE, na.strings=character(0), encoding="UTF-8"); {call}(d, "{HERE}/r-{language}.csv", row.names=FALSE, fileEncoding="UTF-8")'
            run("Rscript", "-e", script, LC_ALL="C.UTF-8")


def libreoffice():
    with tempfile.TemporaryDirectory() as folder:
        for language, ending in (("ja", "csv:Text - txt - csv (StarCalc):44,34,76"), ("es", "ods"), ("fr", "xls")):
            import openpyxl as library

            book = library.Workbook()
            head, records = table(language)
            for record in [head, *records]:
                book.active.append(record)
            book.save(f"{folder}/libreoffice-{language}.xlsx")
            run("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", ending, "--outdir", str(HERE), f"{folder}/libreoffice-{language}.xlsx")


def gnumeric():
    run("ssconvert", str(HERE / "openpyxl-ar.xlsx"), str(HERE / "gnumeric-ar.csv"))


def sqlite():
    with tempfile.TemporaryDirectory() as folder:
        for language, mode, ending in (("th", "csv", "csv"), ("en", "json", "json")):
            path = source_csv(folder, language)
            run("sqlite3", f"{folder}/{language}.db", ".mode csv", f".import {path} members")
            (HERE / f"sqlite-{language}.{ending}").write_bytes(run("sqlite3", f"{folder}/{language}.db", ".headers on", f".mode {mode}", "select * from members"))


def miller():
    with tempfile.TemporaryDirectory() as folder:
        (HERE / "miller-fr.tsv").write_bytes(run("mlr", "--icsv", "--otsv", "cat", str(source_csv(folder, "fr"))))
        (HERE / "miller-de.json").write_bytes(run("mlr", "-S", "--icsv", "--ojson", "cat", str(source_csv(folder, "de"))))


def python():
    head, records = table("ar")
    with open(HERE / "python-ar.csv", "w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows([head, *records])
    head, records = table("ja")
    with open(HERE / "python-ja.txt", "w", newline="", encoding="utf-16") as file:
        csv.writer(file, "excel-tab").writerows([head, *records])


def php():
    with tempfile.TemporaryDirectory() as folder:
        script = f'$i = fopen("{source_csv(folder, "pt")}", "r"); $o = fopen("{HERE}/php-pt.csv", "w"); while ($r = fgetcsv($i)) fputcsv($o, $r, ";");'
        run("php", "-r", script)


def ruby():
    with tempfile.TemporaryDirectory() as folder:
        script = f'require "csv"; CSV.open("{HERE}/ruby-de.csv", "w", force_quotes: true) {{ |o| CSV.foreach("{source_csv(folder, "de")}") {{ |r| o << r }} }}'
        run("ruby", "-Ku", "-e", script, LC_ALL="C.UTF-8")


def jq():
    head, records = table("en")
    nested = [dict(id=r[0], name=dict(first=r[1], last=r[2]), contact=dict(phones=[dict(type="mobile", number=r[3])], email=r[4] or None), birthDate=r[5], address=dict(city=r[7]), loyalty=dict(tier=r[8], points=int(r[9]))) for r in records]
    (HERE / "jq-en.json").write_bytes(run("jq", "{data: {members: .}}", given=json.dumps(nested).encode()))


def postgresql():
    version = sorted(os.listdir("/usr/lib/postgresql"))[-1]
    binaries = f"/usr/lib/postgresql/{version}/bin"
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        files = {language: source_csv(folder, language) for language in ("ar", "en", "es")}
        run("runuser", "-u", "postgres", "--", f"{binaries}/initdb", "-D", f"{folder}/data", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust")
        run("runuser", "-u", "postgres", "--", f"{binaries}/pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", f"-c listen_addresses= -k {folder}", "start")
        try:
            psql = ["psql", "-h", folder, "-U", "postgres", "-q"]
            for language, path in files.items():
                columns = ", ".join(f'"{name}" text' for name in table(language)[0])
                run(*psql, "-c", f"create table {language} ({columns})", "-c", f"\\copy {language} from '{path}' with (format csv, header)")
            (HERE / "postgresql-ar.csv").write_bytes(run(*psql, "-c", "copy ar to stdout with (format csv, header)"))
            (HERE / "postgresql-en.tsv").write_bytes(run(*psql, "-c", "copy en to stdout with (header)"))
            (HERE / "postgresql-es.csv").write_bytes(run(*psql, "-A", "-F", "|", "-P", "footer=off", "-c", "select * from es"))
        finally:
            run("runuser", "-u", "postgres", "--", f"{binaries}/pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop")


def mariadb():
    with tempfile.TemporaryDirectory() as folder:
        run("mariadb-install-db", "--no-defaults", f"--datadir={folder}/data", "--auth-root-authentication-method=normal", "--user=root")
        server = subprocess.Popen(["mariadbd", "--no-defaults", f"--datadir={folder}/data", f"--socket={folder}/sock", "--skip-networking", "--user=root", f"--pid-file={folder}/pid"], stderr=subprocess.DEVNULL)
        try:
            client = ["mariadb", "--no-defaults", f"--socket={folder}/sock", "-uroot", "--default-character-set=utf8mb4"]
            run("mariadb-admin", "--no-defaults", f"--socket={folder}/sock", "-uroot", "--wait=30", "ping")
            run(*client, "-e", "create database m character set utf8mb4")
            for language in ("es", "pt"):
                head, records = table(language)
                columns = ", ".join(f"`{name}` varchar(200)" for name in head)
                rows = ", ".join("(" + ", ".join(f"'{cell}'" for cell in record) + ")" for record in records)
                run(*client, "m", "-e", f"create table {language} ({columns}); insert into {language} values {rows}")
            (HERE / "mariadb-es.tsv").write_bytes(run(*client, "m", "--batch", "-e", "select * from es"))
            head = ", ".join(f"'{name}'" for name in table("pt")[0])
            run(*client, "m", "-e", f"select {head} union all (select * from pt) into outfile '{folder}/out.csv' character set utf8mb4 fields terminated by ';' optionally enclosed by '\"'")
            (HERE / "mariadb-pt.csv").write_bytes(pathlib.Path(f"{folder}/out.csv").read_bytes())
        finally:
            server.terminate()
            server.wait()


def node():
    """exceljs, SheetJS and json2csv, from npm."""
    with tempfile.TemporaryDirectory() as folder:
        run("npm", "init", "-y", cwd=folder)
        run("npm", "install", "--no-fund", "--no-audit", *NPM, cwd=folder)
        tables = {language: table(language) for language in ("es", "fr", "th", "ja")}
        script = """
        const fs = require('fs'), Excel = require('exceljs'), XLSX = require('xlsx'), { parse } = require('json2csv')
        const { tables, here } = JSON.parse(fs.readFileSync(0, 'utf8'))
        const objects = ([head, rows]) => rows.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at]])))
        const book = new Excel.Workbook(), sheet = book.addWorksheet('Socios')
        sheet.columns = tables.es[0].map((name) => ({ header: name, key: name }))
        for (const row of objects(tables.es)) sheet.addRow(row)
        book.xlsx.writeFile(here + '/exceljs-es.xlsx')
        for (const [language, ending] of [['fr', 'csv'], ['th', 'xlsx']]) {
          const out = XLSX.utils.book_new()
          XLSX.utils.book_append_sheet(out, XLSX.utils.json_to_sheet(objects(tables[language])), 'Sheet1')
          XLSX.writeFile(out, `${here}/sheetjs-${language}.${ending}`)
        }
        fs.writeFileSync(here + '/json2csv-ja.csv', parse(objects(tables.ja)))
        """
        run("node", "-e", script, given=json.dumps({"tables": tables, "here": str(HERE)}).encode(), cwd=folder)


ALL = dict(pandas=pandas, openpyxl=openpyxl, xlsxwriter=xlsxwriter, r=r, libreoffice=libreoffice, gnumeric=gnumeric, sqlite=sqlite, miller=miller, python=python, php=php, ruby=ruby, jq=jq, postgresql=postgresql, mariadb=mariadb, node=node)

if __name__ == "__main__":
    for name in sys.argv[1:] or ALL:
        ALL[name]()
