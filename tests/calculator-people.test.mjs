// The worksheets about people: the org map, response modes, win results, and the
// red flags that they hand over. What every calculator does is in
// calculator.test.mjs; here is what is special in these.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { launch, open, overflow, phone } from './lib/browser.mjs'
import { Calculator } from './lib/calculator.mjs'
import { serve } from './lib/server.mjs'
import { root } from './lib/site.mjs'

const where = {
  'buying-roles': 'organisation/org-map',
  'red-flags': 'six-elements/red-flags',
  'response-modes': 'six-elements/response-modes',
  'win-results': 'six-elements/win-results',
}

let browser, host
before(async () => { browser = await launch(); host = await serve(root, '/') })
after(async () => { await browser.close(); await host.close() })

async function begin(id, { lang = 'en', hash = '', now, ...options } = {}) {
  const address = `${host.url}${lang}/${where[id]}/index.html${hash}`
  const opened = await open(browser, now ? `${host.url}${lang}/index.html` : address, options)
  if (now) {
    await opened.page.clock.setFixedTime(new Date(now))
    await opened.page.goto(address)
  }
  const it = new Calculator(opened.page, id, lang)
  await it.ready()
  return { ...opened, it }
}

async function end({ faults, context }) {
  assert.deepEqual(faults, [])
  await context.close()
}

const texts = (it, selector) => it.report.locator(selector).allTextContents()

test('org map: everybody has a card; a role, support and contact change map, order and verdict', async () => {
  const { page, it, ...rest } = await begin('buying-roles')
  const names = await texts(it, '.fig-org .t-h')
  assert.equal(names.length, 12)
  assert.equal(names[0], 'Martin')
  assert.match(await it.answer.innerText(), /Blocked/)

  // Martin comes round: he has met us often and is for us. Nobody else decides.
  await it.set({ 'person.0.support': 'plus', 'person.0.contact': 'H' })
  const won = await it.agrees()
  assert.deepEqual([won.verdict, won.map, won.priority[0], won.start], ['for', 'green', 0, 'Helen'])
  assert.equal(await it.report.locator('.report-verdict').getAttribute('data-sign'), 'bell')

  // Helen, whose role nobody knew, decides too: a box to tick, by keyboard.
  await it.unfold('person.1.name')
  const box = it.row('person', 1).locator('.box', { hasText: 'E decider' }).locator('input')
  await box.focus()
  await page.keyboard.press('Space')
  await it.settled({ 'person.1.role': 'E' })
  const open = await it.agrees()
  assert.deepEqual([open.verdict, open.deciders, open.priority[1], open.no_role], ['blocked', 2, 18, 1])
  await end({ page, ...rest })
})

test('org map: a name that is gone is told where it is used, and the last map stays', async () => {
  const { page, it, ...rest } = await begin('buying-roles')
  const before = await it.report.innerHTML()
  await it.unfold('person.6.name')
  await it.field('person.6.name').fill('Grahame') // three lines name Graham
  assert.match(await it.fault('person.7.reports_to'), /Nobody on the list is called Graham/)
  assert.match(await it.fault('person.9.influences'), /Nobody on the list is called Graham/)
  assert.ok(await it.field('person.7.reports_to').isVisible(), 'the fold has opened')
  assert.equal(await it.report.innerHTML(), before)
  await it.field('person.6.name').fill('Leo')
  assert.match(await it.fault('person.8.name'), /Somebody else is called Leo already/)
  await it.field('person.6.name').fill('Graham')
  await it.sound()
  await it.unfold('person.0.reports_to')
  await it.field('person.0.reports_to').fill('Tessa')
  assert.match(await it.fault('person.9.reports_to'), /This is a circle: Tessa → Leo → Graham → Victor → Martin → Tessa/)
  await end({ page, ...rest })
})

test('flags go over to the red flags, once, and can be taken back; the map’s people go over to the other sheets', async () => {
  for (const lang of ['en', 'zh']) {
    const { page, it, ...rest } = await begin('buying-roles', { lang })
    const raised = (await it.agrees()).flags
    const links = await it.report.locator('.report-handoffs a').evaluateAll((all) => all.map((a) => a.href))
    assert.equal(links.length, 3)

    await page.goto(links[0])
    const flags = new Calculator(page, 'red-flags', lang)
    await flags.ready()
    const added = raised // in place of the example's
    await page.waitForFunction((n) => document.querySelectorAll('[data-group="flag"] .rows > .row').length === n, added)
    const values = await flags.agrees()
    assert.equal(values.flags, added)
    assert.equal(values.no_bell, raised)
    await flags.notice.locator('button').last().click()
    await page.waitForFunction(() => document.querySelectorAll('[data-group="flag"] .rows > .row').length === 5)
    assert.equal((await flags.agrees()).flags, 5)

    for (const [i, id] of [[1, 'response-modes'], [2, 'win-results']]) {
      await page.goto(links[i])
      const sheet = new Calculator(page, id, lang)
      await sheet.ready()
      await page.waitForFunction(() => document.querySelectorAll('[data-group="person"] .rows > .row').length === 12)
      assert.equal((await sheet.agrees()).people, 12, id)
    }
    await end({ page, ...rest })
  }
})

