// The console's pages: bundled when a checkout is installed, and when a package is made.
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const pages = join(root, 'src/console/page')
const dist = join(root, 'dist/console')

const asTheyAre = {
  name: 'as-they-are',
  writeBundle() {
    mkdirSync(dist, { recursive: true })
    for (const name of ['index.html', 'style.css', 'icon.svg']) copyFileSync(join(pages, name), join(dist, name))
  },
}

export default {
  cwd: root,
  input: { main: 'src/console/page/main.tsx' },
  platform: 'browser',
  transform: { target: 'es2024', jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [asTheyAre],
  logLevel: 'warn',
  output: {
    dir: dist,
    format: 'esm',
    minify: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    cleanDir: true,
  },
}
