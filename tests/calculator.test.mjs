// The calculators in the browser: complete before any script, computing by the
// WebAssembly from the first touch on, and always what the command line says.
// The site stands at a sub-path.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { blockStorage, launch, open, overflow, phone, tabTo } from './lib/browser.mjs'
import { Calculator, places } from './lib/calculator.mjs'
import { serve } from './lib/server.mjs'
import { bench, calc } from './lib/site.mjs'

let browser, host, site, root
before(async () => {
  browser = await launch()
  site = bench()
  root = site.root
  host = await serve(root, '/some/sub-path/')
})
after(async () => {
  await browser.close()
  await host.close()
  site.close()
})

const address = (id, lang = 'en') => `${host.url}${lang}/${places[id]}/index.html`
const value = 'value-equation'
const plan = 'plan-965531'

/** Opens a calculator's page. options.hash: the address's fragment; base: another site's address. */
async function begin(id, { lang = 'en', hash = '', url = address(id, lang), ...options } = {}) {
  const opened = await open(browser, url + hash, options)
  const it = new Calculator(opened.page, id, lang)
  if (options.javaScriptEnabled !== false) await it.ready()
  return { ...opened, it }
}

/** Ends a test: the page had no faults. */
async function end({ faults, context }) {
  assert.deepEqual(faults, [])
  await context.close()
}

/** Equal markup; told by the place of the first difference, for it is long. */
function same(actual, expected, what) {
  let at = 0
  while (at < actual.length && actual[at] === expected[at]) at++
  assert.ok(actual === expected, `${what}: … ${actual.slice(Math.max(0, at - 60), at + 60)} … instead of … ${expected.slice(Math.max(0, at - 60), at + 60)} …`)
}

const focused = (locator) => locator.evaluate((e) => e === document.activeElement)
const runtime = (requests) => requests.filter((path) => /\/assets\/(worker|calculators)\./.test(path))

/** A list of nothing but the first consequence. */
const difficulty = { 'problem.0.name': 'Hard to operate', 'problem.0.every': 'once' }
const link = (fields) => new URLSearchParams(fields).toString()

// ---- Before and at the first touch

for (const [id, what] of [[value, /9,500/], [plan, /56\.9%/]]) {
  test(`${id}: the worked example is there before anything is loaded, and the first touch loads it once`, async () => {
    const from = host.requests.length
    const { page, ...rest } = await open(browser, address(id))
    const it = new Calculator(page, id)
    await page.waitForLoadState('networkidle')
    assert.match(await it.report.textContent(), what)
    assert.ok(await it.element.locator('.calculator-glance').innerText(), 'the card tells the answer')
    assert.deepEqual(host.requests.slice(from).filter((path) => /(calculator|worker).*\.js/.test(path)), [], 'what is far away is not loaded')
    await it.ready()
    const field = it.field(id === value ? 'problem.0.amount' : 'quota')
    const began = performance.now()
    await field.click()
    await field.fill(id === value ? '20000' : '3000000')
    await page.waitForFunction((text) => document.querySelector('.report-answer').textContent.includes(text), id === value ? '22,500' : '3 orders')
    console.log(`# ${id}: first touch to result ${Math.round(performance.now() - began)} ms`)
    const again = performance.now()
    await field.fill(id === value ? '30000' : '4000000')
    await page.waitForFunction((text) => document.querySelector('.report-answer').textContent.includes(text), id === value ? '32,500' : '4 orders')
    console.log(`# ${id}: edit to result ${Math.round(performance.now() - again)} ms`)
    await it.agrees()
    assert.deepEqual(runtime(host.requests.slice(from)).map((path) => path.replace(/.*\/(\w+)\.\w+\./, '$1.')).sort(), ['calculators.wasm', 'worker.js'])
    await end({ page, ...rest })
  })

  test(`${id}: the browser's report of the example is the built page's, byte for byte`, async () => {
    const listen = () => {
      globalThis.answers = []
      const Plain = globalThis.Worker
      globalThis.Worker = class extends Plain {
        constructor(...all) {
          super(...all)
          this.addEventListener('message', ({ data }) => globalThis.answers.push(data.answer))
        }
      }
    }
    for (const lang of ['en', 'zh']) {
      const { page, it, ...rest } = await begin(id, { lang, init: listen })
      const name = id === value ? 'years' : 'quota'
      const before = await it.field(name).inputValue()
      const shown = (await it.report.innerHTML()).trimStart()
      await it.set({ [name]: '7' })
      assert.ok(await it.report.innerHTML() !== shown, 'it has changed')
      await it.set({ [name]: before })
      same((await it.report.innerHTML()).trimStart(), shown, 'the report as the page has it')
      const answer = await page.evaluate(() => globalThis.answers.at(-1))
      const built = readFileSync(join(root, lang, places[id], 'index.html'), 'utf8')
      const start = built.indexOf('>', built.indexOf(`id="${id}-report"`)) + 2
      const report = answer.slice(answer.indexOf('\n') + 1)
      same(built.slice(start, start + report.length), report, 'the report as the file has it')
      assert.match(built.slice(start + report.length, start + report.length + 20), /^<\/div>/)
      await end({ page, ...rest })
    }
  })
}

