// Whose entries a worksheet holds: the example's, the reader's, a link's, another
// tab's; what becomes of them where storage or the worker fails; and the one page
// that a buyer may see.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { blockStorage, launch, open, overflow, phone, watch } from './lib/browser.mjs'
import { Calculator, places } from './lib/calculator.mjs'
import { serve } from './lib/server.mjs'
import { bench, pages, root } from './lib/site.mjs'

const where = {
  ...places,
  'red-flags': 'calls/red-flags',
  'call-plan': 'calls/call-plan',
  'self-check': 'worksheets/self-check',
  'negotiation': 'worksheets/negotiation',
}
const value = 'value-equation'

let browser, host, site
before(async () => {
  browser = await launch()
  site = bench()
  host = await serve(site.root, '/some/sub-path/')
})
after(async () => {
  await browser.close()
  await host.close()
  site.close()
})

const address = (id, lang = 'en') => `${host.url}${lang}/${where[id]}/index.html`

async function begin(id, { lang = 'en', hash = '', ...options } = {}) {
  const opened = await open(browser, address(id, lang) + hash, options)
  const it = new Calculator(opened.page, id, lang)
  await it.ready()
  return { ...opened, it }
}

async function end({ faults, context }) {
  assert.deepEqual(faults, [])
  await context.close()
}

/** Opens the same page in another tab of the same browser. */
async function tab(context, id, lang = 'en') {
  const page = await context.newPage()
  const faults = watch(page, address(id, lang))
  await page.goto(address(id, lang))
  const it = new Calculator(page, id, lang)
  await it.ready()
  return { page, it, faults }
}

const state = (it) => it.element.locator('.calculator-state').innerText()

// ---- The example

test('the example is marked until it is changed; start empty and back are one tap each, and can be undone', async () => {
  for (const lang of ['en', 'zh']) {
    const { page, it, ...rest } = await begin(value, { lang })
    assert.match(await state(it), lang === 'en' ? /the example’s entries/ : /例题/)
    assert.equal(await it.element.locator('.row.is-example').count(), 7)
    assert.equal(await it.element.locator('.calculator-reset').isVisible(), false)
    await it.set({ 'problem.1.amount': '3000' })
    assert.match(await state(it), lang === 'en' ? /shaded/ : /底色/)
    assert.equal(await it.row('problem', 1).getAttribute('class'), 'row', 'a changed row is the reader’s')
    assert.equal(await it.element.locator('.row.is-example').count(), 6)

    await it.set({ currency: 'EUR' })
    await it.element.locator('.calculator-empty').click()
    assert.equal(await it.element.locator('.rows > .row').count(), 0)
    assert.equal(await it.field('currency').inputValue(), 'EUR', 'a setting stays')
    assert.equal(await state(it), '')
    await it.notice.locator('button').click()
    await it.settled({ 'problem.1.amount': '3000' })
    assert.equal(await it.rows('problem').count(), 6)
    await it.element.locator('.calculator-reset').click()
    await it.settled({ 'problem.1.amount': '2500' })
    assert.equal(await it.stored(), null)
    await end({ page, ...rest })
  }
})

test('an empty sheet waits for what it needs, and shows no result of the example meanwhile', async () => {
  const { page, it, ...rest } = await begin('plan-965531')
  await it.element.locator('.calculator-empty').click()
  const stale = it.element.locator('.calculator-stale')
  await stale.waitFor()
  assert.match(await stale.innerText(), /The result comes when these are filled in: Quota, Order value/)
  assert.ok(await it.report.isHidden())
  assert.equal(await it.element.locator('.field-fault').count(), 0, 'nobody has been there yet')
  assert.equal(await it.rows('milestone').count(), 6, 'the method stays')
  await page.reload()
  await it.ready()
  await stale.waitFor()
  assert.ok(await it.report.isHidden(), 'after a reload too')
  await it.field('quota').focus()
  await it.field('order_value').focus()
  assert.equal(await it.fault('quota'), 'Please fill this in')
  await it.set({ quota: '600000', order_value: '200000' })
  assert.equal((await it.agrees()).orders, 3)
  assert.ok(await it.report.isVisible())
  await end({ page, ...rest })
})

