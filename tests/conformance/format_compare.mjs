// Compares what `cm-migrate format` and the reference engine make of generated files, byte for byte.
//   node format_compare.mjs --program CM_ANSWER --engine FOLDER [--files FILE.jsonl]
// CM_SEED and CM_COUNT choose what is generated; --files takes schemas from a file, a list of [name, text] a line.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { loadFormatter } from './engine.mjs'
import { explainLayout } from './known_layouts.mjs'
import { generateFiles } from './format_generate.mjs'
import { minimise } from './minimise.mjs'
import { openOurs } from './ours.mjs'

const { values: options } = parseArgs({
    options: { program: { type: 'string' }, engine: { type: 'string' }, files: { type: 'string' } },
})
const seed = Number(process.env.CM_SEED ?? 1)
const count = Number(process.env.CM_COUNT ?? 1000)
// In schemas that are wrong already the engine completes relations by rules of its own, here and there.
const mayDiffer = 0.002
const engine = loadFormatter(options.engine)
const ours = openOurs(options.program)

function* schemas() {
    if (options.files) {
        for (const line of readFileSync(options.files, 'utf8').split('\n').filter(Boolean)) yield JSON.parse(line)
        return
    }
    for (let number = 0; number < count; ++number) yield generateFiles(seed, number)
}

async function compare(files) {
    const theirs = engine(files)
    const { texts } = await ours.ask({ ask: 'format', files })
    const different = files.findIndex((_, i) => theirs && texts[i] !== theirs[i])
    if (different < 0) return { isSame: true }
    const known = explainLayout(files[different][1], theirs[different], texts[different])
    return { isSame: false, theirs: theirs[different], ours: texts[different], known }
}

/** The first line in which they differ, as one word for sorting. */
function sort({ theirs, ours: mine }) {
    const [a, b] = [theirs.split('\n'), mine.split('\n')]
    const at = a.findIndex((line, i) => line !== b[i])
    const form = (line) => (line ?? '(end)').replace(/[A-Za-z_]\w*/g, 'x').replace(/\s+/g, ' ').slice(0, 50)
    return `${form(a[at])} | ${form(b[at])}`
}

async function show(files, result) {
    let small = files.map(([name, text]) => [name, text])
    for (let i = 0; i < small.length; ++i) {
        const shorter = await minimise(small[i][1], async (text) => {
            const now = await compare(small.map((file, k) => (k === i ? [file[0], text] : file)))
            return !now.isSame && !now.known
        })
        small[i] = [small[i][0], shorter]
    }
    const now = await compare(small)
    for (const [name, text] of small) console.log(`\n--- ${name}\n${JSON.stringify(text)}\n${text}`)
    console.log(`--- engine\n${now.theirs}--- ours\n${now.ours}`)
}

const known = new Map()
const shown = new Map()
let total = 0
let different = 0
for (const files of schemas()) {
    ++total
    const result = await compare(files)
    if (result.isSame) continue
    if (result.known) {
        known.set(result.known, (known.get(result.known) ?? 0) + 1)
        continue
    }
    ++different
    const which = sort(result)
    shown.set(which, (shown.get(which) ?? 0) + 1)
    if (shown.get(which) === 1 && shown.size <= Number(process.env.CM_SHOWN ?? 10)) await show(files, result)
}
ours.close()
console.log(`\nseed ${seed}: ${total} schemas, formatted differently: ${different}`)
for (const [reason, times] of known) console.log(`known (${times}): ${reason}`)
if (process.env.CM_SORTS) for (const [which, times] of [...shown].sort((a, b) => b[1] - a[1])) console.log(`${times}\t${which}`)
process.exitCode = different <= total * mayDiffer ? 0 : 1
