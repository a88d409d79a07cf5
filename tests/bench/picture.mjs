// The scaling curves: milliseconds over models, both axes logarithmic.
import { writeFileSync } from 'node:fs'

const width = 720
const height = 420
const margin = 60
const colours = { 'cm-migrate validate': '#0a7', 'cm-migrate diff': '#07a', 'reference validate': '#c60', 'reference diff': '#a06' }

function curves(results) {
    const all = {}
    for (const { name, medians } of results) {
        const match = /^(validate|diff), (\d+) models$/.exec(name)
        if (!match) continue
        for (const who of ['cm-migrate', 'reference']) {
            if (medians[who]) (all[`${who} ${match[1]}`] ??= []).push([Number(match[2]), medians[who]])
        }
    }
    return all
}

export function drawScaling(results, file) {
    const all = curves(results)
    const points = Object.values(all).flat()
    if (points.length === 0) return
    const range = (i) => [Math.min(...points.map((p) => p[i])), Math.max(...points.map((p) => p[i]))]
    const scale = ([low, high], from, to) => (value) =>
        from + ((Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))) * (to - from)
    const x = scale(range(0), margin, width - margin)
    const y = scale(range(1), height - margin, margin)
    const text = (px, py, words, extra = '') => `<text x="${px}" y="${py}" font-family="sans-serif" font-size="12" ${extra}>${words}</text>`
    const lines = Object.entries(all).map(([name, line], i) => {
        const places = line.map(([a, b]) => `${x(a).toFixed(1)},${y(b).toFixed(1)}`).join(' ')
        return `<polyline points="${places}" fill="none" stroke="${colours[name]}" stroke-width="2"/>` + text(margin + 10, margin + 16 * i, name, `fill="${colours[name]}"`)
    })
    const marks = [...new Set(points.map((p) => p[0]))].map((count) => text(x(count) - 10, height - margin + 20, count))
    const heights = [1, 10, 100, 1000, 10000].filter((value) => value >= range(1)[0] / 2 && value <= range(1)[1] * 2)
    const ticks = heights.map((value) => text(10, y(value) + 4, `${value} ms`))
    writeFileSync(file, `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">\n<rect width="100%" height="100%" fill="#fff"/>\n${[...lines, ...marks, ...ticks].join('\n')}\n${text(width / 2 - 20, height - 15, 'models')}\n</svg>\n`)
}
