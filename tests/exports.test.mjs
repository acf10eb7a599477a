// Questions in other programs: each is read by a parser that is not ours.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { parse } from 'gift-pegjs'
import { program, project } from './lib/site.mjs'

const exported = (kind, lang, site) => execFileSync(program, ['export', kind, '--lang', lang, '--site', site, '-o', '-'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

const type = { choice: 'MC', multiple: 'MC', numeric: 'Numerical', text: 'Short', match: 'Matching', order: 'Matching', spot: 'Matching', sort: 'Matching', reflect: 'Essay' }

for (const lang of ['en', 'zh']) {
  for (const site of ['.', 'tests/fixture']) {
    test(`GIFT says what the pages say (${lang}, ${site})`, () => {
      const folder = join(project, site)
      const gift = exported('gift', lang, folder)
      const questions = parse(gift).filter((one) => one.type !== 'Category')
      assert.equal(questions.length, gift.match(/^\/\/ \[id:/gm).length)
      const cards = exported('anki', lang, folder).split('\n').filter((line) => line && line[0] !== '#').map((line) => line.split('\t'))
      const plain = (text) => text.replaceAll(/&&0*(\d+);/g, (_, code) => String.fromCharCode(code)).replaceAll('\\n', ' ') // the parser forgets some of its own escapes
        .replaceAll(/\s+/g, ' ').trim()
      const unescaped = (html) => html.replaceAll('<br>', ' ').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#34;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
      for (const q of questions) {
        assert.equal(q.id, q.title)
        const card = cards.find(([identity]) => identity.endsWith('/' + q.id))
        assert.ok(card, `${q.id}: no card`)
        assert.ok(plain(unescaped(card[1])).startsWith(plain(q.stem.text)), `${q.id}:\n${plain(q.stem.text)}\n${plain(unescaped(card[1]))}`)
        if (q.type !== 'Matching') continue
        assert.ok(q.matchPairs.length > 1, q.id)
        for (const { subquestion, subanswer } of q.matchPairs) assert.ok(subanswer && plain(unescaped(card[1])).includes(plain(subanswer)), `${q.id}: ${subquestion?.text} -> ${subanswer}`)
      }
      if (site !== '.') for (const kind of Object.keys(type)) assert.ok(questions.some((q) => q.type === type[kind]), kind)
    })
  }
}
