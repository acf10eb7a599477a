// The frame of the pages: languages, theme, the drawer on a phone, shortcuts,
// what was read last; at a sub-path, from disk, and without scripts.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { launch, open, wake } from './lib/browser.mjs'
import { serve } from './lib/server.mjs'
import { pages, policy, root } from './lib/site.mjs'

let browser, host
before(async () => { browser = await launch(); host = await serve(root, '/some/sub-path/') })
after(async () => { await browser.close(); await host.close() })

const module = 'en/buying-behaviour/value-equation/index.html'
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }

test('the language switch leads to the same module and is remembered', async () => {
  const { page, faults, context } = await open(browser, host.url + module)
  await page.locator('.languages a[data-language=zh]').click()
  await page.waitForURL('**/zh/buying-behaviour/value-equation/index.html')
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-Hans')
  await page.goto(host.url + 'index.html')
  await page.waitForURL('**/zh/index.html')
  await page.goto(host.url + 'index.html#choose')
  assert.equal(await page.locator('.choices a').count(), 2)
  assert.deepEqual(faults, [])
  await context.close()
})

test('the theme switch overrides the device and is remembered', async () => {
  const { page, faults, context } = await open(browser, host.url + module, { colorScheme: 'light' })
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  const light = await paper()
  await page.locator('.theme-switch').click()
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
  const dark = await paper()
  assert.notEqual(dark, light)
  await page.reload()
  assert.equal(await paper(), dark)
  assert.deepEqual(faults, [])
  await context.close()
})

test('on a phone the course opens as a drawer, and Escape closes it', async () => {
  const { page, faults, context } = await open(browser, host.url + module, phone)
  const nav = page.locator('#course')
  assert.equal(await nav.isVisible(), false)
  await page.locator('.menu-button').tap()
  await nav.waitFor({ state: 'visible' })
  await page.keyboard.press('Escape')
  await nav.waitFor({ state: 'hidden' })
  await page.locator('.menu-button').tap()
  await nav.locator('a[data-module="buying-behaviour/needs-map"]').tap()
  await page.waitForURL('**/en/buying-behaviour/needs-map/index.html')
  await page.locator('.menu-button').tap()
  await nav.locator('.nav-track', { hasText: 'Traditional selling' }).tap()
  await page.waitForURL('**/en/traditional-selling/index.html')
  assert.deepEqual(faults, [])
  await context.close()
})

test('] and [ lead through the course, but not while typing', async () => {
  const { page, context } = await open(browser, host.url + 'en/traditional-selling/closing-techniques/index.html')
  await page.keyboard.press(']')
  await page.waitForURL('**/spot-the-close/index.html')
  await page.keyboard.press('[')
  await page.waitForURL('**/closing-techniques/index.html')
  await page.goto(host.url + module)
  await page.locator('playbook-calculator input[type=text]').first().focus()
  await page.keyboard.press(']')
  assert.match(page.url(), /value-equation/)
  await context.close()
})

test('the home page continues where the reader left off', async () => {
  const { page, faults, context } = await open(browser, host.url + 'en/index.html')
  assert.equal(await page.locator('.continue').isVisible(), false)
  await page.goto(host.url + module)
  await page.goto(host.url + 'en/index.html')
  const link = page.locator('.continue a')
  await link.waitFor()
  await link.click()
  await page.waitForURL('**/value-equation/index.html**')
  assert.deepEqual(faults, [])
  await context.close()
})

test('the skip link is the first stop and leads to the text', async () => {
  const { page, context } = await open(browser, host.url + module)
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip')
  await page.keyboard.press('Enter')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main')
  await context.close()
})

test('without scripts a module is complete: text, navigation, answers, the worked example', async () => {
  const { page, context } = await open(browser, host.url + module, { javaScriptEnabled: false })
  assert.ok(await page.locator('#course a[data-module]').count() >= 3)
  assert.ok(await page.locator('#course .nav-track').count() >= 6)
  assert.ok(await page.locator('.quiz-answer').count() >= 5)
  await page.locator('.quiz-answer summary').first().click()
  assert.ok(await page.locator('.quiz-answer').first().locator('li').first().isVisible())
  assert.match(await page.locator('playbook-calculator .report').innerText(), /9,500/)
  await page.goto(host.url + 'index.html')
  assert.equal(await page.locator('.choices a').count(), 2)
  await context.close()
})

test('the strict policy of the README holds: nothing is refused, and the calculators compute', async () => {
  const strict = await serve(root, '/', { policy: policy() })
  const { page, faults, context } = await open(browser, strict.url + module)
  await page.fill('[name="problem.0.amount"]', '11k')
  await page.waitForFunction(() => document.querySelector('.report').innerText.includes('13,500'))
  for (const path of pages()) {
    await page.goto(strict.url + path + (path === 'index.html' ? '#choose' : ''))
    await wake(page)
  }
  assert.deepEqual(faults, [])
  await context.close()
  await strict.close()
})

test('from disk: pages, links and scripts work', async () => {
  const { page, faults, context } = await open(browser, pathToFileURL(join(root, 'index.html')).href)
  await page.locator('.choices a').first().click()
  await page.waitForURL('**/en/index.html')
  await page.goto(pathToFileURL(join(root, module)).href)
  await page.locator('.languages a').first().click()
  await page.waitForURL('**/zh/buying-behaviour/value-equation/index.html')
  assert.deepEqual(faults, [])
  await context.close()
})
