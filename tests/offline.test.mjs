// Reading without a network: after one visit everything is here, a new release
// replaces what changed and nothing else, and the reader can say no.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch, open as openPage, phone } from './lib/browser.mjs'
import { Calculator } from './lib/calculator.mjs'
import { serve as serveFolder } from './lib/server.mjs'
import { pages, policy, program, project, root } from './lib/site.mjs'

const base = '/some/sub-path/'
const folder = mkdtempSync(join(tmpdir(), 'playbook-offline-'))

let browser
before(async () => { browser = await launch() })
after(async () => {
  await browser.close()
  for (const host of hosts) await host.close() // of a test that failed: the run would not end
  rmSync(folder, { recursive: true })
})

const hosts = []
const serve = async (...options) => {
  const host = await serveFolder(...options)
  hosts.push(host)
  return host
}

const open = (browser, url, options) => openPage(browser, url, { serviceWorkers: 'allow', ...options })

/** Waits until the foot of the page says so. */
const signed = (page, text) => page.waitForFunction((text) => document.querySelector('[data-offline]')?.textContent === text, text)

/** What the cache holds, from the site's root, with the versions; null without one. */
const held = (page, site) => page.evaluate(async (site) => {
  const names = await caches.keys()
  if (!names.length) return null
  const keys = await (await caches.open(names[0])).keys()
  return { names, all: keys.map((request) => request.url.slice(site.length)).sort() }
}, site)

/** Asks the page again and again until it says yes: waitForFunction takes a promise for a yes. */
async function until(page, ask, argument) {
  for (let n = 0; n < 600; n++) {
    if (await page.evaluate(ask, argument).catch(() => false)) return // a reload ends what was asked
    await new Promise((done) => setTimeout(done, 100))
  }
  assert.fail(`never: ${ask} ${argument}`)
}

/** Waits until the cache holds, or no longer holds, what begins so. */
const holds = (page, site, start, yes = true) => until(page, async ([address, yes]) => {
  for (const name of await caches.keys()) {
    const keys = await (await caches.open(name)).keys()
    return keys.some((request) => request.url.startsWith(address)) === yes
  }
  return !yes
}, [site + start, yes])

/** Waits until nothing is left: no cache, no worker. */
const nothing = (page) => until(page, async () =>
  !(await caches.keys()).length && !(await navigator.serviceWorker.getRegistrations()).length)

/** The stamp of the release that is kept; and waits until it is another. */
const release = (page, site) => page.evaluate(async (site) => (await (await caches.match(site + '?kept')).json()).stamp, site)
const renewed = (page, site, stamp) => until(page, async ([site, stamp]) =>
  (await (await caches.match(site + '?kept')).json()).stamp !== stamp, [site, stamp])

/** A site of our own, from the test bench: change it, build it. */
function site(name) {
  const content = join(folder, name, 'content')
  const out = join(folder, name, 'public')
  cpSync(join(project, 'tests', 'fixture', 'content'), content, { recursive: true })
  return {
    out,
    write: (file, text) => writeFileSync(join(content, file), text),
    remove: (file) => rmSync(join(content, file)),
    module: (file, title, text) => writeFileSync(join(content, file), `---\ntitle: ${title}\n---\n\n${text}\n`),
    build: (...options) => execFileSync(program, ['build', '--site', join(folder, name), '--out', out, ...options], { stdio: 'pipe' }),
  }
}

/** No network: neither the host nor, as the browser knows, a way to it. */
async function cut(context, host) {
  await host.close()
  await context.setOffline(true)
}

/** Whether a worker asks on its own account, to save a file. */
const isSaving = (request) => !!request.headers.referer?.endsWith('/offline.js')

const pause = (ms) => new Promise((done) => setTimeout(done, ms))

/** Stops the workers, as the browser does with those that are idle. */
async function stopWorkers(page) {
  const session = await page.context().newCDPSession(page)
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
  await session.detach()
}

/** What Chromium says of its own when there is no network. */
const expected = /Failed to load resource|net::ERR_/

