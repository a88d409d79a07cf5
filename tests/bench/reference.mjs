// The reference engine as a process of its own, as people start it: validate, format, diff, deploy, dev, pull.
//   node reference.mjs HOME validate|format FILE
//   node reference.mjs HOME diff FROM TO
//   node reference.mjs HOME deploy FOLDER           the database is in BENCH_URL
//   node reference.mjs HOME draft FOLDER SCHEMA     replays the migrations and compares: the next one
//   node reference.mjs HOME pull
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { listOf } from '../conformance/migrations_engine.mjs'
import { loadSchemaEngine, noFilters as filters } from '../conformance/schema_engine.mjs'

const [home, command, ...operands] = process.argv.slice(2)
const require = createRequire(path.join(home, 'package.json'))
const read = (file) => [{ path: file, content: readFileSync(file, 'utf8') }]

function language() {
    return require('@prisma/prisma-schema-wasm')
}

async function withEngine(datamodels, use) {
    return (await loadSchemaEngine(home))(process.env.BENCH_URL, datamodels, use)
}

const commands = {
    validate: (file) => language().validate(JSON.stringify({ prismaSchema: read(file).map((f) => [f.path, f.content]), noColor: true })),
    format: (file) =>
        language().format(
            JSON.stringify(read(file).map((f) => [f.path, f.content])),
            JSON.stringify({ textDocument: { uri: 'file:/x' }, options: { tabSize: 2, insertSpaces: true } }),
        ),
    diff: (from, to) =>
        withEngine(read(to).map((f) => [f.path, f.content]), async (engine) => {
            const target = (file) => ({ tag: 'schemaDatamodel', files: read(file) })
            const result = await engine.diff({ from: target(from), to: target(to), script: true, exitCode: null, shadowDatabaseUrl: null, filters })
            return result.stdout
        }),
    draft: (folder, file) =>
        withEngine(read(file).map((f) => [f.path, f.content]), async (engine) => {
            const from = { tag: 'migrations', ...listOf(folder) }
            const to = { tag: 'schemaDatamodel', files: read(file) }
            return (await engine.diff({ from, to, script: true, exitCode: null, shadowDatabaseUrl: null, filters })).stdout
        }),
    pull: () =>
        withEngine(undefined, async (engine) => {
            const nothing = 'datasource db {\n  provider = "postgresql"\n}\n'
            const schema = { files: [{ path: 'schema.prisma', content: nothing }] }
            const result = await engine.introspect({ schema, baseDirectoryPath: '/', force: true, compositeTypeDepth: 0, namespaces: null })
            return result.schema.files.map((file) => file.content).join('\n')
        }),
    deploy: (folder) => withEngine(undefined, (engine) => engine.applyMigrations({ migrationsList: listOf(folder), filters })),
}

const output = await commands[command](...operands)
if (typeof output === 'string') process.stdout.write(output)
process.exit(0)
