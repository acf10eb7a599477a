// The quizzes: each of the kinds by keyboard alone in both languages and by
// touch on a phone; hints, retries, what counts as a number; the score, which
// belongs to the question and not to its language; without storage or scripts.
// All on the questions of tests/fixture, which the course's editors do not touch.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { blockStorage, launch, open, overflow, phone, tabTo, wake } from './lib/browser.mjs'
import { serve } from './lib/server.mjs'
import { bench } from './lib/site.mjs'

let browser, site, host
before(async () => { browser = await launch(); site = bench(); host = await serve(site.root, '/some/sub-path/') })
after(async () => { await browser.close(); await host.close(); site.close() })

/** The page of all questions, in a language. */
const kinds = (lang) => `${host.url}${lang}/quizzes/kinds/index.html`

const words = {
  en: { right: 'Right', again: 'Again', wrong: 'Not yet', best: 'Best so far: 1 of 1 point', empty: 'Answer first, then check.' },
  zh: { right: '答对了', again: '再做一遍', wrong: '再想想', best: '最好成绩：1分，满分1分', empty: '先作答，再提交。' },
}

// One question of each kind, with its right answer. A part is an option, an item
// or a turn, by its number in the author's text.
const questions = {
  choice: { wrong: [1], right: [3] },
  multiple: { wrong: [1, 5], right: [1, 3] },
  order: { right: [1, 2, 3, 4, 5] },
  match: { wrong: ['2', '1', '3', '4', '5'], right: ['1', '2', '3', '4', '5'] },
  numeric: { wrong: '12000', right: '9500' },
  text: { wrong: { en: 'restaurant', zh: '餐厅。' }, right: { en: ' CAFE. ', zh: '咖啡厅！' } },
  gaps: { points: 2, wrong: { en: ['problem', 'cause'], zh: ['难点', '原因'] }, right: { en: [' PROBLEM.', 'consequences'], zh: ['难点。', '后果'] } },
  spot: { points: 4, wrong: ['green', 'grey', 'blue', 'red'], right: ['green', 'green', 'blue', 'red'] },
  // An item of two groups may go into either.
  sort: { points: 3, wrong: ['1', '3', '1'], right: ['1', '2', '3'] },
}
const unscored = ['poll', 'reflect'] // have no right answer

/** Opens a question's page at the question. */
async function ask(kind, lang, options) {
  const opened = await open(browser, `${kinds(lang)}#quiz-bench-${kind}`, options)
  return { ...opened, quiz: opened.page.locator(`#quiz-bench-${kind}`) }
}

const part = (quiz, n) => quiz.locator(`.quiz-form .quiz-part[data-part="${n}"]`)
const text = async (locator) => (await locator.textContent()).replace(/\s+/g, ' ').trim()

/** What the page's own answer has to say about a part. */
const feedback = (quiz, n) => text(quiz.locator(`.quiz-answer [data-part="${n}"] .quiz-say`))

/** What is kept of a question. */
const kept = (page, id) => page.evaluate((id) => {
  const all = JSON.parse(localStorage.getItem(`playbook:${document.documentElement.dataset.site}:quiz`))
  return all?.[id] ?? null
}, id)

/** The numbers of the parts, from top to bottom. */
const order = (quiz) => quiz.locator('.quiz-form .quiz-part').evaluateAll((parts) => parts.map((p) => Number(p.dataset.part)))

/** A reader who has only a keyboard. */
const keyboard = {
  async choose(page, quiz, [n]) {
    await tabTo(page, quiz.locator('input'))
    const now = () => page.evaluate(() => Number(document.activeElement.value))
    while (await now() !== n) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
  },
  async multiple(page, quiz, wanted) {
    const boxes = quiz.locator('input')
    for (const box of await boxes.all()) {
      if (await box.isChecked() === wanted.includes(Number(await box.inputValue()))) continue
      await tabTo(page, box)
      await page.keyboard.press('Space')
    }
    await page.keyboard.press('Enter')
  },
  async order(page, quiz, wanted) {
    for (const [place, n] of wanted.entries()) {
      if ((await order(quiz)).indexOf(n) === place) continue
      await tabTo(page, part(quiz, n).locator('button:enabled'))
      while ((await order(quiz)).indexOf(n) > place) await page.keyboard.press('Alt+ArrowUp')
      assert.ok(await part(quiz, n).evaluate((p) => p.contains(document.activeElement)), 'a moved item keeps the focus')
    }
    await this.check(page, quiz)
  },
  async select(page, quiz, wanted) {
    for (const [i, value] of wanted.entries()) {
      const select = part(quiz, i + 1).locator('select')
      await tabTo(page, select)
      await page.keyboard.press('Home')
      while (await select.inputValue() !== value) await page.keyboard.press('ArrowDown')
    }
    await this.check(page, quiz)
  },
  async typed(page, quiz, typed) {
    await tabTo(page, quiz.locator('input'))
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type(typed)
    await page.keyboard.press('Enter')
  },
  async gaps(page, quiz, typed) {
    for (const [i, one] of typed.entries()) {
      await tabTo(page, part(quiz, i + 1).locator('input'))
      await page.keyboard.press('ControlOrMeta+A')
      await page.keyboard.type(one)
    }
    await page.keyboard.press('Enter')
  },
  async check(page, quiz) {
    await tabTo(page, quiz.locator('.quiz-check'))
    await page.keyboard.press('Enter')
  },
  async retry(page, quiz) {
    await tabTo(page, quiz.locator('.quiz-retry'))
    await page.keyboard.press('Enter')
  },
}

