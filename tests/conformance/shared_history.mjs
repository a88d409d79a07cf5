// One record for both tools (`migrationsTable: "_prisma_migrations"`): what each writes, the other understands. On the
// server of CM_TEST_URL.
//   node shared_history.mjs --program CM_MIGRATE --engine FOLDER
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { serverOfTests } from './databases.mjs'
import { loadMigrationsEngine } from './migrations_engine.mjs'

const { values: options } = parseArgs({ options: { program: { type: 'string' }, engine: { type: 'string' } } })
const server = serverOfTests()
const engine = await loadMigrationsEngine(options.engine)
const program = path.resolve(options.program)
const name = `cm_shared_${process.pid}`
const url = Object.assign(new URL(server), { pathname: `/${name}` }).href
const project = mkdtempSync(path.join(tmpdir(), 'cm-shared-'))
const migrations = path.join(project, 'prisma/migrations')

const psql = (address, sql) => {
    const run = spawnSync('psql', ['--quiet', '--no-psqlrc', '--no-align', '--tuples-only', '--set=ON_ERROR_STOP=1', address, '--command', sql], { encoding: 'utf8' })
    assert.equal(run.status, 0, run.stderr)
    return run.stdout.trim()
}

function add(migration, script) {
    mkdirSync(path.join(migrations, migration), { recursive: true })
    writeFileSync(path.join(migrations, migration, 'migration.sql'), script)
}

/** cm-migrate; gives what it said. */
function ours(code, ...words) {
    const run = spawnSync(program, words, { cwd: project, encoding: 'utf8', env: { ...process.env, DATABASE_URL: url, NO_COLOR: '1' } })
    assert.equal(run.status, code, `${words.join(' ')}\n${run.stdout}${run.stderr}`)
    return run.stdout + run.stderr
}

async function theirs(applied) {
    const result = await engine.deploy(url, migrations)
    assert.deepEqual(result, { applied })
}

/** Both find the history in order. */
async function agree() {
    ours(0, 'status')
    const found = await engine.diagnose(url, migrations)
    assert.deepEqual(found.editedMigrationNames, [])
    assert.deepEqual(found.failedMigrationNames, [])
    assert.equal(found.history ?? null, null)
    assert.equal(found.hasMigrationsTable, true)
}

async function story() {
    writeFileSync(path.join(project, 'cm-migrate.json'), '{ "migrationsTable": "_prisma_migrations" }\n')
    add('20260101000000_ours', 'CREATE TABLE a (id INT PRIMARY KEY);\r\n-- ä\r\n')
    ours(0, 'deploy')
    await agree()
    add('20260102000000_theirs', 'CREATE TABLE b (id INT PRIMARY KEY);\n')
    await theirs(['20260102000000_theirs'])
    await agree()

    // What we undid, neither finds in its way.
    add('20260103000000_undone', 'CREATE TABLE c (id INT);\nSELECT 1/0;\n')
    ours(5, 'deploy')
    add('20260103000000_undone', 'CREATE TABLE c (id INT);\n')
    await theirs(['20260103000000_undone'])
    await agree()

    // What they left failed, we name and settle; then either goes on.
    add('20260104000000_failed', 'SELECT 1/0;\n')
    assert.match((await engine.deploy(url, migrations)).problem, /division by zero/)
    assert.match(ours(5, 'deploy'), /blocked by failed migration `20260104000000_failed`/)
    assert.match(ours(5, 'status'), /20260104000000_failed/)
    ours(0, 'resolve', '--rolled-back', '20260104000000_failed')
    add('20260104000000_failed', 'CREATE TABLE d (id INT);\n')
    await theirs(['20260104000000_failed'])
    await agree()

    // What stopped halfway with us, they refuse to go over; we go on.
    add('20260105000000_steps', 'CREATE TABLE e (id INT);\nCREATE INDEX CONCURRENTLY i ON e (id);\nSELECT 1/0;\n')
    ours(5, 'deploy')
    assert.match((await engine.deploy(url, migrations)).problem, /20260105000000_steps/)
    add('20260105000000_steps', 'CREATE TABLE e (id INT);\nCREATE INDEX CONCURRENTLY i ON e (id);\nSELECT 1;\n')
    ours(0, 'deploy', '--resume')
    await agree()
    await theirs([])

    assert.equal(psql(url, "SELECT to_regclass('_migrations') IS NULL"), 't')
    assert.equal(psql(url, 'SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NOT NULL'), '5')

    // And a record of our own is taken over from it.
    rmSync(path.join(project, 'cm-migrate.json'))
    ours(0, 'adopt')
    ours(0, 'status')
    assert.equal(psql(url, 'SELECT count(*) FROM _migrations WHERE finished_at IS NOT NULL'), '5')
    await theirs([])
}

psql(server, `CREATE DATABASE ${name}`)
try {
    await story()
    console.log('both tools understand one record')
} finally {
    psql(server, `DROP DATABASE ${name} WITH (FORCE)`)
    rmSync(project, { recursive: true })
}
