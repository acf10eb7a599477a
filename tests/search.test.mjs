// The search: what readers of the course find, what it costs, and the dialog as
// readers use it, on the site of tests/fixture.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { launch, open, overflow, phone, ready } from './lib/browser.mjs'
import { serve } from './lib/server.mjs'
import { bench, program, project } from './lib/site.mjs'
import { snippet } from '../templates/assets/js/search/snippet.js'
import { oneOff } from '../templates/assets/js/search/spelling.js'
import { tokenize } from '../templates/assets/js/search/text.js'
import { Searcher } from './lib/searcher.mjs'
import { exists, place, queries } from './relevance.mjs'

// Set when the course is whole: then a query whose page is not there is a fault.
const WHOLE = true

test('every query finds a page that answers it among the first three', async () => {
  const searcher = new Searcher()
  const lost = [], waiting = []
  const all = queries()
  assert.ok(all.length >= 60 && all.some((q) => q.lang === 'zh') && all.some((q) => /typo/.test(q.why)))
  for (const { lang, words, pages, why } of all) {
    if (!pages.some((page) => exists(page))) { waiting.push(`${words} (${pages.join(', ')})`); continue }
    const found = (await searcher.find(lang, words, 3)).map((e) => e.path)
    if (!place(found, pages)) lost.push(`${lang} “${words}” (${why}) finds ${found.join(', ') || 'nothing'}`)
  }
  if (waiting.length) console.log(`no page yet for: ${waiting.join('; ')}`)
  assert.deepEqual(lost, [])
  if (WHOLE) assert.deepEqual(waiting, [])
})

test('queries are read as the index reads its texts', () => {
  const table = readFileSync(join(project, 'generator/internal/search/testdata/tokens.tsv'), 'utf8')
  for (const line of table.split('\n').filter((l) => l && !l.startsWith('#'))) {
    const [written, want] = line.split('\t')
    const text = written.replace(/^elision: /, '')
    assert.equal(tokenize(text, text !== written).map((t) => (t.follows ? '+' : '') + t.text).join(' '), want, text)
  }
})

test('words are found without their accents, and what keywords say', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'accents-'))
  try {
    mkdirSync(join(dir, 'content'))
    const write = (name, text) => writeFileSync(join(dir, 'content', name), text)
    write('site.yaml', 'title: Accents\nlanguages: [en]\n')
    write('index.md', '---\ntitle: Home\n---\n')
    write('one.md', '---\ntitle: One\nkeywords: [espresso bar, 嫌贵]\n---\n\nMeet in a Café in the Hauptstraße and bring your résumé, dear Łukasz.\n')
    write('two.md', '---\ntitle: Two\n---\n\nThe cafe resumes at nine.\n')
    execFileSync(program, ['build', '--site', dir], { stdio: 'pipe' })
    const searcher = new Searcher(join(dir, 'public'))
    const found = async (words) => (await searcher.find('en', words)).map((e) => e.path.split('/')[0]).sort().join(' ')
    for (const [words, want] of [
      ['cafe', 'one two'], ['Café', 'one two'], ['CAFÉ', 'one two'], ['resume ', 'one two'], ['résumé ', 'one two'],
      ['hauptstrasse', 'one'], ['Hauptstraße', 'one'], ['lukasz', 'one'], ['Łukasz', 'one'], ['espresso', 'one'], ['嫌贵', 'one'],
    ]) assert.equal(await found(words), want, words)
    const { units } = await searcher.engine('en').find('resume cafe')
    assert.deepEqual([...snippet('In a Café with your résumé.', units, 100)].filter(([, hit]) => hit).map(([text]) => text), ['Café', 'résumé'])
  } finally {
    rmSync(dir, { recursive: true })
  }
})

