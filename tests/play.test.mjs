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
      assert.ok(await page.evaluate(() => document.activeElement.matches('.play-turn:last-of-type > .play-say')))
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

const kit = {
  en: { buyer: 'Helen, the buyer', seller: 'You, the seller', watcher: 'Who watches', start: 'Start the clock: 2 minutes', stop: 'Stop the clock', left: /^(2:00|1:5\d) left$/, box: 'Points: Asks before answering', sum: ['0 of 3 points', '2 of 3 points'] },
  zh: { buyer: '何总，买方', seller: '你，卖方', watcher: '旁观者', start: '开始计时：2分钟', stop: '停止计时', left: /^还剩(2:00|1:5\d)$/, box: '得分：先问再答', sum: ['得0分，满分3分', '得2分，满分3分'] },
}

for (const lang of ['en', 'zh']) {
  test(`for two: one card at a time, a clock and points, by keyboard and by touch (${lang})`, async () => {
    const w = kit[lang]
    const { page, context, faults } = await open(browser, `${host.url}${lang}/quizzes/kinds/index.html#quiz-bench-kit`, phone)
    const quiz = page.locator('#quiz-bench-kit')
    const shown = () => quiz.locator('.kit-card[open] > summary').allTextContents()
    const axeFaults = async () => {
      await page.evaluate(axe)
      return page.evaluate(async () => (await globalThis.axe.run('#quiz-bench-kit', { resultTypes: ['violations'] })).violations.map((v) => v.id + ': ' + v.nodes[0].html))
    }
    await quiz.getByRole('button', { name: w.start }).waitFor()
    assert.deepEqual(await shown(), [])
    assert.deepEqual(await axeFaults(), [])
    await quiz.locator('summary', { hasText: w.buyer }).tap()
    assert.deepEqual(await shown(), [w.buyer])
    await tabTo(page, quiz.locator('summary', { hasText: w.seller }))
    await page.keyboard.press('Enter')
    assert.deepEqual(await shown(), [w.seller], 'the other card is closed')
    await quiz.getByRole('button', { name: w.start }).tap()
    assert.match(await text(quiz.locator('.kit-left')), w.left)
    await quiz.getByRole('button', { name: w.stop }).tap()
    assert.equal(await text(quiz.locator('.kit-left')), '')
    await quiz.locator('summary', { hasText: w.watcher }).tap()
    assert.equal(await text(quiz.locator('.kit-sum')), w.sum[0])
    await quiz.getByLabel(w.box).selectOption('2')
    assert.equal(await text(quiz.locator('.kit-sum')), w.sum[1])
    assert.deepEqual(await axeFaults(), [])
    assert.equal(await overflow(page), 0)
    // On paper all cards are there, and afterwards none.
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    assert.equal((await shown()).length, 3)
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    assert.deepEqual(await shown(), [])
    await quiz.locator('summary', { hasText: w.seller }).tap()
    await quiz.locator('summary', { hasText: w.buyer }).tap()
    assert.deepEqual(await shown(), [w.buyer])
    assert.deepEqual(faults, [])
    await context.close()
  })
}

test('for two: the clock says when a minute is left and when time is up', async () => {
  const { page, context } = await open(browser, `${host.url}en/quizzes/kinds/index.html#quiz-bench-kit`)
  const quiz = page.locator('#quiz-bench-kit')
  const start = quiz.getByRole('button', { name: kit.en.start })
  await start.waitFor()
  await page.evaluate(() => { const now = Date.now; globalThis.ahead = 0; Date.now = () => now() + globalThis.ahead })
  await start.click()
  for (const [ahead, said] of [[65_000, 'One minute left.'], [121_000, 'Time is up. Talk about what you saw.']]) {
    await page.evaluate((ahead) => { globalThis.ahead = ahead }, ahead)
    await page.waitForFunction((said) => document.querySelector('.kit-clock [role=status]').textContent === said, said)
  }
  assert.ok(await start.isVisible())
  await context.close()
})
