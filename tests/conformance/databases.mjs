// Databases that a comparison makes and throws away, and what they look like.
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'

// Schemas use types and functions of these without naming them; where one is not installed it is not made.
const extensions = ['citext', 'pg_trgm', 'pgcrypto', 'uuid-ossp']

const withName = (url, name) => {
    const result = new URL(url)
    result.pathname = `/${name}`
    return result.href
}

/** The URL of the server that tests/run.sh starts; without one the comparison is skipped, and says so. */
export function serverOfTests() {
    if (process.env.CM_TEST_URL) return process.env.CM_TEST_URL
    console.log('SKIPPED: CM_TEST_URL names no server; tests/run.sh starts one')
    process.exit(77)
}

/** `home`: where node_modules hold the client; `binaries`: the folder of pg_dump. */
export function openServer(home, url, binaries) {
    const { Client } = createRequire(path.join(home, 'package.json'))('pg')
    const run = async (address, ...texts) => {
        const client = new Client({ connectionString: address })
        client.on('error', () => {})
        await client.connect()
        try {
            for (const text of texts) await client.query(text)
            return undefined
        } catch (problem) {
            return problem.message
        } finally {
            await client.end()
        }
    }
    let count = 0
    return {
        /** Makes a database, empty or like another, and gives its URL. */
        async create(template) {
            const name = `cm_pairs_${process.pid}_${++count}`
            const like = template ? ` TEMPLATE "${new URL(template).pathname.slice(1)}"` : ''
            const problem = await run(url, `CREATE DATABASE "${name}"${like}`)
            if (problem) throw new Error(problem)
            if (!template) for (const extension of extensions) await run(withName(url, name), `CREATE EXTENSION IF NOT EXISTS "${extension}"`)
            return withName(url, name)
        },
        drop: (address) => run(url, `DROP DATABASE IF EXISTS "${new URL(address).pathname.slice(1)}" WITH (FORCE)`),
        /** Runs a script in one transaction, as cm-migrate does; gives the server's words if it refuses. */
        apply: (address, script) => (/^\s*BEGIN\s*;/m.test(script) ? run(address, script) : run(address, 'BEGIN', script, 'COMMIT')),
        /** `pg_dump -s` with the columns of each table sorted, since PostgreSQL can only append. */
        dump(address) {
            const text = execFileSync(path.join(binaries, 'pg_dump'), ['--schema-only', '--no-owner', address], { encoding: 'utf8', maxBuffer: 1 << 28 })
            return withSortedColumns(text)
        },
    }
}

function withSortedColumns(dump) {
    const result = []
    let columns
    for (const line of dump.split('\n')) {
        if (/^\\(un)?restrict /.test(line)) continue // against injected commands, another in each run
        if (columns && line.startsWith(')')) {
            result.push(...columns.sort())
            columns = undefined
        }
        if (columns) columns.push(line.replace(/,$/, ''))
        else result.push(line)
        if (/^CREATE TABLE .*\($/.test(line)) columns = []
    }
    return result.join('\n')
}
