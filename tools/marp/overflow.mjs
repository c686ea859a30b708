// What becomes of each slide in a real browser: decks are rendered by the pinned Marp and measured in Chromium, in pixels.
//
//   node overflow.mjs [OPTIONS] DECK…     one JSON object per deck on standard output
//   node overflow.mjs --jobs < JOBS       one job per line: {"file", "theme", "css", "html", "breaks", "out", "png", "slides",
//                                         "name", "base"}: `base` is the folder that addresses count from; a result is written to `out`, what
//                                         fails to render is written there as `error`
//   node overflow.mjs --golden [--check]  write, or compare, the results beside the decks in fixtures/layout/golden
//
// Options: --theme NAME instead of the deck's own (may be given again: one result for each), --css FILE of a theme that is not
// built in (again for more), --html lets all HTML through, --png FOLDER keeps a picture of every slide.
//
// The units are CSS pixels of the slide. `over` tells how far the lowest ink passes the padding of its slide, `cut` how far it
// passes the slide itself; both are negative where room is left. Ink is what can be seen in the flow: lines of text, pictures,
// and the boxes of code, tables, quotes and formulas; header, footer and what is positioned elsewhere take no room.
// Chromium is looked for in $CHROMIUM, then in /usr/bin. Nothing is fetched from the network.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Marp } from '@marp-team/marp-core'

const golden = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'fixtures', 'layout', 'golden')
const BUILT_IN = ['default', 'gaia', 'uncover']

// ---------------------------------------------------------------- a deck as a page

const themed = (marp, theme) =>
  marp.markdown.core.ruler.after('inline', 'forced_theme', (state) => {
    if (state.inlineMode) return
    const last = new state.Token('marpit_comment', '', 0)
    last.hidden = true
    last.meta = { marpitCommentParsed: 'directive', marpitParsedDirectives: { theme } }
    state.tokens.push(last)
  })

const withLines = (marp) =>
  marp.markdown.core.ruler.push('lines', (state) => {
    for (const token of state.inlineMode ? [] : state.tokens)
      if (token.map && token.nesting > -1 && token.type !== 'inline') token.attrSet('data-line', `${token.map[0] + 1}`)
  })