/** A reader with a thumb. */
const touch = {
  async choose(page, quiz, [n]) {
    await part(quiz, n).locator('.quiz-option').tap()
    await this.check(page, quiz)
  },
  async multiple(page, quiz, wanted) {
    for (let n = 1; n <= await quiz.locator('input').count(); n++) {
      if (await part(quiz, n).locator('input').isChecked() !== wanted.includes(n)) await part(quiz, n).locator('.quiz-option').tap()
    }
    await this.check(page, quiz)
  },
  async order(page, quiz, wanted) {
    for (const [place, n] of wanted.entries()) {
      while ((await order(quiz)).indexOf(n) > place) await part(quiz, n).locator('.quiz-up').tap()
    }
    await this.check(page, quiz)
  },
  async select(page, quiz, wanted) {
    for (const [i, value] of wanted.entries()) {
      const select = part(quiz, i + 1).locator('select')
      await select.tap()
      await select.selectOption(value)
    }
    await this.check(page, quiz)
  },
  async typed(page, quiz, typed) {
    await quiz.locator('input').tap()
    await quiz.locator('input').fill(typed)
    await this.check(page, quiz)
  },
  async gaps(page, quiz, typed) {
    for (const [i, one] of typed.entries()) {
      await part(quiz, i + 1).locator('input').tap()
      await part(quiz, i + 1).locator('input').fill(one)
    }
    await this.check(page, quiz)
  },
  check: (page, quiz) => quiz.locator('.quiz-check').tap(),
  retry: (page, quiz) => quiz.locator('.quiz-retry').tap(),
}

const act = { choice: 'choose', multiple: 'multiple', order: 'order', match: 'select', numeric: 'typed', text: 'typed', gaps: 'gaps', spot: 'select', sort: 'select' }

/** A sign is there with its word: never one without the other. */
async function says(line, sign, word) {
  await line.waitFor()
  assert.ok(await line.locator(`svg.sign-${sign}`).isVisible(), `the ${sign} is seen`)
  assert.equal(await text(line.locator('.sign-word').first()), word)
}

