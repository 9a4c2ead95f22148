// page.js - the page: the address says what is shown, the API gives it.
//
// All text of the news is put in as text (textContent), never as markup; only
// pictures that the server drew are parsed, as XML, and stripped to SVG.
// SPDX-License-Identifier: Apache-2.0

const main = document.getElementById('main')
const form = document.getElementById('filter')
const fields = ['q', 'actor', 'other', 'source', 'target', 'type', 'quad', 'status', 'from', 'until', 'place', 'agency', 'box']
const types = ['AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST', 'ACCUSE',
  'REJECT', 'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT']
const quads = ['verbal cooperation', 'material cooperation', 'verbal conflict', 'material conflict']
for (const type of types) form.elements.type.append(new Option(type, type))

// ---- making elements

// h('a', {href: '/'}, 'text', child): attributes are set as such, text as text.
function h(name, attributes, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === 'onclick') element.addEventListener('click', value)
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value)
  }
  element.append(...children.filter(c => c !== null && c !== undefined && c !== false))
  return element
}

// Links out of the news: only to the web.
function safeUrl(url) {
  try {
    const parsed = new URL(url)
    return parsed.protocol === 'http:' || parsed.protocol === 'https:' ? parsed.href : null
  } catch { return null }
}

// ---- addresses

function query() { return new URLSearchParams(location.search) }

function filterOf(params) {
  const out = new URLSearchParams()
  for (const name of fields) if (params.get(name)) out.set(name, params.get(name))
  return out
}

function address(path, params, changes) {
  const out = filterOf(params)
  for (const [name, value] of Object.entries(changes || {})) value ? out.set(name, value) : out.delete(name)
  const text = out.toString()
  return path + (text ? '?' + text : '')
}

function go(where) {
  history.pushState(null, '', where)
  show(true)
}

async function api(path) {
  const response = await fetch('/api/v1/' + path)
  const body = await response.json()
  if (!response.ok) throw new Error(body.error)
  return body
}

async function picture(path) {
  const response = await fetch('/api/v1/plot/' + path)
  if (!response.ok) throw new Error((await response.json()).error)
  const svg = new DOMParser().parseFromString(await response.text(), 'image/svg+xml').documentElement
  return document.importNode(svg, true)
}

function roomFor() { return Math.max(300, Math.min(1170, Math.floor(main.clientWidth))) }

// ---- spans: bytes of UTF-8, as the API has them

const encoder = new TextEncoder(), decoder = new TextDecoder()

// The text from byte `base` on, with marks that may stand in each other.
function marked(text, base, marks) {
  const bytes = encoder.encode(text)
  const end = base + bytes.length
  const inside = marks.filter(m => m.begin >= base && m.end <= end && m.begin < m.end)
    .sort((a, b) => a.begin - b.begin || b.end - a.end)
  const out = document.createDocumentFragment()
  const open = [{ node: out, end }]
  let at = base
  const text_to = to => {
    if (to > at) open[open.length - 1].node.append(decoder.decode(bytes.subarray(at - base, to - base)))
    at = Math.max(at, to)
  }
  const close_to = to => {
    while (open.length > 1 && open[open.length - 1].end <= to) {
      text_to(open[open.length - 1].end)
      open.pop()
    }
  }
  for (const m of inside) {
    close_to(m.begin)
    text_to(m.begin)
    const parent = open[open.length - 1]
    const node = h('mark', { class: m.role, title: m.title || m.role })
    if (m.id) node.id = m.id
    parent.node.append(node)
    open.push({ node, end: Math.min(m.end, parent.end) }) // what crosses is cut
  }
  close_to(end)
  text_to(end)
  return out
}

function marksOf(e) {
  const marks = []
  const add = (span, role, title) => {
    if (span && span.end > span.begin) marks.push({ begin: span.begin, end: span.end, role, title })
  }
  const side = (actor, role) => {
    if (!actor) return
    add(actor, role, role + ': ' + actorText(actor))
    for (const w of actor.with || []) add(w, 'with', 'with: ' + actorText(w))
    for (const b of actor.behalf || []) add(b, 'behalf', 'on behalf of: ' + actorText(b))
  }
  side(e.source, 'source')
  side(e.target, 'target')
  add(e.trigger, 'trigger', 'event: ' + e.event)
  add(e.speaker, 'says', 'who says so')
  for (const t of e.times || []) add(t, 'when', 'when: ' + t.value)
  for (const p of e.places || []) add(p, 'where', 'where: ' + p.name)
  for (const f of e.figures || []) add(f, 'figure', 'figure: ' + f.value + (f.unit ? ' ' + f.unit : ''))
  return marks
}

// ---- events

function actorText(a) {
  if (!a) return 'nobody named'
  const code = a.code ? a.code + (a.sector ? '.' + a.sector : '') : ''
  return (code + ' ' + (a.name || (code ? '' : '“' + a.text + '”'))).trim()
}

