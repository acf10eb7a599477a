// My progress: what was read and right, files that are saved and read in, a team's
// reports, and forgetting with a way back. First the files, without a browser.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { merge, plain, read, summary, table } from '../templates/assets/js/progress/file.js'
import { blockStorage, launch, open, overflow, phone, ready, wake } from './lib/browser.mjs'
import { serve } from './lib/server.mjs'
import { bench } from './lib/site.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const score = (set) => ({ right: false, best: 0, last: 0, of: 1, tries: 1, at: 100, mark: 'm', ...set })
const file = (set) => JSON.stringify({ format: 'playbook-progress', version: 1, site: 's', visited: {}, quiz: {}, ...set })

test('a file is of this site and version, and what is not sound in it is left out', () => {
  for (const [text, fault] of [
    ['{', 'unreadable'], ['[]', 'unreadable'], ['{"format":"other","version":1,"site":"s"}', 'unreadable'], [file({ version: 'x' }), 'unreadable'],
    [file({ version: 2 }), 'newer'], [file({ site: 'other' }), 'foreign'],
  ]) assert.deepEqual(read(text, 's'), { fault }, text)
  const { data } = read(file({ name: 7, visited: { a: [5, 'x'], b: 'x', c: [null, ''] }, quiz: { q: score(), r: { right: 'yes' }, s: null }, kept: { theme: 'dark', x: 1 } }), 's')
  assert.deepEqual([data.name, Object.keys(data.visited), Object.keys(data.quiz), data.kept], ['', ['a'], ['q'], { theme: 'dark' }])
  const whole = plain({ site: 's', title: 'T', lang: 'en', name: 'A', at: '2026', visited: { a: [1, ''] }, quiz: { q: score() } })
  assert.deepEqual(read(JSON.stringify(whole), 's').data.quiz, whole.quiz)
})

test('two devices: the later visit, the better best, the later last; a score of another key only where it is newer', () => {
  const here = { visited: { a: [10, 'x'], b: [10, ''] }, quiz: { q: score({ best: 1, right: true, at: 50, tries: 2 }), old: score({ mark: 'new', at: 90 }), same: score() } }
  const other = { visited: { a: [9, 'y'], b: [11, 'z'], c: [1, ''] }, quiz: { q: score({ last: 0, at: 80, tries: 3 }), old: score({ mark: 'gone', at: 80 }), same: score(), more: score() } }
  assert.deepEqual(merge(here, other).changed, {
    visited: { b: [11, 'z'], c: [1, ''] },
    quiz: { q: score({ best: 1, right: true, at: 80, tries: 3 }), more: score() },
  })
})

const course = [
  { id: 'a', title: '1.1 A', questions: [{ id: 'q', mark: 'm' }, { id: 'r', mark: 'm' }] }, { id: 'b', title: 'B', questions: [] },
  { id: 'c', title: '1.2 C', questions: [{ id: 's', mark: 'changed' }] },
]

test('what counts: scores of the key that the page has', () => {
  const kept = { visited: { a: [1, ''], b: [1, ''], gone: [1, ''] }, quiz: { q: score({ right: true }), r: score(), s: score({ right: true }) } }
  const { read, right, modules } = summary(course, kept)
  assert.deepEqual([read, right], [2, 1])
  assert.deepEqual(modules.map(({ tried, right, wrong }) => [tried, right, wrong]), [[['q', 'r'], 1, ['r']], [[], 0, []], [[], 0, []]])
})