test('French is searched without accents, in other forms, and behind an elision', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'french-'))
  try {
    execFileSync(program, ['build', '--site', join(project, 'tests/languages'), '--out', dir], { stdio: 'pipe' })
    const searcher = new Searcher(dir)
    for (const words of ['negociation ', 'négociation ', 'NÉGOCIATIONS ', 'objectif ', "l'objectif ", 'chiffre d’affaires ', 'équipe ', 'prete ']) {
      const found = (await searcher.find('fr', words)).map((e) => e.path)
      assert.ok(found.includes('fr/negociation/prix/index.html'), `${words}: ${found}`)
    }
    const { units } = await searcher.engine('fr').find('objectif')
    assert.deepEqual([...snippet('On cherche l’objectif.', units, 100, true)].filter(([, hit]) => hit).map(([text]) => text), ['objectif'])
  } finally {
    rmSync(dir, { recursive: true })
  }
})

test('one slip is one letter more, less, other, or two swapped', () => {
  for (const [a, b, want] of [
    ['price', 'prices', true], ['price', 'rice', true], ['price', 'prize', true], ['price', 'pirce', true],
    ['price', 'price', false], ['price', 'prizes', false], ['price', 'pcire', false], ['abc', 'cba', false],
    ['root', 'room', false], ['root', 'roots', true], ['', 'a', true], ['', 'ab', false],
  ]) {
    assert.equal(oneOff(a, b), want, `${a} ${b}`)
    assert.equal(oneOff(b, a), want, `${b} ${a}`)
  }
})

test('a snippet is cut where most was found, and marks it', () => {
  const unit = (...words) => ({ ways: [{ terms: [{ words }] }] })
  const text = 'A start. ' + 'Filler without end. '.repeat(20) + 'Here the price meets the value. ' + 'More of it. '.repeat(20)
  const pieces = snippet(text, [unit('price', 'prices'), unit('value')], 100)
  const hits = pieces.filter(([, hit]) => hit).map(([t]) => t).join(' ')
  assert.equal(hits, 'price value')
  const whole = pieces.map(([t]) => t).join('')
  assert.ok(whole.startsWith('… ') && whole.endsWith(' …') && whole.length < 130, whole)
  const zh = snippet('天平一边放问题的严重程度，另一边放对策。' + '问题比成本重。'.repeat(30) + '价值等式说的就是这个。', [unit('价值'), unit('值等'), unit('等式')], 40)
  assert.deepEqual([...zh].filter(([, hit]) => hit).map(([t]) => t), ['价值等式'])
})

test('in 1,000 pages the first query takes at most 60 KB, compressed, whatever is asked', () => {
  const dir = mkdtempSync(join(tmpdir(), 'thousand-'))
  try {
    execFileSync('go', ['run', './tests/bench/corpus/write', dir, '1000'], { cwd: project })
    execFileSync(program, ['build', '--site', dir], { stdio: 'pipe' })
    return measure(join(dir, 'public')).finally(() => rmSync(dir, { recursive: true }))
  } catch (error) {
    rmSync(dir, { recursive: true })
    throw error
  }
})

async function measure(folder) {
  const searcher = new Searcher(folder)
  const heavy = []
  let most = ['', 0], slowest = ['', 0], found = 0
  for (const [lang, words] of [
    ['en', 'price'], ['en', 'customer meeting'], ['en', 'how to handle the objection'], ['en', 'objecton'], ['en', 'bjection'],
    ['en', 's'], ['en', 'co'], ['en', 'the'], ['en', '价格'], ['zh', '客户'], ['zh', '价格谈判'], ['zh', '太贵了怎么办'], ['zh', '的'], ['zh', 'meeting'],
  ]) {
    searcher.forget()
    found += (await searcher.find(lang, words)).length
    const bytes = searcher.bytes()
    if (bytes > most[1]) most = [words, bytes]
    if (bytes > 60_000) heavy.push(`${lang} “${words}”: ${bytes} bytes: ${[...searcher.read].map(([name, n]) => name + ' ' + n).join(', ')}`)
    const began = performance.now()
    await searcher.find(lang, words)
    const took = performance.now() - began
    if (took > slowest[1]) slowest = [words, took]
  }
  console.log(`1,000 pages: the first query takes at most ${most[1]} bytes (gzip, “${most[0]}”); again at most ${slowest[1].toFixed(1)} ms (“${slowest[0]}”)`)
  assert.ok(found >= 60, `only ${found} results in all`)
  assert.deepEqual(heavy, [])
}

