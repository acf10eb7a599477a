// The pictures of the README: `make screenshots` takes them anew from the built
// site. The same site and fonts give the same pixels: nothing moves, nothing
// depends on the time.
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launch, phone } from './lib/browser.mjs'
import { serve } from './lib/server.mjs'
import { root } from './lib/site.mjs'

const folder = process.env.PLAYBOOK_SCREENSHOTS ?? join(dirname(fileURLToPath(import.meta.url)), 'screenshots')
const limit = 200_000 // bytes a picture

const sharp = { ...phone, deviceScaleFactor: 2 }
const desk = { viewport: { width: 1280, height: 800 } }

const pictures = {
  'calculator-phone': {
    path: 'en/tools/value-equation/index.html', options: sharp,
    async pose(page) {
      await page.locator('.report').evaluate((report) => report.scrollIntoView())
    },
  },
  'home-dark': { path: 'zh/index.html', options: { ...desk, colorScheme: 'dark' }, async pose() {} },
  'quiz-phone': {
    path: 'en/traditional-selling/spot-the-close/index.html', options: sharp,
    async pose(page) {
      const quiz = page.locator('#quiz-spot-bonus')
      await quiz.scrollIntoViewIfNeeded() // its script comes when it is near
      await quiz.locator('[data-part="2"] input').check()
      await quiz.locator('.quiz-check').click()
      await quiz.locator('.quiz-title').evaluate((title) => title.scrollIntoView())
    },
  },
  'plan-desk': {
    path: 'en/tools/plan-965531/index.html', options: desk, async pose() {},
  },
}

mkdirSync(folder, { recursive: true })
const browser = await launch()
const host = await serve(root)
let failed = false
for (const [name, { path, options, pose }] of Object.entries(pictures)) {
  const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block', colorScheme: 'light', ...options })
  const page = await context.newPage()
  await page.goto(host.url + path)
  await page.evaluate(() => document.fonts.ready)
  await pose(page)
  const file = join(folder, name + '.png')
  await page.mouse.move(0, 0)
  const { length: size } = await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' })
  console.log(`${name}.png: ${Math.round(size / 1000)} KB`)
  if (size > limit) {
    console.error(`${name}.png is over ${limit / 1000} KB`)
    failed = true
  }
  await context.close()
}
await browser.close()
await host.close()
process.exitCode = failed ? 1 : 0
