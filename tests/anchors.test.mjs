// Links to sections lead to their heading, although questions and calculators
// wake up above it, and nothing that is in view moves by itself.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { launch, phone } from './lib/browser.mjs'
import { serve } from './lib/server.mjs'
import { pages, root } from './lib/site.mjs'

let browser, host
before(async () => { browser = await launch(); host = await serve(root, '/some/sub-path/') })
after(async () => { await browser.close(); await host.close() })

const html = (page) => readFileSync(join(root, page), 'utf8')
const blocks = (page) => html(page).match(/<playbook-(quiz|calculator)/g)?.length ?? 0

/** The four pages with the most blocks, of both languages. */
const four = pages().filter((page) => blocks(page) > 0).sort((a, b) => blocks(b) - blocks(a) || (a < b ? -1 : 1)).slice(0, 4)

/** Sums what moves in view without the reader's doing. */
const watchShifts = () => {
  globalThis.shifts = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifts += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
}

/** How far a heading stands from its place once all blocks in reach are at work and still. */
const offset = (hash) => new Promise((resolve) => {
  const heading = document.getElementById(decodeURIComponent(hash.slice(1)))
  let [before, still] = [NaN, 0]
  const look = () => {
    const waking = [...document.querySelectorAll(':is(playbook-quiz, playbook-calculator):not(:defined)')].some((block) => {
      const { top, bottom } = block.getBoundingClientRect()
      return bottom > -900 && top < innerHeight + 900
    })
    const { top } = heading.getBoundingClientRect()
    still = !waking && document.readyState === 'complete' && top === before ? still + 1 : 0
    before = top
    if (still < 12) return setTimeout(look, 25)
    const end = Math.ceil(scrollY) + innerHeight >= document.documentElement.scrollHeight - 1
    const away = top - parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop)
    resolve(end && away > 0 ? 0 : Math.round(Math.abs(away)))
  }
  look()
})

for (const [width, options] of [[360, phone], [1280, { viewport: { width: 1280, height: 900 } }]]) {
  test(`at ${width} px every heading of four pages is where its link leads, and nothing moves`, async () => {
    const misses = []
    const moved = []
    for (const path of four) {
      const context = await browser.newContext({ ...options, serviceWorkers: 'block' })
      await context.addInitScript(watchShifts)
      const page = await context.newPage()
      const note = async (way, hash) => {
        const away = await page.evaluate(offset, hash)
        if (away > 40) misses.push(`${path}${hash} ${way}: ${away} px`)
        const shifts = await page.evaluate(() => globalThis.shifts)
        if (shifts >= 0.05) moved.push(`${path}${hash} ${way}: ${shifts.toFixed(3)}`)
      }
      await page.goto(host.url + path)
      const hashes = await page.locator('.toc a').evaluateAll((links) => links.map((link) => link.hash))
      for (const hash of hashes) {
        await page.goto('about:blank')
        await page.goto(host.url + path + hash)
        await note('opened', hash)
      }
      for (const hash of [hashes.at(-1), hashes[Math.floor(hashes.length / 2)]]) {
        await page.goto('about:blank')
        await page.goto(host.url + path)
        await page.evaluate((hash) => [...document.querySelectorAll('.toc a')].find((link) => link.hash === hash).click(), hash)
        await note('followed', hash)
      }
      await context.close()
    }
    assert.deepEqual(misses, [])
    assert.deepEqual(moved, [])
  })
}