// ---- The value equation

test('the deck’s example: the difficulty alone says “don’t buy”; all six say 9,500', async () => {
  for (const lang of ['en', 'zh']) {
    const { page, it, ...rest } = await begin(value, { lang })
    assert.equal(await it.report.locator('.report-verdict').getAttribute('data-sign'), null, 'five weights have no price yet')
    assert.match(await it.report.textContent(), /2,500[^]*(12,000|1.2万)[^]*9,500/)
    const all = await it.agrees()
    assert.deepEqual([all.verdict, all.missing, all.unpriced], ['dont_buy', 9500, 5])
    while (await it.rows('problem').count() > 1) await it.row('problem', 1).locator('.row-remove').click()
    const alone = await it.agrees()
    assert.deepEqual([alone.verdict, alone.problem_total, alone.missing, alone.unpriced], ['dont_buy', 0, 12000, 1])
    await it.set({ 'problem.0.amount': '11999' })
    assert.ok(await it.answer.locator('svg.sign-flag').isVisible(), 'all is priced, and too light')
    await end({ page, ...rest })
  }
})

test('what is typed computes: rows, rhythms, bounds, all as on the command line', async () => {
  const { page, it, ...rest } = await begin(value)
  await it.set({ years: '3', rate: '8', 'problem.0.amount': '900', 'problem.0.every': 'month' })
  await it.row('problem', 1).locator('.row-more summary').click()
  await it.set({ 'problem.1.low': '1000', 'problem.1.high': '4k', 'problem.2.amount': '6000', 'problem.2.every': 'year', 'remedy.0.amount': '34,000' })
  const values = await it.agrees()
  assert.equal(values.problem_total, 2500 + 3 * 12 * 900 + 3 * 6000)
  assert.equal(values.cost_of_delay_month, 1400)
  assert.equal(values.verdict, 'buy')
  const facts = Object.values(await it.facts())
  assert.ok(facts.includes('USD 52,900') && facts.includes('USD 34,000') && facts.includes('USD 1,400'), facts.join(' | '))
  assert.equal(await it.report.locator('.report-verdict').getAttribute('data-sign'), 'bell')
  await end({ page, ...rest })
})

test('numbers are taken as people write them', async () => {
  const { page, it, ...rest } = await begin(value, { lang: 'zh' })
  await it.set({ 'problem.0.amount': '12000' })
  const expected = await it.report.innerHTML()
  for (const written of ['12,000', '12 000', '12k', '1.2万', '１２０００', '１２，０００', '12,000.00', '0.012m']) {
    await it.set({ 'problem.0.amount': '1' })
    await it.set({ 'problem.0.amount': written })
    same(await it.report.innerHTML(), expected, written)
  }
  await end({ page, ...rest })
})

