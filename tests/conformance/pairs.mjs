// Compares what cm-migrate writes to lead from one schema to another with what the reference engine writes, and tries
// both on the server of CM_TEST_URL.
//   node pairs.mjs --program CM_MIGRATE --engine FOLDER [--binaries FOLDER] [--pairs FOLDER | --changes FILE] [--only TEXT]
//
// Pairs are made from generated schemas and edits of them (CM_COUNT, CM_SEED), or taken from a folder of versions,
// `<project>/<version>/*.prisma`, in which each version is compared with the next; history.mjs lays such a folder out
// from the git history of a project. CM_COUNT limits those too, evenly over the projects. Or they are written by hand:
// changes.txt has schemas by topic, of which each is compared with every other.
//
// For each pair that differs as a database:
//   - both accept it, or both refuse it;
//   - the statements are the same in the same order (layout, comments, BEGIN and COMMIT aside);
//   - our script works on a database that is made from the first schema, and then `diff` finds nothing more to do;
//   - a script of ours that fails is no finding where the server refuses the engine's script for the second schema, too;
//   - where the scripts differ, both give the same database: `pg_dump -s`, the order of columns aside.
// What known_script_differences.mjs explains is counted, with its reason, and is no failure. CM_SHOWN is the number of differences that are printed in full; CM_REPORT a file for all of them, a JSON
// object a line.
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { openServer, serverOfTests } from './databases.mjs'
import { edit } from './edit.mjs'
import { loadEngine } from './engine.mjs'
import { generate } from './generate.mjs'
import { explainScript } from './known_script_differences.mjs'
import { Random } from './random.mjs'
import { loadScriptEngine } from './script_engine.mjs'
import { essentials, firstDifference } from './statements.mjs'

const { values: options } = parseArgs({
    options: {
        program: { type: 'string' },
        engine: { type: 'string' },
        binaries: { type: 'string', default: '/usr/lib/postgresql/15/bin' },
        pairs: { type: 'string' },
        changes: { type: 'string' },
        only: { type: 'string', default: '' },
    },
})
const seed = Number(process.env.CM_SEED ?? 1)
const count = Number(process.env.CM_COUNT ?? (options.pairs || options.changes ? Infinity : 300))
const shown = Number(process.env.CM_SHOWN ?? 10)
const sameStatements = 0.98

const accepts = loadEngine(options.engine)
const url = serverOfTests()
const engineDiff = await loadScriptEngine(options.engine, url)
const server = openServer(options.engine, url, options.binaries)
const scratch = mkdtempSync(path.join(tmpdir(), 'cm-pairs-'))

// --- the pairs ---------------------------------------------------------------------------------------------------

/** A folder as cm-migrate reads it and the same as the engine takes it. */
function read(folder) {
    const names = readdirSync(folder).filter((name) => name.endsWith('.prisma')).sort()
    return { folder, files: names.map((name) => ({ path: name, content: readFileSync(path.join(folder, name), 'utf8') })) }
}

function written(name, text) {
    const folder = mkdtempSync(path.join(scratch, 'schema-'))
    writeFileSync(path.join(folder, `${name}.prisma`), text)
    return read(folder)
}

/** Without the types, functions and extensions that a plain server does not have: the scripts are to be tried. */
function forAnyServer(text) {
    return text
        .replaceAll('Unsupported("geometry(Point, 4326)")', 'Unsupported("box")')
        .replace(/@default\(dbgenerated\("x\(\)"\)\)/g, '')
        .replace('postgis(version: "3.0"), ', '')
        .replace(', version: "1.0"', '')
        .replaceAll('where: raw("a > 1 AND b IS NULL")', 'where: raw("1 > 0")')
}

function* generatedPairs() {
    for (let number = 0; ; ++number) {
        const from = forAnyServer(generate(seed, number))
        if (!accepts(from).accepted) continue
        const random = new Random(Math.imul(seed, 0xc2b2ae35) + number)
        for (let attempt = 0; attempt < 8; ++attempt) {
            const to = edit(from, random)
            if (to === from || !accepts(to).accepted) continue
            yield { name: `generated ${number}`, from: written('from', from), to: written('to', to) }
            break
        }
    }
}

