// Parts that readers open: by key and by tap, by a link or a search into them, with
// scripts and without; and on paper, where nothing is closed.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { launch, open, overflow, phone, tabTo } from './lib/browser.mjs'
import { serve } from './lib/server.mjs'
import { bench } from './lib/site.mjs'

let browser, site, host
before(async () => { browser = await launch(); site = bench(); host = await serve(site.root, '/sub/') })
after(async () => { await browser.close(); await host.close(); site.close() })

const url = (lang) => `${host.url}${lang}/quizzes/terms/index.html`

for (const [lang, title, word, options] of [['en', 'Where the signs come from', 'pennants', {}], ['zh', '标志从哪里来', '信号旗', phone]]) {
  test(`a part opens by key and closes again; its headings are not among the contents (${lang})`, async () => {
    const { page, faults, context } = await open(browser, url(lang), options)
    const text = page.locator('#origin')
    assert.equal(await text.isVisible(), false)
    assert.equal((await page.locator('.fold > summary').innerText()).trim(), title)
    await tabTo(page, page.locator('.fold > summary'))
    await page.keyboard.press('Enter')
    assert.ok(await text.isVisible())
    assert.equal(await overflow(page), 0)
    await page.keyboard.press('Enter')
    assert.equal(await text.isVisible(), false)
    assert.equal(await page.locator('.toc a[href="#buoys"]').count(), 0)
    const box = await page.locator('.fold > summary').boundingBox()
    assert.ok(box.height >= 43.5, 'a thumb meets it')
    assert.deepEqual(faults, [])
    await context.close()
  })

  test(`a link into it opens it, with scripts and without, and so does a search (${lang})`, async () => {
    for (const javaScriptEnabled of [true, false]) {
      for (const id of ['origin', 'buoys']) {
        const { page, faults, context } = await open(browser, `${url(lang)}#${id}`, { ...options, javaScriptEnabled })
        await page.locator('#' + id).waitFor()
        await page.waitForFunction((id) => {
          const { top, bottom } = (id === 'origin' ? document.querySelector('.fold > summary') : document.getElementById(id)).getBoundingClientRect()
          return top >= 0 && bottom <= innerHeight
        }, id)
        assert.deepEqual(faults, [])
        await context.close()
      }
    }
    const { page, faults, context } = await open(browser, `${host.url}${lang}/index.html`, options)
    await page.keyboard.press('/')
    await page.locator('dialog input').fill(word)
    await page.locator('dialog a[href*="#origin"]').first().waitFor()
    await page.locator('dialog a[href*="#origin"]').first().click()
    await page.locator('#origin').waitFor()
    assert.ok((await page.locator('#origin').innerText()).includes(word))
    assert.deepEqual(faults, [])
    await context.close()
  })
}

test('on paper it is open, with scripts and without', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { page, context } = await open(browser, url('en'), { javaScriptEnabled })
    if (javaScriptEnabled) await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    await page.emulateMedia({ media: 'print' })
    const box = await page.locator('#origin').boundingBox()
    assert.ok(box && box.height > 40, `scripts: ${javaScriptEnabled}`)
    await context.close()
  }
})
