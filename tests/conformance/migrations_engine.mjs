// The reference engine as one that applies migrations, and what it says of a history.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { loadSchemaEngine, noFilters } from './schema_engine.mjs'

/** The folder as the engine wants it; folders without a script are left out, as we do. */
export function listOf(folder) {
    const names = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'migration.sql'))).sort()
    return {
        baseDir: path.resolve(folder),
        lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
        shadowDbInitScript: '',
        migrationDirectories: names.map((name) => ({
            path: name,
            migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: readFileSync(path.join(folder, name, 'migration.sql'), 'utf8') } },
        })),
    }
}

/** `home` is the folder whose node_modules hold the engine. */
export async function loadMigrationsEngine(home) {
    const withEngine = await loadSchemaEngine(path.resolve(home))
    return {
        /** {applied} or {problem}. */
        async deploy(url, folder) {
            try {
                const result = await withEngine(url, undefined, (engine) => engine.applyMigrations({ migrationsList: listOf(folder), filters: noFilters }))
                return { applied: result.appliedMigrationNames }
            } catch (problem) {
                return { problem: problem.message }
            }
        },
        diagnose: (url, folder) =>
            withEngine(url, undefined, (engine) =>
                engine.diagnoseMigrationHistory({ migrationsList: listOf(folder), optInToShadowDatabase: false, filters: noFilters })),
    }
}
