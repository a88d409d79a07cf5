// What is measured, beside whom, and what it may cost. See run.sh.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { development, drizzleConfiguration, everyKind, history, schema } from './inputs.mjs'
import { measurer } from './measure.mjs'
import { drawScaling } from './picture.mjs'
import { promises, putInto } from './promises.mjs'

const { values: options } = parseArgs({
    options: {
        program: { type: 'string' },
        tools: { type: 'string' },
        out: { type: 'string' },
        rounds: { type: 'string' },
        only: { type: 'string', default: '' },
        project: { type: 'string' },
        page: { type: 'string' },
        quick: { type: 'boolean', default: false },
        brief: { type: 'boolean', default: false },
    },
})
const rounds = Number(options.rounds ?? (options.quick ? 2 : options.brief ? 5 : 7))
const few = Math.min(rounds, 3)
/** The sizes of a measurement; `--brief` does without those that nothing is promised of. */
const sizes = (quick, brief, all) => (options.quick ? quick : options.brief ? brief : all)
const here = path.dirname(new URL(import.meta.url).pathname)
// Beside the tools, so that drizzle-kit finds its own libraries.
const folder = mkdtempSync(path.join(options.tools, 'bench-'))
const { measure, memory, results } = measurer({ folder, rounds, only: options.only })
const inFolder = (name) => path.join(folder, name)

const urlOf = (database) => `postgresql://postgres@localhost/${database}?host=${encodeURIComponent(process.env.BENCH_SOCKET)}`
const psql = (database, ...more) => ['psql', '--quiet', '--no-psqlrc', '--set=ON_ERROR_STOP=1', '--dbname', urlOf(database), ...more]

function execute(database, ...more) {
    const [program, ...words] = psql(database, ...more)
    execFileSync(program, words, { stdio: ['ignore', 'ignore', 'inherit'] })
}

const fresh = (name) => () =>
    execute('postgres', '-c', 'SET client_min_messages = warning', '-c', `DROP DATABASE IF EXISTS ${name}`, '-c', `CREATE DATABASE ${name} TEMPLATE template0`)

const ours = (words, database = 'postgres', before = undefined) => ({
    command: [options.program, ...words],
    environment: { DATABASE_URL: urlOf(database) },
    before,
})
const reference = (words, database = 'postgres', before = undefined) => ({
    command: [process.execPath, path.join(here, 'reference.mjs'), options.tools, ...words],
    environment: { BENCH_URL: urlOf(database) },
    before,
})
const dbmateProgram = [
    path.join(options.tools, `node_modules/@dbmate/${os.platform()}-${os.arch()}/bin/dbmate`),
    path.join(options.tools, 'node_modules/.bin/dbmate'),
].find(existsSync)
const dbmate = (project, database, before = undefined) => ({
    // lib/pq, which dbmate stands on, takes the socket's folder from `host` without the slash being escaped.
    command: [dbmateProgram, '--url', `postgres://postgres@/${database}?host=${process.env.BENCH_SOCKET}&sslmode=disable`,
        '--migrations-dir', path.join(project, 'dbmate'), '--no-dump-schema', 'up'],
    before,
})
const drizzle = (word, database, out, before = undefined) => {
    const file = inFolder(`drizzle-${word}-${database}.config.json`)
    return {
        command: [process.execPath, path.join(options.tools, 'node_modules/drizzle-kit/bin.cjs'), word, `--config=${path.relative(folder, file)}`],
        before: () => {
            writeFileSync(file, drizzleConfiguration(out, database, process.env.BENCH_SOCKET))
            before?.()
        },
    }
}

function size() {
    const stripped = inFolder('stripped')
    execFileSync('strip', ['-o', stripped, options.program])
    const megabytes = statSync(stripped).size / 1e6
    const needs = execFileSync('readelf', ['--dynamic', options.program], { encoding: 'utf8' })
        .split('\n').filter((line) => line.includes('NEEDED')).map((line) => /\[(.*)\]/.exec(line)[1])
    results.push({ name: 'the stripped program', megabytes, limit: 8, needs })
    console.log(`program: ${megabytes.toFixed(2)} MB stripped (limit 8), needs ${needs.join(', ')}`)
}

function startUp() {
    measure('--version', { 'cm-migrate': ours(['--version']), dbmate: { command: [dbmateProgram, '--version'] }, 'psql': { command: ['psql', '--version'] } }, { dbmate: 1 })
}