test('after one visit all of the course is here', async () => {
  const host = await serve(root, base, { policy: policy() })
  const { page, faults, context } = await open(browser, host.url + 'en/index.html', phone)
  await signed(page, 'Available offline')
  const { names, all } = await held(page, host.url)
  assert.deepEqual(names, ['playbook:' + base])
  const files = new Set(all.map((file) => file.split('?')[0]))
  assert.deepEqual(pages().filter((path) => path !== '404.html' && !files.has(path)), [], 'pages that are not here')
  assert.deepEqual([...files].filter((file) => /^404\.html|^sitemap\.xml|\.gz|\.br|calculators\.[0-9a-f]+\.js/.test(file)), [])
  assert.deepEqual(faults, [])
  await host.close()
  await context.close()
})

test('without a network pages, questions, calculators and search work, in both languages', async () => {
  const own = site('whole')
  own.build('--base-url', 'https://playbook.example' + base)
  const host = await serve(own.out, base, { policy: policy(own.out) })
  const { page, faults, context } = await open(browser, host.url + 'en/index.html', phone)
  await signed(page, 'Available offline')
  assert.deepEqual(faults, [])

  await cut(context, host)
  await page.goto(host.url + 'en/calls/value-equation/index.html')
  await page.getByText('No network. You are reading').waitFor()
  const calculator = new Calculator(page, 'value-equation')
  await calculator.ready()
  await calculator.set({ 'problem.0.amount': '11k' })
  assert.ok(await calculator.agrees())

  await page.goto(host.url + 'en/quizzes/terms/') // a folder's address
  const quiz = page.locator('playbook-quiz').first()
  await quiz.scrollIntoViewIfNeeded()
  await quiz.locator('input, select').first().waitFor()

  await page.locator('.search-open').tap()
  await page.locator('#search-input').fill('needle')
  await page.locator('.search-found a').first().tap()
  await page.waitForURL((url) => !url.pathname.includes('quizzes/terms'))
  await page.locator('h1').waitFor()

  await page.goto(host.url + 'zh/quizzes/terms/index.html')
  await page.getByText('没有网络，正在阅读保存在本机的内容。').waitFor()
  await signed(page, '可离线阅读')
  assert.deepEqual(faults.filter((fault) => !expected.test(fault)), [])
  await context.close()
})

/** A site of some 500 files, so that saving takes a while. */
function many() {
  const own = site('many')
  for (let n = 0; n < 180; n++) own.module(`01-quizzes/${100 + n}-more-${n}.en.md`, `More ${n}`, `Text ${n}.`)
  own.build()
  return own.out
}

/** Opens the site with each answer delayed, taps a link once saving is under way, and gives the milliseconds until the page is there. */
async function firstTap(out, delay, serviceWorkers) {
  const host = await serve(out, base)
  let saved = 0, atTap = 0, atAnswer = 0
  host.before = async (path, request) => {
    if (isSaving(request)) saved++
    await pause(delay)
    if (path.endsWith('/calls/index.html')) atAnswer = saved
  }
  const { page, context } = await open(browser, host.url + 'en/index.html', { ...phone, serviceWorkers })
  if (serviceWorkers === 'allow') while (saved < 12) await pause(10)
  atTap = saved
  const began = performance.now()
  await page.locator('main a[href$="calls/index.html"]').first().evaluate((link) => link.click())
  await page.waitForURL('**/calls/index.html', { waitUntil: 'commit' })
  await page.locator('h1').waitFor()
  const took = performance.now() - began
  await host.close()
  await context.close()
  return { took: Math.round(took), atTap, atAnswer }
}

test('a tap while the site is being saved does not wait for it', async () => {
  const out = many()
  for (const delay of [40, 150]) {
    const without = await firstTap(out, delay, 'block')
    const { took, atTap, atAnswer } = await firstTap(out, delay, 'allow')
    console.log(`${delay} ms a request: the first tap takes ${took} ms while saving, ${without.took} ms without a worker`)
    assert.ok(atAnswer >= atTap && atAnswer < 200, `${atAnswer} files were saved before the page came`)
  }
})

