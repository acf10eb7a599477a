// The whole course. Accessibility: axe-core finds nothing, WCAG 2.2 AA and best
// practices, on every page once, on one page of each kind in light and dark, on a
// phone and a desk; contrast, half of axe's work, on those alone, since colours
// come with the classes that a kind has. Nothing scrolls sideways at 320 px, no script fails, and the
// strict policy refuses nothing. Each page is opened once for all of it.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { launch, wake, watch } from './lib/browser.mjs'
import { serve } from './lib/server.mjs'
import { kinds, pages, policy, root } from './lib/site.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const desk = { width: 1280, colorScheme: 'light' }
const views = [desk, { width: 1280, colorScheme: 'dark' }, { width: 360, colorScheme: 'light' }, { width: 360, colorScheme: 'dark' }]
const name = ({ width, colorScheme }) => `${width} px, ${colorScheme}`

let browser, host
const faults = new Map() // view → page → what is wrong
const wide = [], wrong = []
const everyKind = kinds()

/** The violations of the page, each with where it is. */
async function violations(page, contrast) {
  const rules = { 'color-contrast': { enabled: contrast } }
  const found = await page.evaluate(([tags, rules]) => globalThis.axe.run(document, { runOnly: tags, rules, resultTypes: ['violations'] }), [tags, rules])
  return found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 5).map((n) => n.target.join(' ')).join(' | ')}`)
}

/** Opens pages until none is left. */
async function survey(paths) {
  const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block' })
  const page = await context.newPage()
  const seen = watch(page, host.url)
  for (let path; (path = paths.pop());) {
    await page.emulateMedia({ colorScheme: desk.colorScheme })
    await page.setViewportSize({ width: 320, height: 640 })
    seen.length = 0
    await page.goto(host.url + path + (path === 'index.html' ? '#choose' : ''))
    await wake(page)
    wrong.push(...seen.filter((fault) => !(path === '404.html' && /inline (style|script)/.test(fault))).map((fault) => `${path}: ${fault}`)) // built without --base-url
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (over > 0) wide.push(`${path}: ${over} px`)
    await page.evaluate(axe)
    const ofKind = everyKind.includes(path)
    for (const view of ofKind ? views : [desk]) {
      await page.setViewportSize({ width: view.width, height: 900 })
      await page.emulateMedia({ colorScheme: view.colorScheme })
      const found = await violations(page, ofKind)
      if (found.length) faults.set(name(view), { ...faults.get(name(view)), [path]: found })
    }
  }
  await context.close()
}

before(async () => {
  browser = await launch()
  host = await serve(root, '/', { policy: policy() })
  const moved = (path) => readFileSync(join(root, path), 'utf8').includes('http-equiv="refresh"') // leads on to a page of its own
  const all = pages().filter((path) => !moved(path))
  assert.ok(everyKind.length > 10 && all.length > everyKind.length, `${everyKind.length} kinds, ${all.length} pages`)
  await Promise.all([survey(all), survey(all)])
})
after(async () => { await browser.close(); await host.close() })

for (const view of views) {
  test(`nothing is found at ${name(view)}`, () => assert.deepEqual(faults.get(name(view)) ?? {}, {}))
}

test('nothing scrolls sideways at 320 px', () => assert.deepEqual(wide, []))

test('no script fails, and the strict security policy of the documents refuses nothing', () => assert.deepEqual(wrong, []))