test('a fault stands at its field, and the last good report stays', async () => {
  const { page, it, ...rest } = await begin(value)
  await it.set({ 'problem.0.amount': '20000' })
  const good = await it.report.innerHTML()
  const away = () => it.element.locator('.calculator-empty').focus()
  for (const [name, wrong, message, right] of [
    ['years', '11', 'At most 10', '1'],
    ['years', '0', 'At least 1', '1'],
    ['years', '1.5', 'A whole number, please', '1'],
    ['years', '', 'Please fill this in', '1'],
    ['rate', '101', 'At most 100', '0'],
    ['rate', '<script>', '“<script>” is not a number: write it like 12,000 or 12k', '0'],
    ['problem.1.amount', '-5', 'At least 0', '2500'],
    ['problem.1.amount', '1e999', '“1e999” is not a number: write it like 12,000 or 12k', '2500'],
    ['problem.1.amount', '<img src=x onerror=alert(1)>', '“<img src=x onerror=alert(1)>” is not a number: write it like 12,000 or 12k', '2500'],
  ]) {
    await it.set({ [name]: wrong })
    await away()
    assert.equal(await it.fault(name), message)
    assert.ok(await it.element.locator('.field-fault svg.sign-flag').isVisible(), 'the flag is at the field')
    same(await it.report.innerHTML(), good, `${name}=${wrong}: the last good report stays`)
    await it.set({ [name]: right })
    await it.sound()
  }
  assert.equal(await page.locator('img[src=x]').count(), 0)
  await end({ page, ...rest })
})

test('a half-written number is no fault yet', async () => {
  const { page, it, ...rest } = await begin(value)
  const field = it.field('problem.0.amount')
  await field.click()
  await page.keyboard.type('-')
  await it.settled()
  assert.notEqual(await field.getAttribute('aria-invalid'), 'true')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('9600')
  await it.agrees()
  assert.match(await it.answer.innerText(), /USD 12,100/)
  await it.sound()
  await end({ page, ...rest })
})

test('what is written as HTML is shown as text', async () => {
  const { page, it, ...rest } = await begin(value)
  const name = '<script>document.title="x"</script><b>&amp;'
  await it.set({ 'problem.0.name': name })
  await it.agrees()
  assert.ok(Object.values(await it.tables()).flat(2).includes(name))
  assert.equal(await it.report.locator('script, b:not(.sign-word)').count(), 0)
  assert.notEqual(await page.title(), 'x')
  await it.set({ currency: '<b>' })
  await it.field('years').focus()
  assert.equal(await it.fault('currency'), 'Three letters, such as USD, EUR or CNY')
  await end({ page, ...rest })
})

test('rows: added, removed, moved and brought back by keyboard, the focus stays at hand', async () => {
  const { page, it, ...rest } = await begin(value, { hash: '#value-equation' })
  const names = () => it.rows('problem').evaluateAll((rows) => rows.map((row) => row.querySelector('input').value))
  const before = await names()

  await tabTo(page, it.element.locator('[data-group=problem] .row-add'))
  await page.keyboard.press('Enter')
  assert.ok(await focused(it.field('problem.6.name')), 'a new row has the focus')
  await page.keyboard.type('Fines')
  await page.keyboard.press('Tab')
  await page.keyboard.type('10k')
  assert.equal((await it.agrees()).problem_total, 12500)
  assert.deepEqual(await names(), [...before, 'Fines'])

  const up = it.row('problem', 6).locator('.row-up')
  await tabTo(page, up)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  assert.equal(await it.field('problem.4.name').inputValue(), 'Fines')
  assert.ok(await focused(it.row('problem', 4).locator('.row-up')), 'a moved row keeps the focus')
  await it.agrees()
  assert.equal(Object.values(await it.tables())[0][4][0], 'Fines')
  await tabTo(page, it.row('problem', 4).locator('.row-down'))
  await page.keyboard.press('Space')
  assert.equal(await it.field('problem.5.name').inputValue(), 'Fines')

  await tabTo(page, it.row('problem', 5).locator('.row-remove'))
  await page.keyboard.press('Enter')
  assert.deepEqual(await names(), before)
  assert.ok(await focused(it.row('problem', 5).locator('.row-remove')), 'the next row’s button has the focus')
  assert.equal((await it.agrees()).problem_total, 2500)
  await tabTo(page, it.notice.locator('button'))
  await page.keyboard.press('Enter')
  assert.deepEqual(await names(), [...before.slice(0, 5), 'Fines', before[5]])
  assert.ok(await it.row('problem', 5).evaluate((row) => row.contains(document.activeElement)), 'a row brought back has the focus')
  assert.equal((await it.agrees()).problem_total, 12500)

  while (await it.rows('problem').count()) await it.row('problem', 0).locator('.row-remove').click()
  assert.ok(await focused(it.element.locator('[data-group=problem] .row-add')), 'after the last row the focus is on "add"')
  await end({ page, ...rest })
})

