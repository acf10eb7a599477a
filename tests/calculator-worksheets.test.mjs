// The worksheets for oneself and for one deal: self-check, process, negotiation,
// SWOT. What every calculator does is in calculator.test.mjs; here is what is
// special in these.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { launch, open, overflow, phone } from './lib/browser.mjs'
import { Calculator } from './lib/calculator.mjs'
import { serve } from './lib/server.mjs'
import { bench } from './lib/site.mjs'

let browser, site, host
before(async () => { browser = await launch(); site = bench(); host = await serve(site.root, '/') })
after(async () => { await browser.close(); await host.close(); site.close() })

async function begin(page, id, { lang = 'en', hash = '', ...options } = {}) {
  const opened = await open(browser, `${host.url}${lang}/worksheets/${page}/index.html${hash}`, options)
  const it = new Calculator(opened.page, id, lang)
  await it.ready()
  return { ...opened, it }
}

async function end({ faults, context }) {
  assert.deepEqual(faults, [])
  await context.close()
}

test('self-check: a page that shows a part asks and tells that part alone, and keeps the reader’s other answers', async () => {
  const { page, it, ...rest } = await begin('self-check', 'self-check')
  await it.set({ learning: '20', pain: '5' })
  assert.match(await it.report.textContent(), /20 of 100[^]*27 techniques[^]*The loyalty ladder/)
  await it.agrees()

  await page.goto(page.url().replace('/self-check/index', '/techniques/index'))
  await it.ready()
  assert.equal(await it.field('learning').isVisible(), false)
  assert.equal(await it.field('learning').inputValue(), '20', 'hidden, not lost')
  assert.equal(await it.field('pain').inputValue(), '5')
  // (4+3+4+5+4+2+3) ÷ 7 = 25 ÷ 7 = 3.57; communication, 3.5, is the weakest now.
  await it.set({ roi: '2' })
  const told = await it.report.textContent()
  assert.match(told, /“Communication”: 3.5/)
  assert.doesNotMatch(told, /of 100|loyalty ladder|seven problems/i)
  assert.equal(await it.field('part').inputValue(), 'techniques')
  assert.equal(await it.element.locator('.form-section').count(), 4)

  await it.set({ listening: '5', confidence: '5' })
  await page.goto(page.url().replace('/techniques/index', '/self-check/index'))
  await it.ready()
  assert.equal(await it.field('part').inputValue(), '', 'which parts are shown is the page’s, not stored')
  assert.equal(await it.field('listening').inputValue(), '5')
  await it.set({ learning: '30' })
  assert.match(await it.report.textContent(), /30 of 100[^]*The loyalty ladder/)
  await it.agrees()
  await end({ page, ...rest })
})

test('self-check: a linked part does not turn a whole page into it', async () => {
  const { page, it, ...rest } = await begin('self-check', 'self-check', { hash: '#self-check?part=rungs&loyal=0' })
  await it.settled({ loyal: '0' })
  assert.equal(await it.field('part').inputValue(), '')
  assert.doesNotMatch(await it.notice.innerText(), /part/)
  assert.match(await it.report.textContent(), /lowest layer/)
  await end({ page, ...rest })
})

test('process: a tick and a decision move the position; no box leads to a module that is not there', async () => {
  const { page, it, ...rest } = await begin('process', 'process')
  assert.match(await it.answer.innerText(), /Next: Manage the evaluation plan/)
  const box = it.element.locator('[data-field="done"] .box', { hasText: 'Manage the evaluation plan' })
  await box.click()
  await page.waitForFunction(() => /Proposal from the diagnosis/.test(document.querySelector('.report-answer').textContent))
  await it.element.locator('[data-field="done"] .box', { hasText: 'Proposal' }).click()
  await it.set({ persuasive: 'no' })
  assert.match(await it.report.textContent(), /The answer was no\. Next: Adjust to the differences[^]*Then back to Proposal/)
  const { position, side } = await it.agrees()
  assert.deepEqual([position, side], ['adjust', true])

  const figure = it.report.locator('svg.fig-flow')
  // The fixture has none of the course's modules: a picture, where with links it is a group.
  assert.equal(await figure.getAttribute('role'), 'img')
  assert.equal(await figure.locator('a').count(), 0)
  await end({ page, ...rest })
})

test('negotiation: a limit moves the zone, a return takes the flag away, an alternative turns the answer', async () => {
  const { page, it, ...rest } = await begin('negotiation', 'negotiation')
  assert.match(await it.answer.innerText(), /30.7 points/)
  assert.match(await it.report.textContent(), /1 concession of yours without a return/)
  await it.row('concession', 2).locator('summary').first().click()
  await it.row('concession', 2).locator('[data-field="return"] input').fill('Half on signature')
  await it.set({ batna_points: '40' })
  assert.match(await it.answer.innerText(), /alternative is as good: at most 30.7 points/)
  const told = await it.agrees()
  assert.deepEqual([told.free, told.better], [0, false])

  await it.row('issue', 0).locator('summary').first().click()
  await it.set({ 'issue.0.their_bottom': '91000' })
  assert.match(await it.answer.innerText(), /Red flag.*No room to agree on: Price a year/s)
  assert.equal((await it.agrees()).width[0], null)

  await it.set({ 'issue.0.our_target': '109000' })
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await it.element.locator('[name="batna"]').focus()
  assert.match(await it.row('issue', 0).innerText(), /The target lies between/)
  await end({ page, ...rest })
})

test('a phone holds the worksheets without scrolling sideways', async () => {
  for (const lang of ['en', 'zh']) {
    for (const [path, id] of [['self-check', 'self-check'], ['techniques', 'self-check'], ['process', 'process'], ['negotiation', 'negotiation']]) {
      const { page, it, ...rest } = await begin(path, id, { lang, ...phone })
      assert.equal(await overflow(page), 0, `${lang} ${path}`)
      await end({ page, ...rest })
    }
  }
})
