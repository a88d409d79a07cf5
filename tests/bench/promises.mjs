// What is promised beside what was measured, as a table in Markdown.
import { readFileSync, writeFileSync } from 'node:fs'

const row = (...cells) => `| ${cells.join(' | ')} |`
const met = (value, limit) => (value <= limit ? '✔' : '✘')
const one = (milliseconds) => (milliseconds < 100 ? milliseconds.toFixed(1) : Math.round(milliseconds))

function ratios({ name, medians = {}, limits = {} }) {
    return Object.entries(limits).filter(([who]) => medians[who] !== undefined).map(([who, limit]) => {
        const share = medians['cm-migrate'] / medians[who]
        return row(name, `${one(medians['cm-migrate'])} ms`, `${who}: ${one(medians[who])} ms`, share.toFixed(3), `≤ ${Number(limit.toFixed(3))}`, met(share, limit))
    })
}

function others({ name, share, megabytes, limit }) {
    if (share !== undefined) return [row(name, '', '', share.toFixed(2), `≤ ${limit}`, met(share, limit))]
    if (megabytes !== undefined) return [row(name, `${megabytes.toFixed(1)} MB`, '', '', `≤ ${limit} MB`, met(megabytes, limit))]
    return []
}

/** The table of all results that have a limit. */
export function promises(results) {
    const rows = results.flatMap((result) => [...ratios(result), ...others(result)])
    return [row('what', 'cm-migrate', 'beside', 'share', 'limit', ''), '|---|---|---|---|---|---|', ...rows, ''].join('\n')
}

/** Puts the table into a page, between two comments. */
export function putInto(page, table) {
    const text = readFileSync(page, 'utf8')
    writeFileSync(page, text.replace(/(<!-- table -->\n)[^]*(<!-- end of table -->)/, (_, begin, end) => `${begin}${table}${end}`))
}
