// Writes, or with --check compares, fixtures/layout/metrics.json: the styles that Chromium computes for every element of the
// decks under fixtures/layout/styles, rendered by the pinned Marp. elements.md is rendered in each built-in theme, both sizes,
// with and without classes.
//
// Lengths are CSS pixels; boxes are written top, right, bottom, left and left out where they are all 0. What depends on the
// fonts of the machine (`line-height: normal`, used widths) is not kept. `node metrics.mjs --print DECK [THEME.css…]` prints the
// same of any deck. Chromium is looked for in $CHROMIUM, then in /usr/bin; where there is none, nothing is compared.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Marp } from '@marp-team/marp-core'

const layout = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'fixtures', 'layout')
const folder = join(layout, 'styles')
const golden = join(layout, 'metrics.json')
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const LOOKS = { plain: '', classes: 'class: lead invert\n' }
const SIZES = { wide: '', narrow: 'size: 4:3\n' }

const read = (name) => readFileSync(name, 'utf8')

const pageOf = (text, sheets) => {
  const marp = new Marp({ script: { source: 'inline' } })
  for (const sheet of sheets) marp.themeSet.add(sheet)
  const { html, css } = marp.render(text)
  return `<!doctype html><meta charset="utf-8"><style>${css}</style>${html}`
}

// Runs in the page.
const computed = () => {
  const SIDES = ['top', 'right', 'bottom', 'left']
  const number = (text) => Math.round((parseFloat(text) || 0) * 100) / 100
  const box = (element, style, name, end = '') =>
    SIDES.map((side) => {
      const property = `${name}-${side}${end}`
      const asked = name === 'margin' ? element.computedStyleMap().get(property).toString() : ''
      return asked === 'auto' ? 0 : number(style.getPropertyValue(property))
    })
  const known = (values) => (values.some(Boolean) ? values : undefined)

  const describe = (element) => {
    const style = getComputedStyle(element)
    const tag = element.tagName.toLowerCase().replace(/^marp-/, '')
    const isCode = tag === 'code' && element.parentElement.matches('pre, marp-pre')
    const opaque = isCode || ['svg', 'mjx-container'].includes(tag)
    const children = [...element.children].filter((child) => !child.matches('style, script, header, footer'))
    const frame = [...element.children].filter((child) => child.matches('header, footer'))
    return {
      tag,
      classes: element.className && tag !== 'section' ? [...element.classList].sort() : undefined,
      inline: (tag !== 'section' && element.getAttribute('style')) || undefined,
      alt: tag === 'img' ? element.alt : undefined,
      hidden: style.display === 'none' || ['absolute', 'fixed'].includes(style.position) || undefined,
      display: style.display,
      size: number(style.fontSize),
      line: style.lineHeight === 'normal' ? 'normal' : number(style.lineHeight),
      spacing: number(style.letterSpacing) || undefined,
      bold: Number(style.fontWeight) >= 600 || undefined,
      italic: style.fontStyle === 'italic' || undefined,
      align: style.textAlign,
      keeps: ['pre', 'nowrap'].includes(style.whiteSpace) || undefined,
      breaks: style.overflowWrap !== 'normal' || undefined,
      collapses: style.borderCollapse === 'collapse' || undefined,
      borderBox: style.boxSizing === 'border-box' || undefined,
      most: style.maxWidth === 'none' ? undefined : style.maxWidth,
      least: ['auto', '0px'].includes(style.minWidth) ? undefined : style.minWidth,
      place: tag === 'section' && style.display === 'block' ? style.alignContent : undefined,
      margin: known(box(element, style, 'margin')),
      padding: known(box(element, style, 'padding')),
      border: known(box(element, style, 'border', '-width')),
      frame: frame.length ? frame.map(describe) : undefined,
      children: opaque || !children.length ? undefined : children.map(describe),
    }
  }
  const isContent = (section) => [null, 'content'].includes(section.getAttribute('data-marpit-advanced-background'))
  return [...document.querySelectorAll('section[id]')].filter(isContent).map(describe)
}

const cases = () => {
  const elements = read(join(folder, 'elements.md'))
  const found = []
  for (const theme of ['default', 'gaia', 'uncover'])
    for (const [size, sized] of Object.entries(SIZES))
      for (const [look, classes] of Object.entries(LOOKS))
        found.push([`${theme} ${size} ${look}`, `---\ntheme: ${theme}\n${sized}${classes}---\n\n${elements}`])
  const own = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'elements.md')
  return [...found, ...own.sort().map((name) => [name, read(join(folder, name))])]
}

const measure = async (decks, sheets) => {
  const { chromium } = await import('playwright-core')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
    await page.route('**/*', (route) => route.abort())
    const found = {}
    for (const [name, text] of decks) {
      await page.setContent(pageOf(text, sheets), { waitUntil: 'domcontentloaded' })
      found[name] = await page.evaluate(computed)
    }
    return found
  } finally {
    await browser.close()
  }
}

const [option, deck, ...themes] = process.argv.slice(2)
if (option === '--print') {
  console.log(JSON.stringify(await measure([[deck, read(deck)]], themes.map(read)), null, 1))
} else if (!existsSync(executablePath)) {
  console.log('computed styles: not compared, there is no Chromium')
} else {
  const sheets = readdirSync(folder).filter((name) => name.endsWith('.css')).sort().map((name) => read(join(folder, name)))
  const found = await measure(cases(), sheets)
  const lines = Object.entries(found).map(
    ([name, slides]) => `${JSON.stringify(name)}: [\n${slides.map((slide) => JSON.stringify(slide)).join(',\n')}\n]`,
  )
  const text = `{\n${lines.join(',\n')}\n}\n`
  if (option !== '--check') writeFileSync(golden, text)
  else if (read(golden) !== text) {
    console.error(`${golden}: Chromium now says something else; run "node metrics.mjs" and look at the difference`)
    process.exitCode = 1
  }
}
