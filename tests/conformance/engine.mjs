// The reference engine's verdict on a schema: accepted or not, where the first error stands, and the warnings.
import { createRequire } from 'node:module'
import path from 'node:path'

const load = (home) => createRequire(path.join(home, 'package.json'))('@prisma/prisma-schema-wasm')

/** `home` is the folder whose node_modules hold the engine. The answer on one text or on files [[name, text], …]. */
export function loadEngine(home) {
    const require = createRequire(path.join(home, 'package.json'))
    const name = '@prisma/prisma-schema-wasm'
    let engine = require(name)
    const ask = (question) => {
        try {
            return question(engine)
        } catch (problem) {
            if (!isPanic(problem)) return rejection(problem)
            // Nothing works any more in an engine that has failed; take a new one.
            delete require.cache[require.resolve(name)]
            engine = require(name)
            return { hasFailed: true }
        }
    }
    return (schema) => {
        const files = typeof schema === 'string' ? [['schema.prisma', schema]] : schema
        const prismaSchema = files.map(([file, text]) => [file, withoutUrls(text)])
        const verdict = ask((working) => {
            working.validate(JSON.stringify({ prismaSchema, noColor: true }))
            return { accepted: true }
        })
        return { ...verdict, warnings: () => warningsOf(ask, prismaSchema) }
    }
}

function isPanic(problem) {
    return problem instanceof WebAssembly.RuntimeError || problem instanceof TypeError
}

/** What it says about an accepted schema: file and line of each warning. */
function warningsOf(ask, files) {
    const found = ask((working) => JSON.parse(working.lint(JSON.stringify(files))))
    if (!Array.isArray(found)) return []
    const texts = new Map(files)
    return found
        .filter((finding) => finding.is_warning)
        .map(({ file_name: file, start, text }) => ({ file, line: lineAt(texts.get(file), start), message: text }))
}

function lineAt(text, byte) {
    return Buffer.from(text).subarray(0, byte).toString().split('\n').length
}

/** From pairs of name and text to the formatted texts; nothing if the engine fails. */
export function loadFormatter(home) {
    const engine = createRequire(path.join(home, 'package.json'))('@prisma/prisma-schema-wasm')
    const style = JSON.stringify({ textDocument: { uri: 'file:/schema.prisma' }, options: { tabSize: 2, insertSpaces: true } })
    return (files) => {
        try {
            const formatted = new Map(JSON.parse(engine.format(JSON.stringify(files), style)))
            return files.map(([name]) => formatted.get(name))
        } catch {
            return undefined
        }
    }
}

function rejection(problem) {
    let report = problem.message
    try {
        report = JSON.parse(report).message ?? report
    } catch {
        // not wrapped in JSON
    }
    const places = [...report.matchAll(/-->\s+([^\n]*):(\d+)\n/g)].map((match) => ({ file: match[1], line: Number(match[2]) }))
    const findings = report.split(/^error: /m).slice(1).map((text, i) => ({ ...places[i], message: text.split('\n  -->')[0].trim() }))
    return { accepted: false, findings }
}

/** Preview features of versions 5 and 6 that the engine has never heard of, or no longer; they change no database. */
export function withoutForeignFeatures(text) {
    return text.replace(/previewFeatures\s*=\s*\[[^\]]*\]/g, (property) => {
        const known = ['nativeDistinct', 'partialIndexes', 'postgresqlExtensions', 'relationJoins', 'strictUndefinedChecks', 'typedSql', 'views']
        const names = [...property.matchAll(/"(\w+)"/g)].map((match) => match[1]).filter((name) => known.includes(name))
        return `previewFeatures = [${names.map((name) => `"${name}"`).join(', ')}]`
    })
}

/** [{path, content}] as the engine takes it. */
export const filesForEngine = (files) => files.map(({ path, content }) => ({ path, content: withoutForeignFeatures(withoutUrls(content)) }))

/**
 * Version 7 has no addresses in the datasource, versions 5 and 6 have; we read both. The lines stay, so that
 * numbers remain comparable.
 */
export function withoutUrls(text) {
    return text.replace(/^([ \t]*datasource\s+\w+\s*\{)([^}]*\n[ \t]*)\}/gm, (_, head, body) => {
        const lines = body.split('\n')
        const kept = lines.map((line) => (/^\s*(url|directUrl|shadowDatabaseUrl)\s*=\s*("[^"]*"|env\("[^"]*"\))\s*(\/\/.*)?$/.test(line) ? '' : line))
        return `${head}${kept.join('\n')}}`
    })
}
