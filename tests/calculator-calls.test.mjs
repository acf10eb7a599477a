// The worksheets for a call: needs map, SPIN planner, call plan, message levels, and
// what they hand over. What every calculator does is in calculator.test.mjs; here
// is what is special in these.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { launch, open, overflow, phone } from './lib/browser.mjs'
import { Calculator } from './lib/calculator.mjs'
import { serve } from './lib/server.mjs'
import { bench } from './lib/site.mjs'

let browser, site, host
before(async () => { browser = await launch(); site = bench(); host = await serve(site.root, '/') })
after(async () => { await browser.close(); await host.close(); site.close() })

const address = (id, lang = 'en') => `${host.url}${lang}/calls/${id}/index.html`

async function begin(id, { lang = 'en', hash = '', ...options } = {}) {
  const opened = await open(browser, address(id, lang) + hash, options)
  const it = new Calculator(opened.page, id, lang)
  await it.ready()
  await unfold(it)
  return { ...opened, it }
}

/** Opens every card of the form. */
const unfold = (it) => it.element.evaluate((e) => { for (const card of e.querySelectorAll('.row-card')) card.open = true })

async function end({ faults, context }) {
  assert.deepEqual(faults, [])
  await context.close()
}

/** Follows a link of the report to another calculator, which then has what it hands over. */
async function follow(it, text, id) {
  await it.report.locator('.report-handoffs a', { hasText: text }).click()
  const other = new Calculator(it.page, id, it.lang)
  await it.page.waitForURL((url) => url.pathname.includes(`/${id}/`))
  await other.ready()
  return other
}

test('needs map: a box, its link and its owner change the picture, the gaps and the longest chain', async () => {
  const { it, ...rest } = await begin('needs-map')
  assert.match(await it.answer.innerText(), /5 of 18 boxes have a gap/)
  assert.equal(await it.report.locator('.fig-needs .sign-flag').count(), 5)

  await it.element.locator('[data-group="problem"] .row-add').click()
  await it.set({ 'problem.18.name': 'Nobody knows the price list', 'problem.18.owner': 'ed', 'problem.18.supports': 'no web reports' })
  const values = await it.agrees()
  assert.deepEqual([values.boxes, values.tp, values.gaps, values.owner_boxes[0]], [19, 8, 5, 9], 'names in any spelling')
  assert.equal(await it.report.locator('.fig-needs .paper').count(), 19)

  // Above 18, "No web reports" → needs → understood → service → satisfaction → grow: 7 boxes.
  assert.equal(values.longest.length, 7)
  await it.set({ 'problem.11.owner': 'Sue', met: 'Ed, Sue, Mike, Chris, Pat, Terry, Jim' })
  assert.equal((await it.agrees()).gaps, 1, 'a requirement without a number')
  await it.set({ 'problem.1.name': '2 new markets', 'problem.3.supports': '2', 'problem.6.supports': '2' })
  assert.equal(await it.report.locator('.report-verdict').getAttribute('data-sign'), 'bell')
  await end({ it, ...rest })
})

test('needs map: a name that is gone, a name twice and a circle are told at their fields, and the last map stays', async () => {
  const { it, ...rest } = await begin('needs-map')
  const before = await it.report.innerHTML()
  await it.field('problem.7.name').fill('Bad service')
  assert.match(await it.fault('problem.8.supports'), /No box is called “Poor service”/)
  assert.equal(await it.report.innerHTML(), before)
  await it.field('problem.7.name').fill('Low morale')
  assert.match(await it.fault('problem.10.name'), /There are two boxes “Low morale”/)
  await it.field('problem.7.name').fill('Poor service')
  await it.sound()
  await it.field('problem.0.supports').fill('Separate systems')
  assert.match(await it.fault('problem.2.supports'), /goes round in a circle: Grow big and strong → Separate systems → .* → Grow big and strong/)
  await it.field('problem.0.supports').fill('')
  await it.sound()
  await end({ it, ...rest })
})

test('needs map: its gaps become red flags in the reader’s list', async () => {
  const { it, ...rest } = await begin('needs-map', { lang: 'zh' })
  const flags = await follow(it, '小红旗', 'red-flags')
  await flags.page.waitForFunction(() => [...document.querySelectorAll('[data-group="flag"] [name]')].some((e) => e.value === '没有人负责：没时间装新系统'))
  await end({ it, ...rest })
})