export const pageOf = ({ file, theme, css = [], html, breaks, base = dirname(resolve(file)) }) => {
  const marp = new Marp({
    ...(html === undefined ? {} : { html }),
    ...(breaks === undefined ? {} : { markdown: { breaks } }),
  })
  for (const sheet of css) {
    try {
      marp.themeSet.add(readFileSync(sheet, 'utf8'))
    } catch {
      continue // without a name a style sheet is no theme
    }
  }
  for (const key of ['author', 'description', 'image', 'keywords', 'title', 'url']) marp.customDirectives.global[key] = () => ({})
  marp.customDirectives.local.transition = () => ({})
  if (theme) themed(marp, theme)
  withLines(marp)
  const rendered = marp.render(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(rendered.html)
  const frame = `html,body{margin:0}svg[data-marpit-svg]{display:block;width:${width}px;height:${height}px}`
  return {
    theme: marp.themeSet.get(marp.lastGlobalDirectives.theme, true).name,
    width: Number(width),
    height: Number(height),
    text: `<!doctype html><meta charset="utf-8"><base href="${pathToFileURL(base).href}/"><style>${rendered.css}${frame}</style>${rendered.html}`,
  }
}

// ---------------------------------------------------------------- in the browser

const measured = () => {
  const OUT_OF_FLOW = 'style, script, template, header, footer'
  const SEEN = 'img, svg, video, canvas, iframe, object, picture, hr, input, mjx-container'
  const FRAMED = 'pre, marp-pre, table, blockquote'
  const tenth = (value) => Math.round(value * 10) / 10
  const lineOf = (element) => Number(element.closest('[data-line]')?.dataset.line) || 0

  // Everything visible below an element: its place, and the element that it belongs to.
  function* inkOf(parent) {
    for (const node of parent.childNodes) {
      if (node.nodeType === Node.TEXT_NODE && node.data.trim()) {
        const range = document.createRange()
        range.selectNodeContents(node)
        for (const rect of range.getClientRects()) yield [rect, parent]
      }
      if (node.nodeType !== Node.ELEMENT_NODE || node.matches(OUT_OF_FLOW)) continue
      const { display, position } = getComputedStyle(node)
      if (display === 'none' || position === 'absolute' || position === 'fixed') continue
      if (node.matches(`${SEEN}, ${FRAMED}`)) yield [node.getBoundingClientRect(), node]
      if (!node.matches(SEEN)) yield* inkOf(node)
    }
  }

  // How small auto-scaling makes the smallest code block, formula or heading of a slide.
  const scaleOf = (section, zoom) => {
    const scales = [1]
    for (const host of section.querySelectorAll('[data-auto-scaling="downscale-only"]')) {
      const inner = host.shadowRoot?.querySelector('marp-auto-scaling')?.shadowRoot ?? host.shadowRoot
      const svg = inner?.querySelector('svg')
      const { width, height } = svg?.viewBox?.baseVal ?? {}
      const rect = svg?.getBoundingClientRect()
      if (width) scales.push(rect.width / zoom / width, rect.height / zoom / height)
    }
    return Math.round(Math.min(...scales) * 1000) / 1000
  }

  const describe = (section) => {
    const frame = section.getBoundingClientRect()
    const zoom = frame.width / section.offsetWidth || 1
    const placed = (rect) => ({
      top: (rect.top - frame.top) / zoom, bottom: (rect.bottom - frame.top) / zoom,
      left: (rect.left - frame.left) / zoom, right: (rect.right - frame.left) / zoom,
    })
    const style = getComputedStyle(section)
    const padding = ['Top', 'Right', 'Bottom', 'Left'].map((side) => parseFloat(style[`padding${side}`]))
    const { clientWidth: width, clientHeight: height, scrollWidth, scrollHeight } = section
    const floor = height - padding[2], wall = width - padding[1]
    const seen = { top: Infinity, bottom: -Infinity, left: Infinity, right: -Infinity }
    let first
    for (const [rect, element] of inkOf(section)) {
      if (!rect.width || !rect.height) continue
      const box = placed(rect)
      for (const side of ['top', 'left']) seen[side] = Math.min(seen[side], box[side])
      for (const side of ['bottom', 'right']) seen[side] = Math.max(seen[side], box[side])
      if (!first && (box.bottom > floor + 0.5 || box.right > wall + 0.5))
        first = { line: lineOf(element), tag: element.localName, down: tenth(box.bottom - floor), right: tenth(box.right - wall) }
    }
    const isEmpty = seen.bottom === -Infinity
    if (isEmpty) Object.assign(seen, { top: padding[0], bottom: padding[0], left: padding[3], right: padding[3] })
    const verdict =
      seen.bottom > height + 0.5 || seen.right > width + 0.5 ? 'cut'
      : seen.bottom > floor + 0.5 || seen.right > wall + 0.5 ? 'over'
      : scrollHeight > height || scrollWidth > width ? 'margin' : 'ok'
    const blocks = [...section.children]
      .filter((child) => !child.matches(OUT_OF_FLOW) && getComputedStyle(child).position !== 'absolute')
      .map((child) => [child.localName, lineOf(child), ...Object.values(placed(child.getBoundingClientRect())).map(tenth)])
    return {
      slide: Number(section.id) || section.id, line: Number(section.dataset.line) || 0, verdict, width, height, padding,
      over: tenth(seen.bottom - floor), overX: tenth(seen.right - wall),
      cut: tenth(seen.bottom - height), cutX: tenth(seen.right - width),
      top: tenth(seen.top), bottom: tenth(seen.bottom),
      fill: Math.round(((seen.bottom - seen.top) / (floor - padding[0])) * 1000) / 1000,
      scale: scaleOf(section, zoom), scrollY: scrollHeight - height, scrollX: scrollWidth - width,
      chars: [...section.textContent.replace(/\s/g, '')].length,
      broken: [...section.querySelectorAll('img:not([data-marp-twemoji])')].filter((img) => !img.naturalWidth).length,
      ...(first ? { first } : {}), blocks,
    }
  }
  const isContent = (section) => (section.dataset.marpitAdvancedBackground ?? 'content') === 'content'
  return [...document.querySelectorAll('section[id]')].filter(isContent).map(describe)
}

// ---------------------------------------------------------------- decks to results

const opened = async () => {
  const { chromium } = await import('playwright-core')
  const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
  return chromium.launch({ executablePath: process.env.CHROMIUM || usual, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] })
}