test('red flags: closing one, giving another what it lacks, and being late', async () => {
  const { page, it, ...rest } = await begin('red-flags', { now: '2027-05-06T09:00' })
  await it.set({ 'flag.1.state': 'closed' })
  let v = await it.agrees()
  assert.deepEqual([v.open, v.closed, v.overdue, v.next_due], [3, 2, 0, '2027-05-21'])
  await it.set({ 'flag.3.cause': 'Nobody asked', 'flag.3.bell': '4', 'flag.3.action': 'Ask Paula', 'flag.3.owner': 'Ben', 'flag.3.due': '2027-03-01' })
  v = await it.agrees()
  assert.deepEqual([v.ready, v.overdue, v.next_due, v.bells_idle], [2, 1, '2027-03-01', 2])
  assert.match(JSON.stringify(await it.tables()), /Service within four hours/)
  await end({ page, ...rest })
})

test('red flags: a reader’s own are held against their day, the example against its own', async () => {
  for (const [day, overdue] of [['2031-03-02T10:00', 0], ['2031-03-03T00:30', 1]]) {
    const { page, it, ...rest } = await begin('red-flags', { hash: '#red-flags?flag.0.what=A&flag.0.due=2031-03-02&today=1999-01-01&bell=', now: day })
    await it.settled({ 'flag.0.what': 'A' })
    await page.waitForFunction(() => document.querySelectorAll('.report-table tbody tr').length === 1)
    assert.equal((await it.agrees()).overdue, overdue, day)
    assert.equal(await it.notice.innerText().then((text) => /today/.test(text)), false, 'nothing is said of a day in a link')
    assert.equal(await it.field('today').count(), 0)
    await it.element.locator('.calculator-reset').click()
    await it.settled()
    assert.equal((await it.agrees()).overdue, 1, 'the example is of its own day')
    await end({ page, ...rest })
  }
})

test('response modes: two levels and a cause make the mode; an answer may stay open', async () => {
  const { page, it, ...rest } = await begin('response-modes')
  assert.equal(await it.report.locator('.fig-gaps .t-h').count(), 4)
  await it.set({ 'person.4.expected': '6', 'person.4.perceived': '2' })
  let v = await it.agrees()
  assert.deepEqual([v.modes[4], v.gaps[4], v.receptive, v.flags], ['growth', 4, 2, 3])
  assert.equal(await it.report.locator('.fig-gaps .t-h').count(), 5)
  await it.set({ 'person.4.cause': 'A strike', 'person.4.closes': 'yes' })
  v = await it.agrees()
  assert.deepEqual([v.modes[4], v.receptive], ['trouble', 3])
  await it.set({ 'person.4.closes': '' })
  assert.equal((await it.agrees()).receptive, 2)
  await it.unfold('person.4.expected')
  await it.field('person.4.expected').fill('11')
  assert.match(await it.fault('person.4.expected'), /10/)
  await end({ page, ...rest })
})

test('win results: kept over a reload, shown in a second browser by its link, both languages', async () => {
  const { page, it, ...rest } = await begin('win-results')
  await it.set({ 'person.2.you_win': 'yes', 'person.3.i_win': 'yes', 'person.3.result': 'Fewer meetings', 'person.4.win': 'a quiet year’s end', 'person.4.i_win': 'yes', 'person.4.you_win': 'yes' })
  assert.match(await it.answer.innerText(), /Win-win with everybody: 5 of 5/)
  await it.agrees()
  await page.reload()
  await it.ready()
  await it.settled({ 'person.3.result': 'Fewer meetings' })
  await page.waitForFunction(() => /everybody/.test(document.querySelector('.report-answer').textContent))
  const hash = '#win-results?' + await it.form()
  const second = await begin('win-results', { lang: 'zh', hash })
  await second.it.settled({ 'person.3.result': 'Fewer meetings' })
  await second.page.waitForFunction(() => /双赢/.test(document.querySelector('.report-answer').textContent))
  assert.equal((await second.it.agrees()).win_win, 5)
  await end(second)
  await end({ page, ...rest })
})

test('on a phone nothing is wider than the page, and a stack of cards is folded', async () => {
  for (const id of Object.keys(where)) {
    for (const lang of ['en', 'zh']) {
      const { page, it, ...rest } = await begin(id, { lang, ...phone })
      assert.equal(await overflow(page), 0, `${id} ${lang}`)
      if (id === 'buying-roles') assert.equal(await it.element.locator('.row-card[open]').count(), 0)
      await end({ page, ...rest })
    }
  }
})