test('a team: a row each, what comes next, and what most got wrong first', () => {
  const all = score({ right: true })
  const { head, rows, hard } = table(course, [
    { name: 'Ann', visited: {}, quiz: { q: score(), r: score() } }, { name: 'Bo', visited: { c: [1, ''] }, quiz: { q: all, r: score() } },
    { name: 'Cy', visited: {}, quiz: { q: all, r: all, s: { ...all, mark: 'changed' } } }, { name: 'Di', visited: {}, quiz: { r: score({ mark: 'of before' }) } },
  ])
  assert.deepEqual(head.map(({ n }) => n), ['1.1', '1.2'])
  assert.deepEqual(rows.map(({ cells, next }) => [cells.map(({ text }) => text), next?.id ?? null]), [[['0/2', ''], 'a'], [['1/2', '✓'], 'a'], [['2/2', '1/1'], null], [['', ''], 'a']])
  assert.deepEqual(hard.map(({ question, wrong, n }) => [question.id, wrong, n]), [['r', 2, 3], ['q', 1, 3]])
})

let browser, site, host
before(async () => { browser = await launch(); site = bench(); host = await serve(site.root, '/some/sub-path/') })
after(async () => { await browser.close(); await host.close(); site.close() })

const said = {
  en: { none: 'Nothing answered yet.', in: '2 entries came in.', state: /^1 of \d+ read, 1 of \d+ questions right$/, again: 'There was nothing new in it.', foreign: '“?x.json”? is of another site.' },
  zh: { none: '还没有做过题。', in: '读入了2项。', state: /^读了1课，共\d+课；答对1题，共\d+题$/, again: '里面没有新的内容。', foreign: '“x.json”是另一个网站的。' },
}