function actorLink(a) {
  if (!a) return 'nobody named'
  return a.code ? h('a', { href: '/actor/' + encodeURIComponent(a.code) }, actorText(a)) : actorText(a)
}

function dateText(e) {
  if (!e.date) return e.reported ? 'reported ' + e.reported : 'no date'
  const digits = { year: 4, month: 7 }[e.date.precision] || 10
  const [begin, end] = [e.date.begin.slice(0, digits), (e.date.end || e.date.begin).slice(0, digits)]
  return (begin === end ? begin : begin + ' to ' + end) +
    (e.date.inferred ? ' (inferred)' : '')
}

function quadOf(e) { return quads.indexOf(e.quad) + 1 }

function headOf(e, linked) {
  const words = [e.event, e.mode ? ' (' + e.mode + ')' : '', e.count > 1 ? ', ' + e.count + ' times' : '']
  return h('div', { class: 'head' }, dateText(e) + '  ', actorLink(e.source), e.mutual ? ' ↔ ' : ' → ',
    actorLink(e.target), '  ', linked ? h('a', { href: '/event/' + e.id }, ...words) : h('span', {}, ...words),
    ' ', e.status === 'actual' ? null : h('span', { class: 'status' }, e.status))
}

function sourceLine(e) {
  const parts = [e.agency, e.reported, e.title].filter(Boolean).join(', ')
  return h('div', { class: 'soft' }, h('a', { href: '/document/' + encodeURIComponent(e.doc) + '#e-' + e.id }, parts || e.doc))
}

function eventItem(e) {
  const why = h('ul', { class: 'because' }, ...(e.because || []).map(b => h('li', {}, b)))
  return h('li', { class: 'e' + quadOf(e), 'data-event': e.id }, headOf(e, true),
    h('blockquote', {}, marked(e.text, e.sentence_begin, marksOf(e))),
    e.pledge ? h('div', { class: 'soft' }, 'Pledge: ' + e.pledge.what +
      (e.pledge.by ? ', due ' + (e.pledge.by.end || e.pledge.by.begin) : '')) : null,
    why, sourceLine(e))
}

function legend() {
  return h('p', { class: 'legend', 'aria-label': 'Colours of the marks' },
    ...[['source', 'who'], ['trigger', 'does what'], ['target', 'to whom'], ['says', 'who says so'], ['when', 'when'],
      ['where', 'where'], ['figure', 'figure']].map(([role, text]) => h('mark', { class: role }, text)))
}

// A list of events with a button for the next ones.
async function eventList(params, order, limit) {
  const list = h('ol', { class: 'events' })
  const box = h('div', {}, list)
  let cursor = null
  const more = h('button', { type: 'button', hidden: '', onclick: () => load(true) }, 'More')
  box.append(more)
  async function load(focus) {
    const p = new URLSearchParams(params)
    p.set('order', order)
    p.set('limit', limit)
    if (cursor) p.set('cursor', cursor)
    const page = await api('events?' + p)
    const items = page.events.map(eventItem)
    list.append(...items)
    if (focus && items.length) items[0].querySelector('a')?.focus()
    cursor = page.next
    more.hidden = !cursor
    box.dataset.total = page.total
    return page.total
  }
  const total = await load(false)
  return { box, total }
}

// ---- tables

function meter(item) {
  const bar = h('span', { class: 'meter', role: 'img', 'aria-label': item.quads.map((n, i) => n + ' ' + quads[i]).join(', '),
    title: item.quads.map((n, i) => n + ' ' + quads[i]).join(', ') })
  item.quads.forEach((n, i) => {
    if (!n) return
    const part = h('span', { class: 'm' + (i + 1) })
    part.style.flexGrow = n // set by script, which the policy allows
    bar.append(part)
  })
  return bar
}

function tally(title, items, label) {
  if (!items.length) return null
  return h('section', {}, h('h2', {}, title), h('table', {},
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, title), h('th', { class: 'number', scope: 'col' }, 'Events'),
      h('th', { scope: 'col' }, 'Classes'))),
    h('tbody', {}, ...items.map(item => h('tr', {}, h('td', {}, label(item)),
      h('td', { class: 'number' }, item.count.toLocaleString('en')), h('td', {}, meter(item)))))))
}

function codeText(code, name) { return name ? name + ' (' + code + ')' : code }

function actorTable(title, items) {
  return tally(title, items, i => h('a', { href: '/actor/' + encodeURIComponent(i.code) }, codeText(i.code, i.name)))
}

// ---- pictures with a hand on them

function exportLinks(what, params) {
  return h('p', { class: 'soft' }, 'Save: ', ...what.flatMap(([text, path]) => [
    h('a', { href: '/api/v1/' + path + (path.includes('?') ? '&' : '?') + params, download: '' }, text), '  ']))
}

