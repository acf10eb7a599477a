// What readers take away: templates that they fill in and copy, lists that they tick,
// and a button on code and quotations. By key, on a phone, in both languages, without
// scripts.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { launch, open, overflow, phone, tabTo } from './lib/browser.mjs'
import { serve } from './lib/server.mjs'
import { bench } from './lib/site.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser, site, host
before(async () => { browser = await launch(); site = bench(); host = await serve(site.root, '/sub/') })
after(async () => { await browser.close(); await host.close(); site.close() })

const url = (lang) => `${host.url}${lang}/takeaway/templates/index.html`
const place = (page, name) => page.locator(`#template-follow-up .gap[data-gap="${name}"]:not([data-again])`)

/** Opens the page with its scripts at work. */
async function woken(lang, options = {}) {
  const opened = await open(browser, url(lang), { permissions: ['clipboard-read', 'clipboard-write'], ...options })
  await opened.page.locator('.template-tools button').first().waitFor()
  return opened
}

/** What the clipboard holds, by kind. */
const clipboard = (page) => page.evaluate(async () => {
  const all = {}
  for (const item of await navigator.clipboard.read()) {
    for (const type of item.types) all[type] = (await (await item.getType(type)).text()).replace(/\r\n/g, '\n')
  }
  return all
})

test('a template fills in as one types, by key alone; the same name is the same answer, there and after a reload', async () => {
  const { page, faults, context } = await woken('en')
  await tabTo(page, place(page, 'subject'))
  await page.keyboard.type('Changeovers on line 3')
  await page.keyboard.press('Enter') // goes to the next
  await page.keyboard.press('ArrowDown') // Dear
  await page.keyboard.press('Tab')
  await page.keyboard.type('Greta <b>')
  assert.equal(await page.locator('#template-follow-up td .gap[data-gap=name]').innerText(), 'Greta <b>')
  assert.equal(await page.locator('#template-note .gap[data-gap=name]').innerText(), 'Greta <b>')
  assert.equal(await page.locator('#template-follow-up .template-said').innerText(), '3 of 5 filled in')
  await page.reload()
  await page.locator('.template-tools button').first().waitFor()
  assert.equal(await place(page, 'name').innerText(), 'Greta <b>')
  assert.equal(await place(page, 'greeting').locator('select').inputValue(), 'Dear')
  // In another tab it changes, too; an empty answer is none.
  const other = await context.newPage()
  await other.goto(url('en'))
  await other.locator('#template-note .gap[data-gap=name][contenteditable]').fill('Owen')
  await page.waitForFunction(() => document.querySelector('#template-follow-up .gap[data-gap=name]').textContent === 'Owen')
  await page.locator('#template-follow-up').getByRole('button', { name: 'Empty' }).click()
  assert.equal(await page.locator('#template-note .gap[data-gap=name]').getAttribute('data-filled'), null)
  await page.locator('#template-follow-up').getByRole('button', { name: 'Undo' }).click()
  assert.equal(await page.locator('#template-note .gap[data-gap=name]').innerText(), 'Owen')
  assert.deepEqual(faults, [])
  await context.close()
})

