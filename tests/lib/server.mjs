// A static host as plain as any: files of a folder under a sub-path, no rewriting
// but the folder's index.html. Loopback only, on a free port.
import { createServer } from 'node:http'
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'

const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm', '.json': 'application/json', '.xml': 'application/xml', '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}

/**
 * Serves a folder.
 * @param {string} root the folder
 * @param {string} base the sub-path, with slashes at both ends
 * @returns {Promise<{url: string, requests: string[], close: () => Promise<void>}>}
 */
export async function serve(root, base = '/') {
  const requests = []
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname)
    requests.push(path)
    try {
      if (!path.startsWith(base)) throw new Error('outside the site')
      let file = join(root, normalize('/' + path.slice(base.length)))
      if ((await stat(file)).isDirectory()) file = join(file, 'index.html')
      const body = await readFile(file)
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
      response.end(body)
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
