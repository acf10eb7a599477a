// A SCORM package in a real runtime (scorm-again), behind a checker that lets nothing
// pass which the standard forbids: a learner answers, leaves, comes back.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch, watch } from './lib/browser.mjs'
import { serve } from './lib/server.mjs'
import { program, project } from './lib/site.mjs'
import { unzip } from './lib/unzip.mjs'

let browser, folder
const hosts = []
before(async () => { browser = await launch(); folder = mkdtempSync(join(tmpdir(), 'playbook-scorm-')) })
after(async () => { await browser.close(); for (const host of hosts) await host.close(); rmSync(folder, { recursive: true }) })

const elements = {
  1.2: {
    'cmi.core.lesson_status': /^(incomplete|completed|passed|failed)$/, 'cmi.core.exit': /^suspend$/, 'cmi.core.lesson_location': /^.{0,255}$/,
    'cmi.core.score.raw': 100, 'cmi.core.score.min': 100, 'cmi.core.score.max': 100, 'cmi.core.session_time': /^\d{4}:\d\d:\d\d(\.\d\d?)?$/,
    'cmi.suspend_data': /^[^]{0,4096}$/, 'cmi.interactions.n.id': /^\S{1,255}$/, 'cmi.interactions.n.time': /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/,
    'cmi.interactions.n.type': /^(choice|fill-in|matching|performance|sequencing|numeric)$/, 'cmi.interactions.n.correct_responses.n.pattern': /^[^]{1,255}$/,
    'cmi.interactions.n.weighting': /^\d+$/, 'cmi.interactions.n.student_response': /^[^]{1,255}$/, 'cmi.interactions.n.result': /^(correct|wrong)$/,
  },
  2004: {
    'cmi.completion_status': /^(completed|incomplete)$/, 'cmi.success_status': /^(passed|failed)$/, 'cmi.exit': /^suspend$/, 'cmi.location': /^.{0,1000}$/,
    'cmi.progress_measure': 1, 'cmi.score.scaled': 1, 'cmi.score.raw': 100, 'cmi.score.min': 100, 'cmi.score.max': 100, 'cmi.session_time': /^PT\d+H\d+M\d+S$/,
    'cmi.suspend_data': /^[^]{0,64000}$/, 'cmi.interactions.n.id': /^\S{1,4000}$/, 'cmi.interactions.n.timestamp': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\dZ$/,
    'cmi.interactions.n.type': /^(choice|fill-in|matching|performance|sequencing|numeric)$/, 'cmi.interactions.n.correct_responses.n.pattern': /^[^]{1,250}$/,
    'cmi.interactions.n.weighting': /^\d+$/, 'cmi.interactions.n.learner_response': /^[^]{1,250}$/, 'cmi.interactions.n.result': /^(correct|incorrect)$/,
  },
}
const responses = {
  1.2: { choice: /^[a-z0-9](,[a-z0-9])*$/, sequencing: /^[a-z0-9](,[a-z0-9])*$/, matching: /^[a-z0-9]\.[a-z0-9](,[a-z0-9]\.[a-z0-9])*$/, numeric: /^-?\d+(\.\d+)?$/ },
  2004: { choice: /^[a-z0-9](\[,\][a-z0-9])*$/, sequencing: /^[a-z0-9](\[,\][a-z0-9])*$/, matching: /^[a-z0-9]\[\.\][a-z0-9](\[,\][a-z0-9]\[\.\][a-z0-9])*$/, numeric: /^-?\d+(\.\d+)?$/ },
}

