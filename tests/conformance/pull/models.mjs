// Pulled schemas made comparable: layout, documentation and what the engine gets wrong do not count.

/** The engine gives a list of a type that it does not know the name of PostgreSQL's own list type, and makes a list of that. */
const plainTypes = (text) => text.replace(/Unsupported\("_(\w+)"\)\[\]/g, 'Unsupported("$1")[]')

/** The engine leaves out a unique index beside another on the same column, which its next migration would drop. */
function withoutHidden(text) {
    return text.replace(/^model [^}]*/gm, (model) => {
        const isUnique = (field) => new RegExp(`^ +${field} .*@(unique|id)\\b`, 'm').test(model)
        return model.replace(/\n*^ +@@unique\(\[(\w+)(?:\([^)]*\))?\].*$/gm, (line, field) => (isUnique(field) ? '' : line))
    })
}

/** What is compared: documentation and the blocks that are no models aside. */
export function models(text) {
    const lines = text.split('\n').filter((line) => !/^\s*(\/\/\/.*)?$/.test(line))
    const bare = lines.map((line) => line.replace(/(\S) +/g, '$1 ')).join('\n')
    return withoutHidden(bare).replace(/^(generator|datasource) [^}]*\}\n*/gm, '').trim()
}

/** The same for what the engine pulled. */
export const modelsOfEngine = (text) => models(plainTypes(text))