/** A wrong try, then the right one, then the question anew. */
async function play(kind, lang, reader, options) {
  const { page, quiz, faults, context } = await ask(kind, lang, options)
  const { wrong, right, points = 1 } = questions[kind]
  const id = 'bench-' + kind
  const { right: yes, wrong: no } = words[lang]
  const answer = (a) => reader[act[kind]](page, quiz, a[lang] ?? a)
  const note = (n) => part(quiz, n).locator('.quiz-note')
  const narrow = async () => assert.equal(await overflow(page), 0, 'nothing scrolls sideways')

  // Wrong: the sign with its word, the feedback beside the part, one try kept.
  const shuffled = kind === 'order' && await order(quiz)
  if (shuffled) assert.notDeepEqual(shuffled, right, 'the items are shuffled')
  if (shuffled) await reader.check(page, quiz)
  else await answer(wrong)
  await says(quiz.locator('.quiz-verdict:visible'), 'flag', no)
  const missed = { choice: 1, multiple: 5, order: shuffled && shuffled.find((n, i) => n !== i + 1), match: 1, gaps: 2, spot: 2, sort: 3 }[kind]
  if (missed) await says(note(missed), 'flag', no)
  if (kind === 'choice' || kind === 'multiple') assert.ok((await text(note(missed))).includes(await feedback(quiz, missed)), 'the option’s own feedback')
  if (kind === 'multiple') {
    await says(note(1), 'bell', yes)
    assert.ok((await text(note(1))).includes(await feedback(quiz, 1)))
    assert.equal(await note(3).count(), 0, 'what was not chosen is not given away')
  }
  if (kind === 'spot') {
    await says(note(3), 'bell', yes)
    assert.ok((await text(note(3))).includes(await feedback(quiz, 3)))
  }
  if (kind === 'gaps') {
    await says(note(1), 'bell', yes)
    assert.equal(await text(note(2)), no, 'what would be right is not given away')
  }
  if (kind === 'text') {
    assert.equal(await text(note(1)), await feedback(quiz, lang === 'zh' ? 4 : 3), 'what there is to say of a typical wrong answer')
  }
  if (kind === 'sort') {
    await says(note(2), 'bell', yes)
    assert.ok((await text(note(2))).includes(await feedback(quiz, 2)), 'what both groups say of it')
  }
  await page.waitForFunction(([id, word]) => document.querySelector(`#quiz-${id} [role=status]`).textContent.includes(word), [id, no])
  const first = await kept(page, id)
  assert.equal(first.right, false)
  assert.equal(first.tries, 1)
  await narrow()

  // Right: the bell, every part told, the reason, the focus where it goes on.
  await answer(right)
  await says(quiz.locator('.quiz-verdict:visible'), 'bell', yes)
  if (kind === 'order') assert.deepEqual(await order(quiz), right)
  const told = { choice: [1, 2, 3, 4], multiple: [1, 2, 3, 4, 5], spot: [1, 2, 3, 4], sort: [1, 2, 3] }[kind] ?? []
  for (const n of told) assert.ok((await text(note(n))).includes(await feedback(quiz, n)), `the feedback of part ${n}`)
  const reason = quiz.locator('.quiz-answer .quiz-reason')
  if (await reason.count()) assert.equal(await text(quiz.locator('.quiz-why')), await text(reason))
  assert.equal(await quiz.locator('.quiz-check').isVisible(), false)
  const next = quiz.locator('.quiz-next')
  const way = await next.count() ? next : quiz.locator('.quiz-retry')
  assert.ok(await way.evaluate((b) => b === document.activeElement), 'the focus is on what comes next')
  assert.equal(await text(quiz.locator('.quiz-retry')), words[lang].again)
  const second = await kept(page, id)
  assert.deepEqual({ ...second, at: 0, mark: undefined }, { mark: undefined, right: true, best: points, last: points, of: points, tries: 2, at: 0 })
  await narrow()

  // Anew: as it was, with the best score.
  await reader.retry(page, quiz)
  assert.equal(await quiz.locator('.quiz-note').count(), 0)
  assert.equal(await quiz.locator('.quiz-verdict:visible').count(), 0)
  assert.ok(await quiz.locator('.quiz-form').evaluate((form) => form.contains(document.activeElement)))
  if (shuffled) assert.deepEqual(await order(quiz), shuffled)
  else assert.equal(await quiz.locator('input:checked').count(), 0)
  assert.match(await text(quiz.locator('.quiz-record')), new RegExp(points === 1 ? words[lang].best : String(points)))
  assert.deepEqual(faults, [])
  await context.close()
}

for (const kind of Object.keys(questions)) {
  for (const lang of ['en', 'zh']) {
    test(`${kind} by keyboard alone (${lang})`, () => play(kind, lang, keyboard))
  }
  test(`${kind} by touch at 360 px (zh)`, () => play(kind, 'zh', touch, phone))
}

test('what a thumb has to meet is 44 px high on a phone', async () => {
  const small = []
  for (const kind of ['choice', 'order', 'match', 'numeric', 'text', 'gaps', 'spot', 'sort']) {
    const { page, quiz, context } = await ask(kind, 'en', phone)
    const controls = quiz.locator(':is(.quiz-option, select, button, summary, input[type=text]):visible')
    for (const control of await controls.all()) {
      const box = await control.boundingBox()
      if (box.height < 43.5 || box.width < 43.5) small.push(`${kind}: ${await control.evaluate((c) => c.className || c.localName)}: ${box.width} × ${box.height}`)
    }
    assert.equal(await overflow(page), 0)
    await context.close()
  }
  assert.deepEqual(small, [])
})

