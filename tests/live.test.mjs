// `playbook serve` in a browser: a saved file shows at once and at the same
// place, faults lie over the page until they are mended, and the page finds a
// server that was started anew.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { launch, open } from './lib/browser.mjs'
import { project } from './lib/site.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const site = mkdtempSync(join(tmpdir(), 'playbook-live-'))
const long = 'A paragraph that takes its place.\n\n'.repeat(80)
let browser, server, url

function write(name, text) {
  mkdirSync(dirname(join(site, name)), { recursive: true })
  writeFileSync(join(site, name), text)
}

const module = (text) => write('content/01-first/01-asking.md', `---\ntitle: Asking\n---\n\n${long}${text}\n\n${long}`)

/** Starts the server; resolves with its address. */
function start(addr) {
  return new Promise((ready, failed) => {
    server = spawn(process.env.PLAYBOOK_BIN ?? join(project, 'bin', 'playbook'), ['serve', '--site', site, '--addr', addr])
    let said = ''
    server.stderr.on('data', (data) => { said += data })
    server.stdout.on('data', (data) => ready(String(data).trim()))
    server.on('exit', (code) => failed(new Error(`the server ended with ${code}: ${said}`)))
  })
}

const stop = () => new Promise((done) => { server.on('exit', done); server.kill('SIGTERM') })

before(async () => {
  write('content/site.yaml', 'title: Course\nlanguages: [en]\n')
  write('content/index.md', '---\ntitle: Course\n---\n\nWelcome.\n')
  write('content/01-first/index.md', '---\ntitle: First\n---\n')
  module('One question.')
  browser = await launch()
  url = await start('127.0.0.1:0')
})

after(async () => {
  await browser.close()
  await stop()
  rmSync(site, { recursive: true })
})

test('a saved module shows, at the same place', async () => {
  const { page, faults, context } = await open(browser, url + 'first/asking/index.html')
  await page.getByText('One question.').scrollIntoViewIfNeeded()
  const place = await page.evaluate(() => scrollY)
  assert.ok(place > 500, `scrolled to ${place}`)
  const times = []
  for (const text of ['Two questions.', 'Three questions.', 'Four questions.']) {
    await page.waitForLoadState('load')
    await page.waitForTimeout(100)
    const began = performance.now()
    module(text)
    await page.getByText(text).waitFor({ state: 'attached' })
    times.push(Math.round(performance.now() - began))
  }
  await page.waitForFunction((y) => Math.abs(scrollY - y) < 2, place)
  console.log(`# save to shown in the browser: ${times.join(', ')} ms`)
  assert.deepEqual(faults, [])
  await context.close()
})

test('faults lie over the page until they are mended', async () => {
  const { page, faults, context } = await open(browser, url + 'first/asking/index.html')
  const dialog = page.getByRole('dialog')
  module('See [nowhere](nowhere.md), <b>bold</b>.')
  await dialog.waitFor()
  const shown = await dialog.innerText()
  assert.match(shown, /content\/01-first\/01-asking\.md:165:\d+/)
  assert.match(shown, /See \[nowhere\]\(nowhere\.md\), <b>bold<\/b>\.\n +\^/)
  await page.evaluate(axe)
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme })
    const found = await page.evaluate(() => globalThis.axe.run('playbook-faults', { resultTypes: ['violations'] }))
    assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.help}`), [])
  }
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  const stale = page.getByRole('button', { name: '1 fault: an older version is shown' })
  await stale.waitFor()
  const found = await page.evaluate(() => globalThis.axe.run('playbook-faults', { resultTypes: ['violations'] }))
  assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.help}`), [])
  await stale.click()
  await dialog.waitFor()
  assert.equal(await stale.isVisible(), false)
  await dialog.getByRole('button', { name: 'Close' }).click()
  await stale.waitFor()

  module('See [neither](neither.md).')
  await dialog.waitFor()
  assert.equal(await page.getByText('Four questions.').count(), 1, 'the last good page stays below')
  module('Mended.')
  await page.getByText('Mended.').waitFor({ state: 'attached' })
  assert.equal(await dialog.count(), 0)
  assert.equal(await stale.count(), 0)
  assert.deepEqual(faults, [])
  await context.close()
})

test('the page finds a server that was started anew', async () => {
  const { page, context } = await open(browser, url + 'first/asking/index.html')
  await stop()
  module('While nobody served.')
  assert.equal(await start(new URL(url).host), url)
  await page.getByText('While nobody served.').waitFor({ state: 'attached' })
  await context.close()
})

test('a site that cannot be built shows why, and comes up', async () => {
  await stop()
  write('content/01-first/01-asking.md', '---\ntitel: Asking\n---\n')
  await start(new URL(url).host)
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(url + 'first/asking/index.html')
  await page.getByText('titel: Asking').first().waitFor()
  write('content/01-first/01-asking.md', '---\ntitle: Asking\n---\n\nSee [nowhere](nowhere.md).\n')
  await page.getByText('[nowhere](nowhere.md)').waitFor()
  module('At last.')
  await page.getByText('At last.').waitFor({ state: 'attached' })
  await context.close()
})
