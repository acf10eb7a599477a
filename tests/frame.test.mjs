// The frame of the pages: languages, theme, the drawer on a phone, shortcuts,
// what was read last; at a sub-path, from disk, and without scripts. On the site of
// tests/fixture; of the course, that no page lacks anything without scripts.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { launch, open, phone, ready, wake } from './lib/browser.mjs'
import { Calculator } from './lib/calculator.mjs'
import { serve } from './lib/server.mjs'
import { bench, calc, pages, policy, root } from './lib/site.mjs'

let browser, site, host
before(async () => { browser = await launch(); site = bench(); host = await serve(site.root, '/some/sub-path/') })
after(async () => { await browser.close(); await host.close(); site.close() })

const module = 'en/calls/value-equation/index.html'
const questions = 'en/quizzes/kinds/index.html'

test('the language switch leads to the same module and is remembered', async () => {
  const { page, faults, context } = await open(browser, host.url + module)
  await page.locator('.languages a[data-language=zh]').click()
  await page.waitForURL('**/zh/calls/value-equation/index.html')
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
  await nav.locator('a[href$="/needs-map/index.html"]').tap()
  await page.waitForURL('**/en/calls/needs-map/index.html')
  await page.locator('.menu-button').tap()
  await nav.locator('.nav-track', { hasText: 'Quizzes' }).tap()
  await page.waitForURL('**/en/quizzes/index.html')
  assert.deepEqual(faults, [])
  await context.close()
})

test('the column marks what has been read, in any language', async () => {
  const { page, faults, context } = await open(browser, host.url + '/en/calls/needs-map/')
  await page.goto(host.url + '/en/calls/value-equation/')
  await ready(page)
  const seen = page.locator('#course a.seen')
  assert.deepEqual((await seen.allTextContents()).map((text) => text.endsWith('(Read)')), [true, true])
  assert.deepEqual(await seen.evaluateAll((links) => links.map((a) => a.pathname.split('/').at(-2))).then((names) => names.sort()), ['needs-map', 'value-equation'])
  await page.goto(host.url + '/zh/calls/value-equation/')
  await ready(page)
  assert.equal(await seen.count(), 2) // whatever the language
  assert.deepEqual(faults, [])
  await context.close()
})

test('] and [ lead through the course, but not while typing', async () => {
  const { page, context } = await open(browser, host.url + questions)
  await page.keyboard.press(']')
  await page.waitForURL('**/quizzes/terms/index.html')
  await ready(page)
  await page.keyboard.press('[')
  await page.waitForURL('**/quizzes/kinds/index.html')
  await page.goto(host.url + 'en/tools/value-equation/index.html')
  await ready(page)
  await page.locator('playbook-calculator input[type=text]').first().focus()
  await page.keyboard.press(']')
  assert.match(page.url(), /value-equation/)
  await context.close()
})

test('the home page continues where the reader left off', async () => {
  const { page, faults, context } = await open(browser, host.url + 'en/index.html')
  assert.equal(await page.locator('.continue').isVisible(), false)
  await page.goto(host.url + module)
  await ready(page)
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
  const { page, context } = await open(browser, host.url + questions, { javaScriptEnabled: false })
  assert.ok(await page.locator('#course .nav-tracks ol a').count() >= 2)
  assert.ok(await page.locator('#course .nav-track').count() >= 2)
  assert.ok(await page.locator('.quiz-answer').count() >= 9)
  await page.locator('.quiz-answer summary').first().click()
  assert.ok(await page.locator('.quiz-answer').first().locator('li').first().isVisible())
  await page.goto(host.url + module)
  const said = (await page.locator('.report-answer strong').textContent()).trim()
  assert.ok(said && calc('value-equation', '', { format: 'text' }).replace(/\s+/g, ' ').includes(said), said)
  await page.goto(host.url + 'index.html')
  assert.equal(await page.locator('.choices a').count(), 2)
  await context.close()
})

test('without scripts every question of the course has its answer, every calculator its result', async () => {
  const course = await serve(root)
  const { page, context } = await open(browser, course.url, { javaScriptEnabled: false })
  const bare = []
  let blocks = 0
  for (const path of pages()) {
    if (!/<playbook-(quiz|calculator)\b/.test(readFileSync(join(root, path), 'utf8'))) continue
    await page.goto(course.url + path)
    for (const [block, must] of [['playbook-quiz', '.quiz-answer'], ['playbook-calculator', '.report']]) {
      blocks += await page.locator(block).count()
      const lacking = await page.locator(block).evaluateAll((all, must) => all.filter((one) =>
        !one.querySelector(must)?.textContent.replace(one.querySelector(must + ' > summary')?.textContent, '').trim()).map((one) => one.id), must)
      bare.push(...lacking.map((id) => `${path}: ${id}`))
    }
  }
  assert.ok(blocks > 0)
  assert.deepEqual(bare, [])
  await context.close()
  await course.close()
})

test('the strict security policy of the documents holds: nothing is refused, and the calculators compute', async () => {
  const own = bench('--base-url', 'https://playbook.example/')
  const strict = await serve(own.root, '/', { policy: policy(own.root) })
  const { page, faults, context } = await open(browser, strict.url + module)
  const calculator = new Calculator(page, 'value-equation')
  await calculator.ready()
  const before = await calculator.answer.textContent()
  await calculator.set({ 'problem.0.amount': '110k' })
  await calculator.agrees()
  assert.notEqual(await calculator.answer.textContent(), before)
  for (const path of pages(own.root).filter((path) => !path.startsWith('zh/'))) {
    await page.goto(strict.url + path + (path === 'index.html' ? '#choose' : ''))
    await wake(page)
  }
  assert.deepEqual(faults, [])
  await context.close()
  await strict.close()
  own.close()
})

test('from disk: pages, links and scripts work', async () => {
  const { page, faults, context } = await open(browser, pathToFileURL(join(site.root, 'index.html')).href)
  await page.locator('.choices a').first().click()
  await page.waitForURL('**/en/index.html')
  await page.goto(pathToFileURL(join(site.root, module)).href)
  await page.locator('.languages a').first().click()
  await page.waitForURL('**/zh/calls/value-equation/index.html')
  assert.deepEqual(faults, [])
  await context.close()
})
