// Real projects and a database for their migrations, on the server of CM_TEST_URL.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { serverOfTests } from './databases.mjs'

/** What a comparison of projects is told on its command line. */
export const projectOptions = {
    program: { type: 'string' },
    engine: { type: 'string' },
    projects: { type: 'string', default: process.env.CM_PROJECTS },
    only: { type: 'string', default: '' },
    one: { type: 'string' },
    'server-lacks': { type: 'string', default: '' },
    database: { type: 'string', default: `cm_projects_${process.pid}` },
}

/** The schemas of a folder, below it too, as [{path, content}]. */
export function schemasIn(folder) {
    const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.prisma')).sort()
    return names.map((name) => ({ path: name, content: readFileSync(path.join(folder, name), 'utf8') }))
}

/** The scripts of a folder of migrations, in their order. */
export const scriptsIn = (folder) =>
    readdirSync(folder).sort().map((name) => path.join(folder, name, 'migration.sql')).filter((file) => existsSync(file))

export const firstLines = (text, count) => text.split('\n').filter(Boolean).slice(0, count).map((line) => line.slice(0, 160)).join('\n      ')

/** Ends the process where no projects were given; `options` as in projectOptions. */
export function openProjects(options) {
    if (!options.projects) {
        console.log('SKIPPED: no folder of projects was given (--projects, or CM_PROJECTS)')
        process.exit(77)
    }
    const server = serverOfTests()
    const lacking = options['server-lacks'].split(',').filter(Boolean)
    const program = path.resolve(options.program)
    const folderOf = (name, part) => path.resolve(options.projects, name, part)
    const names = readdirSync(options.projects).sort().filter((name) => name.includes(options.only) && existsSync(folderOf(name, 'migrations')))

    const url = Object.assign(new URL(server), { pathname: `/${options.database}` }).href
    const psql = (address, ...words) => spawnSync('psql', ['--quiet', '--no-psqlrc', '--set=ON_ERROR_STOP=1', address, ...words], { encoding: 'utf8' })
    const drop = () => psql(server, '--command', `DROP DATABASE IF EXISTS "${options.database}" WITH (FORCE)`)
    const startAgain = () => {
        drop()
        const made = psql(server, '--command', `CREATE DATABASE "${options.database}" TEMPLATE template0`)
        if (made.status !== 0) throw new Error(made.stderr)
    }
    const environment = { ...process.env, DATABASE_URL: url, NO_COLOR: '1' }
    return {
        names,
        url,
        folderOf,
        startAgain,
        psql: (...words) => psql(url, ...words),
        run: (folder, ...words) => spawnSync(program, words, { cwd: folder, encoding: 'utf8', env: environment, maxBuffer: 1 << 28 }),
        /** {applied, problem}: what `deploy` makes of the migrations in an empty database, seen from a folder like a project. */
        deploy(migrations) {
            startAgain()
            const project = mkdtempSync(path.join(tmpdir(), 'cm-deploy-'))
            mkdirSync(path.join(project, 'prisma'))
            symlinkSync(migrations, path.join(project, 'prisma/migrations'))
            const run = this.run(project, 'deploy')
            rmSync(project, { recursive: true })
            const applied = this.psql('--no-align', '--tuples-only', '--command', 'SELECT count(finished_at) FROM _migrations').stdout.trim()
            return { applied: Number(applied), problem: run.status === 0 ? undefined : run.stderr.trim() }
        },
        dump() {
            const words = ['--schema-only', '--no-owner', '--exclude-table=_migrations', '--exclude-table=_prisma_migrations', url]
            const text = execFileSync('pg_dump', words, { encoding: 'utf8', maxBuffer: 1 << 28 })
            return text.replace(/^\\(un)?restrict .*\n/gm, '') // against injected commands, another in each run
        },
        /** The extension whose want is the problem, if it is known that the server lacks it. */
        wanted: (problem) => lacking.find((extension) => problem.includes(`extension "${extension}" is not available`)),
        /**
         * Calls `judge(name)` → {ok, line} for each, prints, drops the database and ends the process. Each project has a
         * process of its own (`--one NAME`), since the engine does not outlive its own panics.
         */
        async judgeAll(judge) {
            if (options.one) {
                const { ok, line } = await judge(options.one)
                console.log(`${ok ? 'ok  ' : 'FAIL'} ${options.one}: ${line}`)
                process.exit(ok ? 0 : 1)
            }
            const judgeAlone = (name) => spawnSync(process.execPath, [...process.argv.slice(1), `--one=${name}`, `--database=${options.database}`], { stdio: 'inherit' })
            const failures = names.filter((name) => judgeAlone(name).status !== 0)
            drop()
            console.log(`${names.length} projects, ${failures.length} failures`)
            process.exit(failures.length === 0 && names.length > 0 ? 0 : 1)
        },
    }
}