test('too many rows are told at the group', async () => {
  const many = Array.from({ length: 50 }, (_, i) => [`problem.${i}.name`, 'x'])
  const { page, it, ...rest } = await begin(value, { hash: `#value-equation?${new URLSearchParams(many)}` })
  await it.element.locator('[data-group=problem] .row-add').click()
  const fault = it.element.locator('[data-group=problem] .field-fault').last()
  await fault.waitFor()
  assert.match(await fault.innerText(), /At most 50 rows/)
  await it.element.locator('[data-group=problem] .row-add').click()
  assert.equal(await it.rows('problem').count(), 51, 'one too many says it')
  await end({ page, ...rest })
})

test('an edit changes only what it must: folds stay open, drawings and tables stay where they are', async () => {
  const { page, it, ...rest } = await begin(plan)
  const before = await it.report.locator('.report-table').first().textContent()
  await it.report.evaluate((report) => {
    for (const fold of report.querySelectorAll('details')) fold.open = true
    globalThis.nodes = [...report.querySelectorAll('svg, table, details')]
  })
  await it.set({ 'milestone.0.count': '7', quota: '6' })
  assert.notEqual(await it.report.locator('.report-table').first().textContent(), before)
  assert.deepEqual(await page.evaluate(() => globalThis.nodes.map((node) => [node.isConnected, node.open ?? true])),
    await page.evaluate(() => globalThis.nodes.map(() => [true, true])))
  await end({ page, ...rest })
})

// ---- State

test('Reset goes back to the example, and can be undone', async () => {
  const { page, it, ...rest } = await begin(value)
  const example = await it.report.innerHTML()
  await it.set({ 'problem.0.amount': '15000', years: '2' })
  await it.row('problem', 3).locator('.row-remove').click()
  await it.settled()
  const [mine, form] = [await it.report.innerHTML(), await it.form()]
  await it.element.locator('.calculator-reset').click()
  await it.settled()
  same(await it.report.innerHTML(), example, 'the example')
  assert.equal(await it.stored(), null)
  await it.notice.locator('button').click()
  await it.settled()
  assert.equal(await it.form(), form)
  same(await it.report.innerHTML(), mine, 'the report')
  await end({ page, ...rest })
})

test('the reader’s numbers outlive the page', async () => {
  const { page, it, ...rest } = await begin(value)
  await it.set({ 'problem.0.amount': '15000', 'problem.0.name': '培训 & more' })
  const [form, report] = [await it.form(), await it.report.innerHTML()]
  await page.reload()
  await it.ready()
  await page.waitForFunction(() => document.querySelector('.report-answer').textContent.includes('17,500'))
  await it.element.scrollIntoViewIfNeeded()
  assert.equal(await it.form(), form)
  same(await it.report.innerHTML(), report, 'the report')
  await it.agrees()
  await page.goto(address(value, 'zh'))
  await it.ready()
  await it.element.scrollIntoViewIfNeeded()
  await page.waitForFunction(() => /1.75万/.test(document.querySelector('.report-answer').textContent))
  assert.equal(await it.field('problem.0.name').inputValue(), '培训 & more')
  await end({ page, ...rest })
})

