// Deploys the migrations of real projects from nothing and compares the database with what the reference engine's
// deploy makes; where the engine fails, with what psql makes of the same files. On the server of CM_TEST_URL.
//   node deploy.mjs --program CM_MIGRATE --engine FOLDER --projects FOLDER [--only TEXT] [--server-lacks a,b]
//                   [--database NAME]
// `--projects` holds a folder for each project, and in it `migrations`. Without it the test is skipped, and says so.
// --server-lacks: extensions that are known to be missing on this server; projects that fail for want of one are listed,
// and are no failure of the test. --database: what the database is called, for extensions that allow only one.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { serverOfTests } from './databases.mjs'
import { loadMigrationsEngine } from './migrations_engine.mjs'

const { values: options } = parseArgs({
    options: {
        program: { type: 'string' },
        engine: { type: 'string' },
        projects: { type: 'string', default: process.env.CM_PROJECTS },
        only: { type: 'string', default: '' },
        'server-lacks': { type: 'string', default: '' },
        database: { type: 'string', default: `cm_deploy_${process.pid}` },
    },
})
if (!options.projects) {
    console.log('SKIPPED: no folder of projects was given (--projects, or CM_PROJECTS)')
    process.exit(77)
}
const server = serverOfTests()
const lacking = options['server-lacks'].split(',').filter(Boolean)
const reference = await loadMigrationsEngine(options.engine)
const program = path.resolve(options.program)

const url = Object.assign(new URL(server), { pathname: `/${options.database}` }).href
const psql = (address, ...words) => spawnSync('psql', ['--quiet', '--no-psqlrc', '--set=ON_ERROR_STOP=1', address, ...words], { encoding: 'utf8' })
const drop = () => psql(server, '--command', `DROP DATABASE IF EXISTS "${options.database}" WITH (FORCE)`)

function startAgain() {
    drop()
    const made = psql(server, '--command', `CREATE DATABASE "${options.database}" TEMPLATE template0`)
    if (made.status !== 0) throw new Error(made.stderr)
}

function dump() {
    const words = ['--schema-only', '--no-owner', '--exclude-table=_migrations', '--exclude-table=_prisma_migrations', url]
    const text = execFileSync('pg_dump', words, { encoding: 'utf8', maxBuffer: 1 << 28 })
    return text.replace(/^\\(un)?restrict .*\n/gm, '') // against injected commands, another in each run
}

const scriptsOf = (folder) =>
    readdirSync(folder).sort().map((name) => path.join(folder, name, 'migration.sql')).filter((file) => existsSync(file))

/** In a folder that looks like a project. */
function deployOurs(migrations) {
    startAgain()
    const project = mkdtempSync(path.join(tmpdir(), 'cm-deploy-'))
    mkdirSync(path.join(project, 'prisma'))
    symlinkSync(path.resolve(migrations), path.join(project, 'prisma/migrations'))
    const run = spawnSync(program, ['deploy'], { cwd: project, encoding: 'utf8', env: { ...process.env, DATABASE_URL: url, NO_COLOR: '1' } })
    rmSync(project, { recursive: true })
    const applied = psql(url, '--no-align', '--tuples-only', '--command', 'SELECT count(finished_at) FROM _migrations').stdout.trim()
    return { applied: Number(applied), problem: run.status === 0 ? undefined : run.stderr.trim() }
}

function deployTheirs(migrations) {
    startAgain()
    return reference.deploy(url, migrations)
}

/** What psql makes of the same files, up to the first that it cannot. */
function runPlainly(migrations) {
    startAgain()
    for (const file of scriptsOf(migrations)) {
        const run = psql(url, '--file', file)
        if (run.status !== 0) return { problem: run.stderr.trim() }
    }
    return {}
}

const firstLines = (text, count) => text.split('\n').filter(Boolean).slice(0, count).map((line) => line.slice(0, 160)).join('\n      ')

/** {ok, line}: one project's outcome in words. */
async function compare(migrations) {
    const total = scriptsOf(migrations).length
    const ours = deployOurs(migrations)
    if (ours.problem) {
        const want = lacking.find((extension) => ours.problem.includes(`extension "${extension}" is not available`))
        const engine = await deployTheirs(migrations)
        const words = `${ours.applied} of ${total} migrations applied, then:\n      ${firstLines(ours.problem, 6)}\n      the engine: ${firstLines(engine.problem ?? 'applies it', 3)}`
        return { ok: Boolean(want), line: want ? `the server lacks \`${want}\`: ${words}` : words }
    }
    if (ours.applied !== total) return { ok: false, line: `${ours.applied} of ${total} are recorded` }
    const mine = dump()
    const engine = await deployTheirs(migrations)
    const words = engine.problem ? `${total} migrations; the engine fails: ${firstLines(engine.problem, 3)}` : `${total} migrations`
    const by = engine.problem ? 'psql' : 'the engine'
    if (engine.problem) {
        const psqls = runPlainly(migrations)
        if (psqls.problem) return { ok: true, line: `${words}\n      and so does psql: ${firstLines(psqls.problem, 2)}` }
    }
    const same = mine === dump()
    return { ok: same, line: `${words}, ${same ? 'the same database as' : 'ANOTHER database than'} by ${by}` }
}

const projects = readdirSync(options.projects).sort().filter((name) => name.includes(options.only) && existsSync(path.join(options.projects, name, 'migrations')))
let failures = 0
for (const name of projects) {
    const { ok, line } = await compare(path.join(options.projects, name, 'migrations'))
    failures += ok ? 0 : 1
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}: ${line}`)
}
drop()
console.log(`${projects.length} projects, ${failures} failures`)
process.exit(failures === 0 && projects.length > 0 ? 0 : 1)