test('while a page is on its way no file is asked for; then saving goes on, also after the worker was stopped', async () => {
  const host = await serve(many(), base)
  const asked = [], during = []
  let inFlight = 0, held
  host.before = async (path, request) => {
    if (!isSaving(request)) return held && path.endsWith('/calls/index.html') ? held : undefined
    asked.push(path)
    if (held) during.push(path)
    inFlight++
    await pause(20)
    inFlight--
  }
  const { page, faults, context } = await open(browser, host.url + 'en/index.html')
  while (asked.length < 20) await pause(10)

  let answer
  held = new Promise((done) => { answer = done })
  const arrives = page.goto(host.url + 'en/calls/index.html')
  while (!host.requests.includes(base + 'en/calls/index.html') || inFlight) await pause(10)
  for (let n = 0; n < 20; n++) await pause(20)
  assert.ok(during.length <= 2, `asked for while the page was on its way: ${during}`) // sent when the tap came
  assert.ok(asked.length < 100)
  held = null
  answer()
  await arrives

  const before = asked.length
  while (asked.length < before + 20) await pause(10)
  await stopWorkers(page)
  await page.reload()
  await signed(page, 'Available offline')
  const twice = asked.filter((path, n) => asked.indexOf(path) < n)
  assert.ok(twice.length <= 8, `asked for again: ${twice}`) // what was on its way
  assert.deepEqual(faults, [])

  await cut(context, host)
  await page.goto(host.url + 'zh/quizzes/terms/index.html')
  await page.getByText('没有网络，正在阅读保存在本机的内容。').waitFor()
  await context.close()
})

test('storage that is full says so, and what is here is read; with more room the rest follows', async () => {
  const own = site('full')
  own.build()
  const host = await serve(own.out, base)
  const { page, context } = await open(browser, 'about:blank')
  const session = await context.newCDPSession(page)
  const room = (quotaSize) => session.send('Storage.overrideQuotaForOrigin', { origin: new URL(host.url).origin, quotaSize })
  await room(3e6)
  await page.goto(host.url + 'en/read-offline/index.html')
  await page.getByText('This device has no more room.').waitFor()
  await page.goto(host.url + 'en/quizzes/terms/index.html')
  await page.locator('h1').waitFor()
  await page.goto(host.url + 'en/read-offline/index.html')
  await page.getByText('This device has no more room.').waitFor()
  await room(200e6)
  await page.reload()
  await page.getByText('The whole course is on this device').waitFor()
  await host.close()
  await context.close()
})

test('an address that is not here says so, in its language, and lists what is', async () => {
  const own = site('absent')
  own.build()
  const host = await serve(own.out, base)
  const { page, faults, context } = await open(browser, host.url + 'en/index.html', phone)
  await signed(page, 'Available offline')
  await cut(context, host)
  await page.goto(host.url + 'zh/quizzes/new/index.html')
  await page.getByText('现在没有网络，这一页也没有保存在本机。').waitFor()
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-Hans')
  await page.goto(host.url + 'en/quizzes/new/deep/index.html')
  await page.getByText('this page is not on your device').waitFor()
  assert.match(page.url(), /new\/deep/)
  const here = page.locator('.offline-here a')
  await here.first().waitFor()
  const paths = await here.evaluateAll((links) => links.map((link) => link.href))
  assert.deepEqual(paths.filter((path) => !path.startsWith(host.url + 'en/')), [])
  assert.equal(paths[0], host.url + 'en/index.html')
  await here.filter({ hasText: 'Terms' }).tap()
  await page.waitForURL('**/en/quizzes/terms/index.html')
  assert.deepEqual(faults.filter((fault) => !expected.test(fault)), [])
  await context.close()
})