// Days of a picture's bar or of a span drawn over it become from and until.
function brush(svg, params, path) {
  const bars = svg.querySelector('.bars')
  svg.addEventListener('click', event => {
    const bar = event.target.closest('[data-from]')
    if (bar && bar !== bars && !svg.dataset.drawn) go(address(path, params, { from: bar.dataset.from, until: bar.dataset.until }))
  })
  if (!bars) return
  const left = +bars.dataset.left, right = +bars.dataset.right
  const first = Date.parse(bars.dataset.from), last = Date.parse(bars.dataset.until) + 864e5
  let from = null, box = null
  const x = event => {
    const size = svg.getBoundingClientRect()
    return Math.max(left, Math.min(right, (event.clientX - size.left) / size.width * svg.viewBox.baseVal.width))
  }
  const day = at => new Date(first + (at - left) / (right - left) * (last - first)).toISOString().slice(0, 10)
  svg.addEventListener('pointerdown', event => { from = x(event); delete svg.dataset.drawn })
  svg.addEventListener('pointermove', event => {
    if (from === null || Math.abs(x(event) - from) < 6) return
    if (!box) {
      box = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
      box.setAttribute('class', 'brush')
      box.setAttribute('y', bars.dataset.top)
      box.setAttribute('height', bars.dataset.bottom - bars.dataset.top)
      svg.append(box)
      svg.setPointerCapture(event.pointerId)
    }
    box.setAttribute('x', Math.min(from, x(event)))
    box.setAttribute('width', Math.abs(x(event) - from))
  })
  const end = event => {
    if (box && event.type === 'pointerup') {
      svg.dataset.drawn = '1'
      const a = Math.min(from, x(event)), b = Math.max(from, x(event))
      go(address(path, params, { from: day(a), until: day(Math.max(a, b - 0.01)) }))
    }
    box?.remove()
    box = from = null
  }
  svg.addEventListener('pointerup', end)
  svg.addEventListener('pointercancel', end)
}

async function timeline(params, path) {
  const [svg, series] = await Promise.all([picture('timeline.svg?' + params + '&width=' + roomFor()), api('series?' + params)])
  brush(svg, params, path)
  const notes = []
  if (series.vague) notes.push(series.vague + ' are dated less precisely than by the ' + series.unit)
  if (series.before + series.after) notes.push(series.before + series.after + ' lie outside of the time shown')
  if (series.undated) notes.push(series.undated + ' have no date')
  const zoomed = params.get('from') || params.get('until')
  const rows = series.bins.filter(b => b.count)
  return h('section', { 'aria-label': 'Over time' },
    h('div', { class: 'plot' }, svg),
    h('p', { class: 'soft' }, notes.length ? 'Not drawn: ' + notes.join('; ') + '. ' : '',
      series.breaks.length ? 'The number of events changes level at ' + series.breaks.join(', ') + '. ' : '',
      'Draw across the picture, or click a bar, to look closer. ',
      zoomed ? h('a', { href: address(path, params, { from: '', until: '' }) }, 'All times') : null),
    h('details', {}, h('summary', {}, 'The numbers'), h('table', {}, h('thead', {}, h('tr', {},
      ...['From', 'Until', 'Events', ...quads, 'Goldstein'].map(t => h('th', { scope: 'col' }, t)))),
    h('tbody', {}, ...rows.slice(0, 400).map(b => h('tr', {},
      h('td', {}, h('a', { href: address(path, params, { from: b.begin, until: b.end }) }, b.begin)), h('td', {}, b.end),
      h('td', { class: 'number' }, String(b.count)), ...b.quads.map(n => h('td', { class: 'number' }, String(n))),
      h('td', { class: 'number' }, String(b.goldstein))))))),
    exportLinks([['events as CSV', 'events.csv?limit=10000'], ['events as JSON Lines', 'events.jsonl?limit=10000'],
      ['numbers as CSV', 'series.csv'], ['picture as SVG', 'plot/timeline.svg']], params))
}

// ---- views

function tour() {
  try { if (localStorage.getItem('bede-tour')) return null } catch { return null }
  const box = h('section', { class: 'tour', 'aria-label': 'A first look' }, h('h2', {}, 'A first look'),
    h('ol', {}, h('li', {}, 'Blue above the line is cooperation, orange and red below it conflict. Draw across the picture to look closer at a time.'),
      h('li', {}, 'Name an actor by code (CHN), code and sector (CHN.GOV) or a piece of a name; name two for their relation.'),
      h('li', {}, 'Every event stands with its sentence: who, does what, to whom in colours, and beneath it the rule that made it. Its type leads to all of its evidence.')),
    h('button', { type: 'button', onclick: () => {
      try { localStorage.setItem('bede-tour', 'seen') } catch { /* shown again, then */ }
      box.remove()
      main.focus()
    } }, 'Understood'))
  return box
}

