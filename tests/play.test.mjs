// Role-plays that branch: by keyboard alone and by touch, in both languages; what the
// end tells; the score; without scripts.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { launch, open, overflow, phone, tabTo } from './lib/browser.mjs'
import { serve } from './lib/server.mjs'
import { bench } from './lib/site.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser, site, host
before(async () => { browser = await launch(); site = bench(); host = await serve(site.root, '/some/sub-path/') })
after(async () => { await browser.close(); await host.close(); site.close() })

const said = {
  en: { best: ['What stops your line', 'What does one stop cost'], pitch: 'Let me show you', back: 'One step back', again: 'Start again', advance: 'Advance 4 of 4 points', continuation: 'Continuation 1 of 4 points', kinds: 'What you used: Problem question × 1, Implication question × 1', record: 'Best so far: 4 of 4 points' },
  zh: { best: ['线上什么情况会停', '停一次要损失多少'], pitch: '先看看我们的新机型', back: '退回一步', again: '从头再来', advance: '进展 得4分，满分4分', continuation: '暂时中断 得1分，满分4分', kinds: '你用了：难点问题 × 1、暗示问题 × 1', record: '最好成绩：4分，满分4分' },
}

const text = async (locator) => (await locator.textContent()).replace(/\s+/g, ' ').trim()

async function play(lang, options) {
  const opened = await open(browser, `${host.url}${lang}/quizzes/kinds/index.html#quiz-bench-play`, options)
  const quiz = opened.page.locator('#quiz-bench-play')
  if (options?.javaScriptEnabled !== false) await quiz.locator('.play[data-on]').waitFor()
  return { ...opened, quiz }
}

async function faultsOf(page) {
  await page.evaluate(axe)
  return page.evaluate(async () => (await globalThis.axe.run('#quiz-bench-play', { resultTypes: ['violations'] })).violations.map((v) => v.id + ': ' + v.nodes[0].html))
}

for (const lang of ['en', 'zh']) {
  test(`by keyboard alone to the best end (${lang})`, async () => {
    const w = said[lang]
    const { page, quiz, faults, context } = await play(lang)
    assert.deepEqual(await faultsOf(page), [])
    for (const [i, reply] of w.best.entries()) {
      await tabTo(page, quiz.getByRole('link', { name: reply }))
      await page.keyboard.press('Enter')
      assert.equal(await quiz.locator('.play-turn').count(), i + 1)
      // The focus is on what came of it: the replies follow by the next Tab.
      assert.ok(await page.evaluate(() => document.activeElement.matches('.play-turn:last-of-type')))
    }
    assert.deepEqual(await faultsOf(page), [])
    assert.equal(await text(quiz.locator('.play-end > .play-outcome')), w.advance)
    assert.equal(await text(quiz.locator('.play-end > p').nth(1)), w.kinds)
    assert.equal(await quiz.locator('.play-end ol').count(), 1, 'who went the best way is not told of another')
    assert.equal(await quiz.locator('.play-known .known').count(), 2)
    assert.equal(await text(quiz.locator('.quiz-record')), w.record)
    await tabTo(page, quiz.getByRole('button', { name: w.again }))
    await page.keyboard.press('Enter')
    assert.equal(await quiz.locator('.play-turn').count(), 0)
    assert.ok(await page.evaluate(() => document.activeElement.matches('.play-scene[data-here]')))
    assert.equal(await text(quiz.locator('.quiz-record')), w.record)
    assert.deepEqual(faults, [])
    await context.close()
  })

  test(`by touch to another end, and a step back (${lang})`, async () => {
    const w = said[lang]
    const { page, quiz, faults, context } = await play(lang, phone)
    await quiz.getByRole('link', { name: w.pitch }).tap()
    assert.equal(await text(quiz.locator('.play-end > .play-outcome')), w.continuation)
    assert.equal(await quiz.locator('.play-end ol').count(), 2, 'the best way is told')
    assert.equal(await quiz.locator('.play-known .known').count(), 0)
    assert.equal(await overflow(page), 0)
    assert.deepEqual(await faultsOf(page), [])
    await quiz.getByRole('button', { name: w.back }).tap()
    assert.equal(await quiz.locator('.play-end').count(), 0)
    assert.equal(await quiz.getByRole('link', { name: w.best[0] }).isVisible(), true)
    const kept = await page.evaluate(() => JSON.parse(localStorage.getItem(`playbook:${document.documentElement.dataset.site}:quiz`))['bench-play'])
    assert.deepEqual([kept.best, kept.of, kept.tries, kept.right], [1, 4, 1, false])
    assert.deepEqual(faults, [])
    await context.close()
  })
}

test('without scripts, and on paper, it is a script to read', async () => {
  const bare = await play('en', { javaScriptEnabled: false })
  assert.equal(await bare.quiz.locator('.play-scene:visible').count(), 4)
  await bare.quiz.getByRole('link', { name: said.en.best[0] }).click()
  assert.match(bare.page.url(), /#play-stops$/)
  await bare.context.close()
  const { page, quiz, context } = await play('en')
  await quiz.getByRole('link', { name: said.en.best[0] }).click()
  await page.emulateMedia({ media: 'print' })
  assert.equal(await quiz.locator('.play-scene:visible').count(), 4)
  assert.equal(await quiz.locator('.play-reply:visible').count(), 4)
  assert.equal(await quiz.locator('.play-turn:visible').count(), 0)
  await context.close()
})
