// Compares cm-migrate's pull with the reference engine's, on databases that are made for it.
//   node compare.mjs --program CM_MIGRATE --engine FOLDER --url URL [--filter TEXT]
// The laws hold besides: the schema is valid and formatted, `diff` finds nothing both ways, pulling again changes
// nothing.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readDatabases } from './databases.mjs'
import { loadIntrospection } from './engine.mjs'

const { values: options } = parseArgs({
    options: {
        program: { type: 'string' },
        engine: { type: 'string' },
        url: { type: 'string' },
        filter: { type: 'string', default: '' },
    },
})
const here = path.dirname(fileURLToPath(import.meta.url))
const introspect = await loadIntrospection(options.engine)
const start = `generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["partialIndexes", "views"]
}

datasource db {
  provider = "postgresql"
}
`

const folder = mkdtempSync(path.join(tmpdir(), 'cm-pull-'))
const file = path.join(folder, 'schema.prisma')
const databaseName = `cm_pull_${process.pid}`
const database = new URL(options.url)
database.pathname = `/${databaseName}`

const psql = (url, sql) =>
    execFileSync('psql', ['--quiet', '--no-psqlrc', '--set=ON_ERROR_STOP=1', String(url)], { input: sql, stdio: ['pipe', 'ignore', 'pipe'] })

function ours(command, ...rest) {
    const result = spawnSync(options.program, [command, ...rest], { cwd: folder, encoding: 'utf8' })
    return { ok: result.status === 0, text: result.stdout, report: result.stdout + result.stderr }
}

/** What is compared: documentation and the blocks that are no models aside. */
function models(text) {
    const lines = text.split('\n').filter((line) => !/^\s*\/\/\//.test(line))
    return lines.join('\n').replace(/^(generator|datasource) [^}]*\}\n*/gm, '').trim()
}

/** The laws, on the schema in `file`; gives what is broken. */
function brokenLaws() {
    const broken = []
    const pulled = readFileSync(file, 'utf8')
    const valid = ours('validate', '--schema', file)
    if (!valid.ok) broken.push(`not valid\n${valid.report}`)
    if (!ours('format', '--check', '--schema', file).ok) broken.push('not formatted')
    for (const [from, to] of [['--from-schema', '--to-url'], ['--from-url', '--to-schema']]) {
        const sides = [from, from.endsWith('url') ? String(database) : file, to, to.endsWith('url') ? String(database) : file]
        const difference = ours('diff', ...sides, '--script')
        if (!difference.text.includes('This is an empty migration')) broken.push(`${from}: ${difference.report}`)
    }
    ours('pull', '--schema', file, '--url', String(database))
    if (readFileSync(file, 'utf8') !== pulled) broken.push('pulled again, it is another')
    return broken
}

async function examine({ sql }) {
    psql(options.url, `DROP DATABASE IF EXISTS ${databaseName}`)
    psql(options.url, `CREATE DATABASE ${databaseName}`)
    psql(database, sql)
    writeFileSync(file, start)
    const pull = ours('pull', '--schema', file, '--url', String(database))
    if (!pull.ok) return { broken: [pull.report], same: false }
    const text = readFileSync(file, 'utf8')
    const broken = brokenLaws()
    const theirs = await introspect(String(database), start)
    return { broken, same: theirs.text !== undefined && models(theirs.text) === models(text), text, theirs }
}

function show(one, { broken, text, theirs }) {
    console.log(`\n--- ${one.name}`)
    for (const law of broken) console.log(law)
    if (broken.length > 0 || !theirs) return
    console.log(`engine:\n${theirs.text === undefined ? theirs.problem : models(theirs.text)}\nours:\n${models(text ?? '')}`)
}

let wrong = 0
let known = 0
const all = readDatabases(path.join(here, 'databases')).filter(({ name }) => name.includes(options.filter))
for (const one of all) {
    const result = await examine(one)
    const expected = !one.differs && !one.engine
    if (result.broken.length === 0 && result.same === expected) {
        known += expected ? 0 : 1
        continue
    }
    ++wrong
    show(one, result)
}
psql(options.url, `DROP DATABASE IF EXISTS ${databaseName}`)
rmSync(folder, { recursive: true })
console.log(`\n${all.length} databases: ${all.length - wrong - known} the same, ${known} meant to differ, ${wrong} wrong`)
process.exit(wrong === 0 ? 0 : 1)
