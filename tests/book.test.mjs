// The site as a PDF: printed by Chromium, with an outline, and links that lead somewhere.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, launch, open } from './lib/browser.mjs'
import { program, project } from './lib/site.mjs'

let folder, browser
const exported = (kind, ...options) => {
  const file = join(folder, 'book.' + (kind === 'book' ? 'html' : kind)) // a browser goes by the ending
  execFileSync(program, ['export', kind, '--site', join(project, 'tests', 'fixture'), '-o', file, ...options], { env: { ...process.env, CHROMIUM: chromium } })
  return file
}

before(async () => { folder = mkdtempSync(join(tmpdir(), 'playbook-book-')); browser = await launch() })
after(async () => { await browser.close(); rmSync(folder, { recursive: true }) })

test('a PDF has pages, and an outline', () => {
  const pdf = readFileSync(exported('pdf'), 'latin1')
  assert.match(pdf, /^%PDF-/)
  assert.match(pdf, /\/Outlines/)
  assert.ok(pdf.match(/\/Type\s*\/Page\b/g).length > 5)
})

for (const lang of ['en', 'zh']) {
  test(`the page has each id once, no dead link within it, and nothing wider than paper (${lang})`, async () => {
    const { page, faults, context } = await open(browser, 'file://' + exported('book', '--lang', lang), { viewport: { width: 660, height: 940 }, javaScriptEnabled: false })
    await page.emulateMedia({ media: 'print' })
    const found = await page.evaluate(() => ({
      dead: [...document.querySelectorAll('a[href^="#"]')].map((a) => decodeURIComponent(a.hash.slice(1))).filter((id) => !document.getElementById(id)),
      twice: [...document.querySelectorAll('[id]')].map(({ id }) => id).filter((id, i, all) => all.indexOf(id) !== i),
      replies: document.querySelectorAll('.play-scene .play-reply').length,
      controls: document.querySelectorAll('button, input, select, textarea, script').length,
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    }))
    assert.deepEqual(found, { dead: [], twice: [], replies: 4, controls: 0, wide: 0 })
    assert.deepEqual(faults, [])
    await context.close()
  })
}
