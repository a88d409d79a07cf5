// Compares cm-migrate with the reference engine on schemas, valid and broken: is the schema accepted, where is the
// first error, and where are the warnings?
//   node compare.mjs --program CM_READ_SCHEMAS --engine FOLDER [--schemas FILE.jsonl]
// CM_SEED and CM_COUNT choose what is generated, CM_SOURCES from what (generated,rules,combined,inFiles); --schemas
// takes schemas from a file, a JSON string a line.
import { parseArgs } from 'node:util'
import { loadEngine } from './engine.mjs'
import { explain } from './known_differences.mjs'
import { minimise } from './minimise.mjs'
import { openOurs } from './ours.mjs'
import { combined, generated, inFiles, listed, rules } from './sources.mjs'

const { values: options } = parseArgs({
    options: { program: { type: 'string' }, engine: { type: 'string' }, schemas: { type: 'string' } },
})
const seed = Number(process.env.CM_SEED ?? 1)
const count = Number(process.env.CM_COUNT ?? 1000)
const limit = Number(process.env.CM_SHOWN ?? 20)
// What is promised; a difference in acceptance must be explained, lines may stray a little, explained or not.
const sameLines = 0.98

const engine = loadEngine(options.engine)
const ours = openOurs(options.program)
const shown = new Map()

function sources() {
    if (options.schemas) return { [options.schemas]: listed(options.schemas) }
    const all = { generated: () => generated(seed, count), rules, combined: () => combined(seed, count), inFiles: () => inFiles(seed, Math.ceil(count / 4)) }
    const chosen = (process.env.CM_SOURCES ?? Object.keys(all).join(',')).split(',')
    return Object.fromEntries(chosen.map((name) => [name, all[name]()]))
}

/** The first in the order of the files and their lines. */
function first(findings, files) {
    const place = ({ file, line }) => [files.indexOf(file), line ?? 0]
    return [...findings].sort((a, b) => place(a)[0] - place(b)[0] || place(a)[1] - place(b)[1])[0]
}

const where = (finding) => `${finding?.file}:${finding?.line}`
const places = (findings) => [...new Set(findings.map(where))].sort().join(', ')

async function compare(schema) {
    const files = typeof schema === 'string' ? ['schema.prisma'] : schema.map(([name]) => name)
    const theirs = engine(schema)
    const verdict = await ours.validate(schema)
    if (theirs.hasFailed) return { theirs, verdict }
    const expected = theirs.accepted ? undefined : first(theirs.findings, files)
    const actual = verdict.findings[0]
    const result = { theirs, verdict, expected, actual, kind: undefined }
    if (theirs.accepted !== verdict.accepted) result.kind = 'verdict'
    else if (!theirs.accepted && where(expected) !== where(actual)) result.kind = 'line'
    else if (theirs.accepted) {
        const warnings = theirs.warnings()
        // More warnings than the engine gives are no fault.
        const missed = warnings.filter((warning) => !verdict.warnings.some((own) => where(own) === where(warning)))
        if (missed.length > 0) Object.assign(result, { kind: 'warning', expected: missed[0] })
    }
    result.known = result.kind && explain(result)
    return result
}

const text = (schema) => (typeof schema === 'string' ? schema : schema.map(([name, body]) => `-- ${name} --\n${body}`).join(''))
const say = (finding, accepts) => (finding ? `${where(finding)}: ${finding.code ? `${finding.code} ` : ''}${finding.message}` : accepts ? 'accepts it' : 'nothing')

/** Makes the difference small while both keep saying the same, and shows it. */
async function show(schema, found) {
    const small =
        typeof schema !== 'string'
            ? schema
            : await minimise(schema, async (shorter) => {
                  const now = await compare(shorter)
                  return now.kind === found.kind && !now.known && now.expected?.message === found.expected?.message && now.actual?.code === found.actual?.code
              })
    const now = await compare(small)
    console.log(`\n--- ${found.kind}\nengine ${say(now.expected, now.theirs.accepted)}\nours   ${say(now.actual, now.verdict.accepted)}`)
    console.log(text(small).split('\n').map((line, i) => `${String(i + 1).padStart(4)} | ${line}`).join('\n'))
}

/** What is in quotes or back-ticks does not make another sort. */
function sortOf({ kind, actual, expected }) {
    const says = (expected?.message ?? '').replace(/["`'][^"`']*["`']/g, '…').replace(/\d+/g, '0')
    return [kind, actual?.code ?? '', says].join(', ')
}

async function run(name, schemas) {
    const totals = { schemas: 0, rejected: 0, failed: 0, verdict: 0, line: 0, warning: 0 }
    const counted = { verdict: 0, line: 0, warning: 0 }
    const known = new Map()
    for (const schema of schemas) {
        ++totals.schemas
        const result = await compare(schema)
        if (result.theirs.hasFailed) ++totals.failed
        else if (!result.theirs.accepted) ++totals.rejected
        if (!result.kind) continue
        ++counted[result.kind]
        if (result.known) {
            known.set(result.known.reason, (known.get(result.known.reason) ?? 0) + 1)
            continue
        }
        ++totals[result.kind]
        const sort = sortOf(result)
        shown.set(sort, (shown.get(sort) ?? 0) + 1)
        if (shown.get(sort) === 1 && shown.size <= limit) await show(schema, result)
    }
    console.log(`\n${name}, seed ${seed}: ${totals.schemas} schemas, of which the engine rejects ${totals.rejected}` + (totals.failed ? ` and breaks down on ${totals.failed}` : ''))
    console.log(`accepted by one only: ${totals.verdict}; first error on another line: ${totals.line}; warnings missed: ${totals.warning}`)
    const share = (part, whole) => `${((1 - part / Math.max(whole, 1)) * 100).toFixed(2)} %`
    console.log(`what is known counted as well: the same verdict on ${share(counted.verdict, totals.schemas)}, the first error on the same line in ${share(counted.line, totals.rejected)}`)
    for (const [reason, times] of known) console.log(`known (${times}): ${reason}`)
    return totals.verdict === 0 && totals.warning === 0 && counted.line <= totals.rejected * (1 - sameLines)
}

let isGood = true
for (const [name, schemas] of Object.entries(sources())) isGood = (await run(name, schemas)) && isGood
ours.close()
if (process.env.CM_SORTS) for (const [sort, times] of [...shown].sort((a, b) => b[1] - a[1])) console.log(`${times}\t${sort.slice(0, 200)}`)
process.exitCode = isGood ? 0 : 1