function known(params) {
  const words = []
  if (params.get('place')) words.push('in ' + params.get('place'))
  if (params.get('agency')) words.push('by ' + params.get('agency'))
  if (params.get('source')) words.push('source ' + params.get('source'))
  if (params.get('target')) words.push('target ' + params.get('target'))
  return words.length ? h('p', {}, 'Only events ' + words.join(', ') + '. ',
    h('a', { href: address(location.pathname, params, { place: '', agency: '', source: '', target: '' }) }, 'Drop that')) : null
}

async function viewEvents(params) {
  const [summary, time, events] = await Promise.all([api('summary?limit=8&' + params), timeline(params, '/'),
    eventList(params, 'new', 20)])
  return [h('h1', {}, summary.total.toLocaleString('en') + (summary.total === 1 ? ' event' : ' events')),
    h('p', { class: 'soft' }, 'The store has ' + summary.events.toLocaleString('en') + ' events of ' +
      summary.documents.toLocaleString('en') + ' documents.'), tour(), known(params), time,
    h('div', { class: 'columns' },
      tally('Relations', summary.pairs, p => h('a', { href: address('/relation', params, { actor: p.a, other: p.b }) },
        codeText(p.a, p.a_name) + ' and ' + codeText(p.b, p.b_name))),
      actorTable('Actors', summary.actors),
      tally('Agencies', summary.agencies, a => h('a', { href: address('/', params, { agency: a.name }) }, a.name))),
    h('h2', {}, 'Events, newest first'), legend(), events.box]
}

async function viewRelation(params) {
  const a = params.get('actor'), b = params.get('other')
  if (!a || !b) {
    const pairs = await api('pairs?limit=40&' + params)
    return [h('h1', {}, 'Relations'), h('p', {}, 'Name two actors above, or choose one of the most frequent relations.'),
      tally('Relations', pairs.items, p => h('a', { href: address('/relation', params, { actor: p.a, other: p.b }) },
        codeText(p.a, p.a_name) + ' and ' + codeText(p.b, p.b_name)))]
  }
  const part = (title, status) => {
    const p = new URLSearchParams(params)
    p.set('status', status)
    return eventList(p, 'old', 25).then(list => [title, list])
  }
  const statuses = [['What was done', 'actual'], ['Planned and pledged', 'planned'],
    ['Asked for, threatened, or on a condition', 'requested,conditional'], ['Denied, or said not to be so', 'denied,negated']]
  const asked = params.get('status')
  const unstated = new URLSearchParams(params)
  unstated.delete('status')
  const [summary, time, figures, pledges, strongest, ...parts] = await Promise.all([api('summary?limit=5&' + params),
    timeline(params, '/relation'), api('events?limit=200&order=old&' + params), api('pledges?limit=200&' + unstated),
    api('events?limit=8&order=strong&' + params),
    ...statuses.filter(s => !asked || s[1].split(',').some(x => asked.split(',').includes(x)))
      .map(s => part(s[0], asked ? s[1].split(',').filter(x => asked.split(',').includes(x)).join(',') : s[1]))])
  const name = code => codeText(code, summary.names[code])
  return [h('h1', {}, name(a) + ' and ' + name(b)),
    h('p', { class: 'soft' }, summary.total + (summary.total === 1 ? ' event' : ' events') + ' between them: ' +
      Object.entries(summary.quads).map(([q, n]) => n + ' ' + q).join(', ') + '.'), known(params), time, legend(),
    summary.total > 25 && strongest.events.length ? h('section', { id: 'strongest' }, h('h2', {}, 'The strongest stories'),
      h('ol', { class: 'events' }, ...strongest.events.map(eventItem))) : null,
    pledgeTable(pledges),
    ...parts.filter(([, list]) => list.total).map(([title, list]) =>
      h('section', {}, h('h2', {}, title + ' (' + list.total + ')'), list.box)),
    figureSection(figures.events)]
}

// ---- pledges and figures of a relation

// 2025-05-01 to 2025-05-31 is 2025-05
function period(begin, end) {
  if (!begin || !end || begin === end) return begin || ''
  const [year, month] = begin.split('-'), last = new Date(Date.UTC(+end.slice(0, 4), +end.slice(5, 7), 0)).toISOString().slice(0, 10)
  if (begin.endsWith('-01-01') && end.endsWith('-12-31')) return year === end.slice(0, 4) ? year : year + ' to ' + end.slice(0, 4)
  if (begin.endsWith('-01') && end === last) return begin.slice(0, 7) === end.slice(0, 7) ? year + '-' + month : begin.slice(0, 7) + ' to ' + end.slice(0, 7)
  return begin + ' to ' + end
}

// A table that is wider than a phone; it scrolls by itself, also by keyboard.
function wide(label, table) { return h('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': label }, table) }

