// The databases to pull from: sections of databases/*.sql, `-- # title` above each. A second line `-- differs: reason`
// says that our schema is meant to be another than the engine's; `-- engine: …` that the engine gives none;
// `-- schemas: a b` what the datasource lists.
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

export function readDatabases(folder) {
    return readdirSync(folder)
        .filter((name) => name.endsWith('.sql'))
        .sort()
        .flatMap((name) => sections(name.replace('.sql', ''), readFileSync(path.join(folder, name), 'utf8')))
}

function sections(topic, text) {
    return text
        .split(/^-- # /m)
        .slice(1)
        .map((section) => {
            const [title, ...lines] = section.split('\n')
            const remark = (word) => lines.find((line) => line.startsWith(`-- ${word}: `))?.slice(word.length + 5)
            return { name: `${topic}: ${title}`, sql: lines.join('\n'), differs: remark('differs'), engine: remark('engine'), schemas: remark('schemas') }
        })
}
