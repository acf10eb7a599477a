// What the queries of search-queries.tsv find, ours beside Pagefind's on the same
// site: `make relevance`.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { root } from './lib/site.mjs'
import { Searcher } from './lib/searcher.mjs'

const here = dirname(fileURLToPath(import.meta.url))

/** The queries: language, words, addresses that answer, why. */
export function queries() {
  return readFileSync(join(here, 'search-queries.tsv'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#')).map((line) => {
    const [lang, words, pages, why] = line.split('\t')
    return { lang, words, pages: pages.split('|'), why }
  })
}

export const exists = (page, folder = root) => existsSync(join(folder, 'en', page, 'index.html'))

/** At which place the first page that answers stands, from 1; 0: not among those found. */
export const place = (found, pages) => found.findIndex((path) => pages.some((page) => path.replace(/^[a-z]+\//, '') === page + '/index.html')) + 1

async function pagefind() {
  const packages = join(here, 'node_modules', 'pagefind')
  if (!existsSync(packages)) return null
  const copy = mkdtempSync(join(tmpdir(), 'relevance-'))
  try {
    cpSync(root, copy, { recursive: true })
    execFileSync('node', [join(packages, 'lib', 'runner', 'bin.cjs'), '--site', copy, '--root-selector', 'main', '--quiet'], { stdio: 'pipe' })
    const text = (path) => new Response(readFileSync(path), { headers: { 'content-type': 'application/wasm' } })
    const fetched = globalThis.fetch
    globalThis.fetch = async (url) => text(join(copy, 'pagefind', new URL(url, 'http://x/').pathname.split('/pagefind/').pop()))
    const answers = new Map()
    for (const lang of ['en', 'zh-hans']) {
      globalThis.document = { querySelector: () => ({ getAttribute: () => lang }), currentScript: null }
      globalThis.window = { location: { origin: 'http://x' } }
      globalThis.location = new URL('http://x/')
      const api = await import(pathToFileURL(join(copy, 'pagefind', 'pagefind.js')).href + '?' + lang)
      await api.options({ basePath: 'http://x/pagefind/', baseUrl: '/' })
      await api.init(lang)
      answers.set(lang.slice(0, 2), async (words) => {
        const { results } = await api.search(words)
        return Promise.all(results.slice(0, 3).map(async (r) => (await r.data()).raw_url.replace(/^\//, '').replace(/\/$/, '/index.html')))
      })
    }
    globalThis.fetch = fetched === undefined ? undefined : globalThis.fetch
    return { find: (lang, words) => answers.get(lang)(words), close: () => rmSync(copy, { recursive: true }) }
  } catch (error) {
    rmSync(copy, { recursive: true })
    throw error
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const ours = new Searcher()
  const theirs = await pagefind()
  if (!theirs) console.log('Pagefind is not installed: npm i --no-save --ignore-scripts pagefind in tests/\n')
  let asked = 0
  const sum = { ours: 0, theirs: 0 }
  for (const { lang, words, pages, why } of queries()) {
    const there = pages.filter((page) => exists(page))
    if (!there.length) { console.log(`   –   –   ${lang}  ${words}  (no page yet: ${pages.join(', ')})`); continue }
    asked++
    const a = place((await ours.find(lang, words, 3)).map((e) => e.path), there)
    const b = theirs ? place(await theirs.find(lang, words), there) : 0
    if (a) sum.ours++
    if (b) sum.theirs++
    console.log(`${String(a || '·').padStart(4)}${String(theirs ? b || '·' : ' ').padStart(4)}   ${lang}  ${words}  (${why})`)
  }
  console.log(`\nfound among the first three: ours ${sum.ours} of ${asked}` + (theirs ? `, Pagefind ${sum.theirs} of ${asked}` : ''))
  theirs?.close()
}
