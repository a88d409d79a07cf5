// SQL scripts made comparable: statements as tokens, so that layout and comments do not count.
const tokens =
    /--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$|[eE]?'(?:[^']|'')*'|"(?:[^"]|"")*"|[A-Za-z_][\w$]*|\d+(?:\.\d+)?|\s+|[^]/g

/** The statements of a script, each as its tokens with one blank between. */
export function statements(script) {
    const found = []
    let words = []
    const end = () => {
        if (words.length > 0) found.push(words.join(' '))
        words = []
    }
    for (const { 0: token } of script.matchAll(tokens)) {
        if (token === ';') end()
        else if (!/^(\s|--|\/\*)/.test(token)) words.push(token)
    }
    end()
    return found
}

/**
 * The same without what cm-migrate leaves out on purpose: a migration is one transaction as it is, and the schema
 * `public` is there.
 */
export function essentials(script) {
    return statements(script).filter((text) => !/^(BEGIN|COMMIT|CREATE SCHEMA IF NOT EXISTS "public")$/.test(text))
}

/** The first statement that is not the same: [engine's, ours]; undefined if there is none. */
export function firstDifference(theirs, ours) {
    for (let i = 0; i < Math.max(theirs.length, ours.length); ++i) {
        if (theirs[i] !== ours[i]) return [theirs[i] ?? '(nothing)', ours[i] ?? '(nothing)']
    }
    return undefined
}
