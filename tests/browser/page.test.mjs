// page.test.mjs - `bede serve` in a real browser: every view, its content, and
// what must not happen. Run by `./dev test browser`; BEDE is the program.
// Pictures of the page go to shots/, to be looked at.
// SPDX-License-Identifier: Apache-2.0
import { test, before, after } from 'node:test'
import assert from 'node:assert/strict'
import { spawn, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const root = resolve(import.meta.dirname, '../..')
const bede = process.env.BEDE || join(root, 'build/bede')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const wire = process.env.BEDE_NEWS || join(root, '../shared/news/wire.dev.jsonl')
const examples = readdirSync(join(root, 'examples')).filter(f => f.endsWith('.txt')).map(f => join(root, 'examples', f))
const shots = join(import.meta.dirname, 'shots')
let work, browser, made, real
const servers = []

// News that tries to be a page.
const hostile = [{
  id: 'x"><script>window.hit=1</script>', title: '<img src=x onerror="window.hit=1">', url: 'javascript:window.hit=1',
  agency: '<svg onload="window.hit=1">', date: '2024-05-06',
  text: 'Norway accused Chile of <script>window.hit=1</script> on Monday. Norwegian Foreign Minister "<img src=x onerror=window.hit=1>" Berg met Chilean President Soto in Oslo.'
}]

// Amounts of one kind on several days.
const amounts = [['2024-02-05', 20], ['2024-03-11', 35], ['2024-04-08', 50]].map(([date, tonnes]) => ({
  id: 'rice/' + date, date, agency: 'Norwire', text: `Norway sent ${tonnes} tonnes of rice to Peru on Monday.`
}))

async function serve(db) {
  const server = spawn(bede, ['serve', '--db', db, '--port', String(20000 + Math.floor(Math.random() * 20000))])
  servers.push(server)
  return new Promise((done, failed) => {
    server.stdout.on('data', text => {
      const found = /http:\S+/.exec(text)
      if (found) done(found[0].replace(/\/$/, ''))
    })
    server.stderr.on('data', text => process.stderr.write(text))
    server.on('exit', code => failed(new Error('bede serve ended with ' + code)))
  })
}

before(async () => {
  work = mkdtempSync(join(tmpdir(), 'bede-browser-'))
  mkdirSync(shots, { recursive: true })
  writeFileSync(join(work, 'hostile.jsonl'), [...hostile, ...amounts].map(d => JSON.stringify(d)).join('\n') + '\n')
  execFileSync(bede, ['code', '--quiet', '--db', join(work, 'made.db'), ...examples, join(root, 'examples/trawlers'), join(work, 'hostile.jsonl')])
  execFileSync(bede, ['code', '--quiet', '--db', join(work, 'real.db'), ...(existsSync(wire) ? [wire] : examples)], { maxBuffer: 1 << 28 })
  made = await serve(join(work, 'made.db'))
  real = await serve(join(work, 'real.db'))
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] })
})

after(async () => {
  await browser?.close()
  for (const server of servers) server.removeAllListeners('exit').kill()
  rmSync(work, { recursive: true, force: true })
})

// A page that fails the test for any error, and for any request to elsewhere.
async function open(base, path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, bypassCSP: options.bypassCSP, ...options })
  const page = await context.newPage()
  page.wrong = []
  page.on('pageerror', error => page.wrong.push(String(error)))
  page.on('console', m => m.type() === 'error' && page.wrong.push(m.text()))
  page.on('request', r => r.url().startsWith(base) || page.wrong.push('asks elsewhere: ' + r.url()))
  await page.goto(base + path)
  await ready(page)
  return page
}

async function ready(page) {
  await page.waitForFunction(() => document.querySelector('main h1') && !document.querySelector('main[aria-busy]'))
}

async function done(page) {
  assert.deepEqual(page.wrong, [])
  await page.context().close()
}

async function api(base, path) { return (await fetch(base + '/api/v1/' + path)).json() }

