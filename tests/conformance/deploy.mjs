// Deploys the migrations of real projects from nothing and compares the database with what the reference engine's
// deploy makes; where the engine fails, with what psql makes of the same files. On the server of CM_TEST_URL.
//   node deploy.mjs --program CM_MIGRATE --engine FOLDER --projects FOLDER [--only TEXT] [--server-lacks a,b]
//                   [--database NAME]
// `--projects` holds a folder for each project, and in it `migrations`. Without it the test is skipped, and says so.
// --server-lacks: extensions that are known to be missing on this server; projects that fail for want of one are listed,
// and are no failure of the test. --database: what the database is called, for extensions that allow only one.
import { parseArgs } from 'node:util'
import { loadMigrationsEngine } from './migrations_engine.mjs'
import { firstLines, openProjects, projectOptions, scriptsIn } from './projects.mjs'

const { values: options } = parseArgs({ options: projectOptions })
const projects = openProjects(options)
const reference = await loadMigrationsEngine(options.engine)

function deployTheirs(migrations) {
    projects.startAgain()
    return reference.deploy(projects.url, migrations)
}

/** What psql makes of the same files, up to the first that it cannot. */
function runPlainly(migrations) {
    projects.startAgain()
    for (const file of scriptsIn(migrations)) {
        const run = projects.psql('--file', file)
        if (run.status !== 0) return { problem: run.stderr.trim() }
    }
    return {}
}

/** {ok, line}: one project's outcome in words. */
async function compare(name) {
    const migrations = projects.folderOf(name, 'migrations')
    const total = scriptsIn(migrations).length
    const ours = projects.deploy(migrations)
    if (ours.problem) {
        const want = projects.wanted(ours.problem)
        const engine = await deployTheirs(migrations)
        const words = `${ours.applied} of ${total} migrations applied, then:\n      ${firstLines(ours.problem, 6)}\n      the engine: ${firstLines(engine.problem ?? 'applies it', 3)}`
        return { ok: Boolean(want), line: want ? `the server lacks \`${want}\`: ${words}` : words }
    }
    if (ours.applied !== total) return { ok: false, line: `${ours.applied} of ${total} are recorded` }
    const mine = projects.dump()
    const engine = await deployTheirs(migrations)
    const words = engine.problem ? `${total} migrations; the engine fails: ${firstLines(engine.problem, 3)}` : `${total} migrations`
    const by = engine.problem ? 'psql' : 'the engine'
    if (engine.problem) {
        const psqls = runPlainly(migrations)
        if (psqls.problem) return { ok: true, line: `${words}\n      and so does psql: ${firstLines(psqls.problem, 2)}` }
    }
    const same = mine === projects.dump()
    return { ok: same, line: `${words}, ${same ? 'the same database as' : 'ANOTHER database than'} by ${by}` }
}

await projects.judgeAll(compare)
