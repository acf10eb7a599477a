// Accessibility: axe-core finds nothing, WCAG 2.2 AA and best practices. Every
// page once; one page of each kind in light and dark, on a phone and a desk; and
// nothing scrolls sideways at 320 px.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { launch } from './lib/browser.mjs'
import { serve } from './lib/server.mjs'
import { kinds, pages, root } from './lib/site.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
let browser, host

before(async () => { browser = await launch(); host = await serve(root) })
after(async () => { await browser.close(); await host.close() })

/** The violations of the page, each with where it is. */
async function violations(page) {
  await page.evaluate(axe)
  const found = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), tags)
  return found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 5).map((n) => n.target.join(' ')).join(' | ')}`)
}

async function check(paths, options) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  const faults = {}
  for (const path of paths) {
    await page.goto(host.url + path + (path === 'index.html' ? '#choose' : ''))
    const found = await violations(page)
    if (found.length) faults[path] = found
  }
  await context.close()
  assert.deepEqual(faults, {})
}

test('every page at 1280 px in light', () => check(pages(), { viewport: { width: 1280, height: 900 } }))

for (const colorScheme of ['light', 'dark']) {
  for (const width of [360, 1280]) {
    test(`one page of each kind at ${width} px in ${colorScheme}`, () => check(kinds, { viewport: { width, height: 800 }, colorScheme }))
  }
}

test('nothing scrolls sideways at 320 px', async () => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } })
  const page = await context.newPage()
  const wide = []
  for (const path of pages()) {
    await page.goto(host.url + path)
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (over > 0) wide.push(`${path}: ${over} px`)
  }
  await context.close()
  assert.deepEqual(wide, [])
})
