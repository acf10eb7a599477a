// The built site that the tests look at: public/, as `make build` leaves it.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
export const root = process.env.PLAYBOOK_PUBLIC ?? join(project, 'public')
export const program = process.env.PLAYBOOK_BIN ?? join(project, 'bin', 'playbook')

/**
 * Builds tests/fixture, a small site with what the tests need and the course may
 * change, into a folder of its own. Call close() after the tests.
 * @param {...string} options of the build
 */
export function bench(...options) {
  const out = mkdtempSync(join(tmpdir(), 'playbook-bench-'))
  execFileSync(program, ['build', '--site', join(project, 'tests', 'fixture'), '--out', out, ...options], { cwd: project })
  return { root: out, close: () => rmSync(out, { recursive: true, force: true }) }
}

/** The strict security policy that docs/publishing.md gives, for the own inline script of a site's pages. */
export function policy(folder = root) {
  const inline = readFileSync(join(folder, 'index.html'), 'utf8').match(/<script>([\s\S]*?)<\/script>/)[1]
  const hash = createHash('sha256').update(inline).digest('base64')
  return readFileSync(join(project, 'docs', 'publishing.md'), 'utf8').match(/`(default-src [^`]*)`/)[1].replace('sha256-…', 'sha256-' + hash)
}

/** Every HTML file of a site, as paths from its root. */
export function pages(folder = root) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && e.name.endsWith('.html'))
    .map((e) => relative(folder, join(e.parentPath ?? e.path, e.name)).replaceAll('\\', '/'))
    .sort()
}

/**
 * As few pages as have every class of the site's markup between them, by turns in
 * one language and another, for the checks that are done in every light and width.
 */
export function kinds(folder = root) {
  const all = pages(folder)
  const classes = new Map(all.map((path) => [path, new Set([...readFileSync(join(folder, path), 'utf8')
    .matchAll(/<[^>]* class=(?:"([^"]*)"|([^\s">]+))/g)].flatMap(([, quoted, bare]) => (quoted ?? bare).split(/\s+/)))]))
  const missing = new Set([...classes.values()].flatMap((of) => [...of]))
  const gain = (path) => [...classes.get(path) ?? []].filter((one) => missing.has(one)).length
  const found = []
  while (missing.size) {
    const best = all.reduce((a, b) => (gain(b) > gain(a) ? b : a))
    const other = best.replace(/^(en|zh)/, found.length % 2 ? 'zh' : 'en')
    const next = gain(other) === gain(best) ? other : best
    found.push(next)
    for (const one of classes.get(next)) missing.delete(one)
  }
  return found
}

/**
 * What the command line makes of a form's encoding: a calculator's answer from
 * outside the browser.
 * @param {string} form fields as name=value joined by "&"
 */
export function calc(id, form, { lang = 'en', format = 'json' } = {}) {
  const fields = [...new URLSearchParams(form)].map(([name, value]) => `${name}=${value}`)
  const out = execFileSync(program, ['calc', id, ...fields, '--lang', lang, '--format', format], { encoding: 'utf8', cwd: project })
  return format === 'json' ? JSON.parse(out) : out
}