let browser, site, host
before(async () => { browser = await launch(); site = bench(); host = await serve(site.root, '/some/sub-path/') })
after(async () => { await browser.close(); await host.close(); site.close() })

const module = 'en/calls/value-equation/index.html'

test('words that stand everywhere are not marked beside rarer ones', async () => {
  const searcher = new Searcher(site.root)
  const marked = async (words, text) => [...snippet(text, (await searcher.engine('en').find(words)).units, 200)]
    .filter(([, hit]) => hit).map(([piece]) => piece)
  assert.deepEqual(await marked('coach the button', 'Coach the button on the day.'), ['Coach', 'button'])
  assert.deepEqual(await marked('the', 'Coach the button.'), ['the'])
})

/** Types a query; the list answers it afterwards. */
async function ask(page, words) {
  await page.locator('#search-input').fill(words)
  await page.locator('.search-found li').first().waitFor()
}

test('in the glossary a term’s own entry comes before those that mention it', async () => {
  const searcher = new Searcher(site.root)
  for (const [lang, words] of [['en', 'coach'], ['zh', '教练']]) {
    const glossary = (await searcher.find(lang, words)).find((e) => e.path === `${lang}/glossary/index.html`)
    assert.equal(glossary?.id, 'coach', words)
  }
})

test('nothing of the search is loaded before it is reached for; / opens, arrows move, Enter follows, Escape closes', async () => {
  host.requests.length = 0
  const { page, faults, context } = await open(browser, host.url + 'en/index.html')
  assert.deepEqual(host.requests.filter((r) => /search/.test(r)), [])
  await page.keyboard.press('/')
  const input = page.locator('#search-input')
  await input.waitFor()
  assert.equal(await input.inputValue(), '')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search-input')
  await page.keyboard.type('965531')
  await page.locator('.search-found mark').first().waitFor()
  assert.match(await page.locator('.search-status').innerText(), /^\d+ pages? found\.$/)
  assert.equal(await page.locator('.search-status').getAttribute('role'), 'status')
  const focused = () => page.evaluate(() => document.activeElement.href ?? document.activeElement.id)
  await page.keyboard.press('ArrowDown')
  assert.match(await focused(), /\/en\/worksheets\/plan-965531\/index\.html$/)
  await page.keyboard.press('ArrowDown')
  assert.notEqual(await focused(), 'search-input')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  assert.equal(await focused(), 'search-input')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.type('s')
  assert.equal(await input.inputValue(), '965531s')
  await page.keyboard.press('Escape')
  await page.locator('dialog.search').waitFor({ state: 'hidden' })
  await page.keyboard.press('/')
  await ask(page, '965531')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/en/worksheets/plan-965531/index.html*')
  assert.deepEqual(faults, [])
  await context.close()
})

test('before anything is typed: what was read last, and the chapters', async () => {
  for (const [lang, last, chapters, options] of [['en', 'Read lately', 'Chapters', {}], ['zh', '最近读过', '章节', phone]]) {
    const { page, faults, context } = await open(browser, host.url + lang + '/quizzes/terms/index.html', options)
    for (const path of [lang + '/calls/value-equation/index.html', (lang === 'en' ? 'zh' : 'en') + '/quizzes/kinds/index.html', lang + '/index.html']) {
      await page.goto(host.url + path)
      await ready(page)
    }
    await page.locator('.search-open').click()
    const sheet = page.locator('.search-start')
    await sheet.getByText(last).waitFor()
    const read = await sheet.locator('ul').first().locator('a').evaluateAll((links) => links.map((link) => link.pathname.split('/').slice(-3, -1).join('/')))
    assert.deepEqual(read, ['calls/value-equation', 'quizzes/terms'])
    assert.ok(await sheet.getByText(chapters, { exact: true }).isVisible())
    assert.ok(await sheet.locator('ul').last().locator('a').count() >= 3)
    assert.equal(await overflow(page), 0)
    await page.keyboard.press('ArrowDown')
    assert.match(await page.evaluate(() => document.activeElement.href), /value-equation/)
    await ask(page, 'coach')
    assert.equal(await sheet.isVisible(), false)
    await page.locator('#search-input').fill('')
    await sheet.waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/quizzes/terms/index.html')
    assert.deepEqual(faults, [])
    await context.close()
  }
})

