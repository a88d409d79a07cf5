// Changes that people make to a schema: to a field, an index, an enum, a relation, a model. What comes out may break a
// rule; whoever asks for edits checks.
import { Random } from './random.mjs'

const scalars = ['String', 'Int', 'BigInt', 'Float', 'Decimal', 'Boolean', 'DateTime', 'Json', 'Bytes']
const natives = {
    String: ['Text', 'VarChar(20)', 'VarChar(191)', 'Char(4)', 'Bit(8)', 'VarBit', 'Uuid', 'Xml', 'Inet'],
    Int: ['Integer', 'SmallInt', 'Oid'],
    BigInt: ['BigInt'],
    Float: ['DoublePrecision', 'Real'],
    Decimal: ['Decimal', 'Decimal(10, 2)', 'Decimal(12, 4)', 'Money'],
    DateTime: ['Timestamp', 'Timestamp(6)', 'Timestamptz(3)', 'Date', 'Time(0)', 'Timetz'],
    Json: ['Json', 'JsonB'],
}
const defaults = {
    String: ['"a"', '"b"', '"it\'s"', 'dbgenerated("gen_random_uuid()")', 'uuid()'],
    Int: ['0', '-1', '7', 'autoincrement()'],
    BigInt: ['0', '9007199254740993', 'autoincrement()'],
    Float: ['0', '1.5', '-2.25'],
    Decimal: ['0', '1.5'],
    Boolean: ['true', 'false'],
    DateTime: ['now()', '"2024-01-31T00:00:00Z"'],
    Json: ['"{}"', '"[1, 2]"'],
    Bytes: ['"aGVsbG8="'],
}
const field = /^(\s+)(\w+)(\s+)(String|Int|BigInt|Float|Decimal|Boolean|DateTime|Json|Bytes)(\?|\[\])?(?=\s|$)(.*)$/

