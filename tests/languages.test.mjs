// Languages that are nothing but files of words (tests/languages), in the browser:
// French with its numbers, and one that is written from right to left.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch, open, overflow, phone } from './lib/browser.mjs'
import { Calculator } from './lib/calculator.mjs'
import { serve } from './lib/server.mjs'
import { program, project } from './lib/site.mjs'

let browser, host, root
before(async () => {
  root = mkdtempSync(join(tmpdir(), 'languages-'))
  execFileSync(program, ['build', '--site', join(project, 'tests/languages'), '--out', root], { stdio: 'pipe' })
  browser = await launch()
  host = await serve(root)
})
after(async () => {
  await browser.close()
  await host.close()
  rmSync(root, { recursive: true })
})

const spaced = (text) => text.replace(/[\u00A0\u202F]/g, ' ')

test('a calculator reads and writes numbers as French does', async () => {
  const { page, faults, context } = await open(browser, host.url + 'fr/negociation/prix/index.html')
  const it = new Calculator(page, 'value-equation', 'fr')
  await it.ready()
  const verdict = async () => spaced(await it.report.locator('.report-verdict strong').innerText())
  const built = await verdict()
  assert.match(built, /^Achetez\. Le problème pèse 1 234,56 €, le remède 1 000 €$/)
  await it.set({ 'problem.0.amount': '1234,5' })
  assert.match(await verdict(), /pèse 1 234,50 €/)
  await it.set({ 'problem.0.amount': '1 234,56' })
  assert.equal(await verdict(), built, 'in the browser as when the site was built')

  await it.field('problem.0.amount').fill('12,000') // twelve, or twelve thousand
  await page.waitForFunction(() => /sépare-t-il/.test(document.querySelector('playbook-calculator').innerText))
  assert.match(await verdict(), /1 234,56/, 'nothing is computed from what may be two numbers')
  assert.deepEqual(faults, [])
  await context.close()
})

test('a page goes by the script and the direction of its language, a text in it by its own', async () => {
  for (const options of [{}, phone]) {
    const { page, faults, context } = await open(browser, host.url + 'qaa/negociation/prix/index.html', options)
    const style = (selector, name) => page.locator(selector).first().evaluate((e, name) => getComputedStyle(e)[name], name)
    assert.equal(await style('body', 'direction'), 'rtl')
    assert.equal(await style('.prose', 'direction'), 'ltr')
    assert.match(await style('.prose', 'fontFamily'), /^"Noto Sans"/)
    assert.doesNotMatch(await style('body', 'fontFamily'), /Noto Sans/)
    const [menu, main] = await Promise.all(['.course-nav', 'main'].map((s) => page.locator(s).boundingBox()))
    if (!options.isMobile) assert.ok(menu.x > main.x, 'the course stands at the side where lines begin')
    assert.ok(await overflow(page) <= 0)
    assert.deepEqual(faults, [])
    await context.close()
  }
})