test('items can be dragged by their grip', async () => {
  const { page, quiz, faults, context } = await ask('order', 'en')
  const before = await order(quiz)
  const grip = (i) => quiz.locator('.quiz-grip').nth(i).boundingBox()
  await quiz.scrollIntoViewIfNeeded()
  const [from, to] = [await grip(0), await grip(2)]
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(to.x + to.width / 2, to.y + to.height + 8, { steps: 12 })
  await page.mouse.up()
  assert.deepEqual(await order(quiz), [before[1], before[2], before[0], ...before.slice(3)])
  assert.deepEqual(faults, [])
  await context.close()
})

test('a turn with two labels accepts both', async () => {
  const { page, quiz, faults, context } = await ask('spot', 'en')
  for (const label of ['blue', 'grey']) {
    await touchless(quiz, ['green', 'green', label, 'red'])
    await says(quiz.locator('.quiz-verdict:visible'), 'bell', 'Right')
    await quiz.locator('.quiz-retry').click()
  }
  await touchless(quiz, ['green', 'green', 'green', 'red'])
  await says(quiz.locator('.quiz-verdict:visible'), 'flag', 'Not yet')
  assert.match(await text(quiz.locator('.quiz-verdict:visible')), /3 of 4 right/)
  assert.deepEqual((({ best, last, of, tries }) => ({ best, last, of, tries }))(await kept(page, 'bench-spot')), { best: 4, last: 3, of: 4, tries: 3 })
  assert.deepEqual(faults, [])
  await context.close()
})

/** Chooses the labels and checks. */
async function touchless(quiz, labels) {
  for (const [i, label] of labels.entries()) await part(quiz, i + 1).locator('select').selectOption(label)
  await quiz.locator('.quiz-check').click()
}

test('a number counts however it is written, and only a number is a try', async () => {
  const { page, quiz, faults, context } = await ask('numeric', 'en')
  const input = quiz.locator('input')
  const check = async (typed) => {
    await input.fill(typed)
    await input.press('Enter')
  }
  const said = () => text(quiz.locator('.quiz-record'))
  await check('')
  assert.equal(await said(), words.en.empty)
  for (const typed of ['nothing', '1e999', '<script>', '9.5.0,0', '--3']) {
    await check(typed)
    assert.equal(await said(), 'Please write a number, for example 4.5', typed)
  }
  assert.equal(await kept(page, 'bench-numeric'), null, 'none of these was a try')
  for (const typed of ['9499', '-9500', '9.5', '95,00']) {
    await check(typed)
    await says(quiz.locator('.quiz-verdict:visible'), 'flag', 'Not yet')
  }
  for (const typed of ['9500', ' 9,500 ', '9.500', '9 500', '9500.0', '9500,0', '９５００', '９，５００', '9.5k', '0.95万', '+9500']) {
    await check(typed)
    await says(quiz.locator('.quiz-verdict:visible'), 'bell', 'Right')
    await quiz.locator('.quiz-retry').click()
  }
  await page.goto(kinds('zh'))
  await wake(page)
  const near = page.locator('#quiz-bench-near')
  for (const [typed, sign, word] of [
    ['5,0', 'bell', '答对了'], ['５', 'bell', '答对了'], ['５．０', 'bell', '答对了'], ['5', 'bell', '答对了'], ['5 公里', 'bell', '答对了'],
    ['4.8', 'bell', '答对了'], ['5.2', 'bell', '答对了'], ['5.21', 'flag', '再想想'], ['4.7', 'flag', '再想想'],
  ]) {
    await near.locator('input').fill(typed)
    await near.locator('input').press('Enter')
    await says(near.locator('.quiz-verdict:visible'), sign, word)
    if (sign === 'bell') await near.locator('.quiz-retry').click()
  }
  assert.deepEqual(faults, [])
  await context.close()
})

