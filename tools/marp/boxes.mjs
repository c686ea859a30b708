// Where a browser puts the blocks of the decks in fixtures/layout/decks, for the tests of the layout.
//
//   node boxes.mjs [--check]     write, or compare, browser.json there; see overflow.mjs for what is measured
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const decks = join(here, '..', '..', 'fixtures', 'layout', 'decks')
const all = ['--theme', 'default', '--theme', 'gaia', '--theme', 'uncover']
const runs = [
  [...all, 'blocks.md', 'columns.md', 'embedded.md', 'overflowing.md'],
  ['lead-four-to-three.md'],
  ['--html', join('html', 'html.md')],
]

const kept = ({ slide, verdict, over, scale, first, blocks }) => ({ slide, verdict, over, scale, line: first?.line ?? 0, blocks })
const results = runs.flatMap((words) => {
  const argv = words.map((word) => (word.endsWith('.md') ? join(decks, word) : word))
  const lines = execFileSync('node', [join(here, 'overflow.mjs'), ...argv], { encoding: 'utf8', maxBuffer: 1 << 28 })
  return lines.trim().split('\n').map((line) => JSON.parse(line))
})
const rows = results.flatMap(({ file, theme, slides }) =>
  slides.map((slide) => JSON.stringify({ deck: relative(decks, file).replaceAll('\\', '/'), theme, ...kept(slide) })))
const text = `[\n${rows.join(',\n')}\n]\n`
const target = join(decks, 'browser.json')
if (!process.argv.includes('--check')) writeFileSync(target, text)
else if (readFileSync(target, 'utf8') !== text) {
  console.error('fixtures/layout/decks/browser.json: Chromium now measures something else; run "node boxes.mjs" and look at the difference')
  process.exitCode = 1
}
