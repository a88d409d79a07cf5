// Deploys the migrations of real projects from nothing and compares what cm-migrate and the reference engine find then,
// on the server of CM_TEST_URL:
//   - `diff`: how the database differs from the project's schema, statement by statement;
//   - `pull` over nothing: the models; and over the project's schema, which stays as it is where the database has it.
//   node drift.mjs --program CM_MIGRATE --engine FOLDER --projects FOLDER [--only TEXT] [--server-lacks a,b]
//                  [--database NAME] [--verbose]
// `--projects` holds a folder for each project, and in it `migrations` and `schema`; the other options are those of
// deploy.mjs. --verbose prints every difference in full.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { filesForEngine } from './engine.mjs'
import { firstLines, openProjects, projectOptions, schemasIn, scriptsIn } from './projects.mjs'
import { loadIntrospection } from './pull/engine.mjs'
import { models, modelsOfEngine } from './pull/models.mjs'
import { loadScriptEngine } from './script_engine.mjs'
import { essentials } from './statements.mjs'

const { values: options } = parseArgs({ options: { ...projectOptions, verbose: { type: 'boolean', default: false } } })
const projects = openProjects(options)
const engineDiff = await loadScriptEngine(options.engine, projects.url)
const introspect = await loadIntrospection(options.engine)
const scratch = mkdtempSync(path.join(tmpdir(), 'cm-drift-'))
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))

/** What extensions have made, as `schema . name`. */
function extensionMembers() {
    const query = "SELECT format('%s . %s', relnamespace::regnamespace, relname) FROM pg_class JOIN pg_depend ON objid = pg_class.oid AND deptype = 'e'"
    return projects.psql('--no-align', '--tuples-only', '--command', query).stdout.split('\n').filter(Boolean)
}

/** Why a statement of the engine's is not among ours. */
function knownDifferences(members) {
    return [
        { reason: 'a join table of Prisma 5 or earlier stays as it is', test: (statement) => /^(ALTER TABLE .* ADD CONSTRAINT "\w+_AB_pkey" PRIMARY KEY|DROP INDEX .*"\w+_AB_unique")/.test(statement) },
        { reason: 'the extension is there', test: (statement) => statement.startsWith('CREATE EXTENSION') },
        { reason: 'an extension alone changes its tables', test: (statement) => members.some((name) => statement.replaceAll('"', '').includes(name)) },
    ]
}

/** Only what one has: "- statement" of the engine, "+ statement" of ours. */
function differences(theirs, ours) {
    const [expected, actual] = [new Set(theirs), new Set(ours)]
    return [...theirs.filter((line) => !actual.has(line)).map((line) => `- ${line}`), ...ours.filter((line) => !expected.has(line)).map((line) => `+ ${line}`)]
}

const inFull = (lines) => (options.verbose ? `\n      ${lines.join('\n      ')}` : '')

async function compareDiff(migrations, schema, members) {
    const ours = projects.run(scratch, 'diff', '--from-url', projects.url, '--to-schema', schema, '--script')
    if (ours.status !== 0) return { ok: false, line: `diff fails: ${firstLines(ours.stderr, 4)}` }
    const actual = essentials(ours.stdout)
    let isDifferent = actual.length > 0
    const theirs = await engineDiff({ migrations }, schemasIn(schema))
    if (theirs.problem) return { ok: true, isDifferent, line: `${actual.length} statements by ours, the engine's diff fails: ${firstLines(theirs.problem, 2)}` }
    const expected = essentials(theirs.script)
    isDifferent ||= expected.length > 0
    const found = differences(expected, actual)
    if (found.length === 0) return { ok: true, isDifferent, line: expected.length === 0 ? 'no difference' : `${expected.length} statements, the same` }
    const known = knownDifferences(members)
    const reasons = found.map((line) => (line.startsWith('- ') ? known.find(({ test }) => test(line.slice(2)))?.reason : undefined))
    return { ok: !reasons.includes(undefined), isDifferent, line: `${expected.length} statements by the engine, ${actual.length} by ours (${[...new Set(reasons)].map((reason) => reason ?? 'UNEXPLAINED').join('; ')})${inFull(found)}` }
}

