// Schemas for the formatter: those of the grammar, in every layout that people and programs leave behind, with
// relations that are not complete, in one file or several.
import { generate } from './generate.mjs'
import { mutate } from './mutate.mjs'
import { Random } from './random.mjs'

const comments = ['// a', '//b', '///c', '/// d  ', '//', '///', '//// e', '// ü "x" { [ (', '// @id', '/* f */', '/*g*/', '/* h\n  * i\n\n j */', '/**/', '/** k */', '/* l\n*/']
const names = ['Person', 'Category', 'user_post', 'APIKey', 'Api2Key', 'Quiz', 'X', 'blog', 'UserURL', 'Status', 'Data', 'Box_', 'Knife', 'Child']
const pieces = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|@@?[\w.]*|[A-Za-z_][\w-]*|-?\d+(?:\.\d+)?|\n|[ \t]+|[^\s]/g

/** Spaces, tabs and line ends between the pieces; comments at ends of lines, between lines and inside them. */
function disturb(text, random) {
    const strength = random.pick([0, 0.02, 0.1, 0.3])
    const chance = (factor = 1) => random.chance(strength * factor)
    const all = text.match(pieces)
    return all
        .map((piece, i) => {
            if (piece === '\n') {
                const comment = chance(0.5) ? `${random.pick([' ', '', '\t', '   '])}${random.pick(comments)}` : ''
                const lines = chance() ? random.pick(['\n', '\n\n', '  \n', '\n\t\n', `\n  ${random.pick(comments)}`, `\n${random.pick(comments)}`, `\n  ${random.pick(comments)}\n`]) : ''
                return `${comment}${chance(0.5) ? random.pick(['  ', '\t', ' ']) : ''}\n${lines}`
            }
            if (/^[ \t]+$/.test(piece)) {
                if (chance()) return random.pick(['  ', '\t', ' \t ', '      '])
                return all[i + 1] && /^[@=?[(]/.test(all[i + 1]) && chance() ? '' : piece
            }
            if (/^[\],():{}[=?@]/.test(piece)) {
                if (chance(0.3)) return random.pick([` ${piece}`, `${piece} `, `  ${piece}  `, `\t${piece}`])
                if (chance(0.06)) return random.pick([`\n${piece}`, `${piece}\n`, `${piece}\n    `, `\n  ${piece}\n`])
                if (chance(0.03)) return random.pick([`${piece}${random.pick(comments)}\n`, `${piece} /* x */`, `/* x */ ${piece}`])
                if (piece === ']' || piece === ')') return chance(0.1) ? `,${piece}` : piece
            }
            return piece
        })
        .join('')
}

/** Takes parts of relations away: the other side, the fields of the key, `fields` and `references`, all arguments. */
function unfinish(text, random) {
    const strength = random.pick([0, 0.15, 0.4])
    return text
        .split('\n')
        .flatMap((line) => {
            const isRelation = /@relation/.test(line)
            const isKeyField = /^\s*r\d+[xy] /.test(line)
            if (isKeyField && random.chance(strength * 0.7)) return []
            if (!isRelation || !random.chance(strength)) return [line]
            const kind = random.below(7)
            if (kind === 0) return []
            if (kind === 1) return [line.replace(/, fields: \[[^\]]*\]/, '')]
            if (kind === 2) return [line.replace(/, references: \[[^\]]*\]/, '')]
            if (kind === 3) return [line.replace(/, fields: \[[^\]]*\], references: \[[^\]]*\]/, '')]
            if (kind === 4) return [line.replace(/ @relation\([^)]*\)/, '')]
            if (kind === 5) return [line.replace(/@relation\("\w+", /, '@relation(')]
            return [line.replace(/@relation\("(\w+)"/, '@relation(name: "$1"')]
        })
        .join('\n')
}

/** Other names for the models: those of fields that are added follow from them. */
function rename(text, random) {
    return ['User', 'Post', 'Tag', 'Profile'].reduce(
        (renamed, model) => (random.chance(0.3) ? renamed.replace(new RegExp(`\\b${model}\\b`, 'g'), random.pick(names)) : renamed),
        text,
    )
}

function swapAttributes(text, random) {
    return text
        .split('\n')
        .map((line) => {
            const parts = line.match(/ @[\w.]+(\([^@]*\))?/g)
            if (!parts || parts.length < 2 || !random.chance(0.5)) return line
            return line.slice(0, line.indexOf(parts[0])) + parts.reverse().join('')
        })
        .join('\n')
}

function split(text, random) {
    if (random.chance(0.85)) return [['schema.prisma', text]]
    const files = ['schema.prisma', 'a.prisma', 'models/b.prisma'].map((name) => [name, ''])
    for (const block of text.split('\n\n')) random.pick(files)[1] += `${block}\n\n`
    return files
}

/** The files of this number in the sequence that the seed starts: pairs of name and text. */
export function generateFiles(seed, number) {
    const random = new Random(Math.imul(seed, 0x51ed270b) + number)
    let text = generate(seed, number)
    if (random.chance(0.5)) text = unfinish(rename(text, random), random)
    if (random.chance(0.3)) text = swapAttributes(text, random)
    if (random.chance(0.15)) text = mutate(text, random)
    text = disturb(text, random)
    if (random.chance(0.05)) text = text.replace(/\n/g, '\r\n')
    if (random.chance(0.1)) text = text.trimEnd()
    if (random.chance(0.02)) text = `\ufeff${text}`
    return split(text, random)
}
