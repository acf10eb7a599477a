// What docs/publishing.md says of hosts, tried: its configurations in nginx and Caddy
// where these are installed, its commands, and the page for addresses that do not exist
// on a site that was not told where it is.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch } from './lib/browser.mjs'
import { serve } from './lib/server.mjs'
import { bench, program, project } from './lib/site.mjs'

const manual = readFileSync(join(project, 'docs', 'publishing.md'), 'utf8')
const recipe = (language) => manual.match(new RegExp('```' + language + '\\n([\\s\\S]*?)```'))[1]

let browser, site
before(async () => { browser = await launch(); site = bench('--compress') })
after(async () => { await browser.close(); site.close() })

test('the page for a missing address is styled and leads home at any depth, wherever the site is', async () => {
  const page = await browser.newPage()
  for (const [base, paths] of [['/', ['x', 'en/a/x/']], ['/some/sub-path/', ['x', 'x/', 'en/calls/x/index.html', 'a/b/c/d/e?f=/g#h']]]) {
    const host = await serve(site.root, base, { missing: true })
    for (const path of paths) {
      const answer = await page.goto(host.url + path)
      assert.equal(answer.status(), 404)
      const home = page.locator('.choices a').first()
      await page.waitForFunction(([of]) => document.querySelector('.choices a').href.startsWith(of), [host.url + 'en/'])
      await page.waitForFunction(() => getComputedStyle(document.documentElement).getPropertyValue('--measure'))
      await Promise.all([page.waitForURL(host.url + 'en/index.html'), home.click({ noWaitAfter: true })])
    }
    await host.close()
  }
  await page.close()
})

/** Runs a server until what is done with its address is done. */
async function run(command, args, port, env, work) {
  const server = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } })
  let said = ''
  server.stderr.on('data', (text) => { said += text })
  const ended = new Promise((done) => server.on('exit', done))
  const url = `http://127.0.0.1:${port}`
  try {
    for (let tries = 0; ; tries++) {
      if (await fetch(url).then(() => true, () => false)) break
      assert.ok(server.exitCode === null && tries < 200, `${command} does not start:\n${said}`)
      await new Promise((done) => setTimeout(done, 50))
    }
    await work(url)
  } finally {
    server.kill('SIGTERM')
    await ended
  }
}

const free = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => done(port)) })
})

async function host(url) {
  const get = async (path, headers = {}) => { const r = await fetch(url + path, { headers, redirect: 'manual' }); return Object.assign(r, { body_: await r.text() }) }
  const header = (answer, name) => answer.headers.get(name) ?? ''

  const page = await get('/en/calls/value-equation/')
  assert.equal(page.status, 200)
  assert.match(page.body_, /<h1/)
  const asset = '/assets/' + readdirSync(join(site.root, 'assets')).find((name) => /^site\.\w+\.css$/.test(name))
  assert.match(header(await get(asset), 'cache-control'), /max-age=31536000, immutable/)
  assert.equal(header(await get(asset, { 'accept-encoding': 'gzip' }), 'content-encoding'), 'gzip', 'the compressed form is given')
  assert.equal(header(await get('/offline.js'), 'cache-control'), 'no-cache')
  assert.equal(header(await get('/search/en.js'), 'cache-control'), 'no-cache')
  assert.doesNotMatch(header(await get('/en/index.html'), 'cache-control'), /immutable/)
  const text = await get('/zh/index.md')
  assert.match(header(text, 'content-type'), /^text\/(markdown|plain); charset=utf-8$/i)
  const wasm = '/assets/' + readdirSync(join(site.root, 'assets')).find((name) => /^calculators\.\w+\.wasm$/.test(name))
  assert.equal(header(await get(wasm), 'content-type'), 'application/wasm')
  for (const path of ['/x', '/en/x/y/', '/assets/x.css']) {
    const missing = await get(path)
    assert.equal(missing.status, 404, path)
    assert.match(missing.body_, /kind-missing/, path)
    assert.doesNotMatch(header(missing, 'cache-control'), /immutable/, path)
  }
}

const absent = (command, version) => spawnSync(command, [version]).error ? `${command} is not installed` : false

test('nginx, as the manual sets it up', { skip: absent('nginx', '-v') }, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'playbook-nginx-'))
  const port = await free()
  const server = recipe('nginx').replace('listen 80;', `listen 127.0.0.1:${port};`).replace('/srv/playbook/public', site.root)
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${dir}/${name};`).join(' ')
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  writeFileSync(join(dir, 'nginx.conf'), `${user} daemon off; pid ${dir}/pid; error_log stderr; events {} http { access_log off; ${temp}\n${server} }`)
  await run('nginx', ['-p', dir, '-e', 'stderr', '-c', join(dir, 'nginx.conf')], port, {}, host)
  rmSync(dir, { recursive: true, force: true })
})

test('Caddy, as the manual sets it up', { skip: absent('caddy', 'version') }, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'playbook-caddy-'))
  const port = await free()
  const server = recipe('caddy').replace('playbook.example.org', `http://127.0.0.1:${port}`).replace('/srv/playbook/public', site.root)
  writeFileSync(join(dir, 'Caddyfile'), `{\n\tadmin off\n}\n${server}`)
  await run('caddy', ['run', '--adapter', 'caddyfile', '--config', join(dir, 'Caddyfile')], port, { HOME: dir, XDG_DATA_HOME: dir, XDG_CONFIG_HOME: dir }, host)
  rmSync(dir, { recursive: true, force: true })
})

test('the commands of the recipes for GitHub and GitLab publish a site that knows where it is', () => {
  const commands = [...manual.matchAll(/\.\/playbook (build .*)/g)].map(([, args]) => args)
  assert.equal(commands.length, 2)
  for (const command of commands) {
    const out = mkdtempSync(join(tmpdir(), 'playbook-pages-'))
    const args = command.replace(/\$\{\{.*?\}\}|\$CI_PAGES_URL/, 'https://example.org/sales').replace('--out public', `--site ${join(project, 'tests', 'fixture')} --out ${out}`)
    execFileSync('sh', ['-c', `"${program}" ${args}`])
    assert.match(readFileSync(join(out, '404.html'), 'utf8'), /href="?\/sales\/en\/index\.html/)
    assert.match(readFileSync(join(out, 'sitemap.xml'), 'utf8'), /https:\/\/example\.org\/sales\/en\//)
    rmSync(out, { recursive: true, force: true })
  }
})