for (const lang of ['en', 'zh']) {
  test(`saved here, read in there, forgotten and brought back (${lang})`, async () => {
    const w = said[lang]
    const url = `${host.url}${lang}/progress/index.html`
    const first = await open(browser, `${host.url}${lang}/quizzes/kinds/index.html#quiz-bench-choice`)
    const quiz = first.page.locator('#quiz-bench-choice')
    await quiz.locator('.quiz-part[data-part="3"] input').check()
    await quiz.locator('.quiz-check').click()
    await first.page.goto(url)
    await first.page.fill('#progress-name', 'Ann')
    const save = async (what) => {
      const [download] = await Promise.all([first.page.waitForEvent('download'), first.page.click(`[data-do=${what}]`)])
      return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') }
    }
    const report = await save('report')
    assert.match(report.name, /-report-Ann-\d{4}-\d\d-\d\d\.json$/)
    assert.equal('kept' in JSON.parse(report.text), false, 'a report has scores alone')
    const all = await save('all')
    assert.ok(JSON.parse(all.text).kept.name === 'Ann')
    await first.context.close()

    const { page, faults, context } = await open(browser, url, lang === 'zh' ? phone : {})
    const bring = (what, text, name = 'x.json') => page.setInputFiles(`[data-do=${what}]`, { name, mimeType: 'application/json', buffer: Buffer.from(text) })
    const says = (selector, want) => page.waitForFunction(([selector, want]) => new RegExp('^' + want + '$').test(document.querySelector(selector).textContent.trim()), [selector, want])
    await says('.progress-state', w.none)
    await bring('import', report.text)
    await says('.progress-imported', w.in)
    assert.match(await page.textContent('.progress-state'), w.state)
    assert.equal(await page.inputValue('#progress-name'), 'Ann')
    await bring('import', report.text)
    await says('.progress-imported', w.again)
    await bring('import', report.text.replace(/"site": "[^"]*"/, '"site": "other"'))
    await says('.progress-imported', w.foreign)

    await bring('team', report.text)
    await page.locator('.progress-grid').waitFor()
    assert.equal(await page.locator('.progress-grid tbody th').textContent(), 'Ann')
    assert.ok(await overflow(page) <= 0)
    await page.locator('[data-do=reset]').press('Enter')
    await says('.progress-state', w.none)
    await page.locator('.progress-undo button').press('Enter')
    assert.match(await page.textContent('.progress-state'), w.state)
    await page.locator('.progress-part summary').first().press('Enter')
    await page.evaluate(axe)
    assert.deepEqual(await page.evaluate(async () => (await globalThis.axe.run('main', { resultTypes: ['violations'] })).violations.map((v) => v.id + ': ' + v.nodes[0].html)), [])
    assert.deepEqual(faults, [])
    await context.close()
  })
}

const notes = {
  en: { newer: /^A newer version of this site has kept your work here/, blocked: /^This browser keeps nothing for this site/ },
  zh: { newer: /^本站的新版本在这里保存过你的内容/, blocked: /^浏览器不让本站保存内容/ },
}
const note = (page) => page.locator('.store-note span').textContent()
const reportOf = (site) => ({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(file({ site, visited: { 'quizzes/kinds': [5, ''] } })) })

/** All that is kept for the site, as it is written; set writes names first. */
const kept = (page, set = {}) => page.evaluate((set) => {
  const prefix = `playbook:${document.documentElement.dataset.site}:`
  for (const [name, value] of Object.entries(set)) localStorage.setItem(prefix + name, value)
  return Object.fromEntries(Object.keys(localStorage).filter((key) => key.startsWith(prefix)).sort().map((key) => [key.slice(prefix.length), localStorage.getItem(key)]))
}, set)

for (const lang of ['en', 'zh']) {
  test(`what a newer version keeps is neither read nor changed, and the reader is told (${lang})`, async () => {
    const { page, faults, context } = await open(browser, `${host.url}${lang}/index.html`)
    const written = await kept(page, { version: '2', quiz: '{"bench-choice":{"shape":"of version 2"}}', visited: '{"quizzes/kinds":"of version 2"}' })
    await page.goto(`${host.url}${lang}/quizzes/kinds/index.html#quiz-bench-choice`)
    await ready(page)
    await wake(page)
    assert.match(await note(page), notes[lang].newer)
    const quiz = page.locator('#quiz-bench-choice')
    await quiz.locator('.quiz-part[data-part="3"] input').check()
    await quiz.locator('.quiz-check').click()
    assert.notEqual((await quiz.locator('.quiz-verdict:visible').textContent()).trim(), '', 'the question works all the same')
    assert.deepEqual(await kept(page), written)
    await page.goto(`${host.url}${lang}/progress/index.html`)
    await ready(page)
    assert.match(await note(page), notes[lang].newer)
    await page.setInputFiles('[data-do=import]', reportOf(await page.evaluate(() => document.documentElement.dataset.site)))
    assert.match(await note(page), notes[lang].newer)
    await page.click('[data-do=reset]')
    await page.locator('.progress-undo button').click()
    assert.deepEqual(await kept(page), written)
    assert.deepEqual(faults, [])
    await context.close()
  })

  test(`where nothing can be kept, who reads a file in is told (${lang})`, async () => {
    const { page, faults, context } = await open(browser, `${host.url}${lang}/progress/index.html`, { init: blockStorage })
    await page.setInputFiles('[data-do=import]', reportOf(await page.evaluate(() => document.documentElement.dataset.site)))
    assert.match(await note(page), notes[lang].blocked)
    assert.deepEqual(faults, [])
    await context.close()
  })
}

test('with the clock set back, the last try and the page read last are still the latest', async () => {
  const { page, faults, context } = await open(browser, `${host.url}en/quizzes/kinds/index.html#quiz-bench-choice`)
  const quiz = page.locator('#quiz-bench-choice')
  const tried = async () => {
    await quiz.locator('.quiz-part[data-part="1"] input').check()
    await quiz.locator('.quiz-check').click()
    return JSON.parse((await kept(page)).quiz)['bench-choice']
  }
  await wake(page)
  const first = await tried()
  const later = Date.now() + 1e9 // by a clock that was ahead
  await kept(page, { quiz: JSON.stringify({ 'bench-choice': { ...first, at: later } }), visited: JSON.stringify({ other: [later, ''] }) })
  await page.reload()
  await ready(page)
  await wake(page)
  const { at, tries } = await tried()
  assert.deepEqual([at, tries], [later + 1, 2])
  const visits = JSON.parse((await kept(page)).visited)
  assert.ok(visits['quizzes/kinds'][0] > visits.other[0])
  assert.deepEqual(faults, [])
  await context.close()
})
