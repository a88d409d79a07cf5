// Compares cm-migrate with the reference engine on every version of every PostgreSQL schema in the history of git
// repositories: accepted or not, the line of the first error, the formatted text. Only schemas of one file.
//   node history_compare.mjs --program CM_ANSWER --engine FOLDER REPOSITORY...
import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { loadFormatter, loadEngine } from './engine.mjs'
import { openOurs } from './ours.mjs'

const { values: options, positionals: repositories } = parseArgs({
    options: { program: { type: 'string' }, engine: { type: 'string' } },
    allowPositionals: true,
})
const validate = loadEngine(options.engine)
const format = loadFormatter(options.engine)
const ours = openOurs(options.program)
const isForPostgres = /datasource\s+\w+\s*\{[^}]*provider\s*=\s*(\[[^\]]*)?"postgres(ql)?"/

/** The verdict with what is found first in the text. */
function first({ accepted, findings = [] }) {
    const [finding] = [...findings].sort((a, b) => a.line - b.line)
    return { accepted, ...finding }
}

/** The texts of all versions, each once. */
function* versions(repository) {
    const git = (...words) => execFileSync('git', ['-C', repository, ...words], { encoding: 'utf8', maxBuffer: 2 ** 30 })
    const log = git('log', '--all', '--full-history', '-m', '--raw', '--no-abbrev', '--no-renames', '--format=', '--', '*.prisma')
    const blobs = new Set([...log.matchAll(/^:\S+ \S+ (\w+) (\w+) /gm)].flatMap(([, before, after]) => [before, after]))
    for (const blob of blobs) {
        if (/^0+$/.test(blob)) continue
        const text = git('cat-file', 'blob', blob)
        if (isForPostgres.test(text)) yield { blob, text }
    }
}

const totals = { versions: 0, rejected: 0, verdict: 0, line: 0, format: 0 }
function report(kind, repository, blob, note) {
    ++totals[kind]
    console.log(`${kind}: ${repository} ${blob} ${note}`)
}

for (const repository of repositories) {
    for (const { blob, text } of versions(repository)) {
        const files = [['schema.prisma', text]]
        const theirs = first(validate(text))
        const mine = await ours.ask({ ask: 'validate', files })
        ++totals.versions
        if (!theirs.accepted) ++totals.rejected
        if (theirs.accepted !== mine.accepted) report('verdict', repository, blob, theirs.message ?? `${mine.code} ${mine.message}`)
        else if (!mine.accepted && theirs.line !== mine.line) report('line', repository, blob, `${theirs.line}, not ${mine.line}: ${theirs.message}`)
        const { texts } = await ours.ask({ ask: 'format', files })
        if (texts[0] !== format(files)?.[0]) report('format', repository, blob, '')
    }
}
ours.close()
console.log(JSON.stringify(totals))
process.exitCode = totals.format === 0 ? 0 : 1
