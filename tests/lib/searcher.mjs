// The search as readers run it, without a browser: its modules and the published
// index, read from a folder; and what it reads, counted.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { Engine, findEverywhere } from '../../templates/assets/js/search/engine.js'
import { root } from './site.mjs'

/** The published search script. */
const script = (folder) => join(folder, 'assets', readdirSync(join(folder, 'assets')).find((name) => /^search\.[0-9a-f]+\.js$/.test(name)))

const gzipped = (file) => gzipSync(readFileSync(file), { level: 9 }).length

export class Searcher {
  constructor(folder = root) {
    this.folder = folder
    this.script = script(folder)
    this.read = new Map() // file → bytes, gzip
    this.engines = new Map()
  }

  engine(lang) {
    if (!this.engines.has(lang)) this.engines.set(lang, new Engine(lang, async (name) => this.load(name)))
    return this.engines.get(lang)
  }

  load(name) {
    const file = join(this.folder, 'search', name + '.js')
    let answer
    runInNewContext(readFileSync(file, 'utf8'), { playbookSearch: (_, stamp, data) => { answer = { stamp, data } } })
    this.read.set(name, gzipped(file))
    return answer
  }

  /** Forgets what was loaded, as a new page does. */
  forget() {
    this.engines.clear()
    this.read.clear()
  }

  /** Everything that was fetched, the script included: bytes, gzip. */
  bytes() { return [...this.read.values()].reduce((a, b) => a + b, gzipped(this.script)) }

  /**
   * Searches as the dialog does.
   * @returns {Promise<{path: string, title: string, heading: string, id: string, text: string}[]>} the best entry of each page
   */
  async find(lang, query, show = 6) {
    const { all } = await findEverywhere(query, lang, (code) => this.engine(code))
    const out = []
    for (const page of all.slice(0, show)) {
      const entries = await Promise.all(page.entries.slice(0, 3).map((n) => this.engine(page.lang).entry(n)))
      out.push(entries[0])
    }
    return out
  }
}
