// A calculator in a page, as a reader works it.
import assert from 'node:assert/strict'
import { calc } from './site.mjs'

/** Where the two calculators stand in tests/fixture. */
export const places = {
  'value-equation': 'calls/value-equation',
  'plan-965531': 'worksheets/plan-965531',
}

/** Letters and figures alone: the command line sets a report's lines otherwise. */
const bare = (text) => text.replace(/[\s\p{P}]/gu, '').toLowerCase()

export class Calculator {
  /** @param {string} lang the page's language, for the command line */
  constructor(page, id, lang = 'en') {
    Object.assign(this, { page, id, lang })
    this.element = page.locator(`playbook-calculator[data-calculator="${id}"]`)
    this.report = this.element.locator('.report')
    this.answer = this.report.locator('.report-answer')
    this.notice = this.element.locator('.calculator-notice')
  }

  /** Goes to the calculator and waits for its script. */
  async ready() {
    await this.element.evaluate((element) => {
      for (const fold of element.querySelectorAll('.calculator-fold')) fold.open = true
      element.scrollIntoView()
    })
    await this.page.waitForFunction(() => customElements.get('playbook-calculator'))
  }

  field(name) { return this.element.locator(`[name="${name}"]`) }

  /** A group's rows, and one of them counted from 0. */
  rows(group) { return this.element.locator(`[data-group="${group}"] .rows > .row`) }
  row(group, n) { return this.rows(group).nth(n) }

  /** Opens what a field is folded into. */
  async unfold(name) {
    await this.field(name).evaluate((f) => {
      for (let fold; (fold = f.closest('details:not([open])'));) fold.open = true
    })
  }

  /** Puts values into fields; the report is the new one afterwards. */
  async set(values) {
    for (const [name, value] of Object.entries(values)) {
      const field = this.field(name)
      await this.unfold(name)
      if (await field.evaluate((f) => f.localName === 'select')) await field.selectOption(value)
      else await field.fill(value)
    }
    await this.settled(values)
  }

  /** The values have arrived in the form, and the report belongs to what is in it. */
  async settled(values = {}) {
    await this.page.waitForFunction(([id, values]) => {
      const element = document.querySelector(`[data-calculator="${id}"]`)
      return Object.entries(values).every(([name, value]) => element.querySelector(`[name="${name}"]`).value === value)
        && !element.querySelector('.report[aria-busy]')
    }, [this.id, values])
  }

  /** What the form would submit. */
  form() {
    return this.element.locator('form').evaluate((form) => {
      const pairs = new URLSearchParams(new FormData(form))
      for (const group of form.querySelectorAll('[data-group]')) {
        if (!group.querySelector('.rows > .row')) pairs.append(group.dataset.group, '')
      }
      return pairs.toString()
    })
  }

  /** The report says what the command line says to the same form; its values are returned. */
  async agrees() {
    await this.settled()
    const asked = await this.element.evaluate((element) => {
      const [day] = element.dataset.today.split('=')
      return day && `&${day}=${new URLSearchParams(element.asked).get(day)}`
    })
    const form = await this.form() + asked
    const said = bare(await this.answer.textContent())
    const expected = bare(calc(this.id, form, { lang: this.lang, format: 'text' }))
    assert.ok(said && expected.startsWith(said), `the page says ${said}, the command line ${expected.slice(0, 120)}`)
    return calc(this.id, form, { lang: this.lang }).values
  }

  /** The report's facts, label → value. */
  async facts() {
    const pairs = await this.report.locator('.report-facts > div').evaluateAll((all) =>
      all.map((one) => [one.querySelector('dt').textContent.trim(), one.querySelector('dd').textContent.trim()]))
    return Object.fromEntries(pairs)
  }

  /** The cells of the report's tables, by caption. */
  async tables() {
    const pairs = await this.report.locator('.report-table').evaluateAll((all) => all.map((table) => [
      table.caption.textContent.trim(),
      [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim())),
    ]))
    return Object.fromEntries(pairs)
  }

  /** The message at a field, and that the field points to it. */
  async fault(name) {
    const field = this.field(name)
    await field.and(this.page.locator('[aria-invalid=true]')).waitFor({ state: 'attached' })
    const text = await field.evaluate((f) => f.getAttribute('aria-describedby').split(' ')
      .map((id) => document.getElementById(id)).find((e) => e?.matches('.field-fault'))?.innerText)
    return text?.replace(/\s+/g, ' ').trim()
  }

  /** Nothing is wrong any more. */
  async sound() {
    await this.settled()
    await this.page.waitForFunction((id) => !document.querySelector(`[data-calculator="${id}"] [aria-invalid=true]`), this.id)
    assert.equal(await this.element.locator('.field-fault').count(), 0)
  }

  /** What is kept in the browser. */
  stored() {
    return this.element.evaluate((e) => localStorage.getItem(`playbook:${document.documentElement.dataset.site}:calc:${e.id}`))
  }

  /** Clicks a button and gives the file that it saves, as bytes. */
  async download(selector) {
    const [file] = await Promise.all([this.page.waitForEvent('download'), this.element.locator(selector).click()])
    const chunks = []
    for await (const chunk of await file.createReadStream()) chunks.push(chunk)
    return { name: file.suggestedFilename(), bytes: Buffer.concat(chunks) }
  }
}