test('a new release: what changed is fetched and nothing else, what is gone goes', async () => {
  const own = site('release')
  own.module('01-quizzes/03-first.en.md', 'First', 'The old text.')
  own.module('01-quizzes/04-second.en.md', 'Second', 'Will be taken out.')
  own.build()
  const host = await serve(own.out, base)
  const { page, context } = await open(browser, host.url + 'en/quizzes/first/index.html')
  await signed(page, 'Available offline')
  const before = await held(page, host.url)
  const [old] = before.all.filter((file) => file.startsWith('en/quizzes/first/index.html?'))

  own.module('01-quizzes/03-first.en.md', 'First', 'The new text.')
  own.build()
  let stamp = await release(page, host.url)
  host.requests.length = 0
  await page.reload()
  await page.getByText('The new text.').waitFor()
  await renewed(page, host.url, stamp)
  await holds(page, host.url, old, false)
  const after = await held(page, host.url)
  assert.equal(after.all.length, before.all.length)
  // The Chinese page shows the English text; the search index has it too.
  const fetched = new Set(host.requests.map((path) => path.slice(base.length)).filter((path) => !path.startsWith('search/en')))
  assert.deepEqual([...fetched].sort(), ['en/quizzes/first/index.html', 'offline.js', 'zh/quizzes/first/index.html'])

  // Of a release that comes half nothing is read.
  own.module('01-quizzes/03-first.en.md', 'First', 'The newest text.')
  own.build()
  host.before = (path, request) => (isSaving(request) && path.endsWith('zh/quizzes/first/index.html') ? new Promise(() => {}) : null)
  await page.goto(host.url + 'en/index.html')
  await until(page, async (address) => (await (await caches.open((await caches.keys())[0])).keys()).filter((request) => request.url.startsWith(address)).length === 2, host.url + 'en/quizzes/first/index.html?')
  await stopWorkers(page)
  host.silent = true
  await page.goto(host.url + 'en/quizzes/first/index.html', { waitUntil: 'commit' })
  await page.getByText('The new text.').waitFor()
  host.silent = false
  host.before = null
  host.drop()

  own.remove('01-quizzes/04-second.en.md')
  own.build()
  stamp = await release(page, host.url)
  await page.reload()
  await renewed(page, host.url, stamp)
  for (const lang of ['en', 'zh']) await holds(page, host.url, lang + '/quizzes/second/', false)

  await cut(context, host)
  await page.goto(host.url + 'en/quizzes/first/index.html')
  await page.getByText('The newest text.').waitFor()
  await page.goto(host.url + 'en/quizzes/second/index.html')
  await page.getByText('this page is not on your device').waitFor()
  await context.close()
})

test('a host that does not answer is not waited for, nor one that fails', async () => {
  const own = site('slow')
  own.build()
  const host = await serve(own.out, base)
  const { page, context } = await open(browser, host.url + 'en/index.html')
  await signed(page, 'Available offline')
  host.silent = true
  await page.reload({ waitUntil: 'commit' })
  await page.locator('h1').waitFor()
  await page.goto(host.url + 'en/quizzes/terms/index.html', { waitUntil: 'commit' })
  await page.locator('h1', { hasText: 'Terms' }).waitFor()
  await host.close()
  await context.close()
})

test('removal ends a saving that hangs', async () => {
  const own = site('hangs')
  own.build()
  const host = await serve(own.out, base)
  const { page, context } = await open(browser, host.url + 'en/read-offline/index.html')
  host.before = (path, request) => (isSaving(request) && path.includes('/zh/') ? new Promise(() => {}) : null)
  await holds(page, host.url, 'assets/')
  await page.getByRole('button', { name: 'Remove from this device' }).click()
  await page.getByText('Nothing is kept on this device.').waitFor()
  await nothing(page)
  await host.close()
  await context.close()
})

test('a note about the kept release that is damaged is made anew', async () => {
  const own = site('damaged')
  own.build()
  const host = await serve(own.out, base)
  const { page, faults, context } = await open(browser, host.url + 'en/index.html')
  for (const note of ['{', 'null', '{"stamp":"x"}']) {
    await signed(page, 'Available offline')
    await page.evaluate(async ([site, note]) => (await caches.open((await caches.keys())[0])).put(site + '?kept', new Response(note)), [host.url, note])
    await stopWorkers(page)
    await page.reload()
    await until(page, async (site) => (await (await caches.match(site + '?kept')).json().catch(() => null))?.files, host.url)
  }
  assert.deepEqual(faults, [])
  await cut(context, host)
  await page.goto(host.url + 'en/quizzes/terms/index.html')
  await page.locator('h1', { hasText: 'Terms' }).waitFor()
  await context.close()
})

