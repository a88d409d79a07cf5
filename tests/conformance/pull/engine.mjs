// The reference engine's introspection, as a function.
import { loadSchemaEngine } from '../schema_engine.mjs'

const nothing = 'datasource db {\n  provider = "postgresql"\n}\n'

/** Gives `pull(url, [{path, content}] | undefined)` → { text } or { problem }; `home` holds the engine's node_modules. */
export async function loadIntrospection(home) {
    const withEngine = await loadSchemaEngine(home)
    return async function pull(url, files) {
        const question = {
            schema: { files: files ?? [{ path: 'schema.prisma', content: nothing }] },
            baseDirectoryPath: '/',
            force: files === undefined,
            compositeTypeDepth: 0,
            namespaces: null,
        }
        try {
            const result = await withEngine(url, undefined, (engine) => engine.introspect(question))
            return { text: result.schema.files.map((file) => file.content).join('\n') }
        } catch (problem) {
            return { problem: problem.message }
        }
    }
}
