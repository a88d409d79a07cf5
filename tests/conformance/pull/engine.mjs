// The reference engine's introspection, as a function.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** Gives `pull(url, schema | undefined)` → { text } or { problem }; `home` holds the engine's node_modules. */
export async function loadIntrospection(home) {
    // Where the engine reports a panic; without it, it falls over its own report.
    let panic = ''
    globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => (panic = message) }
    const require = createRequire(path.join(home, 'package.json'))
    const folder = path.join(home, 'node_modules/@prisma/schema-engine-wasm')
    const load = async () => {
        const bindings = await import(pathToFileURL(path.join(folder, 'schema_engine_bg.js')).href)
        const module = new WebAssembly.Module(readFileSync(path.join(folder, 'schema_engine_bg.wasm')))
        const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': bindings })
        bindings.__wbg_set_wasm(instance.exports)
        instance.exports.__wbindgen_start()
        return bindings
    }
    const bindings = await load()
    const { PrismaPg } = require('@prisma/adapter-pg')
    const { bindMigrationAwareSqlAdapterFactory } = require('@prisma/driver-adapter-utils')
    const { Pool } = require('pg')

    return async (url, schema) => {
        const pool = new Pool({ connectionString: url, max: 2 })
        pool.on('error', () => {})
        panic = ''
        try {
            const factory = new PrismaPg(pool, { schema: 'public' })
            factory.config ??= pool.options
            const adapter = bindMigrationAwareSqlAdapterFactory(factory)
            const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter)
            const content = schema ?? 'datasource db {\n  provider = "postgresql"\n}\n'
            const result = await engine.introspect({
                schema: { files: [{ path: 'schema.prisma', content }] },
                baseDirectoryPath: '/',
                force: schema === undefined,
                compositeTypeDepth: 0,
                namespaces: null,
            })
            return { text: result.schema.files.map((file) => file.content).join('\n') }
        } catch (problem) {
            return { problem: panic || problem.message || String(problem) }
        } finally {
            await pool.end().catch(() => {})
        }
    }
}
