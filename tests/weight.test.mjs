// Weight: bytes are exact, so they are bounded here; time is only ever reported.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { pages, root } from './lib/site.mjs'

const gzip = (path) => gzipSync(readFileSync(path), { level: 9 }).length

/** What a browser with scripts fetches when a page is opened, compressed. */
function weigh(path) {
  const html = readFileSync(join(root, path), 'utf8').replace(/<noscript>.*?<\/noscript>/gs, '')
  const urls = [...html.matchAll(/<(?:link rel="?stylesheet"?[^>]*? href|script[^>]*? src)="?([^">\s]+)/g)].map(([, url]) => url)
  const foreign = urls.filter((url) => /^(https?:)?\/\//.test(url))
  const bytes = urls.filter((url) => !foreign.includes(url)).reduce((sum, url) => sum + gzip(join(root, dirname(path), url)), gzip(join(root, path)))
  const later = (/ data-reader="([^"]*)"/.exec(html)?.[1] ?? '').split(' ').filter(Boolean).reduce((sum, url) => sum + gzip(join(root, dirname(path), url)), 0)
  return { path, bytes, later, foreign, quiz: html.includes('<playbook-quiz'), calculator: html.includes('<playbook-calculator') }
}

// A module is its text with its questions and their style, which holds the room for
// what the script adds: that comes when the reader comes near it. What follows the
// reader from page to page comes when the page is there.
test('a module of middling length is at most 20 KB on load, none over 22.5, no page over 41, and none asks another host', () => {
  const all = pages().map(weigh).sort((a, b) => a.bytes - b.bytes)
  const modules = all.filter(({ quiz, calculator }) => quiz && !calculator)
  const median = modules[Math.floor(modules.length / 2)]
  for (const [what, { path, bytes, later }] of [['median module', median], ['heaviest module', modules.at(-1)], ['heaviest page', all.at(-1)]]) {
    console.log(`${what}: ${path}, ${bytes} bytes of HTML, styles and scripts on load, ${later} after it (gzip)`)
  }
  assert.deepEqual(all.flatMap(({ path, foreign }) => foreign.map((url) => `${path}: ${url}`)), [])
  assert.ok(median.bytes <= 20_000, `${median.path}: ${median.bytes}`)
  assert.ok(median.later <= 4_300, `${median.path}: ${median.later} after it`)
  assert.deepEqual(modules.filter(({ bytes }) => bytes > 22_500).map(({ path, bytes }) => `${path}: ${bytes}`), [])
  assert.deepEqual(all.filter(({ bytes }) => bytes > 41_000).map(({ path, bytes }) => `${path}: ${bytes}`), [])
})

test('one WebAssembly module is published for all calculators', () => {
  const files = readdirSync(join(root, 'assets')).filter((f) => f.endsWith('.wasm'))
  assert.equal(files.length, 1, files.join(' '))
})
