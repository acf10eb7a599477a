// A static host as plain as any: files of a folder under a sub-path, no rewriting
// but the folder's index.html. Loopback only, on a free port.
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
 * @param {{gzip?: boolean, policy?: string}} options gzip: compress and let cache, as most hosts do;
 *   policy: a Content-Security-Policy
 * @returns {Promise<{url: string, requests: string[], close: () => Promise<void>}>}
 */
export async function serve(root, base = '/', { gzip = false, policy = '' } = {}) {
  const requests = []
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname)
    requests.push(path)
    try {
      if (!path.startsWith(base)) throw new Error('outside the site')
      let file = join(root, normalize('/' + path.slice(base.length)))
      if ((await stat(file)).isDirectory()) file = join(file, 'index.html')
      const body = await readFile(file)
      const headers = { 'content-type': types[extname(file)] ?? 'application/octet-stream' }
      if (policy) headers['content-security-policy'] = policy
      if (gzip) Object.assign(headers, { 'content-encoding': 'gzip', 'cache-control': 'max-age=3600' })
      response.writeHead(200, headers)
      response.end(gzip ? gzipSync(body) : body)
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain' })
      response.end('not found: ' + path)
    }
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    requests,
    close: () => new Promise((done) => { server.closeAllConnections(); server.close(done) }),
  }
}