test('SPIN planner: the mix follows the size of the sale, and consequences become rows with a price to find', async () => {
  const { page, it, ...rest } = await begin('spin-planner')
  assert.match(await it.answer.innerText(), /1 thing to improve/)
  await it.set({ size: 'small' })
  assert.equal((await it.agrees()).bare, 0)
  await it.set({ size: 'large', 'problem.1.payoff': 'What would a shorter training bring?' })
  assert.equal(await it.report.locator('.report-verdict').getAttribute('data-sign'), 'bell')

  const value = await follow(it, 'Take all 4 consequences over', 'value-equation')
  await page.waitForFunction(() => [...document.querySelectorAll('[data-group="problem"] input')].some((e) => e.value === 'Customers who leave'))
  assert.equal((await value.agrees()).unpriced, 4, 'the example’s are gone')
  await end({ page, it, ...rest })
})

test('call plan: boxes count by keyboard, an advance needs the customer’s action and a date', async () => {
  const { page, it, ...rest } = await begin('call-plan')
  const box = it.element.locator('.box', { hasText: 'Budget' }).locator('input')
  await box.focus()
  await page.keyboard.press('Space')
  await it.settled({ known: 'project,budget,before,competitors,user,technical,organisation,products,why,plan' })
  let values = await it.agrees()
  assert.deepEqual([values.known, values.unknown, values.success_rate, values.weak], [10, 7, 50, 1])

  await it.set({ 'call.1.due': '2027-04-20', least_due: '2027-05-14' })
  values = await it.agrees()
  assert.deepEqual([values.advances, values.success_rate, values.lints], [3, 75, []])
  await it.set({ best: 'We send an offer' })
  assert.deepEqual((await it.agrees()).lints, ['best-ours'])
  assert.match(await it.report.textContent(), /The best action reads like one of yours/)
  await page.reload()
  await it.ready()
  await it.settled({ best: 'We send an offer' })
  await end({ page, it, ...rest })
})

test('call plan: questions come over from the SPIN planner', async () => {
  const { page, it, ...rest } = await begin('spin-planner')
  const plan = await follow(it, 'Take these questions', 'call-plan')
  await page.waitForFunction(() => [...document.querySelectorAll('[data-group="question"] [name]')].some((e) => /find hard|hard to train/.test(e.value)))
  assert.equal(await plan.element.locator('[data-group]:not([data-group="question"]) .row.is-example').count(), 0, 'the example’s people, proofs and calls are gone')
  assert.deepEqual([await plan.field('known').inputValue(), await plan.field('best').inputValue()], ['', ''])
  await plan.agrees()
  await end({ page, it, ...rest })
})

test('message levels: what is repeated, what lacks a number, and an objection answered', async () => {
  const { it, ...rest } = await begin('message-levels')
  assert.match(await it.answer.innerText(), /3 gaps to close/)
  await it.set({ vito: 'Customers worth 400,000 a year stay', 'objection.3.source': 'C', 'objection.3.evidence': 'A customer on the phone' })
  let values = await it.agrees()
  assert.deepEqual([values.levels, values.ready, values.gaps], [4, 4, 1])
  await it.set({ manager: await it.field('fact').inputValue() })
  values = await it.agrees()
  assert.deepEqual([values.levels, values.gaps], [3, 2])
  assert.equal(await it.report.locator('.fig .sign-flag').count(), 1)
  await end({ it, ...rest })
})

for (const id of ['needs-map', 'spin-planner', 'call-plan', 'message-levels']) {
  for (const lang of ['en', 'zh']) {
    test(`${id} ${lang}: a phone shows it without scrolling sideways, its lists with room`, async () => {
      const { page, it, ...rest } = await begin(id, { lang, ...phone })
      assert.equal(await overflow(page), 0)
      const narrow = await it.element.locator('.row-grid > .field-long .field-box > input').evaluateAll((all) =>
        all.filter((e) => e.getBoundingClientRect().width < 280).map((e) => e.name))
      assert.deepEqual(narrow, [], 'long texts have the whole line')
      await end({ page, it, ...rest })
    })
  }
}
