// Ask Chromium how it breaks the texts of fixtures/layout/lines.json, and MathJax how large the formulas of formulas.json are.
//
//   node tools/lines.mjs
//
// Marp Core is the one of tools/marp (`npm ci` there); playwright-core is looked for there too (`npm install --no-save playwright-core`).
// Chromium's path: $CHROMIUM, else /usr/bin/chromium; fonts as in `tools/fonts.py`. Sizes of formulas are in ex, as MathJax writes them.
import { createRequire } from 'node:module'
import { readFileSync, writeFileSync } from 'node:fs'

const require = createRequire(new URL('./marp/package.json', import.meta.url))
const { Marp } = require('@marp-team/marp-core')
const { chromium } = require('playwright-core')
const place = (name) => new URL(`../fixtures/layout/${name}.json`, import.meta.url)
const read = (name) => JSON.parse(readFileSync(place(name), 'utf8'))
const write = (name, rows) => writeFileSync(place(name), `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`)
const round = (value) => Math.round(value * 100) / 100

// Runs in the page: the lines of each slide's only block at its own width.
const measure = (widths) => [...document.querySelectorAll('section')].map((section, at) => {
  const scale = section.getBoundingClientRect().width / section.offsetWidth
  const block = section.querySelector('p,h2')
  Object.assign(block.style, { width: `${widths[at]}px`, boxSizing: 'content-box', textAlign: 'left' })
  const left = block.getBoundingClientRect().left
  const rows = []
  const add = (rect) => {
    const middle = (rect.top + rect.bottom) / 2
    let row = rows.find((other) => Math.abs(other.middle - middle) < other.height * 0.55)
    if (!row) rows.push((row = { middle, height: rect.height, right: 0 }))
    row.right = Math.max(row.right, (rect.right - left) / scale)
  }
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  const range = document.createRange()
  while (walker.nextNode()) {
    const node = walker.currentNode
    if (node.nodeType === 3) range.selectNodeContents(node)
    if (node.nodeType === 3) [...range.getClientRects()].forEach(add)
    else if (['IMG', 'CODE', 'MJX-CONTAINER'].includes(node.tagName)) [...node.getClientRects()].forEach(add)
  }
  const style = getComputedStyle(block)
  const height = block.getBoundingClientRect().height / scale - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom)
  return { widths: rows.sort((a, b) => a.middle - b.middle).map((row) => row.right), height }
})

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu'],
})
const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
await page.route('**/*', (route) => (route.request().url().startsWith('http') ? route.abort() : route.continue()))
const cases = read('lines')
for (const theme of new Set(cases.map((one) => one.theme))) {
  const of = cases.filter((one) => one.theme === theme)
  const deck = of.map(({ tag, text }) => (tag === 'h2' ? `## ${text}` : text)).join('\n\n---\n\n')
  const { html, css } = new Marp({ script: false }).render(`---\ntheme: ${theme}\n---\n${deck}`)
  await page.setContent(`<!doctype html><html><head><meta charset="utf-8"><style>${css}</style></head><body>${html}</body></html>`)
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  const found = await page.evaluate(measure, of.map((one) => one.width))
  of.forEach((one, at) => {
    one.lines = found[at].widths.length
    one.widths = found[at].widths.map((width) => Math.round(width * 10) / 10)
    one.height = round(found[at].height)
  })
}
await browser.close()
write('lines', cases)

const marp = new Marp({ script: false })
const svg = /<mjx-container[^>]*>.*?<svg style="vertical-align: (-?[\d.]+)(?:ex)?;?[^"]*"[^>]*? width="([\d.]+)(?:ex)?" height="([\d.]+)(?:ex)?"/s
const size = (text) => {
  const [, depth, width, height] = svg.exec(marp.render(text).html)
  return [Number(width), Number(height), -Number(depth)]
}
write('formulas', read('formulas').map(({ tex }) => ({ tex, display: size(`$$\n${tex}\n$$`), inline: size(`x $${tex}$ y`) })))