test('every calculator can start empty and come back, without a fault of the page', async () => {
  for (const path of pages(site.root).filter((page) => page.startsWith('en/') && readFileSync(join(site.root, page), 'utf8').includes('<playbook-calculator'))) {
    const { page, faults, context } = await open(browser, host.url + path)
    for (const id of await page.locator('playbook-calculator').evaluateAll((all) => all.map((one) => one.dataset.calculator))) {
      const it = new Calculator(page, id)
      await it.ready()
      const before = await it.form()
      assert.match(await state(it), /the example’s entries/, `${path} ${id}`)
      await it.element.locator('.calculator-empty').click()
      await it.settled()
      assert.equal(await it.element.locator('.is-example:visible').count(), 0, `${path} ${id}: nothing of the example is left`)
      await it.element.locator('.calculator-reset').click()
      await it.settled()
      assert.equal(await it.form(), before, `${path} ${id}`)
      assert.equal(await it.stored(), null, `${path} ${id}`)
    }
    assert.deepEqual(faults, [], path)
    await context.close()
  }
})

test('a handover leaves what the reader has changed, and takes the rest of the example away', async () => {
  const { page, it, ...rest } = await begin('red-flags')
  await it.set({ 'flag.0.what': 'My own flag' })
  await page.evaluate(() => { location.hash = '#red-flags+' + new URLSearchParams({ 'flag.0.what': 'Handed over', 'flag.0.cause': 'Because' }) })
  await it.settled({ 'flag.1.what': 'Handed over' })
  assert.equal(await it.rows('flag').count(), 2)
  assert.equal(await it.field('flag.0.what').inputValue(), 'My own flag')
  assert.equal(await it.rows('bell').count(), 0)
  await end({ page, ...rest })
})

// ---- Links

test('a link that adds is not kept before the reader says so; one of this site is', async () => {
  const hash = '#value-equation+' + new URLSearchParams({ 'problem.0.name': 'From a link', years: '4' })
  const { page, it, ...rest } = await begin(value)
  await it.set({ 'problem.0.amount': '700' })
  const mine = await it.stored()
  await page.goto('about:blank')
  await page.goto(address(value) + hash)
  await it.ready()
  await it.settled({ years: '4' })
  assert.equal(await it.stored(), mine)
  assert.match(await it.notice.innerText(), /came with the link/)
  await it.notice.locator('button', { hasText: 'Undo' }).click()
  await it.settled({ years: '1' })
  assert.equal(await it.stored(), mine)

  await page.goto('about:blank')
  await page.goto(address(value) + hash)
  await it.ready()
  await it.settled({ years: '4' })
  await it.notice.locator('button', { hasText: 'Keep it' }).click()
  assert.match(await it.stored(), /From\+a\+link/)
  assert.equal(new URL(page.url()).hash, '#value-equation')
  await end({ page, ...rest })
})

test('a link uses the form’s own names alone', async () => {
  for (const way of ['?', '+']) {
    const hash = `#value-equation${way}length=1&__proto__=2&constructor=3&namedItem=4&value-equation-years=9&problem.0.__proto__=5&toString.0.name=x&years=3`
    const { page, it, ...rest } = await begin(value, { hash })
    await it.settled({ years: '3' })
    assert.equal(await it.stored(), null)
    await it.set({ years: '4' })
    await it.agrees()
    assert.match(await it.answer.innerText(), /weigh/)
    await end({ page, ...rest })
  }
  const { page, it, ...rest } = await begin('self-check', { hash: '#self-check+part=rungs&learning=77' })
  await it.settled({ learning: '77' })
  const part = /name="?part"?[^>]* value="?(\w*)/.exec(readFileSync(join(site.root, 'en', where['self-check'], 'index.html'), 'utf8'))[1]
  assert.equal(await it.field('part').inputValue(), part, 'which parts are shown is the page’s')
  await it.set({ learning: '78' })
  assert.doesNotMatch(await it.stored(), /part=/)
  await end({ page, ...rest })
})

test('a link of 2,000 or 20,000 rows is refused at once', async () => {
  for (const n of [2_000, 20_000]) {
    const rows = new URLSearchParams(Array.from({ length: n }, (_, i) => [`problem.${i}.name`, 'x'])).toString()
    for (const way of ['?', '+']) {
      const { page, it, ...rest } = await begin(value, { hash: `#value-equation${way}${rows}` })
      assert.match(await it.notice.innerText(), /holds more than this calculator takes/)
      assert.equal(await it.rows('problem').count(), 6)
      await it.set({ 'problem.0.amount': '500' })
      await it.agrees()
      await end({ page, ...rest })
    }
  }
})

// ---- Two tabs

