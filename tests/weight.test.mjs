// Weight: bytes are exact, so they are bounded here; time is only ever reported.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { pages, project, root } from './lib/site.mjs'

const gzip = (path) => gzipSync(readFileSync(path), { level: 9 }).length

test('a page is at most 60 KB with its styles and scripts, compressed, and asks no other host', () => {
  const heavy = [], foreign = []
  let most = ['', 0]
  for (const path of pages()) {
    const html = readFileSync(join(root, path), 'utf8')
    let bytes = gzip(join(root, path))
    for (const [, url] of html.matchAll(/<(?:link rel="?stylesheet"?[^>]*? href|script[^>]*? src)="?([^">\s]+)/g)) {
      if (/^(https?:)?\/\//.test(url)) { foreign.push(`${path}: ${url}`); continue }
      bytes += gzip(join(root, dirname(path), url))
    }
    if (bytes > most[1]) most = [path, bytes]
    if (bytes > 60_000) heavy.push(`${path}: ${bytes}`)
  }
  console.log(`heaviest page: ${most[0]}, ${most[1]} bytes with styles and scripts (gzip)`)
  assert.deepEqual(heavy, [])
  assert.deepEqual(foreign, [])
})

test('the calculators are at most 510 KB (brotli)', () => {
  const size = statSync(join(project, 'calculators/wasm/binary/dist/calculators.wasm.br')).size
  console.log(`calculators.wasm: ${size} bytes (brotli 11)`)
  assert.ok(size <= 510_000, `${size} bytes`)
})

test('one WebAssembly module is published for all calculators', () => {
  const files = readdirSync(join(root, 'assets')).filter((f) => f.endsWith('.wasm'))
  assert.equal(files.length, 1, files.join(' '))
})
