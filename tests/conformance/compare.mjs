// Compares cm-migrate with the reference engine on generated schemas, valid and broken.
//   node compare.mjs --program CM_READ_SCHEMAS --engine FOLDER [--schemas FILE.jsonl]
// CM_SEED and CM_COUNT choose what is generated; --schemas takes schemas from a file, a JSON string a line.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { loadEngine } from './engine.mjs'
import { generate } from './generate.mjs'
import { explain } from './known_differences.mjs'
import { minimise } from './minimise.mjs'
import { mutate } from './mutate.mjs'
import { openOurs } from './ours.mjs'
import { Random } from './random.mjs'

const { values: options } = parseArgs({
    options: { program: { type: 'string' }, engine: { type: 'string' }, schemas: { type: 'string' } },
})
const seed = Number(process.env.CM_SEED ?? 1)
const count = Number(process.env.CM_COUNT ?? 1000)
// What issue and documentation promise; a difference in acceptance must be explained, lines may stray a little.
const sameLines = 0.98

const engine = loadEngine(options.engine)
const ours = openOurs(options.program)

function* schemas() {
    if (options.schemas) {
        for (const line of readFileSync(options.schemas, 'utf8').split('\n').filter(Boolean)) yield JSON.parse(line)
        return
    }
    for (let number = 0; number < count; ++number) {
        const text = generate(seed, number)
        const random = new Random(Math.imul(seed, 0x85ebca6b) + number)
        yield random.chance(0.5) ? text : mutate(text, random)
    }
}

async function compare(text) {
    const theirs = engine(text)
    const verdict = await ours.validate(text)
    const kind =
        theirs.accepted !== verdict.accepted ? 'verdict' : theirs.line !== verdict.line ? 'line' : undefined
    return { theirs, verdict, kind, known: kind && explain(theirs, verdict) }
}

const say = ({ accepted, line, code, message }) =>
    accepted ? 'accepts it' : `rejects line ${line}: ${code ? `${code} ` : ''}${message}`

/** Makes the difference small while both keep saying the same, and shows it. */
async function show(text, { theirs, verdict, kind }) {
    const small = await minimise(text, async (shorter) => {
        const now = await compare(shorter)
        return now.kind === kind && !now.known && now.theirs.message === theirs.message && now.verdict.code === verdict.code
    })
    const now = await compare(small)
    console.log(`\n--- ${kind}\nengine ${say(now.theirs)}\nours   ${say(now.verdict)}`)
    console.log(small.split('\n').map((line, i) => `${String(i + 1).padStart(4)} | ${line}`).join('\n'))
}

const totals = { schemas: 0, rejected: 0, verdict: 0, line: 0 }
const known = new Map()
const shown = new Map()
for (const text of schemas()) {
    ++totals.schemas
    const result = await compare(text)
    if (!result.theirs.accepted) ++totals.rejected
    if (!result.kind) continue
    if (result.known) {
        known.set(result.known.reason, (known.get(result.known.reason) ?? 0) + 1)
        continue
    }
    ++totals[result.kind]
    // One example of each sort: what is in quotes or back-ticks does not make another sort.
    const says = (result.theirs.message ?? '').replace(/["`'][^"`']*["`']/g, '…').replace(/\d+/g, '0')
    const sort = [result.kind, result.verdict.code ?? '', says].join(', ')
    shown.set(sort, (shown.get(sort) ?? 0) + 1)
    if (shown.get(sort) === 1 && shown.size <= Number(process.env.CM_SHOWN ?? 20)) await show(text, result)
}
ours.close()

console.log(`\nseed ${seed}: ${totals.schemas} schemas, of which the engine rejects ${totals.rejected}`)
console.log(`accepted by one only: ${totals.verdict}; first error on another line: ${totals.line}`)
for (const [reason, times] of known) console.log(`known (${times}): ${reason}`)
if (process.env.CM_SORTS) for (const [sort, times] of [...shown].sort((a, b) => b[1] - a[1])) console.log(`${times}\t${sort.slice(0, 200)}`)
const isGood = totals.verdict === 0 && totals.line <= totals.rejected * (1 - sameLines)
process.exitCode = isGood ? 0 : 1