/** Each version with the next, one of each project in turn. */
function* pairsOfFolder(folder) {
    const projects = readdirSync(folder).sort().map((project) => ({ project, versions: readdirSync(path.join(folder, project)).sort() }))
    const longest = Math.max(...projects.map(({ versions }) => versions.length))
    for (let i = 0; i + 1 < longest; ++i) {
        for (const { project, versions } of projects) {
            if (i + 1 >= versions.length) continue
            const name = `${project}/${versions[i]}-${versions[i + 1]}`
            if (!name.includes(options.only)) continue
            yield { name, from: read(path.join(folder, project, versions[i])), to: read(path.join(folder, project, versions[i + 1])) }
        }
    }
}

const plainStart = `generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["partialIndexes", "views"]
}

datasource db {
  provider = "postgresql"
}

`

/** Each version of a topic with every other, a pair of each topic in turn. */
function* pairsOfTopics(file) {
    const topics = readFileSync(file, 'utf8').split(/^# /m).slice(1).map((text) => {
        const [title, ...lines] = text.split('\n')
        const versions = lines.join('\n').split(/^===$/m)
        const pairs = versions.flatMap((from, i) => versions.flatMap((to, j) => (i === j ? [] : [[i, j]])))
        return { title, versions, pairs: new Random(seed).shuffled(pairs) }
    })
    for (let n = 0; topics.some(({ pairs }) => n < pairs.length); ++n) {
        for (const { title, versions, pairs } of topics) {
            if (n >= pairs.length) continue
            const [i, j] = pairs[n]
            const name = `${title} ${i}-${j}`
            if (!name.includes(options.only)) continue
            yield { name, from: written('from', plainStart + versions[i]), to: written('to', plainStart + versions[j]) }
        }
    }
}

function allPairs() {
    if (options.pairs) return pairsOfFolder(options.pairs)
    return options.changes ? pairsOfTopics(options.changes) : generatedPairs()
}

// --- one pair ----------------------------------------------------------------------------------------------------

/** {script} or {problem} of cm-migrate. */
function ours(...sides) {
    try {
        const environment = { PATH: process.env.PATH, HOME: scratch }
        const script = execFileSync(options.program, ['diff', '--script', ...sides], { encoding: 'utf8', cwd: scratch, env: environment, stdio: 'pipe', maxBuffer: 1 << 26 })
        return { script: essentials(script).length === 0 ? '' : script }
    } catch (problem) {
        return { problem: problem.stderr?.trim() || problem.message }
    }
}

/** Applies both scripts to databases like `from`; what went wrong, in words. */
async function tryOut(from, to, mine, theirs, isSame) {
    const made = []
    const create = async (template) => made[made.push(await server.create(template)) - 1]
    try {
        const before = await create()
        const start = ours('--from-empty', '--to-schema', from.folder)
        const problem = start.problem ?? (await server.apply(before, start.script))
        if (problem) return { unmade: problem }
        const after = isSame ? before : await create(before)
        const failed = await server.apply(after, mine)
        if (failed && (await refusal([], to.files))) return { impossible: failed }
        const left = failed ? undefined : ours('--from-url', after, '--to-schema', to.folder)
        const result = { failed, left: left && (left.problem ?? left.script) }
        if (isSame) return result
        result.theirsFailed = await server.apply(before, theirs)
        if (!failed && !result.theirsFailed) {
            const [expected, actual] = [server.dump(before), server.dump(after)]
            result.dump = expected === actual ? '' : differingLines(expected, actual)
        }
        return result
    } finally {
        for (const url of made) await server.drop(url)
    }
}

function differingLines(expected, actual) {
    const [theirs, mine] = [new Set(expected.split('\n')), new Set(actual.split('\n'))]
    return [...[...theirs].filter((line) => !mine.has(line)).map((line) => `- ${line}`), ...[...mine].filter((line) => !theirs.has(line)).map((line) => `+ ${line}`)].join('\n') || 'in another order'
}

/** The server's words where it refuses what the engine itself writes for these schemas, one after the other. */
async function refusal(...versions) {
    const url = await server.create()
    try {
        for (let i = 0; i + 1 < versions.length; ++i) {
            const problem = await server.apply(url, (await engineDiff(versions[i], versions[i + 1])).script ?? '')
            if (problem) return problem
        }
        return undefined
    } finally {
        await server.drop(url)
    }
}

