// Accessibility: axe-core finds nothing, WCAG 2.2 AA and best practices. Every
// page once; one page of each kind in light and dark, on a phone and a desk; and
// nothing scrolls sideways at 320 px. Each page is opened once for all of it.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { launch, wake } from './lib/browser.mjs'
import { serve } from './lib/server.mjs'
import { kinds, pages, root } from './lib/site.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const desk = { width: 1280, colorScheme: 'light' }
const views = [desk, { width: 1280, colorScheme: 'dark' }, { width: 360, colorScheme: 'light' }, { width: 360, colorScheme: 'dark' }]
const name = ({ width, colorScheme }) => `${width} px, ${colorScheme}`

let browser, host
const faults = new Map() // view → page → what is wrong
const wide = []

/** The violations of the page, each with where it is. */
async function violations(page) {
  const found = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), tags)
  return found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 5).map((n) => n.target.join(' ')).join(' | ')}`)
}

/** Opens pages until none is left. */
async function survey(paths) {
  const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block' })
  const page = await context.newPage()
  for (let path; (path = paths.pop());) {
    await page.emulateMedia({ colorScheme: desk.colorScheme })
    await page.setViewportSize({ width: 320, height: 640 })
    await page.goto(host.url + path + (path === 'index.html' ? '#choose' : ''))
    await wake(page)
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (over > 0) wide.push(`${path}: ${over} px`)
    await page.evaluate(axe)
    for (const view of kinds.includes(path) ? views : [desk]) {
      await page.setViewportSize({ width: view.width, height: 900 })
      await page.emulateMedia({ colorScheme: view.colorScheme })
      const found = await violations(page)
      if (found.length) faults.set(name(view), { ...faults.get(name(view)), [path]: found })
    }
  }
  await context.close()
}

before(async () => {
  browser = await launch()
  host = await serve(root)
  const all = pages()
  assert.deepEqual(kinds.filter((path) => !all.includes(path)), [], 'pages of each kind')
  await Promise.all([survey(all), survey(all)])
})
after(async () => { await browser.close(); await host.close() })

for (const view of views) {
  test(`nothing is found at ${name(view)}`, () => assert.deepEqual(faults.get(name(view)) ?? {}, {}))
}

test('nothing scrolls sideways at 320 px', () => assert.deepEqual(wide, []))