function pledgeTable(data) {
  if (!data.pledges.length) return null
  const due = p => period(p.due_begin, p.due_end)
  return h('section', {}, h('h2', {}, 'Promises, due and kept (' + data.total + ')'),
    wide('Promises', h('table', {}, h('thead', {}, h('tr', {}, ...['Due', 'State', 'Who', 'What', 'Said'].map(t => h('th', { scope: 'col' }, t)))),
      h('tbody', {}, ...data.pledges.map(p => h('tr', { 'data-state': p.state }, h('td', {}, due(p)),
        h('td', {}, p.outcome ? h('a', { href: '/event/' + p.outcome, class: 'state ' + p.state }, p.state + ' ' + (p.outcome_day || '')) :
          h('span', { class: 'state ' + p.state }, p.state)),
        h('td', {}, actorText(p.event.source) + (p.event.mutual ? ' ↔ ' : ' → ') + actorText(p.event.target)),
        h('td', {}, h('a', { href: '/event/' + p.event.id }, p.event.pledge ? p.event.pledge.what : p.event.trigger.text)),
        h('td', {}, p.said || '')))))),
    h('p', { class: 'soft' }, 'A state is a finding about the store, not about the world: overdue says that the day has passed and nothing like it was read.'))
}

function figureText(f) {
  return (f.change && f.change !== '=' ? f.change + ' ' : '') + f.value.toLocaleString('en') +
    (f.value2 ? ' to ' + f.value2.toLocaleString('en') : '') + ' ' + (f.unit || '')
}

function shape(name, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  element.append(...children)
  return element
}

// Figures of one unit as points over time.
function figurePlot(unit, points) {
  const width = 320, height = 90, left = 8, top = 16, bottom = 14
  const days = points.map(p => p.day), values = points.map(p => p.value)
  const [first, last, low, high] = [Math.min(...days), Math.max(...days), Math.min(0, ...values), Math.max(...values)]
  const x = day => left + (day - first) / (last - first || 1) * (width - 2 * left)
  const y = value => height - bottom - (value - low) / (high - low || 1) * (height - top - bottom)
  const day = n => new Date(n).toISOString().slice(0, 10)
  return shape('svg', { class: 'points', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'Figures in ' + unit },
    shape('path', { class: 'faint', d: `M${left} ${height - bottom}H${width - left}` }),
    shape('path', { class: 'thin', d: 'M' + points.map(p => x(p.day).toFixed(1) + ' ' + y(p.value).toFixed(1)).join('L') }),
    ...points.map(p => {
      const link = shape('a', { href: '/event/' + p.event.id, 'aria-label': day(p.day) + ': ' + figureText(p.figure) },
        shape('circle', { class: 'q' + quadOf(p.event), cx: x(p.day).toFixed(1), cy: y(p.value).toFixed(1), r: 4 }))
      link.firstChild.append(shape('title', {}, day(p.day) + ': ' + figureText(p.figure) + (p.figure.of ? ', ' + p.figure.of : '')))
      return link
    }),
    shape('text', { class: 'ink', x: left, y: 11 }, unit + ', up to ' + high.toLocaleString('en')),
    shape('text', { class: 'ink', x: left, y: height - 2 }, day(first)),
    shape('text', { class: 'ink', x: width - left, y: height - 2, 'text-anchor': 'end' }, day(last)))
}

function figureSection(events) {
  const numbers = events.flatMap(e => (e.figures || []).map(f => [e, f]))
  if (!numbers.length) return null
  const units = new Map()
  for (const [event, figure] of numbers) {
    const day = Date.parse(event.date?.begin || event.reported)
    if (figure.unit && !isNaN(day)) units.set(figure.unit, [...units.get(figure.unit) || [], { day, value: figure.value, event, figure }])
  }
  const plots = [...units].filter(([, points]) => new Set(points.map(p => p.day)).size > 2)
    .sort((a, b) => b[1].length - a[1].length).slice(0, 6)
  return h('section', {}, h('h2', {}, 'Figures over time'),
    h('div', { class: 'figures' }, ...plots.map(([unit, points]) => figurePlot(unit, points.sort((a, b) => a.day - b.day)))),
    wide('Figures', h('table', {}, h('thead', {}, h('tr', {}, ...['When', 'Figure', 'Of', 'Event'].map(t => h('th', { scope: 'col' }, t)))),
      h('tbody', {}, ...numbers.map(([e, f]) => h('tr', {}, h('td', {}, dateText(e)), h('td', {}, figureText(f)),
        h('td', {}, f.of || ''), h('td', {}, h('a', { href: '/event/' + e.id }, e.event))))))))
}

function definition(pairs) {
  return h('dl', {}, ...pairs.filter(p => p[1]).flatMap(([term, value]) => [h('dt', {}, term), h('dd', {}, value)]))
}

