// The scaling curves: milliseconds over the size of the input, both axes logarithmic, a panel for each kind of work.
import { writeFileSync } from 'node:fs'

const panel = { width: 380, height: 300, margin: 52 }
const panels = [
    { title: 'validate, by models', name: /^validate, (\d+) models$/ },
    { title: 'diff of two schema files, by models', name: /^diff, (\d+) models$/ },
    { title: 'deploy, by migrations', name: /^deploy, (\d+) migrations$/ },
    { title: 'pull, by tables', name: /^pull, (\d+) tables$/ },
]
const colours = { 'cm-migrate': '#0a7d3c', reference: '#c2410c', 'psql -1': '#64748b', 'pg_dump -s': '#64748b', dbmate: '#1d4ed8', 'drizzle-kit': '#a21caf' }

/** { contestant: [[size, milliseconds], …] } */
function curves(results, name) {
    const all = {}
    for (const result of results) {
        const match = name.exec(result.name)
        for (const [who, milliseconds] of Object.entries((match && result.medians) || {})) {
            ;(all[who] ??= []).push([Number(match[1]), milliseconds])
        }
    }
    return all
}

const text = (x, y, words, extra = '') => `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-family="sans-serif" font-size="11" ${extra}>${words}</text>`
const line = (x1, y1, x2, y2) => `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="#e2e8f0"/>`

function scale([low, high], from, to) {
    const width = Math.log(high / low) || 1
    return (value) => from + (Math.log(value / low) / width) * (to - from)
}

function draw({ title, name }, results) {
    const all = curves(results, name)
    const points = Object.values(all).flat()
    if (points.length === 0) return text(panel.margin, 20, `${title}: not measured`)
    const range = (i) => [Math.min(...points.map((p) => p[i])), Math.max(...points.map((p) => p[i]))]
    const x = scale(range(0), panel.margin, panel.width - 84)
    const y = scale(range(1), panel.height - panel.margin, panel.margin)
    const [least, most] = range(1)
    const ticks = [1, 10, 100, 1000, 10000, 100000].filter((value) => value >= least && value <= most)
    const sizes = [...new Set(points.map((p) => p[0]))]
    return [
        text(panel.margin, 24, title, 'font-weight="bold"'),
        ...ticks.flatMap((value) => [line(panel.margin, y(value), panel.width - 84, y(value)), text(4, y(value) + 4, value < 1000 ? `${value} ms` : `${value / 1000} s`)]),
        ...sizes.map((size) => text(x(size), panel.height - panel.margin + 18, size, 'text-anchor="middle"')),
        ...Object.entries(all).map(([who, curve]) => {
            const places = curve.map(([size, milliseconds]) => `${x(size).toFixed(1)},${y(milliseconds).toFixed(1)}`)
            const [lastSize, lastTime] = curve.at(-1)
            const colour = colours[who] ?? '#000'
            return `<polyline points="${places.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>` + text(x(lastSize) + 6, y(lastTime) + 4, who, `fill="${colour}"`)
        }),
    ].join('\n')
}

export function drawScaling(results, file) {
    const columns = 2
    const rows = Math.ceil(panels.length / columns)
    const groups = panels.map((one, i) => `<g transform="translate(${(i % columns) * panel.width},${Math.floor(i / columns) * panel.height})">\n${draw(one, results)}\n</g>`)
    const [width, height] = [columns * panel.width, rows * panel.height]
    writeFileSync(file, `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">\n<rect width="100%" height="100%" fill="#fff"/>\n${groups.join('\n')}\n</svg>\n`)
}
