// The reference engine as a writer of SQL: what leads from one schema to another. It asks a server for its version
// and nothing else.
import { filesForEngine } from './engine.mjs'
import { listOf } from './migrations_engine.mjs'
import { loadSchemaEngine, noFilters } from './schema_engine.mjs'

/** `home` is the folder whose node_modules hold the engine; `url` names a database on any server. */
export async function loadScriptEngine(home, url) {
    const withEngine = await loadSchemaEngine(home)
    const asTarget = (side) => {
        if (side.migrations) return { tag: 'migrations', ...listOf(side.migrations) }
        return side.length === 0 ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: side }
    }

    /**
     * {script}, or {problem} where the engine refuses; a side is a list of {path, content}, the empty list is nothing;
     * `from` may be {migrations: FOLDER} as well.
     */
    return async function diff(from, to) {
        const [before, after] = [from, to].map((side) => (side.migrations ? side : filesForEngine(side)))
        const datamodels = (after.length > 0 ? after : before).map((file) => [file.path, file.content])
        const question = { from: asTarget(before), to: asTarget(after), script: true, exitCode: null, shadowDatabaseUrl: null, filters: noFilters }
        try {
            const result = await withEngine(url, datamodels, (engine) => engine.diff(question))
            return { script: result.stdout ?? '' }
        } catch (problem) {
            return { problem: problem.message }
        }
    }
}