test('a claim is followed from the timeline down to its words', async () => {
  const page = await open(made, '/relation?actor=KEN&other=IDN')
  await page.locator('h1', { hasText: 'Kenya (KEN) and Indonesia (IDN)' }).waitFor()
  await page.locator('svg .bar').first().click()
  await page.waitForURL(/from=/)
  await ready(page)
  const item = page.locator('li[data-event]').first()
  const sentence = await item.locator('blockquote').textContent()
  const trigger = await item.locator('mark.trigger').first().textContent()
  assert.ok(sentence.includes(trigger))
  await item.locator('.head a[href^="/event/"]').click()
  await page.waitForURL(/\/event\//)
  await ready(page)
  assert.ok((await page.locator('#evidence').textContent()).includes(sentence.trim()))
  assert.equal(await page.locator('#evidence mark.trigger').first().textContent(), trigger)
  assert.match(await page.locator('main').textContent(), /clause .* \(\w+:\d+\)/)
  await page.locator('details summary').click()
  assert.match(await page.locator('pre').textContent(), /fits/)
  await page.locator('a[href^="/document/"]').first().click()
  await page.waitForURL(/\/document\//)
  await ready(page)
  assert.ok((await page.locator('blockquote.text').textContent()).includes(sentence.trim()))
  await page.goBack(); await ready(page)
  assert.match(page.url(), /\/event\//)
  await page.goBack(); await ready(page)
  await page.goBack(); await ready(page)
  assert.equal(new URL(page.url()).search, '?actor=KEN&other=IDN')
  await done(page)
})

test('spans are those of the record, to the byte', async () => {
  const events = await api(real, 'events?limit=120')
  const page = await open(real, '/?limit=1')
  for (const e of events.events.slice(0, 12)) {
    await page.goto(real + '/event/' + e.id); await ready(page)
    const bytes = Buffer.from((await api(real, 'documents/' + encodeURIComponent(e.doc))).document.text)
    assert.equal(bytes.subarray(e.trigger.begin, e.trigger.end).toString(), e.trigger.text)
    const marks = await page.locator('#evidence mark').evaluateAll(all => all.map(m => m.textContent))
    assert.ok(marks.includes(e.trigger.text) || marks.some(m => e.trigger.text.startsWith(m)), e.id + ': ' + e.trigger.text)
  }
  await done(page)
})

test('words, type, class and status choose events', async () => {
  const page = await open(real, '/')
  const total = async () => Number((await page.locator('h1').textContent()).replace(/\D/g, ''))
  const all = await total()
  for (const [field, value, query] of [['type', 'ACCUSE', 'type=ACCUSE'], ['quad', '3,4', 'quad=3,4'], ['status', 'planned', 'status=planned']]) {
    await page.locator('#filter [name=' + field + ']').selectOption(value)
    await page.getByRole('button', { name: 'Show' }).click()
    await page.waitForURL(url => url.search.includes(field)); await ready(page)
    const n = await total()
    assert.equal(n, (await api(real, 'summary?' + query)).total)
    assert.ok(n > 0 && n < all)
    await page.locator('#clear').click()
    await page.waitForURL(url => url.search === ''); await ready(page)
  }
  await page.locator('#filter [name=q]').fill('president')
  await page.keyboard.press('Enter')
  await page.waitForURL(/q=president/); await ready(page)
  for (const text of await page.locator('li[data-event] blockquote').allTextContents()) assert.match(text, /president/i)
  await done(page)
})

test('drawing across the timeline zooms; the address holds it', async () => {
  const page = await open(real, '/')
  const box = await page.locator('.plot svg').boundingBox()
  await page.mouse.move(box.x + box.width * 0.6, box.y + 100)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.75, box.y + 120, { steps: 5 })
  await page.mouse.move(box.x + box.width * 0.95, box.y + 120, { steps: 5 })
  await page.mouse.up()
  await page.waitForURL(/from=.*until=/); await ready(page)
  const where = page.url(), title = await page.locator('h1').textContent()
  const again = await open(real, where.slice(real.length))
  assert.equal(await again.locator('h1').textContent(), title)
  await done(again)
  await done(page)
})

test('more events come after the first ones, none twice', async () => {
  const page = await open(real, '/')
  await page.getByRole('button', { name: 'More' }).click()
  await page.waitForFunction(() => document.querySelectorAll('li[data-event]').length > 20)
  const ids = await page.locator('li[data-event]').evaluateAll(all => all.map(e => e.dataset.event))
  assert.equal(new Set(ids).size, ids.length)
  await done(page)
})

test('map, matrix, calendar and actor say what the API says', async () => {
  const map = await open(real, '/map')
  const places = await api(real, 'places?limit=10000')
  const located = places.items.filter(p => p.lat !== undefined)
  assert.equal(await map.locator('svg .place').count(), located.length)
  await map.locator('svg .place').last().click({ force: true })
  await map.waitForURL(/place=/); await ready(map)
  assert.ok(await map.locator('li[data-event]').count() > 0)
  await done(map)
  const matrix = await open(real, '/matrix')
  await matrix.locator('svg .cell').first().click()
  await matrix.waitForURL(/\/relation\?actor=.*other=/); await ready(matrix)
  await done(matrix)
  const calendar = await open(real, '/calendar?from=2006')
  assert.ok(await calendar.locator('svg .bar').count() > 0)
  await done(calendar)
  const code = (await api(real, 'actors?limit=1')).items[0]
  const actor = await open(real, '/actor/' + code.code)
  assert.ok((await actor.locator('h1').textContent()).includes(code.code))
  assert.ok((await actor.locator('main').textContent()).includes(code.count.toLocaleString('en') + ' events'))
  await done(actor)
})

test('a part of the world is chosen, held by the address, and left again', async () => {
  const page = await open(made, '/map')
  const all = await page.locator('svg .place').count()
  assert.equal(await page.locator('svg .land').getAttribute('data-scale'), '110m')
  await page.getByRole('link', { name: 'Africa', exact: true }).click()
  await page.waitForURL(/box=/); await ready(page)
  assert.equal(await page.locator('svg .land').getAttribute('data-scale'), '50m')
  const inside = (await api(made, 'places?limit=10000')).items.filter(p => p.lon >= -20 && p.lon <= 55 && p.lat >= -36 && p.lat <= 38)
  assert.equal(await page.locator('svg .place').count(), inside.length)
  assert.ok(inside.length > 0 && inside.length < all)
  await page.goBack(); await ready(page)
  assert.equal(await page.locator('svg .place').count(), all)
  await done(page)
})

test('a story shows its reports side by side', async () => {
  const events = (await api(real, 'events?limit=10000')).events
  const counts = {}
  for (const e of events) if (e.story) counts[e.story] = (counts[e.story] || 0) + 1
  const [story, reports] = Object.entries(counts).sort((a, b) => b[1] - a[1])[0]
  const page = await open(real, '/story/' + story)
  assert.equal(await page.locator('.reports article').count(), reports)
  await done(page)
})

test('a relation shows its strongest stories, promises due and kept, and figures over time', async () => {
  const page = await open(made, '/relation?actor=GHA&other=URY')
  const pledges = (await api(made, 'pledges?actor=GHA&other=URY')).pledges
  assert.ok(pledges.some(p => p.state === 'kept') && pledges.some(p => p.state === 'open'))
  assert.equal(await page.locator('tr[data-state]').count(), pledges.length)
  const kept = page.locator('tr[data-state=kept]', { hasText: 'release the Uruguayan trawlers' })
  assert.match(await kept.textContent(), /2025-05.*kept 2025-05-28/)
  const strongest = await page.locator('#strongest li[data-event]').evaluateAll(all => all.map(e => e.dataset.event))
  assert.equal(strongest.length, 8)
  const shooting = (await api(made, 'events?actor=GHA&other=URY&type=ASSAULT&status=actual')).events[0]
  assert.ok(strongest.includes(shooting.id), 'the gravest act is among the strongest')
  for (const more of ['&type=AGREE,COERCE', '&quad=4', '&status=planned,denied', '&agency=Reuters'])
    for (const e of (await api(made, 'events?actor=GHA&other=URY&order=strong' + more)).events)
      assert.ok({ type: ['AGREE', 'COERCE'].includes(e.event), quad: e.quad === 'material conflict', status: ['planned', 'denied'].includes(e.status), agency: e.agency === 'Reuters' }[more.split('=')[0].slice(1)], more)
  assert.deepEqual(strongest, (await api(made, 'events?actor=GHA&other=URY&order=strong&limit=8')).events.map(e => e.id))
  await kept.locator('a', { hasText: 'kept' }).click()
  await page.waitForURL(/\/event\//); await ready(page)
  assert.match(await page.locator('#evidence').textContent(), /Ghana released the Uruguayan trawlers on Wednesday/)
  await done(page)
  const rice = await open(made, '/relation?actor=NOR&other=PER')
  const points = await rice.locator('svg.points circle').evaluateAll(all => all.map(c => [+c.getAttribute('cx'), +c.getAttribute('cy'), c.textContent]))
  assert.equal(points.length, 3)
  assert.match(points[2][2], /2024-04-08: 50/)
  assert.ok(points[0][0] < points[1][0] && points[0][1] > points[1][1] && points[1][1] > points[2][1], 'later to the right, more higher up')
  await rice.locator('svg.points a').nth(1).click()
  await rice.waitForURL(/\/event\//); await ready(rice)
  assert.match(await rice.locator('#evidence').textContent(), /35 tonnes/)
  await done(rice)
})

test('an actor has names, sectors and the days of its events', async () => {
  const page = await open(made, '/actor/GHA')
  const text = await page.locator('main').textContent()
  assert.match(text, /\d+ events, from 2024-09-10 to 2025/)
  assert.match(text, /Nana Yaa Dankwah \(GOV\)/)
  await done(page)
})

test('text of the news is never markup', async () => {
  for (const path of ['/', '/?actor=NOR', '/relation?actor=NOR&other=CHL', '/map', '/matrix',
    '/document/' + encodeURIComponent(hostile[0].id), '/actor/NOR']) {
    const page = await open(made, path)
    assert.equal(await page.evaluate(() => window.hit), undefined, path)
    assert.equal(await page.locator('main script, main img, main a[href^="javascript"]').count(), 0, path)
    await done(page)
  }
  const events = (await api(made, 'events?actor=NOR&other=CHL')).events
  assert.ok(events.length > 0)
  const page = await open(made, '/event/' + events[0].id)
  assert.equal(await page.evaluate(() => window.hit), undefined)
  await done(page)
})

test('a page elsewhere cannot read the record', async () => {
  const page = await open(made, '/')
  const other = made.replace('127.0.0.1', 'localhost') // another origin to the browser
  const got = await page.evaluate(url => fetch(url).then(() => 'read', () => 'refused'), other + '/api/v1/summary')
  assert.equal(got, 'refused')
  await page.context().close()
  assert.equal((await fetch(made + '/api/v1/summary', { headers: { Origin: 'http://evil.example' } })).status, 403)
})

test('what is not there is said', async () => {
  const page = await open(made, '/event/0000000000000000')
  assert.match(await page.locator('[role=alert]').textContent(), /no such event/)
  await page.context().close()
})

test('the OpenAPI file describes what is answered', async () => {
  const doc = await api(made, 'openapi.json')
  const id = (await api(made, 'events?limit=1')).events[0]
  const fill = { id: null, code: 'KEN', name: 'timeline.svg' }
  const check = (schema, value, where) => {
    if (schema.$ref) schema = schema.$ref.slice(2).split('/').reduce((at, name) => at[name], doc)
    if (value === null) return assert.ok(schema.nullable, where)
    if (schema.type === 'array') { assert.ok(Array.isArray(value), where); value.forEach(v => check(schema.items, v, where + '[]')) }
    else if (schema.type === 'object') {
      assert.equal(typeof value, 'object', where)
      for (const name of schema.required || []) assert.ok(name in value, where + '.' + name)
      for (const [name, part] of Object.entries(schema.properties || {})) if (name in value) check(part, value[name], where + '.' + name)
    } else assert.equal(typeof value, schema.type === 'integer' ? 'number' : schema.type, where)
  }
  for (const [path, item] of Object.entries(doc.paths)) {
    const value = path.startsWith('/events/') ? id.id : path.startsWith('/documents/') ? encodeURIComponent(id.doc) : path.startsWith('/stories/') ? id.story : null
    const url = path.replace(/\{(\w+)\}/, (_, name) => value || fill[name])
    const response = await fetch(made + '/api/v1' + url)
    assert.equal(response.status, 200, url)
    const schema = item.get.responses[200].content['application/json']?.schema
    if (schema) check(schema, await response.json(), url)
    for (const p of item.get.parameters) {
      const parameter = p.$ref ? doc.components.parameters[p.$ref.split('/').pop()] : p
      if (parameter.in !== 'query') continue
      const wrong = await fetch(made + '/api/v1' + url + '?' + parameter.name + '=%00')
      assert.equal(wrong.status, 400, url + ' ' + parameter.name)
    }
  }
})

test('the keyboard reaches everything, and the first stop skips to the content', async () => {
  const page = await open(made, '/')
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to content')
  await page.keyboard.press('Enter')
  await page.waitForURL(/#main$/)
  await ready(page) // the address changed: the view may be drawn anew
  await page.keyboard.press('Tab')
  await page.waitForFunction(() => document.querySelector('main').contains(document.activeElement))
  await done(page)
})

test('both themes and phone width: nothing serious for axe, nothing wider than the screen', async () => {
  const id = (await api(real, 'events?limit=1&actor=CHN')).events[0] || (await api(real, 'events?limit=1')).events[0]
  const relation = (await api(real, 'pairs?limit=1')).items[0]
  const views = { events: '/', relation: `/relation?actor=${relation.a}&other=${relation.b}`, relations: '/relation', event: '/event/' + id.id,
    document: '/document/' + encodeURIComponent(id.doc), story: '/story/' + id.story, actor: '/actor/' + relation.a, matrix: '/matrix', map: '/map',
    calendar: '/calendar?from=2006', about: '/about' }
  const wrong = []
  for (const [theme, width] of [['light', 1200], ['dark', 1200], ['light', 390], ['dark', 390]]) {
    for (const [name, path] of Object.entries(views)) {
      const page = await open(real, path, { colorScheme: theme, viewport: { width, height: 900 } })
      await page.screenshot({ path: join(shots, `${name}-${theme}-${width}.png`), fullPage: name !== 'events' && name !== 'document' })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      if (wide > 0) wrong.push(`${name} ${theme} ${width}: ${wide} pixels too wide`)
      await page.evaluate(axe) // by the debugger, which the policy does not bind
      const found = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }))
      const grave = found.violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
      for (const v of grave) wrong.push(`${name} ${theme} ${width}: ${v.id}: ` + v.nodes.slice(0, 3).map(n => n.html.slice(0, 120) + ' ' + (n.any[0]?.message || '')).join(' | '))
      await done(page)
    }
  }
  assert.deepEqual(wrong, [])
})