test('a copied link shows its numbers and keeps the other reader’s work until they edit', async () => {
  const sender = await begin(value, { permissions: ['clipboard-read', 'clipboard-write'] })
  await sender.it.set({ 'problem.0.amount': '15000', 'problem.0.name': 'Scrap & 废品' })
  await sender.it.element.locator('.calculator-link').click()
  await sender.it.notice.filter({ hasText: 'copied' }).waitFor()
  const copied = await sender.page.evaluate(() => navigator.clipboard.readText())
  assert.ok(copied.startsWith(address(value) + '#value-equation?'), copied)

  const { page, it, ...rest } = await begin(value)
  await it.set({ 'problem.0.amount': '777' })
  const mine = await it.stored()
  await page.goto('about:blank')
  await page.goto(copied)
  await it.ready()
  await page.waitForFunction(() => document.querySelector('.report-answer').textContent.includes('17,500'))
  assert.equal(await it.form(), await sender.it.form())
  same(await it.report.innerHTML(), await sender.it.report.innerHTML(), 'the report')
  assert.match(await it.notice.innerText(), /Yours are kept/)
  assert.equal(await it.stored(), mine, 'looking does not overwrite')
  await page.reload()
  await it.ready()
  assert.equal(await it.stored(), mine)
  await it.notice.locator('button').click()
  await it.settled()
  assert.equal(await it.field('problem.0.amount').inputValue(), '777')

  await page.goto('about:blank')
  await page.goto(copied)
  await it.ready()
  await it.set({ 'problem.0.amount': '16000' })
  assert.match(await it.stored(), /16000/)
  assert.match(await it.answer.innerText(), /18,500/)
  assert.equal(new URL(page.url()).search + new URL(page.url()).hash, '#value-equation', 'the address no longer tells other numbers')
  await end({ page, ...rest })
  await end(sender)
})

test('what a link has that the form has not is left out with a notice', async () => {
  const fields = { ...difficulty, nonsense: '1', 'problem.0.colour': 'red', 'problem.0.amount': '13000' }
  const { page, it, ...rest } = await begin(value, { hash: '#value-equation?' + link(fields) })
  await page.waitForFunction(() => document.querySelector('.report-answer').textContent.includes('13,000'))
  const notice = await it.notice.innerText()
  assert.match(notice, /left out/)
  assert.match(notice, /nonsense/)
  assert.match(notice, /problem\.0\.colour/)
  assert.equal((await it.agrees()).verdict, 'buy')
  await end({ page, ...rest })
})

test('other fragments stay anchors', async () => {
  const { page, ...rest } = await open(browser, address(value) + '#dialogue')
  const it = new Calculator(page, value)
  const inView = (id) => page.evaluate((id) => {
    const { top } = document.getElementById(id).getBoundingClientRect()
    return top >= 0 && top < innerHeight / 2
  }, id)
  assert.ok(await inView('dialogue'))
  assert.equal(await it.notice.innerText(), '')
  await page.evaluate(() => { location.hash = '#value-equation' })
  await page.waitForFunction(() => Math.abs(document.getElementById('value-equation').getBoundingClientRect().top) < innerHeight / 2)
  assert.equal(await it.notice.innerText(), '')
  await end({ page, ...rest })
})

test('with storage blocked it computes all the same', async () => {
  const { page, it, ...rest } = await begin(value, { init: blockStorage })
  await it.set({ 'problem.0.amount': '15000' })
  assert.match(await it.answer.innerText(), /17,500/)
  await end({ page, ...rest })
})

test('where the module cannot be loaded the page says so, keeps the report, and tries again', async () => {
  let blocked = true // from the first request on: an idle page fetches the module before anything is typed
  const { page, it, context } = await begin(value, { routes: { '**/*.wasm': (route) => (blocked ? route.abort() : route.continue()) } })
  await it.field('problem.0.amount').fill('15000')
  await it.notice.filter({ hasText: 'could not be loaded' }).waitFor()
  assert.match(await it.report.textContent(), /9,500/)
  blocked = false
  await it.field('problem.0.amount').fill('16000')
  await page.waitForFunction(() => document.querySelector('.report-answer').textContent.includes('18,500'))
  await context.close()
})

test('from disk it computes too', async () => {
  for (const [id, set, what] of [[value, { 'problem.0.amount': '15000' }, '17,500'], [plan, { quota: '3,000,000' }, '3 orders']]) {
    const url = pathToFileURL(join(root, 'en', places[id], 'index.html')).href
    const { page, it, ...rest } = await begin(id, { url })
    await it.set(set)
    await page.waitForFunction((text) => document.querySelector('.report-answer').textContent.includes(text), what)
    await it.agrees()
    await end({ page, ...rest })
  }
})

// ---- Paper and spreadsheet