test('an answer counts however it is typed; who gives up is shown the one that is accepted', async () => {
  const { page, quiz, faults, context } = await ask('text', 'en')
  const input = quiz.locator('input')
  const check = async (typed) => {
    await input.fill(typed)
    await input.press('Enter')
  }
  for (const typed of ['', '  ', ' .']) {
    await check(typed)
    assert.equal(await text(quiz.locator('.quiz-record')), words.en.empty)
  }
  assert.equal(await kept(page, 'bench-text'), null, 'none of these was a try')
  for (const typed of ['caf', 'cafés', '<b>', 'coffeehouse']) {
    await check(typed)
    await says(quiz.locator('.quiz-verdict:visible'), 'flag', 'Not yet')
    assert.equal(await quiz.locator('.quiz-note').count(), 0, 'there is nothing to say of it')
  }
  for (const typed of ['Café', 'cafe', 'CAFÉ!', 'cafe\u0301', 'ｃａｆｅ', ' café . ', 'Coffee   House', 'coffee house…']) {
    await check(typed)
    await says(quiz.locator('.quiz-verdict:visible'), 'bell', 'Right')
    await quiz.locator('.quiz-retry').click()
  }
  await check('Restaurant')
  assert.equal(await text(part(quiz, 1).locator('.quiz-note')), await feedback(quiz, 3))
  await tabTo(page, quiz.locator('.quiz-answer summary'))
  await page.keyboard.press('Enter')
  assert.match(await text(part(quiz, 1).locator('.quiz-note')), /^The right answer ?Café ?One with an accent, strictly\.$/)
  assert.match(await text(quiz.locator('.quiz-record')), /this try does not count/)
  assert.ok(await quiz.locator('.quiz-retry').evaluate((b) => b === document.activeElement))
  assert.match(await quiz.locator('[role=status]').textContent(), /The right answer\. Café/)
  await page.reload()
  await wake(page)
  assert.equal(await input.inputValue(), 'Café', 'a solved question looks solved')
  await page.emulateMedia({ media: 'print' })
  assert.equal(await input.evaluate((box) => getComputedStyle(box).borderBlockStartStyle), 'none', 'on paper it is a line')
  assert.deepEqual(faults, [])
  await context.close()
})

test('a typical wrong number is told what is wrong with it', async () => {
  const { page, quiz, faults, context } = await ask('numeric', 'en')
  for (const [typed, said] of [['14500', 'You have added what is here.'], ['2,505', 'That much is here.'], ['2511', '']]) {
    await quiz.locator('input').fill(typed)
    await quiz.locator('input').press('Enter')
    await says(quiz.locator('.quiz-verdict:visible'), 'flag', 'Not yet')
    assert.equal((await quiz.locator('.quiz-note').allTextContents()).join().trim(), said)
    if (said) await page.waitForFunction((said) => document.querySelector('#quiz-bench-numeric [role=status]').textContent.includes(said), said)
  }
  await quiz.locator('.quiz-answer > summary').click()
  assert.match(await text(quiz.locator('.quiz-note')), /^The right answer ?9500$/)
  assert.deepEqual(faults, [])
  await context.close()
})

test('gaps: what was wrong is told beside them; on paper they are lines, without scripts blanks', async () => {
  const { page, quiz, faults, context } = await ask('gaps', 'en')
  await quiz.getByLabel('Gap 2').fill('cause')
  await quiz.locator('.quiz-check').click()
  assert.match(await text(quiz.locator('.quiz-verdict:visible')), /0 of 2 right/)
  await quiz.locator('.quiz-answer > summary').click()
  assert.match(await text(part(quiz, 2).locator('.quiz-note')), /Not yet ?The right answer ?effects \/ consequences$/)
  await quiz.locator('.quiz-retry').click()
  assert.ok(await quiz.getByLabel('Gap 1').evaluate((box) => box === document.activeElement))
  await page.emulateMedia({ media: 'print' })
  assert.equal(await quiz.getByLabel('Gap 1').evaluate((box) => getComputedStyle(box).borderBlockStartStyle), 'none')
  assert.deepEqual(faults, [])
  await context.close()
  const bare = await ask('gaps', 'zh', { javaScriptEnabled: false })
  assert.match(await text(bare.quiz.locator('.quiz-gaps')), /^问\(1\)，需求才看得见；问它的\(2\)，需求才变大。$/)
  assert.ok((await bare.quiz.locator('.quiz-blank').first().boundingBox()).width > 60)
  await bare.context.close()
})

test('options come in the reader’s own order, the same at the next visit; what is kept hangs on the option', async () => {
  const { page, quiz, faults, context } = await ask('multiple', 'en')
  const first = await order(quiz)
  assert.deepEqual([...first].sort(), [1, 2, 3, 4, 5])
  const others = []
  for (let seed = 0; seed < 8; seed++) {
    await page.evaluate((seed) => localStorage.setItem(`playbook:${document.documentElement.dataset.site}:seed`, `reader ${seed}`), seed)
    await page.reload()
    await wake(page)
    others.push(String(await order(quiz)))
  }
  assert.ok(new Set(others).size > 4, others.join(' '))
  await page.reload()
  await wake(page)
  assert.equal(String(await order(quiz)), others.at(-1), 'the same reader has the same order')
  for (const n of [1, 3]) await part(quiz, n).locator('input').check()
  await quiz.locator('.quiz-check').click()
  await says(quiz.locator('.quiz-verdict:visible'), 'bell', 'Right')
  assert.deepEqual(faults, [])
  await context.close()
})

