// Reading without a network: after one visit everything is here, a new release
// replaces what changed and nothing else, and the reader can say no.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { launch, open, phone, ready } from './lib/browser.mjs'
import { Calculator } from './lib/calculator.mjs'
import { serve } from './lib/server.mjs'
import { program, root } from './lib/site.mjs'

const base = '/some/sub-path/'
const module = 'en/buying-behaviour/value-equation/index.html'

let browser
before(async () => { browser = await launch() })
after(async () => { await browser.close() })

/** The state that the worker tells pages. */
const sign = (page) => page.locator('[data-offline]').textContent()
const signed = (page, text) => page.waitForFunction((text) => document.querySelector('[data-offline]').textContent === text, text, { timeout: 60_000 })

/** What the cache holds, by path and version. */
const held = (page) => page.evaluate(async () => {
  const [name] = await caches.keys()
  if (!name) return null
  const all = (await (await caches.open(name)).keys()).map((request) => request.url)
  return { name, all: all.map((url) => url.slice(new URL('.', document.baseURI).origin.length)).sort() }
})

/** The network goes, or the host; comes() brings it back at the same address. */
async function goes(context, host) {
  await host.close()
  await context.setOffline(true)
}

test('after one visit the whole site is here: pages, questions, calculators, search, in both languages', async () => {
  const host = await serve(root, base)
  const { page, faults, context } = await open(browser, host.url + 'en/index.html', phone)
  await signed(page, 'Available offline')
  const { name, all } = await held(page)
  assert.equal(name, 'playbook:' + base)
  assert.ok(all.some((url) => url.startsWith(base + 'zh/buying-behaviour/value-equation/index.html?')))
  assert.deepEqual(all.filter((url) => /404|sitemap|\.gz|\.br|calculators\.[0-9a-f]+\.js/.test(url)), [])

  await goes(context, host)
  await page.goto(host.url + module)
  await page.getByText('No network').waitFor()
  const calculator = new Calculator(page, 'value-equation')
  await calculator.ready()
  await calculator.set({ 'problem.0.amount': '11k' })
  await calculator.agrees()

  await page.goto(host.url + 'en/traditional-selling/spot-the-close/')
  await page.locator('playbook-quiz').first().scrollIntoViewIfNeeded()
  await ready(page)
  const quiz = page.locator('playbook-quiz').first()
  await quiz.locator('input, select').first().waitFor()

  await page.locator('.search-open').tap()
  await page.locator('#search-input').fill('gatekeeper')
  await page.locator('.search-found a').first().waitFor()
  await page.locator('.search-found a').first().tap()
  await page.locator('h1').waitFor()

  await page.goto(host.url + 'zh/questions/spin/index.html')
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-Hans')
  await page.getByText('没有网络，正在阅读保存在本机的内容。').waitFor()
  assert.equal(await sign(page), '可离线阅读')
  assert.deepEqual(faults.filter((fault) => !/Failed to load resource|ERR_INTERNET_DISCONNECTED/.test(fault)), [])
  await context.close()
})
