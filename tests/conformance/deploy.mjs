// Deploys the migrations of real projects from nothing and compares the database with what the reference engine's
// deploy makes; where the engine fails, with what psql makes of the same files. On the server of CM_TEST_URL.
//   node deploy.mjs --program CM_MIGRATE --engine FOLDER --projects FOLDER [--only TEXT] [--server-lacks a,b]
// `--projects` holds a folder for each project, and in it `migrations`. Without it the test is skipped, and says so.
// --server-lacks: extensions that are known to be missing on this server; projects that fail for want of one are listed,
// and are no failure of the test.
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

const address = (name) => Object.assign(new URL(server), { pathname: `/${name}` }).href
const psql = (url, ...words) => spawnSync('psql', ['--quiet', '--no-psqlrc', '--set=ON_ERROR_STOP=1', url, ...words], { encoding: 'utf8' })

function fresh(role) {
    const name = `cm_deploy_${process.pid}_${role}`
    psql(server, '--command', `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, '--command', `CREATE DATABASE ${name} TEMPLATE template0`)
    return address(name)
}

function dump(url) {
    const words = ['--schema-only', '--no-owner', '--exclude-table=_migrations', '--exclude-table=_prisma_migrations', url]
    const text = execFileSync('pg_dump', words, { encoding: 'utf8', maxBuffer: 1 << 28 })
    return text.replace(/^\\(un)?restrict .*\n/gm, '') // against injected commands, another in each run
}

const scriptsOf = (folder) =>
    readdirSync(folder).sort().map((name) => path.join(folder, name, 'migration.sql')).filter((file) => existsSync(file))

/** In a folder that looks like a project. */
function deployOurs(url, migrations) {
    const project = mkdtempSync(path.join(tmpdir(), 'cm-deploy-'))
    mkdirSync(path.join(project, 'prisma'))
    symlinkSync(path.resolve(migrations), path.join(project, 'prisma/migrations'))
    const run = spawnSync(program, ['deploy'], { cwd: project, encoding: 'utf8', env: { ...process.env, DATABASE_URL: url, NO_COLOR: '1' } })
    rmSync(project, { recursive: true })
    const applied = psql(url, '--no-align', '--tuples-only', '--command', 'SELECT count(finished_at) FROM _migrations').stdout.trim()
    return { code: run.status, applied: Number(applied), report: run.stderr.trim() }
}

/** What psql makes of the same files, up to the first that it cannot. */
function runPlainly(url, migrations) {
    let count = 0
    for (const file of scriptsOf(migrations)) {
        const run = psql(url, '--file', file)
        if (run.status !== 0) return { count, problem: run.stderr.trim() }
        count += 1
    }
    return { count }
}

const firstLines = (text, count) => text.split('\n').filter(Boolean).slice(0, count).join('\n      ')

/** {ok, line}: one project's outcome in words. */
async function compare(name, migrations) {
    const total = scriptsOf(migrations).length
    const [mine, theirs] = [fresh('ours'), fresh('theirs')]
    const ours = deployOurs(mine, migrations)
    if (ours.code !== 0) {
        const want = lacking.find((extension) => ours.report.includes(`extension "${extension}" is not available`))
        const engine = await reference.deploy(theirs, migrations)
        const words = `${ours.applied} of ${total} migrations applied, then:\n      ${firstLines(ours.report, 6)}\n      the engine: ${firstLines(engine.problem ?? 'applies it', 3)}`
        return { ok: Boolean(want), line: want ? `the server lacks \`${want}\`: ${words}` : words }
    }
    if (ours.applied !== total) return { ok: false, line: `${ours.applied} of ${total} are recorded` }
    const engine = await reference.deploy(theirs, migrations)
    if (!engine.problem) {
        const same = dump(mine) === dump(theirs)
        return { ok: same, line: `${total} migrations, ${same ? 'the same database as' : 'ANOTHER database than'} the engine's` }
    }
    const plain = fresh('theirs')
    const psqls = runPlainly(plain, migrations)
    const words = `${total} migrations; the engine fails: ${firstLines(engine.problem, 3)}`
    if (psqls.problem) return { ok: true, line: `${words}\n      and so does psql: ${firstLines(psqls.problem, 2)}` }
    const same = dump(mine) === dump(plain)
    return { ok: same, line: `${words}\n      ${same ? 'the same database as' : 'ANOTHER database than'} psql's` }
}

const projects = readdirSync(options.projects).sort().filter((name) => name.includes(options.only) && existsSync(path.join(options.projects, name, 'migrations')))
let failures = 0
for (const name of projects) {
    const { ok, line } = await compare(name, path.join(options.projects, name, 'migrations'))
    failures += ok ? 0 : 1
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}: ${line}`)
}
for (const role of ['ours', 'theirs']) psql(server, '--command', `DROP DATABASE IF EXISTS cm_deploy_${process.pid}_${role} WITH (FORCE)`)
console.log(`${projects.length} projects, ${failures} failures`)
process.exit(failures === 0 && projects.length > 0 ? 0 : 1)
