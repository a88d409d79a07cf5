// Runs each measurement's contestants in turn, several times over, and reports medians and ratios.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { history, schema } from './inputs.mjs'
import { drawScaling } from './picture.mjs'

const { values: options } = parseArgs({
    options: {
        program: { type: 'string' },
        tools: { type: 'string' },
        out: { type: 'string' },
        rounds: { type: 'string', default: '7' },
        only: { type: 'string', default: '' },
    },
})
const here = path.dirname(new URL(import.meta.url).pathname)
const folder = mkdtempSync(path.join(os.tmpdir(), 'cm-bench-'))
const server = new URL(process.env.CM_TEST_URL)
const inFolder = (name) => path.join(folder, name)

const urlOf = (database) => Object.assign(new URL(server), { pathname: `/${database}` }).href
const psql = (database, ...more) => ['psql', '--quiet', '--no-psqlrc', '--dbname', urlOf(database), ...more]

function freshDatabase(name) {
    spawnSync(...split(psql('postgres', '-c', `DROP DATABASE IF EXISTS ${name}`, '-c', `CREATE DATABASE ${name} TEMPLATE template0`)))
    return urlOf(name)
}

const split = ([program, ...words]) => [program, words, { stdio: 'ignore' }]

const ours = (words, environment = {}) => ({ command: [options.program, ...words], environment })
const reference = (words, environment = {}) => ({
    command: [process.execPath, path.join(here, 'reference.mjs'), options.tools, ...words],
    environment: { BENCH_URL: urlOf('postgres'), ...environment },
})
const dbmate = path.join(options.tools, 'node_modules/.bin/dbmate')
const dbmateProgram = () => {
    const candidate = path.join(options.tools, `node_modules/@dbmate/${os.platform()}-${os.arch()}/bin/dbmate`)
    return existsSync(candidate) ? candidate : dbmate
}

/** One run: milliseconds of wall time, processor time of the child, and its peak memory. */
function once({ command, environment, before }) {
    before?.()
    const [program, ...words] = command
    const used = process.resourceUsage()
    const start = process.hrtime.bigint()
    const result = spawnSync(program, words, {
        cwd: folder,
        env: { PATH: process.env.PATH, HOME: folder, ...environment },
        stdio: ['ignore', 'ignore', 'pipe'],
        maxBuffer: 1 << 28,
    })
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6
    if (result.status !== 0) throw new Error(`${command.join(' ').slice(0, 200)}: ${result.status} ${String(result.stderr).slice(0, 500)}`)
    return milliseconds
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]

const results = []

/** `limits`: the most that cm-migrate may take, as a share of another's time. */
function measure(name, contestants, limits = {}, rounds = Number(options.rounds)) {
    if (!name.includes(options.only)) return
    const times = Object.fromEntries(Object.keys(contestants).map((who) => [who, []]))
    for (let round = 0; round < rounds; round++) {
        for (const [who, contestant] of Object.entries(contestants)) {
            try {
                times[who].push(once(contestant))
            } catch (problem) {
                if (who === 'cm-migrate') throw problem
                console.error(`left out: ${who} in "${name}": ${problem.message}`)
                delete contestants[who]
                delete times[who]
            }
        }
    }
    const medians = Object.fromEntries(Object.entries(times).map(([who, all]) => [who, median(all)]))
    results.push({ name, rounds, medians, limits })
    for (const [who, milliseconds] of Object.entries(medians)) {
        const share = medians['cm-migrate'] / milliseconds
        const limit = limits[who]
        const verdict = limit === undefined ? '' : share <= limit ? `≤ ${limit} ✔` : `> ${limit} ✘`
        console.log(`${name.padEnd(34)} ${who.padEnd(12)} ${milliseconds.toFixed(1).padStart(9)} ms   ${share.toFixed(3).padStart(7)}  ${verdict}`)
    }
}

function startUp() {
    measure('--version', {
        'cm-migrate': ours(['--version']),
        dbmate: { command: [dbmateProgram(), '--version'] },
        psql: { command: ['psql', '--version'] },
    }, { dbmate: 1 })
}

function language() {
    for (const count of [10, 100, 300, 1000, 5000]) {
        const file = inFolder(`schema-${count}.prisma`)
        const changed = inFolder(`changed-${count}.prisma`)
        writeFileSync(file, schema(count))
        writeFileSync(changed, schema(count, true))
        const rounds = count > 1000 ? 3 : Number(options.rounds)
        measure(`validate, ${count} models`, { 'cm-migrate': ours(['validate', '--schema', file]), reference: reference(['validate', file]) }, { reference: 1 / 20 }, rounds)
        measure(`format, ${count} models`, { 'cm-migrate': ours(['format', '--check', '--schema', file]), reference: reference(['format', file]) }, {}, rounds)
        measure(`diff, ${count} models`, {
            'cm-migrate': ours(['diff', '--from-schema', file, '--to-schema', changed]),
            reference: reference(['diff', file, changed]),
        }, { reference: 1 / 15 }, rounds)
    }
}

function applying() {
    for (const count of [10, 100, 1000]) {
        const project = history(inFolder(`history-${count}`), count)
        const fresh = (name) => () => freshDatabase(name)
        const ourWords = ['deploy', '--schema', path.join(project, 'schema.prisma')]
        const contestants = {
            'cm-migrate': { ...ours(ourWords, { DATABASE_URL: urlOf('bench_ours') }), before: fresh('bench_ours') },
            'psql -1': { command: psql('bench_psql', '-1', '-f', path.join(project, 'all.sql')), before: fresh('bench_psql') },
            reference: { ...reference(['deploy', path.join(project, 'migrations')], { BENCH_URL: urlOf('bench_reference') }), before: fresh('bench_reference') },
            dbmate: {
                command: [dbmateProgram(), '--url', `${urlOf('bench_dbmate')}?sslmode=disable`, '--migrations-dir', path.join(project, 'dbmate'), '--no-dump-schema', 'up'],
                before: fresh('bench_dbmate'),
            },
        }
        const limits = count === 1000 ? { 'psql -1': 1.1, reference: 0.45, dbmate: 0.65 } : {}
        measure(`deploy, ${count} migrations`, contestants, limits, count === 1000 ? 3 : Number(options.rounds))
        const idle = Object.fromEntries(Object.entries(contestants).map(([who, { command, environment }]) => [who, { command, environment }]))
        delete idle['psql -1']
        idle['psql -c'] = { command: psql('bench_psql', '-c', 'select 1') }
        measure(`deploy, ${count}, nothing to do`, idle, { reference: 1 / 15, 'psql -c': 2 })
    }
}

function size() {
    const stripped = inFolder('stripped')
    execFileSync('strip', ['-o', stripped, options.program])
    const bytes = statSync(stripped).size
    const needs = execFileSync('readelf', ['--dynamic', options.program], { encoding: 'utf8' })
        .split('\n').filter((line) => line.includes('NEEDED')).map((line) => /\[(.*)\]/.exec(line)[1])
    results.push({ name: 'program', bytes, needs })
    console.log(`program: ${(bytes / 1e6).toFixed(2)} MB stripped (limit 8), needs ${needs.join(', ')}`)
}

try {
    size()
    startUp()
    language()
    applying()
    writeFileSync(path.join(options.out, 'results.json'), `${JSON.stringify({ machine: os.cpus()[0].model, results }, null, 2)}\n`)
    drawScaling(results, path.join(options.out, 'scaling.svg'))
} finally {
    rmSync(folder, { recursive: true, force: true })
}