function language(counts) {
    for (const count of counts) {
        const file = inFolder(`schema-${count}.prisma`)
        const changed = inFolder(`changed-${count}.prisma`)
        writeFileSync(file, schema(count))
        writeFileSync(changed, schema(count, true))
        execFileSync(options.program, ['format', '--schema', file], { stdio: 'ignore' })
        const turns = count > 1000 ? (options.brief ? 1 : few) : rounds
        const isPromised = count === 1000
        measure(`validate, ${count} models`, { 'cm-migrate': ours(['validate', '--schema', file]), reference: reference(['validate', file]) }, isPromised ? { reference: 1 / 20 } : {}, turns)
        if (!options.brief) measure(`format, ${count} models`, { 'cm-migrate': ours(['format', '--check', '--schema', file]), reference: reference(['format', file]) }, {}, turns)
        measure(`diff, ${count} models`, {
            'cm-migrate': ours(['diff', '--from-schema', file, '--to-schema', changed, '--script']),
            reference: reference(['diff', file, changed]),
        }, isPromised ? { reference: 1 / 15 } : {}, turns)
    }
}

function deploying() {
    for (const count of sizes([10], [10, 100, 1000], [10, 100, 1000])) {
        const project = history(inFolder(`history-${count}`), count)
        const contestants = {
            'cm-migrate': ours(['deploy', '--schema', path.join(project, 'schema.prisma')], 'bench_ours', fresh('bench_ours')),
            'psql -1': { command: psql('bench_psql', '-1', '-f', path.join(project, 'all.sql')), before: fresh('bench_psql') },
            reference: reference(['deploy', path.join(project, 'migrations')], 'bench_reference', fresh('bench_reference')),
            dbmate: dbmate(project, 'bench_dbmate', fresh('bench_dbmate')),
            'drizzle-kit': drizzle('migrate', 'bench_drizzle', path.join(project, 'drizzle'), fresh('bench_drizzle')),
        }
        const isPromised = count >= 1000
        measure(`deploy, ${count} migrations`, contestants, isPromised ? { 'psql -1': 1.1, reference: 0.45, dbmate: 0.65 } : {}, isPromised || options.brief ? few : rounds)
        if (!existsSync(project)) continue
        const idle = Object.fromEntries(Object.entries(contestants).map(([who, { command, environment }]) => [who, { command, environment }]))
        delete idle['psql -1']
        idle['psql -c'] = { command: psql('bench_psql', '-c', 'select 1') }
        measure(`deploy, ${count}, up to date`, idle, isPromised ? { reference: 1 / 15, 'psql -c': 2 } : {}, Math.max(rounds, 7))
    }
}

/** A database with the tables of a schema of that size. In pieces: one transaction has not locks enough. */
function filledDatabase(count) {
    const database = `bench_tables_${count}`
    const file = inFolder(`tables-${count}.prisma`)
    writeFileSync(file, schema(count))
    const script = spawnSync(options.program, ['diff', '--from-empty', '--to-schema', file, '--script'], { cwd: folder, maxBuffer: 1 << 28 })
    writeFileSync(inFolder('tables.sql'), script.stdout)
    fresh(database)()
    execute(database, '-c', 'SET synchronous_commit = off', '-f', inFolder('tables.sql'), '-c', 'VACUUM ANALYZE')
    return { database, file }
}

function reading() {
    const times = {}
    for (const count of sizes([10, 100], [100, 1000, 5000, 10000], [100, 1000, 5000, 10000])) {
        if (!`pull, ${count} tables`.includes(options.only) && !`empty diff, ${count} tables`.includes(options.only)) continue
        const { database, file } = filledDatabase(count)
        const pull = ours(['pull', '--print'], database)
        const all = { 'cm-migrate': pull, 'pg_dump -s': { command: ['pg_dump', '--schema-only', '--dbname', urlOf(database)] } }
        if (count <= 1000) {
            all.reference = reference(['pull'], database)
            if (count < 1000 || !options.brief) all['drizzle-kit'] = drizzle('pull', database, inFolder(`pulled-${count}`))
        }
        const turns = count >= 1000 ? few : rounds
        const isPromised = count === 1000
        times[count] = measure(`pull, ${count} tables`, all, isPromised ? { 'pg_dump -s': 1, reference: 1 / 5 } : {}, turns)?.['cm-migrate']
        if (count === 10000) memory(`pull, ${count} tables`, pull, 500)
        const diff = ours(['diff', '--from-url', urlOf(database), '--to-schema', file, '--exit-code'], database)
        measure(`empty diff, ${count} tables`, { 'cm-migrate': diff, 'pg_dump -s': all['pg_dump -s'] }, count === 5000 ? { 'pg_dump -s': 1 } : {}, turns)
        if (count === 5000) memory(`empty diff, ${count} tables`, diff, 400)
        execute('postgres', '-c', `DROP DATABASE ${database}`)
    }
    if (times[1000] && times[10000]) {
        const share = times[10000] / times[1000]
        results.push({ name: 'pull, 10000 tables beside 1000', share, limit: 11 })
        console.log(`pull of 10,000 tables takes ${share.toFixed(2)} times as long as of 1,000 (limit 11)`)
    }
}