test('it is copied as text, as Markdown and as rich text, without the parts that are off, and stands alone on paper', async () => {
  const { page, faults, context } = await woken('en', { init: () => { self.print = () => {} } })
  const sheet = page.locator('#template-follow-up')
  await place(page, 'name').fill('Greta * | <b>')
  await place(page, 'greeting').locator('select').selectOption('Dear')
  await sheet.getByRole('checkbox', { name: 'legal' }).uncheck()
  const value = (await sheet.locator('.gap-value').innerText()).trim()
  assert.match(value, /^USD 2,500 \(example\)$/)

  await sheet.getByRole('button', { name: 'Copy text' }).click()
  await page.locator('.template-said', { hasText: 'Copied.' }).waitFor()
  assert.deepEqual(await clipboard(page), { 'text/plain': `Subject: [subject: in their words]

Dear Greta * | <b>,

Waiting costs you [${value}] a year, says your sum (https://example.com/sum).

The trial begins on [first day].

- We send the papers by [first day]

By\tWho
[first day]\tGreta * | <b>
the end\t[owner: of the trial]` })

  await sheet.getByRole('checkbox', { name: 'trial' }).first().uncheck()
  await sheet.getByRole('button', { name: 'Copy Markdown' }).click()
  await page.waitForFunction(async () => (await navigator.clipboard.readText()).includes('**'))
  assert.equal((await clipboard(page))['text/plain'], `**Subject:** [subject: in their words]

Dear Greta \\* | \\<b>,

Waiting costs you [${value}] a year, says [your sum](https://example.com/sum).

- We send the papers by [first day]

| By | Who |
| --- | --- |
| [first day] | Greta \\* \\| \\<b> |`)

  await sheet.getByRole('button', { name: 'Copy', exact: true }).click()
  await page.waitForFunction(async () => (await navigator.clipboard.read())[0].types.includes('text/html'))
  const { 'text/html': html, 'text/plain': plain } = await clipboard(page)
  assert.match(plain, /^Subject: \[subject/)
  for (const want of ['<strong', '<ul', '<table', '<th', 'Greta * | &lt;b&gt;', 'href="https://example.com/sum"']) assert.ok(html.includes(want), `${want} in ${html}`)
  for (const not of ['class=', 'data-', '<input', 'Legal', 'the end']) assert.ok(!html.includes(not), `${not} in ${html}`)

  await page.locator('#template-note').getByRole('button', { name: 'Print' }).click()
  await page.emulateMedia({ media: 'print' })
  assert.equal((await page.locator('body').innerText()).trim(), 'Greta * | <b>: see you on .') // and the name of the place
  assert.equal(await page.locator('#template-note .gap').last().evaluate((gap) => getComputedStyle(gap, '::before').content), '"first day"')
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  assert.ok((await page.locator('body').innerText()).includes('First month'))
  assert.deepEqual(faults, [])
  await context.close()
})

test('a worksheet’s value is the reader’s own where they have one', async () => {
  const { page, faults, context } = await woken('en')
  const value = page.locator('#template-follow-up .gap-value')
  assert.match(await value.innerText(), /\(example\)/)
  await page.locator('.calculator-fold > summary').click()
  await page.locator('#value-equation input[name="problem.0.amount"]').fill('1500')
  await page.waitForFunction(() => document.querySelector('.gap-value').dataset.filled === 'USD 4,000')
  await page.reload()
  await page.waitForFunction(() => document.querySelector('.gap-value').textContent === 'USD 4,000')
  assert.deepEqual(faults, [])
  await context.close()
})

test('a list is ticked by key and by tap, keeps it, shows how far one is and what is due, can be unticked, and outlives an edit', async () => {
  const { page, faults, context } = await woken('en', phone)
  const tasks = page.locator('playbook-tasks')
  const box = (name) => page.getByRole('checkbox', { name })
  assert.match(await tasks.innerText(), /^1 of 5 done/)
  await tabTo(page, box('Sit in on three calls'))
  await page.keyboard.press('Space')
  await page.locator('[data-task=ask]').tap({ position: { x: 120, y: 12 } })
  assert.match(await tasks.innerText(), /^3 of 5 done/)
  await tasks.locator('input[type=date]').fill('2020-01-06')
  assert.match(await page.locator('.task-day').first().innerText(), /^by day 30 \(.*4 Feb.*2020|by day 30 \(.*Feb 4.*2020/)
  assert.match(await page.locator('[data-task=listen] .task-day').innerText(), /^by day 5 \([^·]*\)$/)
  await page.reload()
  await page.locator('playbook-tasks button').waitFor()
  assert.ok(await box('Sit in on three calls').isChecked() && await box('Ask what is unclear').isChecked())
  await tasks.locator('select').selectOption('support')
  assert.match(await tasks.innerText(), /^2 of 3 done/)
  assert.equal(await page.locator('[data-task=own-call]').isVisible(), false)
  await tasks.getByRole('button', { name: 'Untick all' }).click()
  assert.match(await tasks.innerText(), /^0 of 3 done/)
  await tasks.getByRole('button', { name: 'Undo' }).click()
  assert.match(await tasks.innerText(), /^2 of 3 done/)
  assert.equal(await overflow(page), 0)

  // A tick stays with its entry when the text was edited, and with the page it is of.
  await box('Read the notes on pricing').check()
  await page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.endsWith(':tasks'))
    const all = JSON.parse(localStorage[key])
    for (const id of Object.keys(all)) if (id.includes('#~')) { all[id.replace('~', '~old')] = [true, 'Read all notes on prices']; delete all[id] }
    all['another/page#~x'] = [true, 'First own call']
    localStorage[key] = JSON.stringify(all)
  })
  await page.reload()
  await page.locator('playbook-tasks button').waitFor()
  assert.ok(await box('Read the notes on pricing').isChecked())
  assert.match(await tasks.innerText(), /^3 of 3 done/)
  assert.deepEqual(faults, [])
  await context.close()
})

test('code and quotations have a button that copies them, and nothing moves for it', async () => {
  const { page, faults, context } = await woken('en', { init: () => {
    self.shifts = 0
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) self.shifts += entry.value }).observe({ type: 'layout-shift', buffered: true })
  } })
  await tabTo(page, page.getByRole('button', { name: 'Copy the code' }))
  await page.keyboard.press('Enter')
  await page.locator('.copy-frame [role=status]', { hasText: 'Copied.' }).first().waitFor({ state: 'attached' })
  assert.deepEqual(await clipboard(page), { 'text/plain': 'Subject: The trial\n' })
  await page.getByRole('button', { name: 'Copy the quotation' }).click()
  await page.waitForFunction(async () => (await navigator.clipboard.readText()) === 'Say it in their words, then stop.')
  assert.match((await clipboard(page))['text/html'], /<strong>their<\/strong>/)
  assert.ok(await page.evaluate(() => self.shifts) < .01, `moved by ${await page.evaluate(() => self.shifts)}`)
  assert.deepEqual(faults, [])
  await context.close()
})

for (const [lang, options] of [['en', {}], ['zh', phone]]) {
  test(`axe finds nothing, filled in and ticked; nothing is too wide (${lang})`, async () => {
    const { page, faults, context } = await woken(lang, options)
    await page.locator('#template-follow-up [contenteditable]').nth(1).fill('AveryLongNameThatNobodyHasButWhichMustNotWidenThePage'.repeat(2))
    await page.locator('li[data-task] > input').first().check()
    await page.locator('#template-follow-up .gap-part input').last().uncheck()
    await page.evaluate(axe)
    const { violations } = await page.evaluate(() => globalThis.axe.run('main', { resultTypes: ['violations'] }))
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`), [])
    assert.equal(await overflow(page), 0)
    assert.deepEqual(faults, [])
    await context.close()
  })
}

test('without scripts the places, the boxes and the days are there to be read', async () => {
  const { page, context } = await open(browser, url('zh'), { javaScriptEnabled: false })
  const text = await page.locator('#template-follow-up').innerText()
  for (const want of ['主题：用客户的话', '尊敬的 / 您好', '2,500美元（示例）', '说定了吗？']) assert.ok(text.includes(want), `${want} in ${text}`)
  assert.ok((await page.locator('[data-task=listen]').innerText()).includes('第5天前完成'))
  assert.ok(await page.locator('[data-task=listen] > input').isDisabled())
  await context.close()
})