async function viewEvent(id) {
  const data = await api('events/' + encodeURIComponent(id))
  const e = data.event, d = data.document
  const sentence = { begin: e.sentence_begin, end: e.sentence_begin + encoder.encode(e.text).length, role: 'sentence', title: 'the sentence' }
  const url = safeUrl(d.url)
  return [h('h1', {}, e.event + ': ' + actorText(e.source) + (e.mutual ? ' ↔ ' : ' → ') + actorText(e.target)),
    h('p', {}, headOf(e, false)), legend(),
    h('blockquote', { id: 'evidence' }, marked(data.paragraph.text, data.paragraph.begin, [sentence, ...marksOf(e)])),
    h('h2', {}, 'What the words say'),
    definition([['source', e.source && h('span', {}, actorLink(e.source), e.source.role ? ', ' + e.source.role : '', ' — “' + e.source.text + '”')],
      ['target', e.target && h('span', {}, actorLink(e.target), e.target.role ? ', ' + e.target.role : '', ' — “' + e.target.text + '”')],
      ['event', e.event + (e.mode ? ', ' + e.mode : '') + (e.cameo ? ', CAMEO ' + e.cameo : '') + ' — “' + e.trigger.text + '”'],
      ['class', e.quad + ', Goldstein ' + e.goldstein], ['status', e.status],
      ['when', dateText(e) + (e.date ? ', from the ' + e.date.basis : '')],
      ['where', (e.places || []).map(p => p.name + (p.country ? ' (' + p.country + ')' : '')).join(', ')],
      ['says', e.speaker ? ((e.speaker.code || '') + ' ' + (e.speaker.name || e.speaker.text)).trim() : 'the agency itself'],
      ['pledge', e.pledge && e.pledge.what + (e.pledge.by ? ', due ' + (e.pledge.by.end || e.pledge.by.begin) : '')],
      ...(e.derived || []).map(x => ['follows', x.statement + ' ' + (x.begin || '') + ': ' + x.reason])]),
    h('h2', {}, 'Why it was coded so'),
    h('ul', {}, ...e.because.map(b => h('li', {}, b)), h('li', {}, 'rule ' + e.rule + (e.by_order ? ', by the order of words: the structure did not match' : '')),
      h('li', {}, 'confidence ' + e.confidence.toFixed(2))),
    data.siblings.length ? h('section', {}, h('h2', {}, 'Other events in the sentence'), h('ol', { class: 'events' },
      ...data.siblings.map(s => h('li', { class: 'e' + quadOf(s) }, headOf(s, true))))) : null,
    data.reports.length ? h('section', {}, h('h2', {}, 'Other reports of it (' + data.reports.length + ')'),
      h('ol', { class: 'events' }, ...data.reports.slice(0, 5).map(eventItem)),
      h('p', {}, h('a', { href: '/story/' + e.story }, 'All reports side by side'))) : null,
    data.considered ? h('details', {}, h('summary', {}, 'All readings of the sentence, and why the others were rejected'),
      h('pre', { tabindex: '0' }, data.considered.join('\n') || 'nothing else was considered')) : null,
    h('h2', {}, 'Where it is from'),
    definition([['document', h('a', { href: '/document/' + encodeURIComponent(d.id) + '#e-' + e.id }, d.title || d.id)], ['agency', d.agency],
      ['date', d.day], ['link', url && h('a', { href: safeUrl(e.shown_at) || url, rel: 'noopener noreferrer' }, url)],
      ['coded by', 'Bede ' + data.program + ', data ' + data.data]])]
}

// Reports side by side; what not all of them say is marked.
async function viewStory(id) {
  const data = await api('stories/' + encodeURIComponent(id))
  if (!data.events.length) {
    return [h('h1', {}, data.documents.length + (data.documents.length === 1 ? ' document tells' : ' documents tell') + ' this story'),
      h('div', { class: 'reports' }, ...data.documents.map(d => h('article', {}, h('h2', {}, h('a', { href: '/document/' + encodeURIComponent(d.id) }, d.title || d.id)),
        h('p', { class: 'soft' }, [d.agency, d.day].filter(Boolean).join(', ')), h('blockquote', {}, d.text.slice(0, 1200) + (d.text.length > 1200 ? ' …' : '')))))]
  }
  const aspects = [['who', e => actorText(e.source)], ['to whom', e => actorText(e.target)], ['what', e => e.event + (e.mode ? ', ' + e.mode : '')],
    ['status', e => e.status], ['when', dateText], ['where', e => (e.places || []).map(p => p.name).join(', ')],
    ['figures', e => (e.figures || []).map(f => f.value.toLocaleString('en') + ' ' + (f.unit || '')).join(', ')],
    ['times', e => e.count > 1 ? String(e.count) : ''], ['says', e => e.speaker ? e.speaker.name || e.speaker.code || e.speaker.text : 'the agency itself']]
  const same = aspects.map(([, value]) => new Set(data.events.map(value)).size === 1)
  const e = data.events[0]
  return [h('h1', {}, e.event + ': ' + actorText(e.source) + (e.mutual ? ' ↔ ' : ' → ') + actorText(e.target)),
    h('p', {}, data.events.length + (data.events.length === 1 ? ' report' : ' reports') + ', ' + data.independent + ' independent: ', h('span', { class: 'status' }, data.standing),
      same.every(Boolean) ? ' The reports agree.' : ' What they do not agree in is marked.'), legend(),
    h('div', { class: 'reports' }, ...data.events.map(r => h('article', { class: 'e' + quadOf(r) }, h('h2', {}, h('a', { href: '/event/' + r.id }, [r.agency, r.reported].filter(Boolean).join(', ') || r.doc)),
      h('blockquote', {}, marked(r.text, r.sentence_begin, marksOf(r))),
      definition(aspects.map(([name, value], i) => [name, value(r) && (same[i] ? value(r) : h('mark', { class: 'differs' }, value(r)))])), sourceLine(r))))]
}