test('where each byte costs nothing begins unasked; the reader may ask, and may have it removed', async () => {
  const own = site('choice')
  own.build()
  const host = await serve(own.out, base)
  const costly = () => Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) })
  const { page, faults, context } = await open(browser, host.url + 'en/index.html', { init: costly })
  const registered = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)
  await page.evaluate(() => new Promise(requestIdleCallback))
  assert.equal(await registered(), 0)
  assert.ok(!host.requests.includes(base + 'offline.js'))

  await page.locator('[data-offline]').click()
  await page.waitForURL('**/en/read-offline/index.html')
  await page.getByText('Nothing is kept on this device.').waitFor()
  await page.getByRole('button', { name: 'Keep on this device' }).click()
  await page.getByText('The whole course is on this device').waitFor()
  await page.locator('.offline-here a').first().waitFor()

  await page.getByRole('button', { name: 'Remove from this device' }).click()
  await page.getByText('Nothing is kept on this device.').waitFor()
  await nothing(page)
  await page.goto(host.url + 'en/index.html')
  await page.evaluate(() => new Promise(requestIdleCallback))
  assert.equal(await registered(), 0)
  assert.equal(await held(page, host.url), null)
  assert.deepEqual(faults, [])
  await host.close()
  await context.close()
})

test('of a large site what was opened is here, and it is kept up to date', async () => {
  const own = site('large')
  for (let n = 0; n < 7; n++) own.write(`picture-${n}.bin`, Buffer.alloc(4e6, n))
  own.module('01-quizzes/03-first.en.md', 'First', 'The old text.')
  own.build()
  const host = await serve(own.out, base)
  const { page, context } = await open(browser, host.url + 'en/index.html')
  await signed(page, 'Available offline if opened')
  await page.goto(host.url + 'en/quizzes/first/index.html')
  await holds(page, host.url, 'en/quizzes/first/index.html?')
  const { all } = await held(page, host.url)
  assert.deepEqual(all.filter((file) => file.startsWith('picture') || file.startsWith('search/') || file.startsWith('en/quizzes/terms')), [])

  own.module('01-quizzes/03-first.en.md', 'First', 'The new text.')
  own.build()
  const stamp = await release(page, host.url)
  await page.goto(host.url + 'zh/index.html')
  await renewed(page, host.url, stamp)
  await cut(context, host)
  await page.goto(host.url + 'en/quizzes/first/index.html')
  await page.getByText('The new text.').waitFor()
  await page.goto(host.url + 'en/quizzes/terms/index.html')
  await page.getByText('this page is not on your device').waitFor()
  await page.locator('.offline-here a', { hasText: 'First' }).waitFor()
  await context.close()
})

test('offline: false, and a served site, take away what an earlier site has left at the address', async (t) => {
  const own = site('off')
  own.module('01-quizzes/03-first.en.md', 'First', 'The old text.')
  own.build()
  const host = await serve(own.out, '/')
  const { page, context } = await open(browser, host.url + 'en/index.html')
  await signed(page, 'Available offline')
  own.write('site.yaml', 'title: Test bench\nlanguages: [en, zh]\noffline: false\n')
  own.build()
  await page.reload()
  await nothing(page)
  assert.equal(await page.locator('[data-offline]').count(), 0)

  own.write('site.yaml', 'title: Test bench\nlanguages: [en, zh]\n')
  own.build()
  await page.goto(host.url + 'en/index.html')
  await signed(page, 'Available offline')
  await host.close()
  const server = spawn(program, ['serve', '--site', join(folder, 'off'), '--addr', `127.0.0.1:${host.port}`])
  t.after(() => server.kill())
  await new Promise((ready) => server.stdout.once('data', ready))
  own.module('01-quizzes/03-first.en.md', 'First', 'Not published yet.')
  await page.goto(host.url + 'en/quizzes/first/index.html')
  await page.getByText('Not published yet.').waitFor()
  await nothing(page)
  assert.equal(await page.locator('[data-offline]').count(), 0)
  await context.close()
})
