// Markup: the Nu checker finds nothing on any page.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pages, root } from './lib/site.mjs'

const jar = join(dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build', 'dist', 'vnu.jar')

test('every page is valid HTML', () => {
  const files = pages()
  assert.ok(files.length > 20, `the site has only ${files.length} pages: build it first`)
  const run = spawnSync('java', ['-Xss4m', '-jar', jar, '--skip-non-html', '--format', 'gnu', root], { encoding: 'utf8', maxBuffer: 1 << 26 })
  assert.equal(run.error, undefined)
  // A manual in Chinese is half names of fields and values, which the checker's
  // guess at the language takes for English, or at random for another. It is a
  // guess alone, and of manuals.
  const guess = /\/zh\/tools\/[^/]+\/index\.html":.*info warning: This document appears to be written in /
  const messages = run.stderr.split('\n').filter((line) => line.trim() !== '' && !guess.test(line))
  assert.deepEqual(messages, [])
  assert.ok(run.status === 0 || run.stderr.trim() !== '', 'the checker ended without a word')
})
