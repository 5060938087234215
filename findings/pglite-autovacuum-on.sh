#!/usr/bin/env bash
# PGlite 0.5.16 says that autovacuum is on, and nothing ever vacuums: what was deleted stays in tables and indexes, and a
# table that holds no row takes as many pages as all that it ever held. A queue in it gets slower with each job.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true, "type": "module" }' > package.json
npm install --silent --no-fund --no-audit @electric-sql/pglite@0.5.16
cat > fill.js <<'END_OF_SCRIPT'
import { PGlite } from '@electric-sql/pglite'
const startParams = [...PGlite.defaultStartParams, '-c', 'autovacuum_naptime=1s']
const database = await PGlite.create({ startParams })
const one = async (sql) => Object.values((await database.query(sql)).rows[0])[0]
await database.exec('CREATE TABLE job (id integer PRIMARY KEY, data text)')
const data = 'x'.repeat(1000)
for (let id = 0; id < 5000; id++) {
  await database.query('INSERT INTO job VALUES ($1, $2)', [id, data])
  await database.query('DELETE FROM job WHERE id = $1', [id])
}
await new Promise((resolve) => setTimeout(resolve, 5000))
const pages = "SELECT pg_relation_size('job') / 8192"
const before = Number(await one(pages))
const ran = await one("SELECT coalesce(last_autovacuum::text, 'never') FROM pg_stat_user_tables WHERE relname = 'job'")
const setting = await one('SHOW autovacuum')
await database.exec('VACUUM job')
console.log(setting, ran, await one('SELECT count(*) FROM job'), before, Number(await one(pages)))
await database.close()
END_OF_SCRIPT
read -r setting ran rows before after < <(node fill.js)
echo "PGlite 0.5.16: autovacuum is $setting and ran $ran; $rows rows take $before pages, and $after after VACUUM"
[ "$setting" = on ] && [ "$ran" = never ] && [ "$rows" = 0 ] && [ "$before" -gt 500 ] && [ "$after" -lt 10 ]