test('without an answer nothing is checked, and the reader is told', async () => {
  const { page, quiz, faults, context } = await ask('choice', 'zh')
  await quiz.locator('.quiz-check').click()
  assert.equal(await text(quiz.locator('.quiz-record')), words.zh.empty)
  assert.ok(await quiz.locator('input').first().evaluate((i) => i === document.activeElement))
  assert.equal(await kept(page, 'bench-choice'), null)
  assert.deepEqual(faults, [])
  await context.close()
})

test('a hint and the answer open by keyboard; the answer ends the try and does not count', async () => {
  const { page, quiz, faults, context } = await ask('numeric', 'en')
  await tabTo(page, quiz.locator('.quiz-hint summary'))
  await page.keyboard.press('Enter')
  assert.match(await quiz.locator('.quiz-hint .quiz-say').innerText(), /Take away what is here/)
  await tabTo(page, quiz.locator('.quiz-answer summary'))
  await page.keyboard.press('Enter')
  assert.match(await part(quiz, 1).locator('.quiz-note').innerText(), /9500/)
  assert.match(await quiz.locator('.quiz-why').innerText(), /12,000 − 2,500 = 9,500/)
  assert.match(await text(quiz.locator('.quiz-record')), /this try does not count/)
  assert.equal(await kept(page, 'bench-numeric'), null)
  assert.ok(await quiz.locator('.quiz-retry').evaluate((b) => b === document.activeElement))
  assert.deepEqual(faults, [])
  await context.close()
})

test('the score outlives the page, belongs to every language, and adds up', async () => {
  const { page, quiz, faults, context } = await ask('choice', 'en')
  await part(quiz, 3).locator('input').check()
  await quiz.locator('.quiz-check').click()
  assert.equal(await text(page.locator('.quiz-total')), 'This page: 1 of 20 points')
  await page.reload()
  await wake(page)
  assert.equal(await text(quiz.locator('.quiz-record')), words.en.best)
  assert.ok(await part(quiz, 3).locator('input').isChecked(), 'a solved question looks solved')
  assert.ok(await quiz.locator('.quiz-verdict[data-sign=bell]').isVisible())
  assert.equal(await quiz.locator('.quiz-note').count(), 0)
  await quiz.locator('.quiz-answer > summary').click()
  assert.ok((await text(part(quiz, 1).locator('.quiz-note'))).includes(await feedback(quiz, 1)), 'what there is to say is a tap away')
  assert.equal(await text(page.locator('.quiz-total')), 'This page: 1 of 20 points')
  await page.goto(kinds('zh'))
  await wake(page)
  assert.equal(await text(quiz.locator('.quiz-record')), words.zh.best)
  assert.equal(await text(page.locator('.quiz-total')), '本页得分：1分，满分20分')
  const number = page.locator('#quiz-bench-numeric')
  await number.locator('input').fill('9500')
  await number.locator('input').press('Enter')
  assert.equal(await text(page.locator('.quiz-total')), '本页得分：2分，满分20分')
  await page.goto(host.url + 'en/quizzes/index.html')
  assert.equal(await text(page.locator('[data-module="quizzes/kinds"] .progress')), '2 of 11 right')
  assert.deepEqual(faults, [])
  await context.close()
})

test('a score goes with its key: another key resets it and says so, another text keeps it', async () => {
  const { page, quiz, context, faults } = await ask('choice', 'en')
  await part(quiz, 3).locator('input').check()
  await quiz.locator('.quiz-check').click()
  const edit = async (change) => {
    await page.unrouteAll()
    await page.route('**/*.html', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: change(await response.text()) })
    })
    await page.reload()
    await wake(page)
  }
  const id = 'bench-choice'
  await edit((html) => html.replaceAll('</label>', ' (edited)</label>'))
  assert.equal(await text(quiz.locator('.quiz-record')), words.en.best)
  await edit((html) => html.replace(new RegExp(`(id="?quiz-${id}"?[^>]*data-mark="?)\\w+`), '$1other'))
  assert.match(await text(quiz.locator('.quiz-record')), /has changed since you answered it/)
  assert.equal(await kept(page, id), null)
  assert.equal(await quiz.locator('.quiz-verdict:visible').count(), 0)
  await page.reload()
  await wake(page)
  assert.equal(await text(quiz.locator('.quiz-record')), '', 'told once')
  // What was kept before there were marks counts as it did.
  await page.evaluate((id) => localStorage.setItem(`playbook:${document.documentElement.dataset.site}:quiz`, JSON.stringify({ [id]: { right: true, best: 1, last: 1, of: 1, tries: 1, at: 1 } })), id)
  await page.reload()
  await wake(page)
  assert.equal(await text(quiz.locator('.quiz-record')), words.en.best)
  assert.deepEqual(faults, [])
  await context.close()
})

