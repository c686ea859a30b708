// Writes, or with --check compares, NAME.json beside every NAME.md under fixtures/marp, and marp.json in every folder under
// fixtures/traps: what Marp itself makes of these decks.
//
// Only what the parser promises is kept: where slides begin, headings with their anchors, the words of every text, images with
// the words that Marp took, comments with their kind, the directives in force, code, formulas, links, animated list items.
// Lines count from 1. `node golden.mjs --print FILE…` prints the same of any decks, `--trap NAME…` writes some traps only.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Marp } from '@marp-team/marp-core'

const fixtures = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'fixtures')
const folder = join(fixtures, 'marp')
const traps = join(fixtures, 'traps')

const KINDS = { directive: 'directive', 'well-known-magic-comment': 'magic', 'marp-fitting-header': 'fit' }

// The directives that Marp CLI adds, so that they are not taken for notes.
const withCliDirectives = (marp) => {
  const text = (key) => (value) => (typeof value === 'string' ? { [key]: value } : {})
  for (const name of ['author', 'description', 'image', 'title', 'url']) marp.customDirectives.global[name] = text(`cli-${name}`)
  marp.customDirectives.global.keywords = (value) => ({ 'cli-keywords': value })
  marp.customDirectives.local.transition = text('transition')
  return marp
}

const local = (directives) =>
  Object.fromEntries(
    Object.entries(directives)
      .filter(([name]) => !/^(cli-|marp|theme$|size$|math$|headingDivider$)/.test(name))
      .sort(),
  )

const imageOf = (token) => {
  const { url, options } = token.meta.marpitImage
  return {
    url: address(url),
    keywords: options.filter((option) => option.consumed).map((option) => option.content),
    alt: options.filter((option) => !option.consumed).map((option) => option.content).join(' '),
  }
}

// What a text reads: its words, code and formulas, with one blank for any space.
const wordsOf = (inline) =>
  (inline.children ?? [])
    .map((token) => (/break$/.test(token.type) ? ' ' : /^(image|marpit_comment)$/.test(token.type) ? '' : token.content))
    .join('')
    .split(/\s+/)
    .filter(Boolean)
    .join(' ')

const address = (url) => {
  try {
    return decodeURI(url)
  } catch {
    return url
  }
}

export const describe = (source) => {
  const marp = withCliDirectives(new Marp())
  let frontMatter = null
  const starts = []
  marp.markdown.core.ruler.before('marpit_slide', 'golden_starts', (state) => {
    if (state.inlineMode) return
    for (const token of state.tokens) {
      if (token.type === 'front_matter') frontMatter = token.map[1]
      if (token.type === 'hr' && token.level === 0) starts.push(token.map[0] + 1)
    }
  })
  const slides = []
  let slide
  let generated = 0 // headers, footers and background layers are no lines of the deck
  const comment = (token) => {
    const kind = KINDS[token.meta?.marpitCommentParsed] ?? 'note'
    slide.comments.push([kind, token.content])
  }
  for (const token of marp.markdown.parse(source, {})) {
    if (token.type === 'marpit_slide_open') {
      slide = {
        start: slides.length ? starts[slides.length - 1] : 1,
        directives: local(token.meta.marpitDirectives),
        headings: [], texts: [], images: [], links: [], comments: [], code: [], math: [], fragments: 0,
      }
      slides.push(slide)
    }
    if (/^marpit_(header|footer|advanced_\w+)_open$/.test(token.type)) generated += 1
    if (/^marpit_(header|footer|advanced_\w+)_close$/.test(token.type)) generated -= 1
    if (!slide || generated) continue
    if (token.type === 'heading_open') slide.headings.push([token.map[0] + 1, Number(token.tag[1]), decodeURIComponent(token.attrGet('id') ?? '')])
    if (token.type === 'fence' || token.type === 'code_block') slide.code.push(token.map[0] + 1)
    if (token.type === 'marp_math_block') slide.math.push(token.content.trim())
    if (token.type === 'list_item_open' && token.meta?.marpitFragment) slide.fragments += 1
    if (token.type === 'marpit_comment') comment(token)
    if (token.children && wordsOf(token)) slide.texts.push(wordsOf(token))
    for (const child of token.children ?? []) {
      if (child.type === 'link_open') slide.links.push(address(child.attrGet('href')))
      if (child.type === 'marpit_comment') comment(child)
      if (child.type === 'image') slide.images.push(imageOf(child))
      if (child.type === 'marp_math_inline') slide.math.push(child.content.trim())
    }
  }
  return { front_matter_lines: frontMatter, slides }
}

// A trap shows what reaches the audience as well: the HTML of each slide, without drawings of formulas and random names.
const renderedSlides = (marp, source) =>
  marp
    .render(source, { htmlAsArray: true })
    .html.map((html) => html.replace(/<mjx-container[^]*?<\/mjx-container>/g, '<formula/>').replace(/data-marpit-scope-[\w-]+/g, 'data-marpit-scope').replace(/^<svg[^]*?<foreignObject[^>]*>|<\/foreignObject><\/svg>$/g, ''))

// What is left of the deck's own styles, which Marp puts into those of the theme.
const ownStyles = (marp, source) => {
  const { css } = marp.render(source)
  const theme = new Marp({ script: false }).render('').css
  const different = [...theme].findIndex((char, at) => char !== css[at])
  const start = different < 0 ? theme.length : theme.lastIndexOf('}', different) + 1
  return css.slice(start, css.length - theme.length + start).replace(/data-marpit-scope-[\w-]+/g, 'data-marpit-scope')
}

const describeTrap = (source, withStyles) => {
  const marp = withCliDirectives(new Marp({ script: false }))
  try {
    const rendered = renderedSlides(marp, source)
    const css = withStyles ? { css: ownStyles(marp, source) } : {}
    const { theme, size } = marp.lastGlobalDirectives ?? {}
    return { ...describe(source), theme: marp.themeSet.has(theme) ? theme : 'default', size: size ?? null, rendered, ...css }
  } catch (error) {
    return { error: `${error.name}: ${error.message}` }
  }
}

const read = (...path) => readFileSync(join(...path), 'utf8').replace(/^\uFEFF/, '')

const print = (files) => {
  for (const file of files) {
    const source = read(file)
    console.log(JSON.stringify({ file, ...describe(source) }))
  }
}

const check = process.argv.includes('--check')
let different = 0
const keep = (home, name, value) => {
  const golden = `${JSON.stringify(value, null, 1)}\n`
  const file = join(home, name)
  if (!check) writeFileSync(file, golden)
  else if (readFileSync(file, 'utf8') !== golden) {
    different += 1
    console.error(`${file}: Marp now says something else; run "npm run golden" and look at the difference`)
  }
}

const keepTrap = (name) => {
  const home = join(traps, name)
  const withStyles = read(home, 'trap.toml').includes('at = "css"')
  keep(home, 'marp.json', { bad: describeTrap(read(home, 'bad.md'), withStyles), fixed: describeTrap(read(home, 'fixed.md'), withStyles) })
}

const writeOrCheck = () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.md')).sort()) {
    keep(folder, name.replace(/\.md$/, '.json'), describe(read(folder, name)))
  }
  readdirSync(traps).sort().forEach(keepTrap)
  const allowed = Object.entries(Marp.html).map(([name, attributes]) => [name, Object.keys(attributes).sort()])
  keep(folder, 'allowed-html.golden', Object.fromEntries(allowed.sort()))
  process.exitCode = different ? 1 : 0
}

const [option, ...names] = process.argv.slice(2)
if (option === '--print') print(names)
else if (option === '--trap') names.forEach(keepTrap)
else writeOrCheck()
