// The page of a worksheet: the tool first, its manual behind it; in a module it is a
// card. How tall they are, where the answer stands, and where links lead.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { launch, open, phone } from './lib/browser.mjs'
import { Calculator } from './lib/calculator.mjs'
import { serve } from './lib/server.mjs'
import { bench, pages, root } from './lib/site.mjs'

const desk = { viewport: { width: 1280, height: 800 } }
const tools = pages().filter((path) => /^(en|zh)\/tools\/./.test(path) && !/tools\/index/.test(path))

let browser, course, host, site
before(async () => {
  browser = await launch()
  course = await serve(root, '/course/')
  site = bench()
  host = await serve(site.root, '/some/sub-path/')
})
after(async () => {
  await browser.close()
  await course.close()
  await host.close()
  site.close()
})

test('before anything is unfolded the two long worksheets have bounds', async () => {
  const bounds = { 'value-equation': { 360: 1863, 1280: 1730 }, 'plan-965531': { 360: 3320, 1280: 2923 } }
  const tall = []
  for (const [width, options] of [[360, phone], [1280, desk]]) {
    for (const [id, most] of Object.entries(bounds)) {
      for (const lang of ['en', 'zh']) {
        const { page, context } = await open(browser, `${course.url}${lang}/tools/${id}/index.html`, options)
        const { height } = await page.locator('playbook-calculator').boundingBox()
        console.log(`# ${lang} ${id} at ${width}: ${Math.round(height)} px`)
        if (height > most[width]) tall.push(`${lang} ${id} at ${width}: ${Math.round(height)} px`)
        await context.close()
      }
    }
  }
  assert.deepEqual(tall, [])
})

/** In the page: the names of the fields whose label or help and box lie over each other. */
function fieldsThatOverlap() {
  return [...document.querySelectorAll('.field')].filter((field) => {
    const box = field.querySelector('.field-box')?.getBoundingClientRect()
    return box?.width && [...field.querySelectorAll(':scope > :is(.field-label, .field-help)')].some((text) => {
      if (getComputedStyle(text).position === 'absolute') return false // for ears alone
      const range = document.createRange()
      range.selectNodeContents(text)
      return [...range.getClientRects()].some((line) => line.width > 1 && line.right > box.left + 1 && line.left < box.right - 1 && line.bottom > box.top + 1 && line.top < box.bottom - 1)
    })
  }).map((field) => field.dataset.field)
}

for (const [width, options] of [[360, phone], [1280, desk]]) {
  test(`at ${width} px each worksheet tells its first answer above the fold, without scripts too, and no wider than the window`, async () => {
    assert.ok(tools.length > 0 && tools.length % 2 === 0, tools.join(' '))
    const context = await browser.newContext({ ...options, javaScriptEnabled: false })
    const page = await context.newPage()
    const wrong = []
    for (const path of tools) {
      await page.goto(course.url + path)
      const answers = page.locator('.calculator-glance, .report-answer')
      const boxes = (await Promise.all((await answers.all()).map((one) => one.boundingBox()))).filter(Boolean)
      if (!boxes.some(({ y, height }) => y + Math.min(height, 60) <= options.viewport.height)) wrong.push(`${path}: ${JSON.stringify(boxes)}`)
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) wrong.push(`${path} is wider than ${width} px`)
      for (const name of await page.evaluate(fieldsThatOverlap)) wrong.push(`${path}: the help of ${name} lies under its box`)
    }
    await context.close()
    assert.deepEqual(wrong, [])
  })
}

test('on a desk the result stays beside the form, and scrolls in itself', async () => {
  const { page, context } = await open(browser, host.url + 'en/tools/plan-965531/index.html', desk)
  const it = new Calculator(page, 'plan-965531')
  await it.ready()
  await page.evaluate(() => scrollTo(0, 600))
  const result = await page.locator('.calculator-result').boundingBox()
  const form = await page.locator('.calculator-form').boundingBox()
  assert.ok(result.x > form.x + form.width, 'beside')
  assert.ok(result.y >= 0 && result.y + result.height <= 800, JSON.stringify(result))
  await it.set({ quota: '3000000' })
  assert.equal((await it.agrees()).orders, 3)
  await context.close()
})

test('on a phone a line with the answer leads to the result and back', async () => {
  const { page, context } = await open(browser, host.url + 'en/tools/value-equation/index.html', phone)
  const it = new Calculator(page, 'value-equation')
  await it.ready()
  const line = it.element.locator('.calculator-glance')
  const back = it.element.locator('.calculator-back')
  await it.row('problem', 5).scrollIntoViewIfNeeded()
  assert.ok((await line.boundingBox()).y < 60, 'it stays in view')
  await line.click()
  await back.waitFor()
  assert.ok((await it.answer.boundingBox()).y < 500)
  await back.click()
  await line.waitFor()
  assert.ok((await it.element.locator('.calculator-empty').boundingBox()).y < 400)
  await context.close()
})

