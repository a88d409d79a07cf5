// Where the schemas come from that are compared.
import { readFileSync } from 'node:fs'
import { generate } from './generate.mjs'
import { mutate } from './mutate.mjs'
import { Random } from './random.mjs'
import { assemble, parts } from './rules.mjs'

/** Made from the grammar, every other one damaged. */
export function* generated(seed, count) {
    for (let number = 0; number < count; ++number) {
        const text = generate(seed, number)
        const random = new Random(Math.imul(seed, 0x85ebca6b) + number)
        yield random.chance(0.5) ? text : mutate(text, random)
    }
}

/** Each rule alone. */
export function* rules() {
    for (const part of parts) yield assemble([part])
}

/** Two or three rules in one schema: which of the mistakes comes first? */
export function* combined(seed, count) {
    const random = new Random(Math.imul(seed, 0xc2b2ae35))
    for (let number = 0; number < count; ++number) {
        yield assemble(Array.from({ length: random.pick([2, 2, 3]) }, () => random.pick(parts)))
    }
}

/** Generated schemas, each in some files: the blocks are dealt out. */
export function* inFiles(seed, count) {
    let number = 0
    for (const text of generated(seed ^ 0x5bd1e995, count)) {
        const random = new Random(Math.imul(seed, 0x27d4eb2f) + number++)
        const names = ['base.prisma', 'models/a.prisma', 'models/b.prisma'].slice(0, random.between(2, 3))
        const texts = names.map(() => '')
        for (const block of text.split(/\n\n(?=\S)/)) texts[random.below(names.length)] += `${block}\n\n`
        yield names.map((name, i) => [name, texts[i]])
    }
}

/** From a file: a JSON string or array of files a line. */
export function* listed(file) {
    for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) yield JSON.parse(line)
}