test('two tabs join what they change, field by field', async () => {
  const { page, it, context, ...rest } = await begin(value)
  const second = await tab(context, value)
  await it.set({ 'problem.0.amount': '700' })
  await second.it.settled({ 'problem.0.amount': '700' })
  await second.it.set({ years: '3' })
  await it.settled({ years: '3' })
  await it.element.locator('[data-group=remedy] .row-add').click()
  await it.set({ 'remedy.1.name': 'Training' })
  await second.it.settled({ 'remedy.1.name': 'Training' })
  assert.equal(await it.stored(), await second.it.stored())
  assert.match(await it.stored(), /years=3.*problem\.0\.amount=700.*remedy\.1\.name=Training/)
  await second.it.agrees()
  assert.equal(await it.notice.innerText() + await second.it.notice.innerText(), '')
  assert.deepEqual(second.faults, [])
  await end({ page, context, ...rest })
})

test('a tab that has heard nothing drops nothing either, and tells what both have changed', async () => {
  const deaf = () => { addEventListener('storage', (event) => event.stopImmediatePropagation(), true) }
  const { page, it, context, ...rest } = await begin(value, { init: deaf })
  const second = await tab(context, value)
  await it.set({ 'problem.0.amount': '700', rate: '5' })
  await second.it.set({ years: '3' })
  assert.match(await second.it.stored(), /years=3&.*problem\.0\.amount=700.*&rate=5/)
  await second.it.settled({ 'problem.0.amount': '700', rate: '5' })
  assert.equal(await second.it.notice.innerText(), '')
  await it.set({ years: '4' })
  assert.match(await it.stored(), /years=4/)
  assert.match(await it.notice.innerText(), /Another tab has changed the same.*: Horizon/)
  await end({ page, context, ...rest })
})

// ---- What fails

test('damaged, blocked and full storage: the reader is told once, and nothing breaks', async () => {
  const note = (page) => page.locator('.store-note')
  const damage = () => {
    const key = (name) => 'playbook:' + document.documentElement?.dataset.site + ':' + name
    document.addEventListener('readystatechange', () => {
      if (sessionStorage.done) return
      sessionStorage.done = 1
      localStorage.setItem(key('quiz'), '{"bench-weigh":"x","other":{"right":true,"best":1,"last":1,"of":1,"tries":1,"at":1}}')
      localStorage.setItem(key('answers'), '{"a":{"ticks":5}}')
      localStorage.setItem(key('visited'), '{"calls/value-equation":[1,"\\ud800"],"x":7}')
      localStorage.setItem(key('calc:value-equation'), 'problem.0.amount=\ud800&years=2&gone=1&length=3')
    })
  }
  const { page, it, ...rest } = await begin(value, { init: damage })
  await it.settled({ years: '2' })
  assert.match(await it.notice.innerText(), /left out: gone, length/)
  await page.locator('playbook-quiz').first().scrollIntoViewIfNeeded()
  await note(page).waitFor()
  assert.match(await note(page).innerText(), /could not be read/)
  assert.equal(await page.locator('.quiz-record', { hasText: 'NaN' }).count(), 0)
  await note(page).locator('button').click()
  await page.reload()
  await it.ready()
  await page.locator('playbook-quiz').first().scrollIntoViewIfNeeded()
  await page.waitForFunction(() => customElements.get('playbook-quiz'))
  assert.equal(await note(page).count(), 0, 'told once')
  await page.goto(host.url + 'en/index.html')
  await end({ page, ...rest })

  const full = () => {
    Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }
  }
  for (const [init, says] of [[full, /no more room/], [blockStorage, /keeps nothing/]]) {
    const { page, it, ...rest } = await begin(value, { init })
    assert.equal(await note(page).count(), 0)
    await it.set({ 'problem.0.amount': '15000' })
    await it.agrees()
    assert.match(await note(page).innerText(), says)
    await note(page).locator('button').click()
    await it.set({ 'problem.0.amount': '16000' })
    await it.agrees()
    assert.equal(await note(page).count(), 0, 'told once')
    await end({ page, ...rest })
  }
})

test('what was kept under the site’s former key is taken over once', async () => {
  const { page, it, ...rest } = await begin(value)
  const former = 'abcdef12'
  await page.evaluate(([former]) => {
    localStorage.setItem(`playbook:${former}:calc:value-equation`, 'years=7')
    localStorage.setItem(`playbook:${former}:theme`, 'dark')
    localStorage.setItem(`playbook:${document.documentElement.dataset.site}:lang`, 'en')
    localStorage.setItem(`playbook:${former}:lang`, 'zh')
  }, [former])
  await page.route('**/*.html', async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replace(/data-site-before="?[^\s">]*"?/, '').replace('<html ', `<html data-site-before="${former}" `)
    await route.fulfill({ response, body })
  })
  await page.reload()
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark')
  await it.ready()
  await it.settled({ years: '7' })
  const kept = await page.evaluate(() => Object.entries(localStorage).map(([key, value]) => key.replace(document.documentElement.dataset.site, 'SITE') + '=' + value).filter((line) => !/:(visited|recent|seed)=/.test(line)).sort())
  assert.deepEqual(kept, ['playbook:SITE:calc:value-equation=years=7', 'playbook:SITE:lang=en', 'playbook:SITE:theme=dark'])
  await end({ page, ...rest })
})

