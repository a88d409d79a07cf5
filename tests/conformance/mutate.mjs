// Small damage to a schema, of the kinds that people do while they edit.
const words = /"(?:[^"\\\n]|\\.)*"|[A-Za-z_][\w-]*|-?\d+(?:\.\d+)?|@@|\/\/[^\n]*|[^\s]|\n/g

function tokens(text) {
    return [...text.matchAll(words)].map((match) => ({ text: match[0], at: match.index }))
}

function replace(text, token, by) {
    return text.slice(0, token.at) + by + text.slice(token.at + token.text.length)
}

function onLines(text, change) {
    const lines = text.split('\n')
    change(lines)
    return lines.join('\n')
}

const types = ['String', 'Int', 'BigInt', 'Float', 'Decimal', 'Boolean', 'DateTime', 'Json', 'Bytes']
const attributes = ['id', 'unique', 'default', 'map', 'relation', 'ignore', 'updatedAt', 'index', 'schema', 'nope']

const mutations = [
    function dropToken(text, random) {
        return replace(text, random.pick(tokens(text)), '')
    },
    function doubleToken(text, random) {
        const token = random.pick(tokens(text))
        return replace(text, token, `${token.text} ${token.text}`)
    },
    function swapTokens(text, random) {
        const all = tokens(text)
        const first = random.below(all.length - 1)
        const [a, b] = [all[first], all[first + 1]]
        return text.slice(0, a.at) + b.text + text.slice(a.at + a.text.length, b.at) + a.text + text.slice(b.at + b.text.length)
    },
    function swapAttribute(text, random) {
        const all = tokens(text)
        const names = all.filter((token, i) => /^@@?$/.test(all[i - 1]?.text ?? ''))
        return names.length === 0 ? text : replace(text, random.pick(names), random.pick(attributes))
    },
    function renameWord(text, random) {
        const names = tokens(text).filter((token) => /^[A-Za-z]/.test(token.text))
        const token = random.pick(names)
        return replace(text, token, random.chance(0.5) ? `${token.text}x` : random.pick(names).text)
    },
    function changeType(text, random) {
        const found = tokens(text).filter((token) => types.includes(token.text))
        return found.length === 0 ? text : replace(text, random.pick(found), random.pick(types))
    },
    function changeArity(text, random) {
        return onLines(text, (lines) => {
            const at = random.below(lines.length)
            lines[at] = lines[at].replace(/^(\s+\w+\s+\w+)(\?|\[\])?/, (_, head) => head + random.pick(['', '?', '[]']))
        })
    },
    function doubleLine(text, random) {
        return onLines(text, (lines) => {
            const at = random.below(lines.length)
            lines.splice(at, 0, lines[at])
        })
    },
    function dropLine(text, random) {
        return onLines(text, (lines) => lines.splice(random.below(lines.length), 1))
    },
    function moveLine(text, random) {
        return onLines(text, (lines) => {
            const [line] = lines.splice(random.below(lines.length), 1)
            lines.splice(random.below(lines.length), 0, line)
        })
    },
    function insertCharacter(text, random) {
        const at = random.below(text.length)
        return text.slice(0, at) + random.pick([...'@(){}[],.:?!"=-_/\\ \n\t1aé;\'&', '//', '/*', '*/', '\r\n', '///']) + text.slice(at)
    },
    function changeNumber(text, random) {
        const numbers = tokens(text).filter((token) => /^-?\d/.test(token.text))
        return numbers.length === 0 ? text : replace(text, random.pick(numbers), random.pick(['0', '-1', '1.5', '99999999999', '3', '"1"', 'a']))
    },
]

/** Applies one to three of them. */
export function mutate(text, random) {
    let result = text
    for (let count = random.pick([1, 1, 1, 2, 3]); count > 0 && result.trim() !== ''; --count) {
        result = random.pick(mutations)(result, random)
    }
    return result
}
