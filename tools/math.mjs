// Write what `decklint.layout.formulas.math` knows of formulas: the metrics of MathJax's fonts, its commands and the classes of its signs.
//
//   node tools/math.mjs > src/decklint/layout/advances/mathjax.json
//
// MathJax is the one that Marp Core brings: run `npm ci` in tools/marp first.
import { createRequire } from 'node:module'

const require = createRequire(new URL('./marp/package.json', import.meta.url))
const font = (name) => require(`mathjax-full/js/output/common/fonts/tex/${name}.js`)
const { MapHandler } = require('mathjax-full/js/input/tex/MapHandler.js')
const { OPTABLE } = require('mathjax-full/js/core/MmlTree/OperatorDictionary.js')
require('mathjax-full/js/input/tex/base/BaseMappings.js')
require('mathjax-full/js/input/tex/ams/AmsMappings.js')

const RANGES = [[0x21, 0x7e], [0xa0, 0xff], [0x131, 0x131], [0x237, 0x237], [0x2c6, 0x2dc], [0x391, 0x3f6], [0x2010, 0x2057],
  [0x20d7, 0x20d7], [0x2102, 0x2147], [0x2190, 0x22ff], [0x2308, 0x2323], [0x25a0, 0x25ff], [0x2605, 0x266f], [0x2713, 0x2720],
  [0x27e8, 0x27ff], [0x2a00, 0x2aff], [0x1d400, 0x1d7ff]]
const metrics = (table, ranges) => Object.fromEntries(Object.entries(table)
  .filter(([code, data]) => data.length >= 3 && ranges.some(([from, to]) => code >= from && code <= to))
  .map(([code, [height, depth, width, more]]) => [String.fromCodePoint(code),
    [height, depth, width, more?.ic ?? 0].map((value) => Math.round(value * 1000) / 1000)]))

const commands = {}
for (const map of ['mathchar0mi', 'mathchar0mo', 'mathchar7', 'delimiter', 'AMSsymbols-mathchar0mi', 'AMSsymbols-mathchar0mo',
  'AMSsymbols-delimiter'])
  for (const [name, { char }] of MapHandler.getMap(map)?.map ?? [])
    if (char && !(map.includes('delimiter') && !name.startsWith('\\')) && /^\\?[A-Za-z|{}]+$/.test(name)) commands[name.replace(/^\\/, '')] ??= char

const classes = {}
for (const form of ['postfix', 'prefix', 'infix'])
  for (const [char, [, , texClass]] of Object.entries(OPTABLE[form])) if ([...char].length === 1) classes[char] = texClass

const kept = new Set([...Object.values(commands), ...'+-*/=<>()[]{}|,;:!'])
process.stdout.write(`${JSON.stringify({
  origin: `mathjax-full ${require('mathjax-full/package.json').version}`,
  commands,
  classes: Object.fromEntries(Object.entries(classes).filter(([char]) => kept.has(char))),
  normal: metrics(font('normal').normal, RANGES),
  calligraphic: metrics(font('tex-calligraphic').texCalligraphic, RANGES),
  large: metrics(font('largeop').largeop, RANGES),
  small: metrics(font('smallop').smallop, RANGES),
})}\n`)