// Lets the page's clock run until something shows: what has to be loaded first takes its own time.
async function passUntil(page, shown) {
  for (let i = 0; i < 60 && !(await shown.isVisible()); i++) {
    await page.clock.runFor(5_000)
    await new Promise((done) => setTimeout(done, 100))
  }
  await shown.waitFor()
}

test('a worker that dies without a word, or a module that never comes: a message, and a retry', async () => {
  const dead = () => {
    const Plain = globalThis.Worker
    globalThis.Worker = class extends Plain {
      constructor(...all) { super(...all); if (!globalThis.well) this.postMessage = () => {} }
    }
  }
  const { page, it, context } = await begin(value, { init: dead })
  await page.clock.install()
  await it.field('problem.0.amount').fill('15000')
  await passUntil(page, it.notice.filter({ hasText: 'has not answered' }))
  assert.match(await it.report.textContent(), /9,500/)
  await page.evaluate(() => { globalThis.well = true })
  await it.notice.locator('button', { hasText: 'Try again' }).click()
  await page.waitForFunction(() => document.querySelector('.report-answer').textContent.includes('17,500'))
  assert.equal(await it.notice.innerText(), '')
  await context.close()

  // From the first request on: a quick machine has the module before a route is set.
  let hold = true
  const second = await begin(value, { routes: { '**/*.wasm': (route) => (hold ? undefined : route.continue()) } })
  await second.page.clock.install()
  await second.it.field('problem.0.amount').fill('15000')
  await passUntil(second.page, second.it.notice.filter({ hasText: 'has not answered' }))
  hold = false
  await second.it.notice.locator('button', { hasText: 'Try again' }).click()
  await second.page.waitForFunction(() => document.querySelector('.report-answer').textContent.includes('17,500'))
  await second.context.close()
})

// ---- Said and shown

test('a notice leaves by itself, or with the next edit', async () => {
  const { page, it, ...rest } = await begin(value)
  await page.clock.install()
  await it.row('problem', 1).locator('.row-remove').click()
  assert.match(await it.notice.innerText(), /Removed/)
  await page.clock.runFor(13_000)
  assert.equal(await it.notice.innerText(), '')
  await it.row('problem', 1).locator('.row-remove').click()
  assert.match(await it.notice.innerText(), /Removed/)
  await it.field('years').fill('2')
  assert.equal(await it.notice.innerText(), '')
  await end({ page, ...rest })
})

test('a folded row says its name and two facts, numbers grouped; a long text grows in its box', async () => {
  for (const lang of ['en', 'zh']) {
    const { page, it, ...rest } = await begin('negotiation', { lang, ...phone })
    const line = it.row('issue', 0).locator('.row-line')
    const before = await line.innerText()
    assert.match(before, /^[^·]+ · [^·：:]+[：:] ?[^·]+ · [^·：:]+[：:] ?\d{1,3},\d{3}$/)
    const top = await it.field('issue.0.our_top').inputValue()
    await it.set({ 'issue.0.our_top': '108500' })
    assert.match(await line.innerText(), /108,500$/)
    await it.set({ 'issue.0.our_top': top })
    assert.equal(await line.innerText(), before, 'the script writes what the page had')
    assert.equal(await overflow(page), 0)
    await end({ page, ...rest })
  }
  const { page, it, ...rest } = await begin('call-plan', phone)
  const best = it.field('best')
  await best.fill('short')
  const low = await best.evaluate((e) => e.offsetHeight)
  await best.fill('A sentence that goes on and on, because what is to be done next is rarely said in five words. '.repeat(2))
  assert.ok(await best.evaluate((e) => e.offsetHeight) > low * 1.5)
  assert.ok(await best.evaluate((e) => e.scrollHeight <= e.offsetHeight))
  await best.focus()
  await page.keyboard.press('Enter')
  assert.doesNotMatch(await best.inputValue(), /\n/)
  await end({ page, ...rest })
})

// ---- The page for the buyer

