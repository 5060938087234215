#!/usr/bin/env bash
# EDATE of Excel goes on by months and stays within the month it comes to: a month from 31 January is the last day of February. By
# fast-formula-parser 1.0.19 it is 3 March, a month back from 31 March as well, and a year from 29 February is 1 March: a membership
# by months ends days late. Its EOMONTH is right, as is EDATE of hyperformula 3.5.0.
set -euo pipefail
export TZ=UTC
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit fast-formula-parser@1.0.19 hyperformula@3.5.0
cat > reckon.js <<'END_OF_SCRIPT'
const FormulaParser = require('fast-formula-parser')
const { HyperFormula } = require('hyperformula')
const parser = new FormulaParser()
const other = HyperFormula.buildFromArray([[]], { licenseKey: 'gpl-v3' })
const day = (number) => new Date(Date.UTC(1899, 11, 30 + number)).toISOString().slice(0, 10)
const formulas = ['EDATE(DATE(2021,1,31),1)', 'EDATE(DATE(2021,3,31),-1)', 'EDATE(DATE(2024,2,29),12)', 'EOMONTH(DATE(2021,1,31),1)']
const fast = formulas.map((formula) => day(parser.parse(formula)))
const hyper = formulas.map((formula) => day(other.calculateFormula(`=${formula}`, 0)))
console.log(`${fast.join(' ')}, ${hyper.join(' ')}`)
END_OF_SCRIPT
seen=$(node reckon.js)
echo "a month from 31 January, back from 31 March, a year from 29 February, and the end of February, by fast-formula-parser 1.0.19 and hyperformula 3.5.0: $seen"
[ "$seen" = '2021-03-03 2021-03-03 2025-03-01 2021-02-28, 2021-02-28 2021-02-28 2025-02-28 2021-02-28' ]