test('what is announced is sentences, each once; the buttons of an order name their item', async () => {
  for (const [lang, what] of [['en', /^Not yet\. (?!Not yet)\S.*[.!?”]$/], ['zh', /^再想想。 (?!再想想)\S.*[。！？”]$/]]) {
    const { page, quiz, context } = await ask('choice', lang)
    await part(quiz, 1).locator('input').check()
    await quiz.locator('.quiz-check').click()
    await page.waitForFunction((id) => document.querySelector(`#quiz-${id} [role=status]`).textContent, 'bench-choice')
    const said = await quiz.locator('[role=status]').textContent()
    assert.match(said, what)
    assert.doesNotMatch(said, /[.。]\s*[.。]/)
    await context.close()
  }
  const { quiz, context } = await ask('order', 'en')
  const item = await text(part(quiz, 2).locator('.quiz-text'))
  assert.equal(await part(quiz, 2).locator('.quiz-up').getAttribute('aria-label'), 'Move up: ' + item)
  await context.close()
})

test('a page that is open in another tab hears of the score', async () => {
  const { page, quiz, faults, context } = await ask('choice', 'en')
  const other = await context.newPage()
  await other.goto(page.url())
  await wake(other)
  await part(quiz, 3).locator('input').check()
  await quiz.locator('.quiz-check').click()
  await other.locator('.quiz-total').waitFor()
  assert.equal(await text(other.locator('.quiz-total')), 'This page: 1 of 20 points')
  assert.deepEqual(faults, [])
  await context.close()
})

test('with storage blocked or damaged the questions work all the same', async () => {
  const damage = () => localStorage.setItem(`playbook:${document.documentElement?.dataset.site}:quiz`, '{"bench-choice":')
  for (const init of [blockStorage, damage]) {
    const { quiz, page, faults, context } = await ask('choice', 'en', { init })
    await part(quiz, 1).locator('input').check()
    await quiz.locator('.quiz-check').click()
    await says(quiz.locator('.quiz-verdict:visible'), 'flag', 'Not yet')
    await part(quiz, 3).locator('input').check()
    await quiz.locator('.quiz-check').click()
    await says(quiz.locator('.quiz-verdict:visible'), 'bell', 'Right')
    await quiz.locator('.quiz-retry').click()
    assert.equal(await text(quiz.locator('.quiz-record')), words.en.best, 'the page remembers')
    assert.equal(await text(page.locator('.quiz-total')), 'This page: 1 of 20 points')
    assert.deepEqual(faults, [])
    await context.close()
  }
})

test('without scripts every kind shows its question and its answer', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(kinds('zh'))
  for (const kind of [...Object.keys(questions), ...unscored]) {
    const id = 'bench-' + kind
    const quiz = page.locator(`#quiz-${id}`)
    assert.ok(await quiz.locator(':is(.quiz-prompt, .quiz-parts, .quiz-part)').first().isVisible(), id)
    const answer = quiz.locator('.quiz-answer > :not(summary)').first()
    assert.equal(await answer.isVisible(), false, `${id}: the answer is folded`)
    await quiz.locator('.quiz-answer summary').click()
    assert.ok(await answer.isVisible(), `${id}: the answer opens`)
    assert.ok((await answer.innerText()).trim().length > 0, id)
  }
  await context.close()
})

/** What a reader gave to a question that has no right answer. */
const given = (page, id) => page.evaluate((id) => {
  const all = JSON.parse(localStorage.getItem(`playbook:${document.documentElement.dataset.site}:answers`))
  return all?.[id] ?? null
}, id)

