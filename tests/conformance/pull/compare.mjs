// Compares cm-migrate's pull with the reference engine's, on the databases of databases/*.sql, on random ones and on
// those that generated schemas make (CM_SEED, CM_PULLS: how many of each), on the server of CM_TEST_URL.
//   node compare.mjs --program CM_MIGRATE --engine FOLDER [--databases FOLDER] [--filter TEXT]
// The laws hold besides: the schema is valid and formatted, `diff` finds nothing both ways, pulling again changes
// nothing.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { serverOfTests } from '../databases.mjs'
import { loadEngine } from '../engine.mjs'
import { generate } from '../generate.mjs'
import { readDatabases } from './databases.mjs'
import { loadIntrospection } from './engine.mjs'
import { models, modelsOfEngine } from './models.mjs'
import { randomDatabase } from './random_database.mjs'

const { values: options } = parseArgs({
    options: {
        program: { type: 'string' },
        engine: { type: 'string' },
        databases: { type: 'string', default: path.join(path.dirname(fileURLToPath(import.meta.url)), 'databases') },
        filter: { type: 'string', default: '' },
    },
})
const introspect = await loadIntrospection(options.engine)
const accepts = loadEngine(options.engine)
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
const database = new URL(serverOfTests())
database.pathname = `/${databaseName}`

const psql = (url, sql) =>
    execFileSync('psql', ['--quiet', '--no-psqlrc', '--set=ON_ERROR_STOP=1', String(url)], { input: sql, stdio: ['pipe', 'ignore', 'pipe'] })

function ours(command, ...rest) {
    const result = spawnSync(path.resolve(options.program), [command, ...rest], { cwd: folder, encoding: 'utf8' })
    return { ok: result.status === 0, text: result.stdout, report: result.stdout + result.stderr }
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

/** The start of a schema, with the schemas of the database that the test names, or another schema lists. */
function withSchemas({ schema, schemas }) {
    const names = schemas?.split(' ').map((name) => `"${name}"`)
    const line = names ? `  schemas  = [${names.join(', ')}]` : schema?.match(/^\s*schemas\s*=.*$/m)?.[0]
    return line ? start.replace('"postgresql"\n', `"postgresql"\n${line}\n`) : start
}

/** Makes the database from SQL, or from a schema, over which a pull must change nothing; gives what is broken. */
function make({ sql, schema }) {
    psql(serverOfTests(), `DROP DATABASE IF EXISTS ${databaseName}`)
    psql(serverOfTests(), `CREATE DATABASE ${databaseName}`)
    if (schema === undefined) {
        psql(database, sql)
        return []
    }
    // What a view selects is not in the schema.
    if (/^view /m.test(schema)) return undefined
    psql(database, 'CREATE EXTENSION citext; CREATE EXTENSION pg_trgm')
    writeFileSync(file, schema)
    ours('format', '--schema', file)
    const written = readFileSync(file, 'utf8')
    const push = ours('push', '--accept-data-loss', '--skip-generate', '--schema', file, '--url', String(database))
    const left = ours('diff', '--from-url', String(database), '--to-schema', file, '--script')
    // What the database cannot be (an optional SERIAL) is no question to pull.
    if (!push.ok || !left.text.includes('This is an empty migration')) return undefined
    ours('pull', '--schema', file, '--url', String(database))
    return readFileSync(file, 'utf8') === written ? [] : [`pulled over the schema, it is another:\n${written}`]
}

async function examine(one) {
    const changes = make(one)
    if (!changes) return undefined
    if (changes.length > 0) return { broken: changes, same: false }
    const first = withSchemas(one)
    writeFileSync(file, first)
    const pull = ours('pull', '--schema', file, '--url', String(database))
    if (!pull.ok) return { broken: [pull.report], same: false }
    const text = readFileSync(file, 'utf8')
    const broken = brokenLaws()
    // After a panic the engine answers nothing any more.
    if (one.engine) return { broken, same: false, text }
    const theirs = await introspect(String(database), [{ path: 'schema.prisma', content: first }])
    const same = theirs.text !== undefined && modelsOfEngine(theirs.text) === models(text)
    // Of a random database the engine may write what it does not accept itself: two fields of one name.
    const isBeside = one.isRandom === true && !accepts(theirs.text).accepted
    return { broken, same: same || isBeside, text, theirs }
}

function show(one, { broken, text, theirs }) {
    console.log(`\n--- ${one.name}`)
    for (const law of broken) console.log(law)
    if (!theirs) return
    console.log(`engine:\n${theirs.text === undefined ? theirs.problem : models(theirs.text)}\nours:\n${models(text ?? '')}`)
}

let wrong = 0
let known = 0
const seed = Number(process.env.CM_SEED ?? 1)
const pulls = Number(process.env.CM_PULLS ?? 40)
const generated = Array.from({ length: pulls }, (_, number) => ({
    name: `generated: CM_SEED=${seed}, ${number}`,
    schema: generate(seed, number),
}))
const random = Array.from({ length: pulls }, (_, number) => ({ name: `random: CM_SEED=${seed}, ${number}`, sql: randomDatabase(seed, number), isRandom: true }))
let refused = 0
const all = [...readDatabases(options.databases), ...random, ...generated].filter(({ name }) => name.includes(options.filter))
for (const one of all) {
    const result = await examine(one)
    if (!result) {
        ++refused // not every generated schema is valid
        continue
    }
    const expected = !one.differs && !one.engine
    if (result.broken.length === 0 && result.same === expected) {
        known += expected ? 0 : 1
        continue
    }
    ++wrong
    show(one, result)
}
psql(serverOfTests(), `DROP DATABASE IF EXISTS ${databaseName}`)
rmSync(folder, { recursive: true })
console.log(`\n${all.length - refused} databases: ${all.length - refused - wrong - known} the same, ${known} meant to differ, ${wrong} wrong`)
process.exit(wrong === 0 ? 0 : 1)