test('Ctrl-K opens it from anywhere, / only where nobody types and shortcuts are on', async () => {
  const { page, faults, context } = await open(browser, host.url + 'en/tools/value-equation/index.html')
  const dialog = page.locator('dialog.search')
  await page.locator('playbook-calculator input[type=text]').first().focus()
  await page.keyboard.press('/')
  await page.keyboard.press('Control+k')
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  assert.match(await page.evaluate(() => document.activeElement.localName), /input/)
  await page.evaluate(() => document.activeElement.blur())
  await page.keyboard.press('?')
  await page.locator('#keys-on').click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('/')
  assert.equal(await dialog.isVisible(), false)
  assert.deepEqual(faults, [])
  await context.close()
})

test('a section of this page is reached too: the dialog closes and the page moves', async () => {
  const { page, faults, context } = await open(browser, host.url + module)
  await page.keyboard.press('Control+k')
  await ask(page, 'far from the worksheet')
  await page.locator('.search-found a[href*="value-equation/index.html#far"]').first().click()
  await page.waitForURL('**/value-equation/index.html#far-from-the-worksheet')
  assert.equal(await page.locator('dialog.search').isVisible(), false)
  assert.deepEqual(faults, [])
  await context.close()
})

test('Chinese: while the input method composes nothing is searched or followed', async () => {
  const { page, faults, context } = await open(browser, host.url + 'zh/index.html')
  await page.locator('.search-open').click()
  const input = page.locator('#search-input')
  await input.waitFor()
  await page.locator('.search-foot a').waitFor()
  const session = await context.newCDPSession(page)
  await session.send('Input.imeSetComposition', { text: 'jiazhi', selectionStart: 6, selectionEnd: 6 })
  await input.dispatchEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: true })
  await input.dispatchEvent('keydown', { key: 'ArrowDown', keyCode: 229, isComposing: true })
  assert.equal(await page.locator('.search-found li').count(), 0)
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search-input')
  await session.send('Input.insertText', { text: '价值等式' })
  await page.locator('.search-found mark').first().waitFor()
  assert.match(await page.locator('.search-status').innerText(), /^找到\d+个页面。/)
  assert.match(await page.locator('.search-found a').first().getAttribute('href'), /zh\/calls\/value-equation\/index\.html/)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/zh/calls/value-equation/index.html*')
  assert.deepEqual(faults, [])
  await context.close()
})

test('what the reader’s language lacks is found in the other, and says so', async () => {
  const { page, faults, context } = await open(browser, host.url + 'en/index.html')
  await page.keyboard.press('/')
  await page.locator('#search-input').waitFor()
  await ask(page, '小红旗') // the glossary knows its English name
  const first = page.locator('.search-found li').first()
  assert.equal(await first.getAttribute('lang'), null)
  assert.match(await first.innerText(), /red flag/i)
  await page.locator('#search-input').fill('消防车')
  await page.locator('.search-found li[lang]').first().waitFor()
  assert.equal(await first.getAttribute('lang'), 'zh-Hans')
  assert.match(await first.innerText(), /简体中文/)
  await ask(page, 'zzzzqqq coach')
  await page.waitForFunction(() => /Not found: zzzzqqq/.test(document.querySelector('.search-status').textContent))
  await page.locator('#search-input').fill('zzzzqqq')
  await page.waitForFunction(() => /^Nothing found/.test(document.querySelector('.search-status').textContent))
  assert.deepEqual(faults, [])
  await context.close()
})

