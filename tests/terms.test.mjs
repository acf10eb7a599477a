// Terms: their cards open without a script, by tap, by key, and under a mouse
// that rests; Esc closes them; paper shows the word alone. The glossary sorts as
// its language sorts.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { launch, open, overflow, phone, tabTo } from './lib/browser.mjs'
import { serve } from './lib/server.mjs'
import { bench } from './lib/site.mjs'

let browser, site, host
before(async () => { browser = await launch(); site = bench(); host = await serve(site.root, '/sub/') })
after(async () => { await browser.close(); await host.close(); site.close() })

const shown = (page) => page.locator('.term-card:popover-open')
const texts = (locator) => locator.evaluateAll((all) => all.map((e) => e.textContent.trim()))

test('the first mention is a term, and neither headings, names, code nor questions are', async () => {
  for (const [lang, want] of [['en', ['red flag', 'coach', 'prize']], ['zh', ['小红旗', '教练', '奖品']]]) {
    const { page, faults, context } = await open(browser, `${host.url}${lang}/quizzes/terms/index.html`)
    assert.deepEqual(await texts(page.locator('.term')), want)
    assert.equal(await page.locator('.term-card').count(), 3)
    assert.deepEqual(faults, [])
    await context.close()
  }
})

test('no line begins with the punctuation after a term', async () => {
  const { page, context } = await open(browser, `${host.url}zh/quizzes/terms/index.html`)
  assert.ok(await page.locator('.term-line').count() > 0)
  const apart = await page.locator('.term-line').evaluateAll((all) => all.flatMap((line) => {
    const found = []
    for (let width = 40; width < 400; width += 5) {
      line.parentElement.style.inlineSize = width + 'px'
      const range = document.createRange()
      range.selectNodeContents(line.lastChild)
      const { bottom } = range.getBoundingClientRect()
      const button = line.querySelector('.term').getBoundingClientRect()
      if (bottom <= button.top || range.getBoundingClientRect().top >= button.bottom) found.push(line.textContent + ' at ' + width)
    }
    return found
  }))
  assert.deepEqual(apart, [])
  await context.close()
})

test('a card opens by tap without a script, and leads to the entry', async () => {
  const context = await browser.newContext({ ...phone, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${host.url}zh/quizzes/terms/index.html`)
  const card = page.locator('#term-red-flag')
  assert.equal(await card.isVisible(), false)
  await page.locator('.term').first().tap()
  assert.ok(await card.isVisible())
  assert.match(await card.textContent(), /小红旗\s+Red flag\s+障碍的记号/)
  const box = await card.boundingBox()
  assert.ok(box.x >= 0 && box.x + box.width <= 360 && box.y + box.height <= 740, JSON.stringify(box))
  await card.locator('p:last-child a').tap()
  await page.waitForURL('**/zh/glossary/index.html#red-flag')
  assert.ok(await page.locator('#red-flag').isVisible())
  await context.close()
})

test('a card opens by key, its links are next, and Esc gives the focus back', async () => {
  const { page, faults, context } = await open(browser, `${host.url}en/quizzes/terms/index.html`)
  const term = page.locator('.term').nth(1)
  await tabTo(page, term)
  await page.keyboard.press('Enter')
  assert.deepEqual(await texts(shown(page).locator('dfn')), ['Coach'])
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'helps')
  assert.match(await page.evaluate(() => document.activeElement.href), /\/sub\/en\/quizzes\/kinds\/index\.html$/, 'links lead from the page')
  await page.keyboard.press('Escape')
  assert.equal(await shown(page).count(), 0)
  assert.ok(await term.evaluate((t) => t === document.activeElement))
  assert.deepEqual(faults, [])
  await context.close()
})

test('a mouse that rests opens a card; Esc and leaving close it; a press keeps it', async () => {
  const { page, faults, context } = await open(browser, `${host.url}en/quizzes/terms/index.html`)
  const term = page.locator('.term').first()
  await term.hover()
  await shown(page).waitFor()
  await page.keyboard.press('Escape')
  assert.equal(await shown(page).count(), 0)
  await page.mouse.move(5, 5)
  await term.hover()
  await shown(page).waitFor()
  await page.mouse.move(5, 5)
  await page.waitForFunction(() => !document.querySelector('.term-card:popover-open'))
  await term.hover()
  await shown(page).waitFor()
  await term.click()
  assert.equal(await shown(page).count(), 1)
  await page.keyboard.press('Escape')
  assert.deepEqual(faults, [])
  await context.close()
})

test('paper shows the word and no card', async () => {
  const { page, context } = await open(browser, `${host.url}en/quizzes/terms/index.html`)
  await page.emulateMedia({ media: 'print' })
  assert.ok(await page.locator('.term').first().isVisible())
  assert.equal(await page.locator('.term').first().evaluate((t) => getComputedStyle(t).textDecorationLine), 'none')
  assert.equal(await page.locator('.term-card:visible').count(), 0)
  await context.close()
})

test('the glossary sorts as its language sorts, and says where a term is used', async () => {
  for (const [lang, letters, words, where] of [
    ['en', ['C', 'R', 'W'], ['Coach', 'Red flag', 'Win'], 'Used in: Terms'],
    ['zh', ['J', 'X', 'Y'], ['教练', '小红旗', '赢'], '出现在：用语'],
  ]) {
    const { page, faults, context } = await open(browser, `${host.url}${lang}/glossary/index.html`, phone)
    assert.deepEqual(await texts(page.locator('.letters a')), letters)
    assert.deepEqual(await texts(page.locator('.glossary h2')), letters)
    assert.deepEqual(await texts(page.locator('.glossary dfn')), words)
    assert.ok((await texts(page.locator('.used-in'))).includes(where), String(await texts(page.locator('.used-in'))))
    assert.equal(await page.locator('.glossary .term').count(), 0, 'in the glossary a term is a link')
    assert.equal(await page.locator('#red-flag').locator('xpath=..').locator('a[href="#coach"]').count(), 1)
    assert.equal(await overflow(page), 0)
    assert.deepEqual(faults, [])
    await context.close()
  }
})