async function compare({ from, to }) {
    const theirs = await engineDiff(from.files, to.files)
    const mine = ours('--from-schema', from.folder, '--to-schema', to.folder)
    if (theirs.problem && mine.problem) return { kind: 'refused' }
    // A schema that no server takes may be refused earlier than the engine does.
    if (!theirs.problem && mine.problem && (await refusal([], from.files, to.files))) return { kind: 'refused' }
    if (theirs.problem || mine.problem) return { kind: 'verdict', theirs: theirs.problem ?? 'accepts it', mine: mine.problem ?? 'accepts it' }
    const expected = essentials(theirs.script)
    const actual = essentials(mine.script)
    if (expected.length === 0 && actual.length === 0) return { kind: 'alike' }
    const difference = firstDifference(expected, actual)
    const trial = await tryOut(from, to, mine.script, theirs.script, !difference)
    return { kind: 'pair', theirs: theirs.script, mine: mine.script, difference, ...trial, known: difference && explainScript(expected, actual) }
}

// --- all of them -------------------------------------------------------------------------------------------------

const totals = { pairs: 0, same: 0, unknown: 0, failed: 0, theirsFailed: 0, left: 0, dumps: 0, unknownDumps: 0, unmade: 0, impossible: 0, verdict: 0, refused: 0, alike: 0 }
const known = new Map()
let printed = 0

function report(name, title, result) {
    if (process.env.CM_REPORT) appendFileSync(process.env.CM_REPORT, `${JSON.stringify({ name, title, ...result })}\n`)
    if (printed++ >= shown) return
    console.log(`\n--- ${title}: ${name}`)
    if (result.difference) console.log(`engine: ${result.difference[0]}\nours:   ${result.difference[1]}`)
    for (const key of ['unmade', 'failed', 'left', 'dump', 'theirsFailed']) if (result[key]) console.log(`${key}: ${result[key]}`)
    if (title === 'verdict') console.log(`engine: ${result.theirs}\nours:   ${result.mine}`)
}

function judge(name, result) {
    if (result.kind !== 'pair') {
        ++totals[result.kind]
        if (result.kind === 'verdict') report(name, 'verdict', result)
        return
    }
    ++totals.pairs
    if (result.unmade) {
        ++totals.unmade
        report(name, 'the first schema cannot be made here', result)
    }
    if (result.impossible) ++totals.impossible
    if (!result.difference) ++totals.same
    else if (result.known) known.set(result.known.reason, (known.get(result.known.reason) ?? 0) + 1)
    else ++totals.unknown
    if (result.failed) ++totals.failed
    if (result.theirsFailed) ++totals.theirsFailed
    if (result.left) ++totals.left
    if (result.dump) {
        ++totals.dumps
        if (result.known?.isSameDatabase !== false) ++totals.unknownDumps
    }
    const bad = [result.failed && 'fails on the server', result.left && 'a second diff finds something', result.dump && 'another database', result.difference && 'other statements']
    const title = bad.find(Boolean)
    if (title) report(name, result.known ? `${title} (known)` : title, { ...result, known: result.known?.reason })
}

for (const pair of allPairs()) {
    if (totals.pairs >= count) break
    judge(pair.name, await compare(pair))
    if (!options.pairs) for (const side of [pair.from, pair.to]) rmSync(side.folder, { recursive: true })
}
rmSync(scratch, { recursive: true })

const share = (part) => `${part} (${((100 * part) / Math.max(1, totals.pairs)).toFixed(2)} %)`
console.log(`\n${options.pairs ?? options.changes ?? `seed ${seed}`}: ${totals.pairs} pairs; ${totals.alike} more are the same database, ${totals.refused} both refuse`)
console.log(`same statements in the same order: ${share(totals.same)}`)
for (const [reason, times] of known) console.log(`  known (${times}): ${reason}`)
console.log(`accepted by one only: ${totals.verdict}; first schema cannot be made here: ${totals.unmade}, second on no server: ${totals.impossible}`)
console.log(`our script fails: ${share(totals.failed)}; second diff not empty: ${share(totals.left)}; another database: ${share(totals.dumps)}, unexplained: ${totals.unknownDumps}`)
console.log(`the engine's script fails: ${totals.theirsFailed}; statements that differ without an explanation: ${share(totals.unknown)}`)
const isGood = totals.pairs > 0 && totals.verdict === 0 && totals.failed === 0 && totals.left === 0 && totals.unknownDumps === 0 && totals.unknown <= totals.pairs * (1 - sameStatements)
process.exitCode = isGood ? 0 : 1