/** Holds one session's calls against the standard. */
function check(version, calls) {
  const old = version === '1.2'
  const name = (call) => call.replace(/^LMS/, '')
  assert.equal(name(calls[0].call), 'Initialize')
  assert.equal(name(calls.at(-1).call), old ? 'Finish' : 'Terminate')
  assert.equal(name(calls.at(-2).call), 'Commit')
  assert.equal(calls.filter(({ call }) => /Initialize|Finish|Terminate/.test(call)).length, 2)
  const types = {}
  for (const { call, given, answer, error } of calls) {
    const what = `${call}(${given.join(', ')}) → ${answer}, ${error}`
    if (/GetValue/.test(call) && error === '403' && answer === '') continue // nothing was set before
    assert.equal(error, '0', what)
    if (!/SetValue/.test(call)) continue
    assert.equal(answer, 'true', what)
    const [element, value] = given
    assert.equal(typeof value, 'string', what)
    const rule = elements[version][element.replace(/\.\d+(?=\.)/g, '.n')]
    assert.ok(rule, 'no such element: ' + what)
    if (typeof rule === 'number') assert.ok(value !== '' && Number(value) >= 0 && Number(value) <= rule, what)
    else assert.match(value, rule, what)
    const [, n, field] = element.match(/^cmi\.interactions\.(\d+)\.(.*)/) ?? []
    if (!n) continue
    if (field === 'id') types[n] = ''
    else assert.ok(n in types, 'the id comes first: ' + what)
    if (field === 'type') types[n] = value
    if (/response$|pattern$/.test(field)) {
      assert.ok(types[n], 'the type comes before: ' + what)
      const rule = responses[version][types[n]]
      if (rule && !(types[n] === 'numeric' && /pattern/.test(field) && !old)) assert.match(value, rule, what)
    }
  }
}

