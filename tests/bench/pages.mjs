// What a reader waits for at a calculator, in Chromium: of every calculator the
// first result and the result of an edit, as a Markdown table. It only reports.
//
//   node bench/pages.mjs [-runs 7] [-edits 40] [ID …]
//
// The site is served from this computer, compressed with gzip once and for all, as
// a static host does it. Of a calculator that stands on several English pages the
// one with the largest report is taken. All is measured inside the page, by its own
// clock, from the event to the changed report in the document:
//
//   cold   a new browser context, nothing in its cache. The form is on the screen
//          and its script at work, but the module, its worker and the words are not
//          asked for yet (as with readers who save data). In one task a field gets
//          the focus and a new value: no time passes in which to load ahead.
//   warm   the same first edit after the form was in view and the browser idle
//   edit   the edits after that: every field in turn changed, and changed back,
//          100 ms apart. Edits that leave the report as it is do not count.
//   layout the part that style and layout of the page cost after an edit; it is
//          not part of the other figures
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { launch, open, ready } from '../lib/browser.mjs'
import { serve } from '../lib/server.mjs'
import { pages, root } from '../lib/site.mjs'

const flags = process.argv.slice(2)
const number = (name, value) => {
  const at = flags.indexOf('-' + name)
  return at < 0 ? value : Number(flags.splice(at, 2)[1])
}
const runs = number('runs', 7)
const edits = number('edits', 40)

/** Calculator → its page. */
const places = new Map()
for (const page of pages().filter((page) => page.startsWith('en/'))) {
  for (const part of readFileSync(join(root, page), 'utf8').split('<playbook-calculator ').slice(1)) {
    const [, id] = /data-calculator="([^"]+)"/.exec(part)
    const size = part.indexOf('class="calculator-exports"') - part.indexOf('class="report"')
    if (!(places.get(id)?.size >= size)) places.set(id, { id, page, size, part: /id="([^"]+)"/.exec(part)[1] })
  }
}

/** Runs in the page: what edits a form and takes the time. */
function install() {
  let report
  let said
  let fields
  self.begin = (id) => {
    report = document.querySelector(`#${CSS.escape(id)} .report`)
    new MutationObserver((list) => {
      const now = performance.now()
      if (said && list.some((m) => m.target !== report || m.type === 'childList')) said.at ??= now
      if (said && !report.hasAttribute('aria-busy')) {
        void document.body.offsetHeight
        said.done(said.at && { wait: said.at - said.from, layout: performance.now() - now })
        said = undefined
      }
    }).observe(report, { childList: true, subtree: true, characterData: true, attributes: true })
    const form = document.querySelector(`#${CSS.escape(id)} form`)
    for (const fold of form.querySelectorAll('details')) fold.open = true
    fields = [...form.elements].filter((field) => field.name && field.type !== 'hidden' && field.checkVisibility())
    return fields.length
  }
  /** Puts another value into the nth field; gives the times, nothing if the report stays. */
  self.edit = (n, focus) => {
    const field = fields[n]
    const before = field.value
    let after = before + 'x'
    if (field.localName === 'select') after = field.options[(field.selectedIndex + 1) % field.options.length].value
    else if (/^\d+$/.test(before)) after = String(Number(before) > 1 ? before - 1 : Number(before) + 1)
    else if (field.type === 'month' || field.type === 'date') after = before.replace(/^\d+/, (year) => Number(year) + 1)
    else if (before === '' && field.inputMode !== '') after = '1'
    return self.put(field, after, focus)
  }
  self.put = (field, value, focus) => new Promise((done) => {
    if (!focus) field.focus()
    self.last = [field, field.value]
    setTimeout(() => {
      said = { done, from: performance.now() }
      if (focus) field.focus()
      field.value = value
      field.dispatchEvent(new Event('input', { bubbles: true }))
      if (!report.hasAttribute('aria-busy')) done(undefined)
    }, 100)
  })
  self.back = () => self.put(...self.last)
}

/** As a reader who saves data: nothing is loaded ahead. */
function saveData() {
  Object.defineProperty(navigator, 'connection', { value: { saveData: true } })
}

const sorted = (all) => [...all].sort((a, b) => a - b)
const quantile = (all, q) => sorted(all)[Math.min(all.length - 1, Math.floor(all.length * q))]
const ms = (x) => x === undefined ? '–' : x.toFixed(1)

async function visit(browser, host, { page: path, part }, options) {
  const { page, context, faults } = await open(browser, host.url + path, options)
  await page.locator(`[id="${part}"] form`).scrollIntoViewIfNeeded()
  await ready(page)
  await page.evaluate(install)
  await page.waitForLoadState('networkidle')
  const fields = await page.evaluate((id) => window.begin(id), part)
  if (!fields) throw new Error(`no fields: ${path} ${part}`)
  return { page, context, faults, fields }
}

const browser = await launch()
const host = await serve(root, '/', { gzip: true })
const rows = []
try {
  for (const place of places.values()) {
    if (flags.length && !flags.includes(place.id)) continue
    const cold = []
    const warm = []
    const waits = []
    const layouts = []
    let first = -1 // the field whose change shows
    for (let run = 0; run <= runs; run++) {
      // A first round finds a field whose change changes the report.
      for (const [times, options] of [[cold, { init: saveData }], [warm, {}]]) {
        if (first < 0 && times === cold) continue
        const { page, context, fields } = await visit(browser, host, place, options)
        for (let n = 0; first < 0 && n < fields; n++) {
          if (await page.evaluate((n) => window.edit(n), n)) first = n
          else await page.evaluate(() => window.back())
        }
        if (run) times.push((await page.evaluate((n) => window.edit(n, true), first))?.wait)
        if (run === runs && times === warm) {
          for (let n = 0; waits.length < edits && n < 4 * edits; n++) {
            for (const times of [await page.evaluate((n) => window.edit(n), n % fields), await page.evaluate(() => window.back())]) {
              if (!times) continue
              waits.push(times.wait)
              layouts.push(times.layout)
            }
          }
        }
        await context.close()
      }
    }
    const row = [place.id, ms(quantile(cold, 0.5)), ms(quantile(warm, 0.5)), ms(quantile(waits, 0.5)), ms(quantile(waits, 0.9)), ms(quantile(layouts, 0.5)), waits.length, place.size]
    rows.push(row)
    process.stderr.write(row.join('  ') + '\n')
  }
} finally {
  await host.close()
  await browser.close()
}
console.log('| calculator | cold, ms | warm | edit, median | 90th percentile | layout | edits | report, bytes |\n|---|---:|---:|---:|---:|---:|---:|---:|')
for (const row of rows) console.log(`| ${row.join(' | ')} |`)