async function viewDocument(id) {
  const { document: d, events, story } = await api('documents/' + encodeURIComponent(id))
  const url = safeUrl(d.url)
  const marks = events.map(e => ({ begin: e.trigger.begin, end: e.trigger.end, role: 'trigger', title: e.event + ': ' + actorText(e.source) + ', ' + actorText(e.target), id: 'e-' + e.id }))
  return [h('h1', {}, d.title || d.id), h('p', { class: 'soft' }, [d.agency, d.day, d.id].filter(Boolean).join(', '), url ? ', ' : '',
    url ? h('a', { href: url, rel: 'noopener noreferrer' }, url) : null),
  story ? h('p', {}, h('a', { href: '/story/' + story }, 'Documents that tell the same story')) : null,
  h('blockquote', { class: 'text' }, marked(d.text, 0, marks)),
  h('h2', {}, events.length + (events.length === 1 ? ' event' : ' events')), legend(), h('ol', { class: 'events' }, ...events.map(eventItem))]
}

async function viewActor(code, params) {
  params.delete('actor')
  const p = new URLSearchParams(params)
  p.set('actor', code)
  const ends = order => api('events?limit=1&order=' + order + '&' + p)
  const [data, time, events, oldest, newest] = await Promise.all([api('actors/' + encodeURIComponent(code) + '?limit=13&' + params), timeline(p, '/'),
    eventList(p, 'new', 20), ends('old'), ends('new')])
  return [h('h1', {}, codeText(code, data.name)), h('p', { class: 'soft' }, data.total.toLocaleString('en') + ' events' +
    (oldest.events.length ? ', from ' + dateText(oldest.events[0]) + ' to ' + dateText(newest.events[0]) : '')), time,
    h('div', { class: 'columns' },
      tally('With whom', data.actors.filter(a => a.code !== code).slice(0, 12), a => h('a', { href: address('/relation', params, { actor: code, other: a.code }) }, codeText(a.code, a.name))),
      tally('Who acts for it', data.names, n => h('a', { href: address('/', params, { actor: n.name }) }, n.name + (n.sector ? ' (' + n.sector + ')' : '')))),
    h('h2', {}, 'Events, newest first'), legend(), events.box]
}

async function viewMatrix(params) {
  return [h('h1', {}, 'Who does what to whom'), known(params),
    h('div', { class: 'plot' }, await picture('matrix.svg?' + params + '&width=' + Math.max(640, roomFor()))),
    exportLinks([['relations as CSV', 'pairs.csv?limit=10000'], ['picture as SVG', 'plot/matrix.svg']], params)]
}

// Parts of the world: west, south, east, north. Up to 90 degrees wide, the shapes are finer.
const regions = { Europe: '-25,34,45,72', 'Middle East': '25,12,63,43', Africa: '-20,-36,55,38', 'South Asia': '58,0,100,42',
  'East Asia': '95,15,150,55', 'South-East Asia and Oceania': '90,-48,180,25', 'North America': '-170,10,-50,75', 'Latin America': '-118,-56,-33,33' }

function regionLinks(params) {
  const now = params.get('box') || ''
  return h('p', { class: 'regions', role: 'group', 'aria-label': 'Part of the world' }, ...[['World', ''], ...Object.entries(regions)].flatMap(([name, box]) =>
    [h('a', { href: address('/map', params, { box }), 'aria-current': now === box ? 'true' : null }, name), ' ']))
}

async function viewMap(params) {
  const [svg, places] = await Promise.all([picture('map.svg?' + params + '&width=' + roomFor()), api('places?limit=25&' + params)])
  return [h('h1', {}, 'Where it happened'), known(params), regionLinks(params), h('div', { class: 'plot' }, svg),
    tally('Places', places.items, p => h('a', { href: address('/', params, { place: p.name || p.country }) }, (p.name || '') + (p.country ? ', ' + p.country : ''))),
    exportLinks([['places as CSV', 'places.csv?limit=10000'], ['picture as SVG', 'plot/map.svg']], params)]
}

