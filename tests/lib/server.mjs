// A static host as plain as any: files of a folder under a sub-path, no rewriting
// but the folder's index.html. Loopback only, on a free port unless told.
import { createServer } from 'node:http'
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'

const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm', '.json': 'application/json', '.xml': 'application/xml', '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}

/**
 * Serves a folder.
 * @param {string} root the folder
 * @param {string} base the sub-path, with slashes at both ends
 * @param {{gzip?: boolean, policy?: string, port?: number, missing?: boolean}} options gzip: let cache, and compress each file
 *   once, as most hosts do;  policy: a Content-Security-Policy;
 *   missing: answer with the site's 404.html where there is nothing
 * @returns {Promise<{url: string, port: number, requests: string[], silent: boolean, before: Function, drop: () => void, close: () => Promise<void>}>}
 *   silent: set it, and requests are never answered; before(path, request): set it, and each answer waits
 *   for what it returns; drop: ends what is not answered
 */
export async function serve(root, base = '/', { gzip = false, policy = '', port = 0, missing = false } = {}) {
  const host = { requests: [], silent: false }
  const zipped = new Map() // file → what it held and that compressed
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname)
    host.requests.push(path)
    if (host.silent) return
    await host.before?.(path, request)
    try {
      if (!path.startsWith(base)) throw new Error('outside the site')
      let file = join(root, normalize('/' + path.slice(base.length)))
      if ((await stat(file)).isDirectory()) file = join(file, 'index.html')
      const body = await readFile(file)
      const headers = { 'content-type': types[extname(file)] ?? 'application/octet-stream' }
      if (policy) headers['content-security-policy'] = policy
      if (gzip) Object.assign(headers, { 'content-encoding': 'gzip', 'cache-control': 'max-age=3600' })
      response.writeHead(200, headers)
      if (gzip && !zipped.get(file)?.body.equals(body)) zipped.set(file, { body, small: gzipSync(body, { level: 9 }) })
      response.end(gzip ? zipped.get(file).small : body)
    } catch {
      response.writeHead(404, { 'content-type': missing ? types['.html'] : 'text/plain' })
      response.end(missing ? await readFile(join(root, '404.html')) : 'not found: ' + path)
    }
  })
  await new Promise((done) => server.listen(port, '127.0.0.1', done))
  return Object.assign(host, {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    port: server.address().port,
    drop: () => server.closeAllConnections(),
    close: () => new Promise((done) => { server.closeAllConnections(); server.close(done) }),
  })
}