test('a print is of the calculator alone', async () => {
  const still = () => { globalThis.print = () => { globalThis.printed = true } }
  const { page, it, ...rest } = await begin(value, { init: still })
  await it.element.locator('.calculator-print').click()
  await page.emulateMedia({ media: 'print' })
  assert.ok(await page.evaluate(() => globalThis.printed))
  assert.ok(await it.answer.isVisible())
  assert.equal(await page.locator('playbook-quiz:visible, .site-head:visible').count(), 0, 'only the calculator')
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await page.emulateMedia({ media: 'screen' })
  assert.ok(await page.locator('playbook-quiz').first().isVisible(), 'all is back')
  await end({ page, ...rest })
})

test('the CSV file is the command line’s, and starts no formula', async () => {
  for (const [id, set] of [[value, { 'problem.0.name': '=cmd|\' /C calc\'!A0', 'problem.0.amount': '500', 'problem.2.name': '@SUM(A1)' }], [plan, { quota: '3000000' }]]) {
    const { page, it, ...rest } = await begin(id)
    await it.set(set)
    const { name, bytes } = await it.download('.calculator-csv')
    assert.equal(name, `${id}.csv`)
    assert.equal(bytes.subarray(0, 3).toString('hex'), 'efbbbf', 'spreadsheets see UTF-8')
    const text = bytes.subarray(3).toString()
    assert.equal(text, calc(id, await it.form(), { format: 'csv' }))
    const lines = text.split(/\r?\n/)
    assert.match(lines[0], /^name,value,*$/)
    assert.match(lines[1], id === value ? /^problem_total,3000,*$/ : /^orders,3,*$/)
    assert.deepEqual(lines.filter((line) => /(^|,)"?[=@]/.test(line)), [])
    if (id === value) assert.ok(lines.some((line) => line.includes("'=cmd|")), 'the text is still there')
    await end({ page, ...rest })
  }
})

test('a form with a fault saves no CSV and leads to the fault', async () => {
  const { page, it, ...rest } = await begin(value)
  await it.set({ years: '99' })
  await it.element.locator('.calculator-csv').click()
  await page.waitForFunction(() => document.activeElement.name === 'years')
  assert.equal(await it.fault('years'), 'At most 10')
  await end({ page, ...rest })
})

// ---- The plan

test('the plan explains the three readings of its slide', async () => {
  for (const lang of ['en', 'zh']) {
    const { page, it, ...rest } = await begin(plan, { lang })
    const values = await it.agrees()
    assert.deepEqual([values.orders, values.peak, values.peak_month, values.steady_peak], [5, 28, '2027-05', 29])
    const readings = Object.values(await it.tables()).find((rows) => rows.length === 3 && rows[0].includes('20') && rows[0].includes('3'))
    assert.deepEqual(readings.map((row) => row.at(-1)), ['20', '28', '29'])
    await end({ page, ...rest })
  }
})

test('a quota of 3,000,000 is the printed staircase', async () => {
  const { page, it, ...rest } = await begin(plan)
  await it.set({ quota: '3,000,000' })
  const values = await it.agrees()
  assert.deepEqual(values.load, [9, 15, 20, 16, 13, 9, 4, 1])
  assert.deepEqual([values.peak, values.peak_month], [20, '2027-03'])
  const months = (await it.tables())['Events by month and milestone'].map((row) => Number(row.at(-1)))
  assert.deepEqual(months, values.load)
  assert.match(await it.report.locator('.fig-load title').textContent(), /20.*March 2027/)
  assert.equal((await it.facts())['Orders'], '3')
  await end({ page, ...rest })
})

test('milestones, capacity and pace compute as on the command line', async () => {
  const { page, it, ...rest } = await begin(plan, { lang: 'zh' })
  await it.set({ 'milestone.0.count': '12', 'milestone.4.weeks': '8', starts_per_month: '2', capacity: '30', confidence: '95', deadline: '2027-10-15' })
  const values = await it.agrees()
  assert.equal(values.cycle_weeks, 25)
  assert.ok(values.over_capacity.length > 0)
  await it.element.locator('[data-group=milestone] .row').nth(2).locator('.row-remove').click()
  assert.equal((await it.agrees()).cycle_weeks, 20)
  await end({ page, ...rest })
})

test('the plan’s faults stand at their fields', async () => {
  const { page, it, ...rest } = await begin(plan)
  const good = await it.report.innerHTML()
  for (const [name, wrong, right, message] of [
    ['milestone.0.count', '0', '9', /^At least 1$/],
    ['milestone.1.weeks', '53', '4', /^At most 52$/],
    ['milestone.5.count', '2', '1', /1/],
    ['quota', '-1', '5000000', /At least/],
    ['first_month', '', '2027-01', /month|fill/i],
    ['confidence', '100', '80', /^At most 99$/],
  ]) {
    await it.set({ [name]: wrong })
    await it.field(name === 'quota' ? 'order_value' : 'quota').focus()
    assert.match(await it.fault(name), message)
    same(await it.report.innerHTML(), good, 'the last good report stays')
    await it.set({ [name]: right })
    await it.sound()
  }
  await end({ page, ...rest })
})

test('“from this month” begins today and can be undone', async () => {
  const { page, it, ...rest } = await begin(plan)
  await page.clock.setFixedTime(new Date('2027-03-15T12:00:00'))
  await it.element.locator('.preset[data-preset*="%40month"]').click()
  assert.equal(await it.field('first_month').inputValue(), '2027-03')
  const values = await it.agrees()
  assert.deepEqual([values.deadline, values.peak_month], ['2028-02-29', '2027-07'])
  await it.notice.locator('button').click()
  assert.equal(await it.field('first_month').inputValue(), '2027-01')
  assert.equal((await it.agrees()).peak_month, '2027-05')
  await end({ page, ...rest })
})

test('Spring Festival adds a pause and moves the dates', async () => {
  const { page, it, ...rest } = await begin(plan)
  await it.set({ deadline: '2027-06-30' })
  assert.equal((await it.agrees()).latest_start, '2027-01-20')
  assert.match(await it.report.textContent(), /20 January 2027/)
  const offered = it.element.locator('[data-group=pause] .preset:visible')
  assert.deepEqual(await offered.allInnerTexts(), ['Spring Festival 2027'])
  await offered.click()
  assert.deepEqual([await it.field('pause.0.from').inputValue(), await it.field('pause.0.to').inputValue()], ['2027-02-05', '2027-02-12'])
  assert.ok(await it.row('pause', 0).evaluate((row) => row.contains(document.activeElement)), 'the new row has the focus')
  assert.equal(await offered.count(), 0, 'it is offered once')
  assert.equal((await it.agrees()).latest_start, '2027-01-12')
  assert.match(await it.report.textContent(), /12 January 2027/)
  await it.row('pause', 0).locator('.row-remove').click()
  assert.equal((await it.agrees()).latest_start, '2027-01-20')
  await end({ page, ...rest })
})

// ---- Phones

test('on a phone nothing overflows, whatever is entered, and numbers get their keypad', async () => {
  for (const id of Object.keys(places)) {
    for (const lang of ['en', 'zh']) {
      const { page, it, ...rest } = await begin(id, { lang, ...phone })
      const boxes = await it.element.locator('input:visible').evaluateAll((all) => all.map((input) => ({
        name: input.name, mode: input.inputMode, type: input.type, size: parseFloat(getComputedStyle(input).fontSize),
      })))
      for (const { name, mode, type, size } of boxes) {
        if (/(amount|low|high|rate|quota|order_value|weight|confidence)$/.test(name)) assert.equal(mode, 'decimal', name)
        if (/(years|weeks|count|starts_per_month|capacity)$/.test(name)) assert.equal(mode, 'numeric', name)
        if (/first_month$/.test(name)) assert.equal(type, 'month')
        if (/deadline$/.test(name)) assert.equal(type, 'date')
        assert.ok(size >= 16, `${name}: ${size} px: a phone would zoom in`)
      }
      const long = id === value
        ? { currency: 'CNY', 'problem.0.amount': '9876543210.12', 'problem.0.name': 'Unübersehbarebetriebsstörungskostenrechnung', 'remedy.0.amount': '8765432109' }
        : { quota: '95,000,000', 'milestone.0.name': 'Unübersehbarebetriebsstörungskostenrechnung', 'milestone.0.count': '99' }
      await it.set(long)
      await it.agrees()
      assert.equal(await overflow(page), 0, `${id} ${lang}`)
      await end({ page, ...rest })
    }
  }
})