const measure = async (browser, job) => {
  const deck = pageOf(job)
  const folder = mkdtempSync(join(tmpdir(), 'overflow-'))
  const viewport = { width: Math.ceil(deck.width), height: Math.ceil(deck.height) }
  const page = await browser.newPage({ viewport })
  try {
    writeFileSync(join(folder, 'deck.html'), deck.text)
    await page.route(/^(?!file:|data:)/, (route) => route.abort())
    await page.goto(pathToFileURL(join(folder, 'deck.html')).href)
    await page.evaluate(() => document.fonts.ready.then(() => {}))
    await page.waitForTimeout(400) // what scales itself does so a moment later
    const slides = await page.evaluate(measured)
    if (job.png) {
      mkdirSync(job.png, { recursive: true })
      const pictures = await page.$$('svg[data-marpit-svg]')
      for (const [at, picture] of pictures.entries()) {
        if (job.slides && !job.slides.includes(at + 1)) continue
        const name = `${basename(job.file, '.md')}.${deck.theme}.${String(at + 1).padStart(3, '0')}.png`
        await picture.screenshot({ path: join(job.png, name) })
      }
    }
    const forced = job.theme ? { forced: job.theme } : {}
    return { file: job.name ?? job.file, theme: deck.theme, ...forced, css: job.css ?? [], size: [deck.width, deck.height], slides }
  } finally {
    await page.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const runJobs = async (jobs) => {
  let browser = await opened()
  for (const [at, job] of jobs.entries()) {
    let result
    try {
      result = await measure(browser, job)
    } catch (error) {
      result = { file: job.name ?? job.file, error: `${error.message}`.split('\n')[0] }
      if (!browser.isConnected()) browser = await opened()
    }
    if (job.out) {
      mkdirSync(dirname(job.out), { recursive: true })
      writeFileSync(job.out, `${JSON.stringify(result)}\n`)
      console.error(`${at + 1}/${jobs.length} ${job.out}${result.error ? ` ${result.error}` : ''}`)
    } else console.log(JSON.stringify(result))
  }
  await browser.close()
}

const sides = ['slide', 'verdict', 'over', 'overX', 'cut', 'fill', 'scale', 'first']
const kept = (slide) => Object.fromEntries(sides.filter((key) => slide[key] !== undefined).map((key) => [key, slide[key]]))

const keepGolden = async (check) => {
  const browser = await opened()
  let different = 0
  for (const name of readdirSync(golden).filter((file) => file.endsWith('.md')).sort()) {
    const result = {}
    for (const theme of BUILT_IN) {
      const { slides } = await measure(browser, { file: join(golden, name), theme })
      result[theme] = slides.map(kept)
    }
    const rows = Object.entries(result).map(([theme, slides]) => `"${theme}": [\n${slides.map((slide) => ` ${JSON.stringify(slide)}`).join(',\n')}\n]`)
    const text = `{\n${rows.join(',\n')}\n}\n`
    const file = join(golden, name.replace(/\.md$/, '.json'))
    if (!check) writeFileSync(file, text)
    else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
      different += 1
      console.error(`${file}: Chromium now measures something else; run "npm run layout" and look at the difference`)
    }
  }
  await browser.close()
  process.exitCode = different ? 1 : 0
}

const options = (words) => {
  const found = { files: [], themes: [], css: [] }
  while (words.length) {
    const word = words.shift()
    if (word === '--theme') found.themes.push(words.shift())
    else if (word === '--css') found.css.push(words.shift())
    else if (word === '--png') found.png = words.shift()
    else if (word.startsWith('--')) found[word.slice(2)] = true
    else found.files.push(word)
  }
  return found
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const asked = options(process.argv.slice(2))
  if (asked.golden) await keepGolden(asked.check)
  else if (asked.jobs) {
    const lines = readFileSync(0, 'utf8').split('\n').filter(Boolean)
    await runJobs(lines.map((line) => JSON.parse(line)))
  } else {
    const themes = asked.themes.length ? asked.themes : [undefined]
    const { css, png } = asked
    const html = asked.html ? true : undefined
    await runJobs(asked.files.flatMap((file) => themes.map((theme) => ({ file, theme, css, png, html }))))
  }
}