/** Puts files into a folder of their own. */
function laidOut(files) {
    const folder = path.join(scratch, 'schema')
    rmSync(folder, { recursive: true, force: true })
    for (const { path: name, content } of files) {
        const file = path.join(folder, name)
        mkdirSync(path.dirname(file), { recursive: true })
        writeFileSync(file, content)
    }
    return folder
}

/** Models and enums, each a text. */
const blocks = (text) => text.split(/\n(?=\w)/).map((block) => block.trim())
const textOf = (files) => files.map(({ content }) => content).join('\n')

/** `head`: what is there before. */
async function comparePull(head, members) {
    const folder = laidOut(head)
    const ours = projects.run(scratch, 'pull', '--url', projects.url, '--schema', folder)
    if (ours.status !== 0) return { ok: false, line: `pull fails: ${firstLines(ours.stderr, 4)}` }
    const theirs = await introspect(projects.url, head)
    if (theirs.problem) return { ok: true, line: `the engine's pull fails: ${firstLines(theirs.problem, 2)}` }
    const expected = blocks(modelsOfEngine(theirs.text))
    const isUnused = (line) => members.some((name) => line.startsWith(`- model ${name.split(' . ')[1]} `))
    const all = differences(expected, blocks(models(textOf(schemasIn(folder)))))
    const found = all.filter((line) => !isUnused(line))
    const line = `pull: ${expected.length} models and enums, ${all.length === 0 ? 'the same' : found.length === 0 ? `but for ${all.length} of an extension the same` : `${found.length} of either differ${inFull(found)}`}`
    if (found.length === 0) return { ok: true, line }
    const isValid = projects.run(scratch, 'validate', '--schema', laidOut([{ path: 'schema.prisma', content: theirs.text }])).status === 0
    return { ok: !isValid, line: `${line}${isValid ? '' : ", and the engine's is not valid"}` }
}

/** A pull over a schema that the database has leaves it as it is. */
function pullOver(files, isDifferent) {
    const folder = laidOut(files)
    projects.run(scratch, 'format', '--schema', folder)
    const before = schemasIn(folder)
    const pull = projects.run(scratch, 'pull', '--url', projects.url, '--schema', folder)
    if (pull.status !== 0) return { ok: false, line: `pull over the schema fails: ${firstLines(pull.stderr, 4)}` }
    const changed = differences(textOf(before).split('\n'), textOf(schemasIn(folder)).split('\n'))
    const left = projects.run(scratch, 'diff', '--from-url', projects.url, '--to-schema', folder, '--script').stdout
    const count = essentials(left).length
    const ok = isDifferent || (count === 0 && changed.length === 0)
    return { ok, line: `pull over the schema: ${changed.length === 0 ? 'nothing changed' : `${changed.length} lines changed${inFull(changed)}`}${count === 0 ? '' : `, ${count} statements left${inFull(essentials(left))}`}` }
}

/** The start of a schema: its datasource, and what lets either pull all that it can. */
function headOf(files) {
    const datasource = textOf(files).match(/^datasource\s[^}]*\}/m)[0]
    return [{ path: 'schema.prisma', content: `generator client {\n  provider = "prisma-client-js"\n  previewFeatures = ["partialIndexes", "postgresqlExtensions", "views"]\n}\n\n${datasource}\n` }]
}

async function judge(name) {
    const migrations = projects.folderOf(name, 'migrations')
    const ours = projects.deploy(migrations)
    if (ours.problem) {
        const want = projects.wanted(ours.problem)
        return { ok: Boolean(want), line: want ? `the server lacks \`${want}\`` : firstLines(ours.problem, 6) }
    }
    projects.psql('--command', 'DROP TABLE _migrations') // the engine would take it for one of the project's tables
    const schema = projects.folderOf(name, 'schema')
    const files = schemasIn(schema)
    const members = extensionMembers()
    const pulled = await comparePull(headOf(filesForEngine(files)), members)
    const diff = await compareDiff(migrations, schema, members) // last, since the engine does not outlive its panics
    const results = [diff, pulled, pullOver(files, diff.isDifferent)]
    return { ok: results.every(({ ok }) => ok), line: `${scriptsIn(migrations).length} migrations; ${results.map(({ line }) => line).join('; ')}` }
}

await projects.judgeAll(judge)