async function viewCalendar(params) {
  const svg = await picture('calendar.svg?' + params + '&width=' + Math.max(640, roomFor()))
  brush(svg, params, '/')
  return [h('h1', {}, 'Day by day'), known(params), h('div', { class: 'plot' }, svg),
    h('p', { class: 'soft' }, 'A square is a day; the darker, the more events; blue for cooperation, red for conflict.'),
    exportLinks([['picture as SVG', 'plot/calendar.svg']], params)]
}

async function viewAbout() {
  const s = await api('summary?limit=1')
  return [h('h1', {}, 'How to read it'),
    h('p', {}, 'Bede ' + s.version + ' has read ' + s.documents.toLocaleString('en') + ' documents and written down ' + s.events.toLocaleString('en') +
      ' events: who did what to whom, when, and who says so. Each rests on the words shown with it, and on a rule of the codebook.'),
    h('h2', {}, 'Colours'), legend(),
    h('p', {}, 'Events are of sixteen types (PLOVER) in four classes: verbal and material cooperation in blue, verbal and material conflict in orange and red. Goldstein values run from −10, the gravest conflict, to +10.'),
    h('h2', {}, 'Status'),
    h('p', {}, 'An event may be actual, planned, on a condition, asked for, denied, or said not to be so. Pictures count them all unless a status is chosen.'),
    h('h2', {}, 'Dates'),
    h('p', {}, 'Where a sentence gives no date, the day of the report counts, as “reported”. Days that were concluded and not said are “inferred”.'),
    h('h2', {}, 'Addresses'),
    h('p', {}, 'The address of the page holds all that is shown: keep it, or send it to somebody with the same store. The JSON API has the same parameters: ',
      h('a', { href: '/api/v1/openapi.json' }, '/api/v1/openapi.json'), '.')]
}

// ---- from the address to the page

let latest = 0

function fillForm(params) {
  for (const element of form.elements) if (element.name) element.value = params.get(element.name) || ''
}

function viewOf(path, params) {
  const [, first, ...rest] = path.split('/')
  const id = decodeURIComponent(rest.join('/'))
  if (first === 'event') return viewEvent(id)
  if (first === 'document') return viewDocument(id)
  if (first === 'story') return viewStory(id)
  if (first === 'actor') return viewActor(id, params)
  return { '': viewEvents, relation: viewRelation, matrix: viewMatrix, map: viewMap, calendar: viewCalendar, about: viewAbout }[first](params)
}

let shown = '' // the address of the view, without its mark
async function show(moved) {
  shown = location.pathname + location.search
  const mine = ++latest, params = filterOf(query())
  const view = '/' + location.pathname.split('/')[1]
  form.hidden = ['/event', '/document', '/story', '/about', '/actor'].includes(view)
  fillForm(params)
  for (const link of document.querySelectorAll('nav a')) {
    link.getAttribute('data-view') === view ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current')
    link.href = link.dataset.view === '/about' ? '/about' : address(link.dataset.view, params)
  }
  main.setAttribute('aria-busy', 'true')
  let children
  try {
    children = await viewOf(location.pathname, params)
  } catch (error) {
    children = [h('h1', {}, 'That did not work'), h('p', { class: 'error', role: 'alert' }, error.message)]
  }
  if (mine !== latest) return
  main.replaceChildren(...children.filter(Boolean))
  main.removeAttribute('aria-busy')
  const title = main.querySelector('h1')?.textContent || ''
  document.title = title + ' - Bede'
  document.getElementById('status').textContent = title
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView({ block: 'center' })
  else if (moved) scrollTo(0, 0)
  if (moved) main.focus({ preventScroll: true })
}

document.addEventListener('click', event => {
  const link = event.target.closest('a')
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return
  const href = link.href.baseVal ?? link.href
  const url = new URL(href, location.href)
  if (url.origin !== location.origin || url.pathname.startsWith('/api/') || link.hasAttribute('download')) return
  if (url.hash && url.pathname === location.pathname && url.search === location.search) return
  event.preventDefault()
  go(url.pathname + url.search + url.hash)
})

form.addEventListener('submit', event => {
  event.preventDefault()
  const changes = {}
  for (const element of form.elements) if (element.name) changes[element.name] = element.value.trim()
  go(address(location.pathname, query(), changes))
})
document.getElementById('clear').addEventListener('click', () => go(location.pathname))
// a step to a mark of the view that is shown ("#main") draws nothing anew
addEventListener('popstate', () => { if (location.pathname + location.search !== shown) show(false) })

api('actors?limit=300').then(actors => document.getElementById('codes').append(
  ...actors.items.map(a => h('option', { value: a.code }, a.name || a.code)))).catch(() => {})
show(false)
