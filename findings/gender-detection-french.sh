#!/usr/bin/env bash
# gender-detection-from-name 1.11.5 takes the language of a name, to be more exact. Told that they are French, it takes twenty common
# names of Frenchmen for women's, Jean, Philippe, Nicolas and Louis among them; told nothing, it has all of them right. In its French
# list some 2,300 names stand twice, once for each gender, and the later one counts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit gender-detection-from-name@1.11.5
cat > guess.js <<'END_OF_SCRIPT'
const { getGender } = require('gender-detection-from-name')
const men = ['Jean', 'Philippe', 'Nicolas', 'Louis', 'Alain', 'Bernard', 'Daniel', 'Laurent', 'Olivier', 'Julien']
men.push('Patrick', 'Vincent', 'Mathieu', 'Marc', 'Arthur', 'Gabriel', 'Emmanuel', 'Simon', 'Yves', 'Adrien')
const women = ['Marie', 'Claire', 'Sophie', 'Nathalie']
const count = (names, gender, language) => names.filter((name) => getGender(name, language) === gender).length
console.log(men.length, count(men, 'female', 'fr'), count(men, 'male'), women.length, count(women, 'female', 'fr'))
END_OF_SCRIPT
seen=$(node guess.js)
echo "gender-detection-from-name 1.11.5: men, who are women in French, who are men in no language; women, who are women in French: $seen"
[ "$seen" = '20 20 20 4 4' ]
