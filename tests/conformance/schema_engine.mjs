// Loads the reference engine of migrations, which is a WebAssembly module, and joins it to a server.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** What the engine is asked to leave alone: nothing. */
export const noFilters = { externalTables: [], externalEnums: [] }

/**
 * `home` is the folder whose node_modules hold the engine. The function that comes back opens it on the server of `url`
 * and gives it to `use`; `datamodels` is a list of [path, text], or undefined.
 * After a panic nothing works any more.
 */
export async function loadSchemaEngine(home) {
    const require = createRequire(path.join(home, 'package.json'))
    const folder = path.join(home, 'node_modules/@prisma/schema-engine-wasm')
    const bindings = await import(pathToFileURL(path.join(folder, 'schema_engine_bg.js')).href)
    const module = new WebAssembly.Module(readFileSync(path.join(folder, 'schema_engine_bg.wasm')))
    const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': bindings })
    bindings.__wbg_set_wasm(instance.exports)
    instance.exports.__wbindgen_start()
    const { PrismaPg } = require('@prisma/adapter-pg')
    const { bindMigrationAwareSqlAdapterFactory } = require('@prisma/driver-adapter-utils')
    const { Pool } = require('pg')
    const { parse } = require('pg-connection-string')

    // Where the engine reports a panic; without it, it falls over its own report.
    let panic = ''
    globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => (panic = message) }

    return async function withEngine(url, datamodels, use) {
        panic = ''
        // In parts: a whole address would have the last word on the database, that of the shadow database too.
        const pool = new Pool({ ...parse(url), max: 2 })
        // The server ends idle connections when a test drops its database.
        pool.on('error', () => {})
        let engine
        // A panic is thrown where nobody waits for it: the promise of the call would stay open, and the process end.
        let fell = false
        let fall
        const fallen = new Promise((_, reject) => {
            fall = (problem) => {
                fell = true
                reject(problem)
            }
        })
        fallen.catch(() => {})
        process.on('uncaughtException', fall)
        try {
            const factory = new PrismaPg(pool, { schema: 'public' })
            factory.config ??= pool.options
            engine = await bindings.SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(factory))
            return await Promise.race([use(engine), fallen])
        } catch (problem) {
            throw new Error(panic || problem?.message || String(problem))
        } finally {
            // What fell still holds a connection, which nobody will give back.
            const ended = pool.end().catch(() => {})
            if (!fell) {
                engine?.free?.()
                await ended
            }
            process.off('uncaughtException', fall)
        }
    }
}
