// The reference engine as a writer of SQL: what leads from one schema to another. It asks a server for its version
// and nothing else.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { withoutForeignFeatures, withoutUrls } from './engine.mjs'

/** `home` is the folder whose node_modules hold the engine; `url` names a database on any server. */
export async function openScriptEngine(home, url) {
    const require = createRequire(path.join(home, 'package.json'))
    const folder = path.join(home, 'node_modules/@prisma/schema-engine-wasm')
    const bindings = await import(pathToFileURL(path.join(folder, 'schema_engine_bg.js')).href)
    const module = new WebAssembly.Module(readFileSync(path.join(folder, 'schema_engine_bg.wasm')))
    const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': bindings })
    bindings.__wbg_set_wasm(instance.exports)
    instance.exports.__wbindgen_start()
    const { PrismaPg } = require('@prisma/adapter-pg')
    const { bindMigrationAwareSqlAdapterFactory } = require('@prisma/driver-adapter-utils')
    const pool = new (require('pg').Pool)({ connectionString: url, max: 2 })
    pool.on('error', () => {})
    const factory = new PrismaPg(pool, { schema: 'public' })
    factory.config ??= pool.options
    const adapter = bindMigrationAwareSqlAdapterFactory(factory)
    const asTarget = (files) => (files.length === 0 ? { tag: 'empty' } : { tag: 'schemaDatamodel', files })

    return {
        /** {script}, or {problem} where the engine refuses; a schema is a list of {path, content}, the empty list is nothing. */
        async diff(from, to) {
            const [before, after] = [from, to].map((files) => files.map((file) => ({ path: file.path, content: withoutForeignFeatures(withoutUrls(file.content)) })))
            const datamodels = (after.length > 0 ? after : before).map((file) => [file.path, file.content])
            let engine
            try {
                engine = await bindings.SchemaEngine.new({ datamodels }, () => {}, adapter)
                const filters = { externalTables: [], externalEnums: [] }
                const result = await engine.diff({ from: asTarget(before), to: asTarget(after), script: true, exitCode: null, shadowDatabaseUrl: null, filters })
                return { script: result.stdout ?? '' }
            } catch (problem) {
                return { problem: problem?.message ?? String(problem) }
            } finally {
                engine?.free?.()
            }
        },
        close: () => pool.end(),
    }
}