for (const [lang, options] of [['en', {}], ['zh', phone]]) {
  test(`a poll takes a vote, then says what there is to say (${lang})`, async () => {
    const { page, faults, context } = await open(browser, kinds(lang), options)
    const quiz = page.locator('#quiz-bench-poll')
    const why = quiz.locator('.quiz-why')
    await tabTo(page, quiz.locator('.quiz-check'))
    await page.keyboard.press('Enter')
    assert.equal(await text(quiz.locator('.quiz-record')), words[lang].empty)
    assert.equal(await why.isVisible(), false, 'nothing is revealed before the vote')
    await page.keyboard.press('Space') // the first option has the focus
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    assert.equal(await text(part(quiz, 2).locator('.quiz-note')), await feedback(quiz, 2))
    assert.equal(await quiz.locator('.quiz-note').count(), 1)
    assert.equal(await text(why), await text(quiz.locator('.quiz-answer .quiz-reason')))
    assert.ok(await quiz.locator('.quiz-retry').evaluate((b) => b === document.activeElement))
    assert.equal(await quiz.locator('.sign:visible').count(), 0, 'no vote is right or wrong')
    assert.deepEqual(await given(page, 'bench-poll'), { vote: 2 })
    assert.equal(await kept(page, 'bench-poll'), null, 'it earns nothing')
    assert.equal(await overflow(page), 0)

    await page.reload()
    await wake(page)
    assert.ok(await part(quiz, 2).locator('input').isChecked(), 'the vote is kept')
    assert.ok(await why.isVisible())
    await quiz.locator('.quiz-retry').click()
    assert.equal(await why.isVisible(), false)
    await part(quiz, 3).locator('.quiz-option').click()
    await quiz.locator('.quiz-check').click()
    assert.deepEqual(await given(page, 'bench-poll'), { vote: 3 })
    assert.deepEqual(faults, [])
    await context.close()
  })

  test(`a reflection is kept, and stands beside the model (${lang})`, async () => {
    const { page, faults, context } = await open(browser, kinds(lang), options)
    const quiz = page.locator('#quiz-bench-reflect')
    const area = quiz.locator('textarea')
    const model = quiz.locator('.quiz-reflect .quiz-model')
    await quiz.locator('.quiz-check').click()
    assert.ok(await area.evaluate((a) => a === document.activeElement), 'first write')
    assert.equal(await model.count(), 0)
    await page.keyboard.type('Fewer than 2 in 1000 <b>')
    await tabTo(page, quiz.locator('.quiz-check'))
    await page.keyboard.press('Enter')
    assert.ok((await text(model)).includes(await text(quiz.locator('.quiz-answer .quiz-model'))))
    assert.ok(await quiz.locator('.quiz-why').isVisible())
    await quiz.locator('.quiz-rubric .quiz-option').first().click()
    assert.deepEqual(await given(page, 'bench-reflect'), { text: 'Fewer than 2 in 1000 <b>', ticks: [1] })
    assert.equal(await overflow(page), 0)

    await page.reload()
    await wake(page)
    assert.equal(await area.inputValue(), 'Fewer than 2 in 1000 <b>')
    assert.equal(await model.count(), 0, 'the model waits')
    await quiz.locator('.quiz-check').click()
    assert.ok(await quiz.locator('.quiz-rubric input').first().isChecked())
    await quiz.locator('.quiz-retry').click()
    assert.ok(await area.evaluate((a) => a === document.activeElement))
    assert.equal(await area.inputValue(), 'Fewer than 2 in 1000 <b>', 'nothing is lost')
    assert.deepEqual(faults, [])
    await context.close()
  })
}

test('with storage blocked polls and reflections work all the same', async () => {
  const { page, faults, context } = await open(browser, kinds('en'), { init: blockStorage })
  const poll = page.locator('#quiz-bench-poll')
  await part(poll, 1).locator('.quiz-option').click()
  await poll.locator('.quiz-check').click()
  assert.ok(await poll.locator('.quiz-why').isVisible())
  const reflect = page.locator('#quiz-bench-reflect')
  await reflect.locator('textarea').fill('x')
  await reflect.locator('.quiz-check').click()
  assert.ok(await reflect.locator('.quiz-reflect .quiz-model').isVisible())
  assert.equal(await page.locator('.quiz-total').count(), 0, 'neither is scored')
  assert.deepEqual(faults, [])
  await context.close()
})

test('on paper the answers stand at the end, and no question gives its own away', async () => {
  const { page, context, faults } = await open(browser, kinds('en'))
  await wake(page)
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.locator('playbook-quiz .quiz-answer:visible').count(), 0)
  const answers = page.locator('main > .print-answers')
  assert.equal(await answers.locator('section').count(), await page.locator('playbook-quiz:has(.quiz-answer)').count())
  assert.match(await answers.innerText(), /^Answers[^]*Recognition/)
  assert.equal(await page.evaluate(() => new Set([...document.querySelectorAll('[id]')].map((e) => e.id)).size === document.querySelectorAll('[id]').length), true, 'no id twice')
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await page.emulateMedia({ media: 'screen' })
  assert.equal(await answers.count(), 0)
  assert.deepEqual(faults, [])
  await context.close()
})
