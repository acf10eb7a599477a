// The worksheets on customers and deals: ideal customer, pipeline history with its
// file. What every calculator does is in calculator.test.mjs; here is what is
// special in these.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch, open, overflow, phone } from './lib/browser.mjs'
import { Calculator } from './lib/calculator.mjs'
import { serve } from './lib/server.mjs'
import { bench } from './lib/site.mjs'

let browser, site, host, folder
before(async () => {
  browser = await launch()
  site = bench()
  host = await serve(site.root, '/')
  folder = mkdtempSync(join(tmpdir(), 'playbook-files-'))
})
after(async () => { await browser.close(); await host.close(); site.close(); rmSync(folder, { recursive: true, force: true }) })

async function begin(id, { lang = 'en', hash = '', ...options } = {}) {
  const opened = await open(browser, `${host.url}${lang}/worksheets/${id}/index.html${hash}`, options)
  const it = new Calculator(opened.page, id, lang)
  await it.ready()
  return { ...opened, it, says: (what) => opened.page.waitForFunction(([id, what]) =>
    document.querySelector(`[data-calculator="${id}"] .report`).textContent.match(what), [id, what.source]) }
}

async function end({ faults, context }) {
  assert.deepEqual(faults, [])
  await context.close()
}

/** Writes a file that the tests choose. */
function file(name, content) {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const box = (it) => it.element.locator('[data-file]')
const choose = (it, path) => it.element.locator('input[type=file]').setInputFiles(path)
const fault = (it, field) => it.element.locator(`[data-field="${field}"] .field-fault`)

const deals = 'id;stage;engage_date;close_date;amount\n1;Won;1/3/2027;2/3/2027;1.000,50\n2;Won;1/3/2027;5/3/2027;2000\n3;Lost;2/3/2027;6/3/2027;\n'

test('ideal customer: scores are asked by the names of the criteria, and stay with them', async () => {
  const { page, it, ...rest } = await begin('ideal-customer')
  const label = (n) => it.row('customer', 0).locator(`[data-field="score_${n}"] .field-label`)
  assert.equal(await label(1).textContent(), 'Has a problem that we solve')
  await it.field('criterion.0.name').fill('Pays')
  assert.equal(await label(1).textContent(), 'Pays')
  assert.equal(await it.row('criterion', 0).locator('.row-up, .row-down, .row-remove').count(), 0, 'rows that others go by do not move')
  await it.set({ 'customer.9.score_1': '5', 'customer.9.score_2': '5', 'customer.9.score_3': '5' })
  assert.match(await it.answer.innerText(), /Let 3 of 10 go/)
  await it.agrees()
  await page.reload()
  await it.ready()
  await it.settled({ 'criterion.0.name': 'Pays' })
  assert.equal(await label(1).textContent(), 'Pays')
  await end({ page, ...rest })
})

test('pipeline history: a file is read, asks what is not clear, survives a reload, and can be undone', async () => {
  const { page, it, says, ...rest } = await begin('pipeline-history')
  assert.match(await it.answer.innerText(), /9‑6‑5‑5‑3‑1/)
  await choose(it, file('deals.csv', '\uFEFF' + deals))
  await fault(it, 'date_order').waitFor()
  assert.match(await fault(it, 'date_order').innerText(), /Is 1\/3\/2027 day or month first\? Choose/)
  assert.equal(await it.element.locator('.calculator-stale').isVisible(), false, 'what is clear so far is shown')
  assert.match(await it.report.textContent(), /not read yet[^]*engage_date/)
  await it.field('date_order').selectOption('dmy')
  await says(/You win 66\.7%/)
  assert.equal(await fault(it, 'date_order').count(), 0)
  assert.match(await it.report.textContent(), /no history of stages/)
  assert.equal(await it.report.locator('.report-handoffs a[href*="plan-965531"]').count(), 0, 'no row is made up')
  assert.match(await it.report.textContent(), /What the words of the file are taken for[^]*Won[^]*won[^]*Lost[^]*lost/)
  // The columns can be named, out of those that the file has.
  const names = await it.element.locator('datalist[id$=columns] option').evaluateAll((options) => options.map((o) => o.value))
  assert.deepEqual(names, ['id', 'stage', 'engage_date', 'close_date', 'amount'])
  assert.equal(await it.field('value').getAttribute('list'), await it.element.locator('datalist[id$=columns]').getAttribute('id'))
  await it.element.locator('.form-more > summary').click()
  await it.field('value').fill('Umsatz')
  await it.field('stage').focus()
  await fault(it, 'value').waitFor()
  await it.field('value').fill('amount')
  await says(/You win 66\.7%/)

  await page.reload()
  await it.ready()
  await says(/You win 66\.7%/)
  assert.equal(await box(it).inputValue(), deals)

  await choose(it, file('other.csv', 'id,stage,amount\n1,Lost,5\n'))
  await says(/You win 0%/)
  await it.notice.locator('button').click()
  await says(/You win 66\.7%/)
  assert.equal(await box(it).inputValue(), deals)
  await it.element.locator('.calculator-reset').click()
  await says(/9‑6‑5‑5‑3‑1/)
  await end({ page, ...rest })
})

test('pipeline history: what a file leaves open is asked at its field, and the win rate goes to the funnel', async () => {
  const { page, it, says, ...rest } = await begin('pipeline-history')
  await choose(it, file('names.csv', 'Opportunity Name,Stage,Created Date,Close Date,Amount\nRenewal,Closed Won,2027-01-01,2027-02-01,300\nNew,Closed Lost,2027-01-01,2027-02-01,900\nRenewal,Not won,2027-03-01,2027-04-01,300\n'))
  await fault(it, 'rows').waitFor()
  assert.match(await fault(it, 'rows').innerText(), /“Renewal” stands in several rows, such as lines 2 and 4/)
  await it.field('rows').selectOption('deals')
  await fault(it, 'won').waitFor()
  assert.match(await fault(it, 'won').innerText(), /Do these mean that a deal is won, or lost: Not won\?/)
  await it.field('lost').fill('Closed Lost, Not won')
  await says(/You win 33\.3%/)
  assert.equal(await it.element.locator('.field-fault').count(), 0)
  await it.report.locator('.report-handoffs a[href*="rate_by=value"]').click()
  await page.waitForURL(/funnel/)
  const funnel = new Calculator(page, 'funnel')
  await funnel.ready()
  assert.equal(await funnel.field('win_rate').inputValue(), '20')
  assert.equal(await funnel.field('rate_by').inputValue(), 'value')
  await end({ page, ...rest })
})

test('pipeline history: a link carries no file, and says so', async () => {
  const { page, it, says, ...rest } = await begin('pipeline-history', { permissions: ['clipboard-read', 'clipboard-write'] })
  await choose(it, file('deals.csv', deals))
  await it.field('date_order').selectOption('dmy')
  await says(/You win 66\.7%/)
  await it.element.locator('.calculator-link').click()
  await page.waitForFunction(() => /not part of it/.test(document.querySelector('.calculator-notice').textContent))
  const link = await page.evaluate(() => navigator.clipboard.readText())
  assert.doesNotMatch(link, /Won|1000/)
  assert.match(link, /date_order=dmy.*file=(&|$)/)
  assert.doesNotMatch(await page.evaluate(() => JSON.stringify(localStorage)), /Won/, 'nothing outlives the tab')
  const other = await begin('pipeline-history', { hash: new URL(link).hash })
  await other.says(/Choose a file to begin/)
  assert.equal(await other.it.field('date_order').inputValue(), 'dmy')
  await end(other)
  await end({ page, ...rest })
})

test('pipeline history: one click hands the row to the plan, in place of its milestones', async () => {
  const { page, it, ...rest } = await begin('pipeline-history')
  await it.report.locator('.report-handoffs a[href*="plan-965531"]').click()
  await page.waitForURL(/plan-965531/)
  const plan = new Calculator(page, 'plan-965531')
  await plan.ready()
  await plan.settled({ 'milestone.0.weight': '11' })
  assert.equal(await plan.rows('milestone').count(), 6)
  assert.equal(await plan.field('milestone.4.count').inputValue(), '3')
  assert.equal(await plan.field('order_value').inputValue(), '1000000')
  assert.equal(await plan.field('quota').inputValue(), '', 'the example’s quota is not the reader’s')
  assert.match(await plan.element.locator('.calculator-stale').innerText(), /filled in: Quota/)
  assert.ok(await plan.report.isHidden(), 'nor is its result')
  await plan.notice.locator('button').click()
  await plan.settled({ 'milestone.0.weight': '10' })
  await end({ page, ...rest })
})

test('pipeline history: 10,000 rows do not stop the page; a file beyond the bound is refused and nothing lost', async () => {
  const { page, it, says, ...rest } = await begin('pipeline-history')
  const rows = ['"Id","OpportunityId","CreatedById","CreatedDate","StageName","Amount","ExpectedRevenue","CloseDate","Probability","ForecastCategory","IsDeleted","SystemModstamp"']
  for (let i = 0; i < 10_000; i++) {
    const day = String(1 + i % 28).padStart(2, '0')
    rows.push(`"0081U00000${i}","0061U0000${Math.floor(i / 3)}QAB","0051U000001","2026-0${1 + i % 3}-${day}T08:00:00.000Z","${['Prospecting', 'Proposal', i % 2 ? 'Closed Won' : 'Closed Lost'][i % 3]}","1000.00","500.00","2026-06-30","50","Pipeline","false","2026-01-05T08:00:00.000Z"`)
  }
  const path = file('history.csv', rows.join('\n'))
  await it.field('date_order').focus() // so that the code is there
  await it.settled()
  await page.evaluate(() => {
    globalThis.gaps = []
    let last = performance.now()
    const tick = (now) => { globalThis.gaps.push(now - last); last = now; requestAnimationFrame(tick) }
    requestAnimationFrame(tick)
  })
  const began = performance.now()
  await choose(it, path)
  await says(/10,000 rows of 3,334 deals/)
  console.log(`# 10,000 rows: report after ${Math.round(performance.now() - began)} ms, longest frame ${Math.round(await page.evaluate(() => Math.max(...globalThis.gaps)))} ms`)
  assert.ok(await box(it).evaluate((b) => b.value.length < 6_000 && b.readOnly), 'the box shows the beginning')
  assert.match(await it.element.locator('.file-name').innerText(), /history\.csv: 10001 lines/)

  await choose(it, file('huge.csv', 'id,stage\n' + '1,Won\n'.repeat(1_700_000)))
  await fault(it, 'file').waitFor()
  assert.match(await fault(it, 'file').innerText(), /At most 4 MB, and this has 9\.7 MB/)
  assert.match(await it.report.textContent(), /10,000 rows/)
  await choose(it, file('rows.csv', 'id,stage\n' + '1,Won\n'.repeat(100_001)))
  await page.waitForFunction(() => /More than 100,?000 rows/.test(document.querySelector('[data-field=file] .field-fault')?.textContent))
  await choose(it, path)
  await says(/10,000 rows of 3,334 deals/)
  assert.equal(await fault(it, 'file').count(), 0)
  await end({ page, ...rest })
})

test('pipeline history: files in other encodings, workbooks, a long paste', async () => {
  const { page, it, says, ...rest } = await begin('pipeline-history', { lang: 'zh' })
  // 商机,阶段 / 甲,赢单 / 乙,丢单 as Excel in China saves it, and in UTF-16.
  await choose(it, file('gbk.csv', Buffer.from('c9ccbbfa2cbdd7b6ce0abcd72cd3aeb5a50ad2d22cb6aab5a50a', 'hex')))
  await says(/赢单率50%/)
  assert.match(await it.notice.innerText(), /GB18030/)
  await choose(it, file('utf16.csv', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('商机\t阶段\n甲\t赢单\n', 'utf16le')])))
  await says(/赢单率100%/)
  await choose(it, file('bare16.csv', Buffer.from('商机\t阶段\n甲\t丢单\n乙\t赢单\n', 'utf16le')))
  await says(/赢单率50%/)
  await choose(it, file('latin.csv', Buffer.from('id;stage;name\n1;Lost;Müller, Björn\n2;Won;Zürich\n3;Won;Köln\n', 'latin1')))
  await says(/赢单率66\.7%/)
  assert.match(await box(it).inputValue(), /Müller, Björn/)
  assert.match(await it.notice.innerText(), /WINDOWS-1252/)
  // Capitals may be either: the reader sees a line of each and chooses.
  await choose(it, file('capitals.csv', Buffer.from('id;stage;name\n1;Lost;AÇÃO\n', 'latin1')))
  const readings = it.element.locator('.file-which button')
  await readings.first().waitFor()
  assert.deepEqual(await readings.allInnerTexts(), ['WINDOWS-1252: 1;Lost;AÇÃO', 'GB18030: 1;Lost;A敲O'])
  assert.match(await box(it).inputValue(), /Müller/, 'nothing is taken before')
  assert.equal(await readings.first().evaluate((b) => b === document.activeElement), true)
  await readings.first().click()
  await says(/赢单率0%/)
  assert.match(await box(it).inputValue(), /AÇÃO/)
  assert.equal(await it.element.locator('.file-which').count(), 0)
  await choose(it, file('book.csv', Buffer.from([0x50, 0x4b, 3, 4, 0, 0])))
  await fault(it, 'file').waitFor()
  assert.match(await fault(it, 'file').innerText(), /先把表格另存为CSV/)
  await box(it).evaluate((b) => {
    b.select()
    const data = new DataTransfer()
    data.setData('text', '商机,阶段\n' + Array.from({ length: 3000 }, (_, i) => `甲${i},赢单\n乙${i},丢单\n`).join(''))
    b.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await says(/6,000个商机/)
  assert.equal(await fault(it, 'file').count(), 0)
  assert.ok(await box(it).evaluate((b) => b.readOnly))
  await end({ page, ...rest })
})

test('pipeline history: on a phone nothing is wider than the window, and the box can be typed in', async () => {
  const { page, it, says, ...rest } = await begin('pipeline-history', phone)
  assert.equal(await overflow(page), 0)
  await box(it).fill('id,stage,created,closed\n<img src=x onerror=alert(1)>,Won,2027-01-01,2027-01-08\n=cmd|x,Lost,2027-01-01,2027-01-02\n')
  await says(/You win 50%/)
  assert.equal(await it.report.locator('img').count(), 0)
  assert.equal(await overflow(page), 0)
  await end({ page, ...rest })
})