for (const version of ['1.2', '2004']) {
  test(`a learner answers, leaves and comes back (SCORM ${version})`, async () => {
    const site = join(folder, version)
    mkdirSync(site)
    execFileSync(program, ['export', 'scorm', '--version', version, '--site', join(project, 'tests/fixture'), '--module', 'quizzes/kinds', '-o', join(folder, version + '.zip')])
    execFileSync(program, ['export', 'scorm', '--version', version, '--site', join(project, 'tests/fixture'), '--module', 'quizzes/kinds', '-o', join(folder, 'again.zip')])
    assert.ok(readFileSync(join(folder, version + '.zip')).equals(readFileSync(join(folder, 'again.zip'))), 'the same bytes')
    unzip(join(folder, version + '.zip'), site)
    const manifest = readFileSync(join(site, 'imsmanifest.xml'), 'utf8')
    const start = manifest.match(/<resource [^>]*href="([^"]*)"/)[1]
    cpSync(join(project, 'tests/node_modules/scorm-again/dist', version === '1.2' ? 'scorm12.min.js' : 'scorm2004.min.js'), join(site, 'api.js'))
    writeFileSync(join(site, 'lms.html'), `<!doctype html><meta charset=utf-8><title>LMS</title><link rel=icon href=data:,><script src="api.js"></script><script>
      const old = ${version === '1.2'}
      const real = old ? new Scorm12API({ autocommit: false, logLevel: 5 }) : new Scorm2004API({ autocommit: false, logLevel: 5 })
      const before = JSON.parse(sessionStorage.before ?? 'null')
      if (before) real.loadFromJSON(before)
      const calls = []
      const strict = {}
      for (const name of ['Initialize', old ? 'Finish' : 'Terminate', 'GetValue', 'SetValue', 'Commit']) {
        const call = (old ? 'LMS' : '') + name
        strict[call] = (...given) => {
          if (/Finish|Terminate/.test(call)) sessionStorage.before = JSON.stringify(real.renderCMIToJSONObject().cmi)
          const answer = String(real[call](...given))
          calls.push({ call, given, answer, error: String(real[(old ? 'LMS' : '') + 'GetLastError']()) })
          return answer
        }
      }
      window[old ? 'API' : 'API_1484_11'] = strict
    </script><iframe src="${start}" style="width:100%;height:800px"></iframe>`)
    const host = await serve(site)
    hosts.push(host)
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
    const page = await context.newPage()
    page.setDefaultTimeout(8000)
    const faults = watch(page, host.url)
    const course = page.frameLocator('iframe').frameLocator('iframe')
    const leave = async () => {
      await page.evaluate(() => document.querySelector('iframe').remove())
      await page.waitForFunction(() => /Finish|Terminate/.test(calls.at(-1)?.call))
      return page.evaluate(() => calls)
    }

    await page.goto(host.url + 'lms.html')
    const quizzes = course.locator('playbook-quiz:not([data-points="0"])')
    await quizzes.first().evaluate((quiz) => quiz.scrollIntoView())
    await quizzes.first().locator('.quiz-check').waitFor()
    assert.ok(await course.locator('h1').evaluate((title) => title.offsetWidth) > 500, 'the page has the width')
    const kinds = await quizzes.evaluateAll((all) => all.map((quiz) => quiz.dataset.kind))
    // One right answer, then whatever comes first to each other question that is not a play.
    const choice = quizzes.nth(kinds.indexOf('choice'))
    const id = (await choice.getAttribute('id')).slice('quiz-'.length)
    await choice.evaluate((quiz) => {
      for (const part of quiz.parts) part.querySelector('input').checked = quiz.right.includes(part.dataset.part)
      quiz.form.requestSubmit()
    })
    for (const kind of new Set(kinds)) {
      if (kind === 'choice' || kind === 'play') continue
      await quizzes.nth(kinds.indexOf(kind)).evaluate((quiz) => {
        for (const part of quiz.parts) {
          const control = part.querySelector('input, select')
          if (!control) continue
          if (control.type === 'checkbox') control.checked = true
          else control.value = control.matches('select') ? control.options[1].value : '7'
        }
        quiz.form.requestSubmit()
      })
    }
    const calls = await leave()
    check(version, calls)
    const set = (name) => calls.filter(({ given }) => given[0] === name).at(-1)?.given[1]
    assert.ok(Number(set(version === '1.2' ? 'cmi.core.score.raw' : 'cmi.score.raw')) > 0)
    assert.equal(set(version === '1.2' ? 'cmi.core.lesson_status' : 'cmi.completion_status'), 'incomplete')
    const told = calls.filter(({ given }) => /interactions\.\d+\.type/.test(given[0])).map(({ given }) => given[1])
    for (const type of ['choice', 'matching', 'sequencing', 'numeric', 'fill-in']) assert.ok(told.includes(type), type)
    const right = calls.find(({ given }) => given[1] === id)
    const at = right.given[0].replace(/id$/, '')
    assert.equal(set(at + 'result'), 'correct')
    assert.equal(set(at + (version === '1.2' ? 'student_response' : 'learner_response')), set(at + 'correct_responses.0.pattern'))

    // Another day: the page shows what was right, and the score stays.
    await page.evaluate(() => localStorage.clear())
    await page.reload()
    await course.locator(`#quiz-${id}`).evaluate((quiz) => quiz.scrollIntoView())
    await course.locator(`#quiz-${id}[data-done]`).waitFor({ state: 'attached' })
    const again = await leave()
    check(version, again)
    const last = (name) => again.filter(({ given }) => given[0] === name).at(-1)?.given[1]
    for (const name of ['cmi.suspend_data', version === '1.2' ? 'cmi.core.score.raw' : 'cmi.score.raw']) assert.equal(last(name), set(name), name)

    // Every question answered and every page opened is the end.
    await page.reload()
    await quizzes.first().evaluate((quiz) => quiz.scrollIntoView())
    await quizzes.first().locator('.quiz-check').waitFor({ state: 'attached' })
    await quizzes.evaluateAll((all) => { for (const quiz of all) quiz.record(quiz.points, true) })
    const end = await leave()
    check(version, end)
    const final = (name) => end.filter(({ given }) => given[0] === name).at(-1)?.given[1]
    assert.equal(final(version === '1.2' ? 'cmi.core.score.raw' : 'cmi.score.raw'), '100')
    assert.equal(final(version === '1.2' ? 'cmi.core.lesson_status' : 'cmi.success_status'), 'passed')
    assert.deepEqual(faults, [])
    assert.deepEqual(host.requests.filter((path) => path.includes('search') || path.includes('offline')), [])
    await context.close()
  })
}
