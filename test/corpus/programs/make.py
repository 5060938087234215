"""Writes the files of this folder, each by the program that it is named after: `python3 make.py [<name> ...]`, on Debian 12.

Needs libreoffice-calc, gnumeric, r-base-core, python3-pandas, python3-openpyxl, python3-xlsxwriter, sqlite3, miller,
mariadb-server, postgresql and npm. All members are invented.
"""

import datetime
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
NPM = ["exceljs@4.4.0", "xlsx@0.18.5", "json2csv@5.0.7"]


def run(*command, given=None, cwd=None, **environment):
    env = {**os.environ, **environment}
    return subprocess.run(command, input=given, cwd=cwd, env=env, check=True, capture_output=True).stdout


def pandas():
    import pandas as pd

    frame = pd.DataFrame(
        {
            "id": [1001, 1002, None],
            "mobile": [919876543210, None, 436641234567],
            "big": [1.23457e15, 123456789012345678901.0, None],
            "vip": [True, False, None],
            "born": pd.to_datetime(["1988-05-10", None, "1990-12-31"]),
            "seen": pd.to_datetime(["1988-05-10 00:00", "2024-05-11 16:36:17.25", None]).tz_localize("Asia/Kolkata"),
        }
    )
    frame.to_csv(HERE / "pandas.csv", index=False)
    frame.astype(str).to_csv(HERE / "pandas-astype-str.csv", index=False)
    frame.to_json(HERE / "pandas.jsonl", orient="records", lines=True)
    frame.drop(columns="seen").to_excel(HERE / "pandas.xlsx", index=False)


def r():
    script = """
    d <- data.frame(id = c(100000, 100001, 1000000), points = c(1e6, 99999.99, NA), card = c(1.23457e15, 12, NA),
                    vip = c(TRUE, FALSE, NA), born = as.Date(c("1988-05-10", NA, "1990-12-31")))
    write.csv(d, "r-write-csv.csv", row.names = FALSE)
    write.table(d, "r-write-table.tsv", sep = "\\t", row.names = FALSE, quote = FALSE)
    """
    run("Rscript", "-e", script, cwd=HERE)


def libreoffice():
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["id", "mobile", "card", "vip", "failed", "born"])
    sheet.append([1234567890123456, 919876543210, 1234570000000000, "=TRUE()", "=1/0", datetime.date(1988, 5, 10)])
    sheet["C2"].number_format = "0.00000E+00"
    sheet["F2"].number_format = "dd.mm.yy"
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "libreoffice.xlsx")
        book.save(path)
        # Comma, quote, UTF-8; cells are written as they are shown.
        for to in ["csv:Text - txt - csv (StarCalc):44,34,76", "xlsx:Calc MS Excel 2007 XML"]:
            run("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", to, "--outdir", str(HERE), str(path))


def gnumeric():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "in.csv")
        path.write_text("id,points,share,card\n1,99999.99,0.01,1234567890123456\n2,1000000,1e-05,\n")
        run("ssconvert", str(path), str(HERE / "gnumeric.csv"))
        run("ssconvert", str(path), str(HERE / "gnumeric.xlsx"))


def sqlite():
    setup = """create table members (id, mobile integer, points real, born text, note text);
    insert into members values ('00123', 919876543210, 99999.99, '1988-05-10', null), ('00124', null, 1e6, null, 'a "b" c'), ('00125', 1, 1e20, '', 'x');
    """
    for name, mode in [("sqlite-csv.csv", "csv"), ("sqlite-quote.csv", "quote"), ("sqlite-tabs.tsv", "tabs")]:
        script = f".headers on\n.mode {mode}\n.nullvalue NULL\n{setup}select * from members;\n"
        (HERE / name).write_bytes(run("sqlite3", ":memory:", given=script.encode()))


def postgresql():
    query = """select * from (values
      ('00123', 919876543210, true, '1988-05-10'::date, '1988-05-10 00:00:00+05:30'::timestamptz, 1e20::float8, E'one\\ntwo'),
      ('00124', null, false, '-infinity'::date, '2024-05-11 16:36:17.25+05:30'::timestamptz, 0.1::float4, null))
      as members (id, mobile, vip, born, seen, points, note)"""
    with tempfile.TemporaryDirectory() as folder:
        shutil.chown(folder, "postgres")
        bin_ = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        as_postgres = ["runuser", "-u", "postgres", "--"]
        data = f"{folder}/data"
        run(*as_postgres, str(bin_ / "initdb"), "-D", data, "--locale=C.UTF-8", cwd=folder)
        run(*as_postgres, str(bin_ / "pg_ctl"), "-D", data, "-w", "-o", f"-k {folder} -h ''", "-l", f"{folder}/log", "start", cwd=folder)
        try:
            psql = [*as_postgres, "psql", "-h", folder, "-d", "postgres", "-q", "-c", "set time zone 'UTC'"]
            for name, how in [("postgresql-csv.csv", "with (format csv, header)"), ("postgresql-text.tsv", "")]:
                header = b"" if how else b"id\tmobile\tvip\tborn\tseen\tpoints\tnote\n"
                (HERE / name).write_bytes(header + run(*psql, "-c", f"copy ({query}) to stdout {how}", cwd=folder))
            (HERE / "postgresql-unaligned.csv").write_bytes(run(*psql, "-A", "-F,", "-P", "footer=off", "-c", query, cwd=folder))
        finally:
            run(*as_postgres, str(bin_ / "pg_ctl"), "-D", data, "-m", "fast", "stop", cwd=folder)