const isField = (line) => field.test(line)
const isHead = (line) => /^(model|enum) \w+ \{/.test(line)
const lastLine = (lines, head) => lines.findIndex((line, i) => i > head && line.startsWith('}'))

/** Applies `change` to one of the lines that `wanted` accepts. */
function onOne(lines, random, wanted, change) {
    const places = lines.flatMap((line, i) => (wanted(line) ? [i] : []))
    if (places.length === 0) return
    const at = random.pick(places)
    const result = change(lines[at], at)
    if (result !== undefined) lines[at] = result
}

const withoutAttribute = (rest, name) => rest.replace(new RegExp(`\\s*@${name}(\\((?:[^()"]|"(?:[^"\\\\]|\\\\.)*"|\\([^()]*\\))*\\)|[\\w.]*(\\([^)]*\\))?)?`), '')

/** Adds a line to a block of that keyword. */
function addLine(lines, random, keyword, line) {
    onOne(lines, random, (text) => text.startsWith(`${keyword} `) && text.endsWith('{'), (_, head) => {
        const end = lastLine(lines, head)
        const text = line(lines.slice(head + 1, end))
        if (text) lines.splice(end, 0, `  ${text}`)
    })
}

const columnsOf = (block) => block.flatMap((line) => field.exec(line)?.[2] ?? [])

const edits = [
    function dropField(lines, random) {
        onOne(lines, random, isField, (_, at) => void lines.splice(at, 1))
    },
    function addField(lines, random) {
        const type = random.pick(scalars)
        const value = random.chance(0.5) ? ` @default(${random.pick(defaults[type])})` : ''
        addLine(lines, random, 'model', () => `n${random.below(1000)} ${type}${random.pick(['', '?', '[]'])}${value}`)
    },
    function changeType(lines, random) {
        onOne(lines, random, isField, (line) => line.replace(field, (_, indent, name, gap, type, arity, rest) =>
            `${indent}${name}${gap}${random.pick(scalars)}${arity ?? ''}${withoutAttribute(withoutAttribute(rest, 'db\\.'), 'default')}`))
    },
    function changeNativeType(lines, random) {
        onOne(lines, random, isField, (line) => line.replace(field, (_, indent, name, gap, type, arity, rest) =>
            `${indent}${name}${gap}${type}${arity ?? ''}${withoutAttribute(rest, 'db\\.')}${natives[type] ? ` @db.${random.pick(natives[type])}` : ''}`))
    },
    function changeArity(lines, random) {
        onOne(lines, random, isField, (line) => line.replace(field, (_, indent, name, gap, type, arity, rest) =>
            `${indent}${name}${gap}${type}${random.pick(['', '?', '?', '[]'])}${rest}`))
    },
    function changeDefault(lines, random) {
        onOne(lines, random, isField, (line) => line.replace(field, (_, indent, name, gap, type, arity, rest) =>
            `${indent}${name}${gap}${type}${arity ?? ''}${withoutAttribute(rest, 'default')}${random.chance(0.7) ? ` @default(${random.pick(defaults[type])})` : ''}`))
    },
    function toggleUnique(lines, random) {
        onOne(lines, random, isField, (line) => (/@unique/.test(line) ? withoutAttribute(line, 'unique') : `${line} @unique`))
    },
    function changeMap(lines, random) {
        onOne(lines, random, isField, (line) => (/ @map/.test(line) ? withoutAttribute(line, 'map') : `${line} @map("c${random.below(100)}")`))
    },
    function addIndex(lines, random) {
        addLine(lines, random, 'model', (block) => {
            const columns = columnsOf(block)
            if (columns.length === 0) return undefined
            const list = random.some(columns).slice(0, 3).map((name) => name + (random.chance(0.2) ? '(sort: Desc)' : ''))
            return `@@${random.pick(['index', 'index', 'unique'])}([${list.join(', ')}]${random.chance(0.3) ? `, map: "ix${random.below(9)}"` : ''})`
        })
    },
    function dropBlockAttribute(lines, random) {
        onOne(lines, random, (line) => /^\s+@@/.test(line), (_, at) => void lines.splice(at, 1))
    },
    function renameIndex(lines, random) {
        onOne(lines, random, (line) => /^\s+@@(index|unique|id)\(/.test(line), (line) =>
            `${line.replace(/, map: "\w+"/, '').replace(/\)$/, '')}, map: "renamed${random.below(9)}")`)
    },
    function changeKey(lines, random) {
        onOne(lines, random, (line) => /@id\b/.test(line) && isField(line), (line, at) => {
            const name = field.exec(line)?.[2]
            lines.splice(at + 1, 0, `  @@id([${name}]${random.chance(0.5) ? ', map: "key"' : ''})`)
            return withoutAttribute(line, 'id')
        })
    },
    function changeMapOfModel(lines, random) {
        addLine(lines, random, 'model', (block) => (block.some((line) => line.includes('@@map')) ? undefined : `@@map("t${random.below(99)}")`))
    },
    function changeRelation(lines, random) {
        onOne(lines, random, (line) => /fields: \[/.test(line), (line) => {
            const word = random.pick(['onDelete', 'onUpdate'])
            const rest = line.replace(new RegExp(`, ${word}: \\w+`), '')
            return rest.replace(/\](?=[^\]]*\)\s*$)/, `], ${word}: ${random.pick(['Cascade', 'Restrict', 'NoAction', 'SetNull'])}`)
        })
    },
    function dropRelation(lines, random) {
        onOne(lines, random, (line) => /@relation\("(\w+)"/.test(line), (line) => {
            const [, name] = /@relation\("(\w+)"/.exec(line)
            for (let i = lines.length; i-- > 0; ) if (lines[i].includes(`@relation("${name}"`)) lines.splice(i, 1)
        })
    },
    function addEnumValue(lines, random) {
        onOne(lines, random, (line) => line.startsWith('enum '), (line, at) => {
            lines.splice(random.between(at + 1, lastLine(lines, at)), 0, `  V${random.below(100)}`)
            return line
        })
    },
    function dropEnumValue(lines, random) {
        onOne(lines, random, (line) => line.startsWith('enum '), (line, at) => {
            const end = lastLine(lines, at)
            if (end - at > 2) lines.splice(random.between(at + 1, end - 1), 1)
            return lines[at]
        })
    },
    function useEnum(lines, random) {
        const names = lines.flatMap((line) => /^enum (\w+)/.exec(line)?.[1] ?? [])
        if (names.length === 0) return
        onOne(lines, random, isField, (line) => line.replace(field, (_, indent, name, gap, type, arity) =>
            `${indent}${name}${gap}${random.pick(names)}${arity ?? ''}${arity !== '[]' && random.chance(0.4) ? ' @default(ONE)' : ''}`))
    },
    function moveField(lines, random) {
        onOne(lines, random, isField, (_, at) => {
            const [line] = lines.splice(at, 1)
            lines.splice(at + (isHead(lines[at - 1] ?? '') ? 1 : -1), 0, line)
        })
    },
    function addModel(lines, random) {
        lines.push(`model New${random.below(1000)} {`, `  id Int @id${random.chance(0.5) ? ' @default(autoincrement())' : ''}`, `  a ${random.pick(scalars)}?`, '}')
    },
    function dropModel(lines, random) {
        onOne(lines, random, (line) => line.startsWith('model '), (line, at) => {
            const [, name] = /^model (\w+)/.exec(line)
            lines.splice(at, lastLine(lines, at) - at + 1)
            for (let i = lines.length; i-- > 0; ) if (new RegExp(`^\\s+\\w+\\s+${name}(\\?|\\[\\])?(\\s|$)`).test(lines[i])) lines.splice(i, 1)
        })
    },
]

/** Applies one to four of them. */
export function edit(text, random = new Random(1)) {
    const lines = text.split('\n')
    for (let count = random.pick([1, 1, 2, 3, 4]); count > 0; --count) random.pick(edits)(lines, random)
    return lines.join('\n')
}
