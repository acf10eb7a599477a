// Chromium as the tests use it: Debian's, without its background connections.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((p) => p && existsSync(p))

export const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]

/** Starts a browser; close it after the tests. */
export function launch() {
  return chromium.launch({ executablePath, args: flags })
}

/**
 * Opens a page that fails the test on a script error, a console error, or a
 * request to another host.
 * @returns {Promise<{page: import('playwright-core').Page, faults: string[], context: import('playwright-core').BrowserContext}>}
 */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  const faults = watch(page, url)
  await page.goto(url)
  return { page, faults, context }
}

/** Notes what must not happen on a page. */
export function watch(page, url) {
  const faults = []
  const origin = url.startsWith('file:') ? 'file://' : new URL(url).origin
  page.on('pageerror', (error) => faults.push('script error: ' + error.message))
  page.on('console', (message) => { if (message.type() === 'error') faults.push('console: ' + message.text()) })
  page.on('request', (request) => {
    const to = request.url()
    if (!to.startsWith(origin) && !to.startsWith('blob:') && !to.startsWith('data:')) faults.push('request to ' + to)
  })
  return faults
}