/** Two databases with objects of every kind, which are alike: as they were made, and once their catalogs have been analyzed. */
function comparing() {
    const tables = options.quick ? 20 : 1000
    const name = `empty diff of every kind, ${tables} tables`
    if (!name.includes(options.only)) return
    const file = inFolder('every-kind.sql')
    writeFileSync(file, everyKind(tables))
    const databases = ['bench_kinds_a', 'bench_kinds_b']
    for (const database of databases) {
        fresh(database)()
        execute(database, '-c', 'SET synchronous_commit = off', '-f', file)
    }
    const [a, b] = databases.map(urlOf)
    const all = {
        'cm-migrate': ours(['diff', '--from-url', a, '--to-url', b, '--exit-code'], databases[0]),
        'pg_dump -s, twice': { command: ['bash', '-c', `pg_dump -s --dbname '${a}' && pg_dump -s --dbname '${b}'`] },
    }
    measure(`${name}, not analyzed`, all, {}, few)
    for (const database of databases) execute(database, '-c', 'VACUUM ANALYZE')
    measure(name, all, { 'pg_dump -s, twice': 1 }, few)
    for (const database of databases) execute('postgres', '-c', `DROP DATABASE ${database}`)
}

/** The same ten tables, by few migrations and by many, so that only the history's length differs. */
function developing() {
    const counts = sizes([10, 50], [10, 1000], [10, 1000])
    const first = {}
    const medians = {}
    for (const count of counts) {
        if (!`dev, ${count} migrations`.includes(options.only)) continue
        const project = development(inFolder(`dev-${count}`), count, Math.max(...counts))
        const database = `bench_dev_${count}`
        fresh(database)()
        const words = ['--schema', path.join(project, 'schema.prisma')]
        const deploy = ours(['deploy', ...words], database)
        execFileSync(deploy.command[0], deploy.command.slice(1), { cwd: folder, env: { ...process.env, ...deploy.environment }, stdio: 'ignore' })
        const withoutDraft = () => {
            for (const name of readdirSync(path.join(project, 'migrations'))) {
                if (name.endsWith('_draft')) rmSync(path.join(project, 'migrations', name), { recursive: true })
            }
        }
        const dev = ours(['dev', '--create-only', '--name', 'draft', '--schema', path.join(project, 'changed.prisma')], database, withoutDraft)
        const forget = () => {
            withoutDraft()
            rmSync(inFolder('.cm-migrate'), { recursive: true, force: true })
        }
        first[count] = measure(`dev, ${count} migrations, first time`, { 'cm-migrate': { ...dev, before: forget } }, {}, few)
        medians[count] = measure(`dev, ${count} migrations, again`, {
            'cm-migrate': dev,
            reference: reference(['draft', path.join(project, 'migrations'), path.join(project, 'changed.prisma')], database, withoutDraft),
        }, count === 1000 ? { reference: 1 / 15 } : {}, rounds)?.['cm-migrate']
    }
    const [short, long] = counts.map((count) => medians[count])
    if (short && long) {
        results.push({ name: `dev, ${counts[1]} migrations beside ${counts[0]}`, share: long / short, limit: 1.2 })
        console.log(`dev on ${counts[1]} migrations takes ${(long / short).toFixed(2)} times as long as on ${counts[0]} (limit 1.2)`)
    }
}

function project(home) {
    const file = path.join(home, 'schema.prisma')
    const migrations = path.join(home, 'migrations')
    measure('project: validate', { 'cm-migrate': ours(['validate', '--schema', file]), reference: reference(['validate', file]) })
    measure('project: deploy', {
        'cm-migrate': ours(['deploy', '--schema', file], 'bench_ours', fresh('bench_ours')),
        reference: reference(['deploy', migrations], 'bench_reference', fresh('bench_reference')),
    }, {}, few)
}

try {
    size()
    startUp()
    language(sizes([10, 100], [10, 100, 1000], [10, 100, 300, 1000]))
    deploying()
    developing()
    reading()
    comparing()
    language(sizes([], [5000], [5000]))
    if (options.project) project(path.resolve(options.project))
} finally {
    writeFileSync(path.join(options.out, 'results.json'), `${JSON.stringify({ machine: os.cpus()[0].model, processors: os.cpus().length, results }, null, 2)}\n`)
    drawScaling(results, path.join(options.page ? path.dirname(options.page) : options.out, 'scaling.svg'))
    const table = promises(results)
    writeFileSync(path.join(options.out, 'promises.md'), table)
    if (options.page) putInto(options.page, table)
    console.log(`\n${table}`)
    rmSync(folder, { recursive: true, force: true })
}