def mariadb():
    setup = """set sql_mode=''; create table members (id varchar(9), mobile bigint, vip bit(1), born date, points double, note text);
    insert into members values ('00123', 919876543210, b'1', '1988-05-10', 1e20, 'one\\ntwo'), ('00124', null, b'0', '0000-00-00', 99999.99, null);"""
    with tempfile.TemporaryDirectory() as folder:
        data, socket = f"{folder}/data", f"{folder}/socket"
        run("mariadb-install-db", "--no-defaults", f"--datadir={data}", "--user=root", "--auth-root-authentication-method=normal")
        server = subprocess.Popen(["mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={socket}", "--skip-networking", "--user=root"], stderr=subprocess.DEVNULL)
        try:
            client = ["mariadb", "--no-defaults", f"--socket={socket}", "-uroot", "test"]
            while subprocess.run([*client, "-e", "select 1"], capture_output=True).returncode != 0:
                server.poll()
                if server.returncode is not None:
                    raise SystemExit("mariadbd did not start")
            run(*client, "-e", setup)
            (HERE / "mariadb-batch.tsv").write_bytes(run(*client, "--batch", "-e", "select id, mobile, vip + 0 vip, born, points, note from members"))
            run(*client, "-e", f"select 'id', 'mobile', 'vip', 'born', 'points', 'note' union all select * from members into outfile '{folder}/outfile.csv' fields terminated by ',' optionally enclosed by '\"'")
            shutil.copy(f"{folder}/outfile.csv", HERE / "mariadb-outfile.csv")
        finally:
            server.terminate()
            server.wait()


def miller():
    given = b'[{"id": "00123", "points": 0.1, "note": "one\\ntwo"}, {"id": "00124", "points": 3, "note": ""}]'
    script = "$total = $points + 0.2; $big = 7 ** 30; $born = sec2gmtdate(579225600); $seen = 579225600"
    for name, to in [("miller.csv", "--ocsv"), ("miller.tsv", "--otsv"), ("miller.jsonl", "--ojsonl")]:
        (HERE / name).write_bytes(run("mlr", "--ijson", to, "put", script, given=given))


def xlsxwriter():
    import xlsxwriter as writer

    book = writer.Workbook(str(HERE / "xlsxwriter.xlsx"), {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Members")
    for column, name in enumerate(["id", "born", "vip", "points"]):
        sheet.write(0, column, name)
    sheet.write(1, 0, "00123")
    sheet.write(1, 1, datetime.date(1988, 5, 10))
    sheet.write(1, 2, True)
    sheet.write_formula(1, 3, "=6*7")
    sheet.write(2, 0, "00124")
    sheet.write_formula(2, 3, "=6*7", None, 42)
    book.close()


def openpyxl():
    import openpyxl as writer

    book = writer.Workbook()
    sheet = book.active
    for row in [["id", "born", "vip", "points"], ["00123", datetime.date(1988, 5, 10), True, "=6*7"], ["00124", datetime.datetime(1988, 5, 10, 18, 30), False, "#N/A"]]:
        sheet.append(row)
    book.save(HERE / "openpyxl.xlsx")


def python():
    import csv

    rows = [datetime.datetime(1988, 5, 10, 0, 0), datetime.datetime(2024, 5, 11, 16, 36, 17, 250000)]
    with open(HERE / "python.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "mobile", "seen", "vip", "note"])
        for row, (id_, mobile) in zip(rows, [("00123", 919876543210.0), ("00124", None)]):
            writer.writerow([id_, mobile, row.isoformat(), id_ == "00123", None])


def npm():
    with tempfile.TemporaryDirectory() as folder:
        run("npm", "install", "--no-fund", "--no-audit", "--silent", *NPM, cwd=folder)
        script = pathlib.Path(folder, "make.mjs")
        script.write_text((HERE / "make.mjs").read_text())
        run("node", str(script), str(HERE), cwd=folder, TZ="Asia/Kolkata")


MAKERS = [pandas, r, libreoffice, gnumeric, sqlite, postgresql, mariadb, miller, xlsxwriter, openpyxl, python, npm]

if __name__ == "__main__":
    for maker in MAKERS:
        if len(sys.argv) == 1 or maker.__name__ in sys.argv:
            print(maker.__name__)
            maker()