test('the value equation alone has a page for the buyer', () => {
  const offered = new Set(pages().flatMap((page) => {
    const html = readFileSync(join(root, page), 'utf8')
    return [...html.matchAll(/<playbook-calculator.*?data-calculator="?([\w-]+).*?<\/playbook-calculator>/gs)].filter(([all]) => all.includes('calculator-buyer')).map(([, id]) => id)
  }))
  assert.deepEqual([...offered], [value])
})

test('the page for the buyer, read line by line: only what is meant for the buyer', async () => {
  const still = () => { globalThis.print = () => { globalThis.printed = document.title } }
  const texts = {
    en: {
      day: '5 March 2027', lines: [
        'For: Acme', 'From: Bolt', 'March 5, 2027',
        'What the problem costs, and what solving it costs',
        'Over 2 years, as far as there are prices, the solution removes costs of USD 22,500 and costs USD 12,000.',
        'Both sides on the scales',
        'What the remedy removes of the problem in 2 years, in USD',
        'What Amount How often Removed In all',
        'Stops 1,000 every month 100% 20,000', 'Training 2,500 once 100% 2,500',
        'Leavers not priced once 40% –', 'Sum 22,500',
        'What the remedy costs in 2 years, in USD',
        'What Amount', 'A system 12,000', 'Sum 12,000',
        '1 entry has no price yet and is not part of the sums.',
        'Each month without a change costs USD 1,000.',
        'By month 14 the problem has cost as much as the solution.',
        'What recurs counts after the first 4 months, when the solution takes effect.',
        'What recurs stays the same every time; nothing is discounted.',
      ],
    },
    zh: {
      lines: [
        '致：Acme', '来自：Bolt', '2027年3月5日',
        '问题的代价与解决它的成本',
        '以2年计，只算已有金额的部分：方案能消除的代价共2.25万美元，方案的成本共1.2万美元。',
        '两边放上天平',
        '2年里对策能消除的代价，单位：美元',
      ],
    },
  }
  for (const lang of ['en', 'zh']) {
    const { page, it, ...rest } = await begin(value, { lang, init: still })
    await it.set({ years: '2', rate: '7', ramp: '4' })
    while (await it.rows('problem').count() > 3) await it.row('problem', 3).locator('.row-remove').click()
    await it.set({
      'problem.0.amount': '1000', 'problem.0.every': 'month', 'problem.0.low': '901', 'problem.0.high': '1903', 'problem.0.source': 'SECRET source',
      'remedy.0.low': '11001', 'remedy.0.high': '13003', 'remedy.0.source': 'SECRET quote', 'problem.2.low': '77', 'problem.2.removes': '40', 'problem.0.kind': 'soft', 'problem.2.source': 'SECRET guess',
      'problem.0.name': 'Stops', 'problem.1.name': 'Training', 'problem.2.name': 'Leavers', 'remedy.0.name': 'A system',
    })
    await it.element.locator('.calculator-buyer').click()
    const tools = it.element.locator('.buyer-tools')
    await tools.locator('[name=for]').fill('Acme')
    await tools.locator('[name=by]').fill('Bolt')
    await tools.locator('[name=date]').fill('2027-03-05')
    assert.ok(await it.element.locator('.buyer-page').isVisible(), 'seen before it is printed')
    const title = await page.title()
    await it.element.locator('.buyer-print').click()
    assert.equal(await page.evaluate(() => globalThis.printed), texts[lang].lines[3], 'the paper’s own head has the page’s title')
    await page.emulateMedia({ media: 'print' })
    const everything = await page.locator('body').innerText()
    const picture = it.element.locator('.buyer-page svg')
    await picture.evaluate((e) => { e.style.display = 'none' })
    const lines = (await page.locator('body').innerText()).split('\n').map((line) => line.replace(/\s+/g, ' ').trim()).filter(Boolean)
    assert.deepEqual(lang === 'en' ? lines : lines.slice(0, texts.zh.lines.length), texts[lang].lines)
    await picture.evaluate((e) => { e.style.display = '' })
    assert.doesNotMatch(everything + await picture.textContent(), /SECRET|901|903|11,001|13,003|\b77\b|7%|flag|bell|Buy|buy|红旗|铃铛|买/)
    assert.equal(await page.locator('.sign:visible, a:visible, input:visible, button:visible, summary:visible').count(), 0)
    const paper = await page.pdf({ preferCSSPageSize: true })
    assert.equal(paper.subarray(0, 5).toString(), '%PDF-')
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    await page.emulateMedia({ media: 'screen' })
    assert.equal(await page.title(), title)

    await it.set({ 'problem.1.amount': '3500' })
    await it.element.locator('.buyer-body .report-table td', { hasText: '3,500' }).first().waitFor()
    await it.element.locator('.buyer-close').click()
    assert.equal(await it.element.locator('.buyer').count(), 0)
    await end({ page, ...rest })
  }
})
