// Chromium as the tests use it: Debian's, without its background connections.
import { existsSync } from 'node:fs'
import { chromium as playwright } from 'playwright-core'

/** The browser's program. */
export const chromium = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((p) => p && existsSync(p))

export const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]

/** Starts a browser; close it after the tests. */
export function launch() {
  return playwright.launch({ executablePath: chromium, args: flags })
}

/** A phone, small but not the smallest. */
export const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }

/**
 * Opens a page and notes its faults: a script error, a console error, a request
 * to another host. Motion is reduced, so that what a test waits for is there at
 * once. init runs in the page before its scripts, as a function without closure;
 * routes answer requests from the first on, by their pattern.
 * Nothing is kept for reading offline unless serviceWorkers is "allow".
 * @returns {Promise<{page: import('playwright-core').Page, faults: string[], context: import('playwright-core').BrowserContext}>}
 */
export async function open(browser, url, { init, routes = {}, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', serviceWorkers: 'block', ...options })
  if (init) await context.addInitScript(init)
  for (const [pattern, answer] of Object.entries(routes)) await context.route(pattern, answer)
  const page = await context.newPage()
  const faults = watch(page, url)
  await page.goto(url)
  if (options.javaScriptEnabled !== false) await ready(page)
  return { page, faults, context }
}

/** Waits until what follows the reader, and the quizzes and calculators that are in view, or nearly, are at work. */
export function ready(page) {
  return page.waitForFunction(() => document.readyState === 'complete' && (self.playbook?.store || !document.documentElement.dataset.site)
    && ![...document.querySelectorAll(':is(playbook-quiz, playbook-calculator):not(:defined)')].some((block) => {
      const { top, bottom } = block.getBoundingClientRect()
      return bottom > 0 && top < innerHeight
    }))
}

/** Notes what must not happen on a page. */
export function watch(page, url) {
  const faults = []
  const origin = url.startsWith('file:') ? 'file://' : new URL(url).origin
  page.on('pageerror', (error) => faults.push('script error: ' + error.message))
  page.on('console', (message) => { if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`) })
  page.on('request', (request) => {
    const to = request.url()
    if (!to.startsWith(origin) && !to.startsWith('blob:') && !to.startsWith('data:')) faults.push('request to ' + to)
  })
  return faults
}

/** Goes to every kind of block of the page, so that all are at work, and back. */
export async function wake(page) {
  for (const tag of ['playbook-quiz', 'playbook-calculator', 'playbook-template']) {
    const block = page.locator(tag).first()
    if (!await block.count()) continue
    await block.evaluate((element) => element.scrollIntoView())
    await page.waitForFunction((tag) => customElements.get(tag), tag)
  }
  await page.evaluate(() => scrollTo(0, 0))
}

/** Storage as a browser that blocks it has it: every access throws. */
export function blockStorage() {
  Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError') } })
}

/** By how many pixels the page is wider than its window. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

/** Goes to one of the elements with Tab alone, or Shift+Tab if it lies before. */
export async function tabTo(page, locator) {
  for (let steps = 0; steps < 120; steps++) {
    const way = await locator.evaluateAll((targets) => {
      const now = document.activeElement
      if (targets.includes(now)) return ''
      const before = now.compareDocumentPosition(targets[0]) & Node.DOCUMENT_POSITION_PRECEDING
      return now !== document.body && before ? 'Shift+Tab' : 'Tab'
    })
    if (!way) return
    await page.keyboard.press(way)
  }
  throw new Error(`not reached with Tab: ${locator}`)
}