test('in a module a worksheet is a card; a link into it opens it, a press too, without scripts as well', async () => {
  const module = host.url + 'en/calls/value-equation/index.html'
  const { page, faults, context } = await open(browser, module, phone)
  const card = page.locator('playbook-calculator')
  assert.ok((await card.boundingBox()).height < 480)
  assert.match(await card.innerText(), /Don’t buy/)
  assert.equal(await card.locator('form').isVisible(), false)
  for (const hash of ['#value-equation', '#value-equation?years=3', '#value-equation-report', '#value-equation-rate']) {
    await page.goto('about:blank')
    await page.goto(module + hash)
    await card.locator('form').waitFor()
    if (hash.endsWith('rate')) assert.ok(await card.locator('[name=rate]').isVisible(), 'what is folded in the form too')
  }
  assert.deepEqual(faults, [])
  await context.close()

  const plain = await browser.newContext({ ...phone, javaScriptEnabled: false })
  const still = await plain.newPage()
  await still.goto(module)
  await still.locator('.calculator-fold > summary').click()
  assert.ok(await still.locator('.calculator-form').isVisible())
  await still.locator('.report-section > summary').first().click()
  await still.locator('.calculator-open a').click()
  assert.match(still.url(), /tools\/value-equation/)
  assert.ok(await still.locator('.calculator-form').isVisible())
  await still.locator('.manual > summary').click()
  assert.ok(await still.getByRole('heading', { name: 'On the command line' }).isVisible())
  await plain.close()
})

test('the card’s link brings the module’s example to the page, but the reader’s own work goes first', async () => {
  const module = host.url + 'en/calls/second/index.html'
  const { page, context } = await open(browser, module)
  const link = page.locator('.calculator-open a')
  assert.match(await link.getAttribute('href'), /tools\/value-equation\/index\.html#value-equation\?.*problem\.0\.name=Waiting/)
  await link.click()
  const it = new Calculator(page, 'value-equation')
  await it.ready()
  assert.equal(await it.field('problem.0.name').inputValue(), 'Waiting')
  assert.match(await it.notice.innerText(), /came with the link/)
  await it.set({ 'problem.0.amount': '777' })
  await page.goto(module)
  await it.ready()
  await it.settled({ 'problem.0.amount': '777' })
  assert.match(await it.element.locator('.calculator-glance').innerText(), /9,324/, 'the card tells the reader’s own answer')
  await link.click()
  await it.ready()
  await it.settled({ 'problem.0.amount': '777' })
  assert.equal(await it.notice.innerText(), '')
  await context.close()
})

test('the list is grouped by moment, and tells where the reader has work', async () => {
  const { page, faults, context } = await open(browser, host.url + 'en/tools/red-flags/index.html')
  const it = new Calculator(page, 'red-flags')
  await it.ready()
  await it.set({ 'flag.0.what': 'Nobody has met the buyer' })
  await page.goto(host.url + 'en/tools/index.html')
  assert.deepEqual(await page.locator('.tool-index h2').allInnerTexts(), ['Before a call', 'Pricing and bargaining', 'Planning your work', 'On the way to the signature'])
  assert.deepEqual(await page.locator('li:has(.tool-own)').evaluateAll((all) => all.map((one) => one.dataset.tool)), ['red-flags'])
  assert.deepEqual(faults, [])
  await context.close()
})

test('on paper a worksheet is whole and nothing lies over anything', async () => {
  const { page, context } = await open(browser, host.url + 'en/tools/value-equation/index.html', { viewport: { width: 673, height: 950 } })
  await page.emulateMedia({ media: 'print' })
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  const parts = await page.locator('.row, .group-title, .calculator-form > .field, .form-fold > .field, .report > *, .report-section > *').evaluateAll((all) => all
    .filter((one) => one.offsetHeight > 1 && !all.some((other) => other !== one && one.contains(other)))
    .map((one) => { const { top, bottom, left, right } = one.getBoundingClientRect(); return { top, bottom, left, right, name: `${one.className} ${one.textContent.trim().slice(0, 30)}` } }))
  assert.ok(parts.length > 15, String(parts.length))
  const over = parts.flatMap((a, i) => parts.slice(i + 1).filter((b) =>
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2 && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2).map((b) => `${a.name} / ${b.name}`))
  assert.deepEqual(over, [])
  const seen = (selector) => page.locator(selector).first().isVisible()
  assert.ok(await seen('.report-table') && await seen('[name="problem.5.amount"]') && await seen('[name=rate]'), 'what is folded on a screen is printed')
  assert.equal(await seen('.manual h2'), false)
  await context.close()
})