test('from disk, with a slip of the finger', async () => {
  const { page, faults, context } = await open(browser, pathToFileURL(join(site.root, 'en/index.html')).href)
  await page.keyboard.press('/')
  await page.locator('#search-input').waitFor()
  await ask(page, 'negotiaton')
  assert.match(await page.locator('.search-found').innerText(), /negotiation/i)
  await page.locator('.search-found a[href*="worksheets/negotiation"]').first().click()
  await page.waitForURL('**/en/worksheets/negotiation/index.html*')
  assert.deepEqual(faults, [])
  await context.close()
})

test('an index that changed under the reader is read anew', async () => {
  const { page, faults, context } = await open(browser, host.url + 'en/index.html')
  let old = true
  await page.route('**/search/en.js*', async (route) => {
    const response = await route.fetch()
    const text = await response.text()
    await route.fulfill({ response, body: old ? text.replace(/"[0-9a-f]{8}"/, '"00000000"') : text })
    old = false
  })
  await page.keyboard.press('/')
  await page.locator('#search-input').waitFor()
  await ask(page, 'value equation')
  assert.equal(old, false)
  assert.match(await page.locator('.search-found a').first().getAttribute('href'), /value-equation/)
  assert.deepEqual(faults, [])
  await context.close()
})

test('on a phone the dialog fills the screen, and nothing is cut off', async () => {
  for (const lang of ['en', 'zh']) {
    const { page, faults, context } = await open(browser, host.url + lang + '/index.html', phone)
    assert.equal(await overflow(page), 0)
    await page.locator('.search-open').tap()
    await page.locator('#search-input').waitFor()
    await ask(page, '965531')
    const box = await page.locator('dialog.search').boundingBox()
    assert.deepEqual([box.x, box.y, box.width], [0, 0, 360])
    assert.equal(await page.locator('.search-found').evaluate((e) => e.scrollWidth - e.clientWidth), 0)
    const low = await page.locator('.search-found a').evaluateAll((all) => all.filter((a) => a.getBoundingClientRect().height < 44).length)
    assert.equal(low, 0)
    await page.locator('.search-close').tap()
    await page.locator('dialog.search').waitFor({ state: 'hidden' })
    assert.deepEqual(faults, [])
    await context.close()
  }
})

test('axe finds nothing in the dialog, in either light', async () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  for (const [lang, colorScheme, options] of [['en', 'light', {}], ['zh', 'dark', {}], ['en', 'dark', phone], ['zh', 'light', phone]]) {
    const { page, context } = await open(browser, host.url + lang + '/index.html', { ...options, colorScheme })
    await page.keyboard.press('Control+k')
    await page.locator('#search-input').waitFor()
    await ask(page, 'coach')
    await page.keyboard.press('ArrowDown')
    await page.evaluate(axe)
    const found = await page.evaluate(() => globalThis.axe.run('dialog.search', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
    assert.ok(found.passes.length > 5)
    assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`), [], `${lang} ${colorScheme}`)
    await context.close()
  }
})

test('without scripts the button leads to all headings by letter', async () => {
  for (const [lang, letter, heading] of [['en', 'k', 'Kinds of question'], ['zh', 't', '题型']]) {
    const { page, context } = await open(browser, host.url + lang + '/index.html', { javaScriptEnabled: false })
    await page.locator('.search-open').click()
    await page.waitForURL(`**/${lang}/headings/index.html`)
    await page.locator(`.index-letters a[href="#letter-${letter}"]`).click()
    await page.locator(`#letter-${letter} + ul a`, { hasText: heading }).first().click()
    await page.waitForURL('**/quizzes/kinds/index.html*')
    await context.close()
  }
})
