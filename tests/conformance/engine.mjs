// The reference engine's verdict on a schema: accepted or not, and the line of the first error.
import { createRequire } from 'node:module'
import path from 'node:path'

const load = (home) => createRequire(path.join(home, 'package.json'))('@prisma/prisma-schema-wasm')

/** `home` is the folder whose node_modules hold the engine. */
export function loadEngine(home) {
    const engine = load(home)
    return (text) => {
        const schema = withoutUrls(text)
        try {
            engine.validate(JSON.stringify({ prismaSchema: [['schema.prisma', schema]], noColor: true }))
            return { accepted: true }
        } catch (problem) {
            return rejection(problem)
        }
    }
}

/** From pairs of name and text to the formatted texts; nothing if the engine fails. */
export function loadFormatter(home) {
    const engine = load(home)
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
    const lines = [...report.matchAll(/-->\s+schema\.prisma:(\d+)/g)].map((match) => Number(match[1]))
    const first = lines.length > 0 ? Math.min(...lines) : 0
    const finding = report.split(/^error: /m).find((part) => part.includes(`schema.prisma:${first}\n`))
    return { accepted: false, line: first, message: (finding ?? report).split('\n  -->')[0].trim() }
}

/**
 * Version 7 has no addresses in the datasource, versions 5 and 6 have; we read both. The lines stay, so that
 * numbers remain comparable.
 */
export function withoutUrls(text) {
    return text.replace(/^([ \t]*datasource\s+\w+\s*\{)([^}]*)\}/gm, (_, head, body) => {
        const lines = body.split('\n')
        const kept = lines.map((line) => (/^\s*(url|directUrl|shadowDatabaseUrl)\s*=\s*("[^"]*"|env\("[^"]*"\))\s*(\/\/.*)?$/.test(line) ? '' : line))
        return `${head}${kept.join('\n')}}`
    })
}
