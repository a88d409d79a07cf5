// Chance that can be repeated: everything follows from the seed.
export class Random {
    #state

    constructor(seed) {
        this.#state = seed >>> 0
    }

    /** From 0 to 1, without 1 (the generator known as mulberry32). */
    fraction() {
        this.#state = (this.#state + 0x6d2b79f5) >>> 0
        let mixed = this.#state
        mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
    }

    /** A whole number from 0 to limit - 1. */
    below(limit) {
        return Math.floor(this.fraction() * limit)
    }

    between(first, last) {
        return first + this.below(last - first + 1)
    }

    chance(probability) {
        return this.fraction() < probability
    }

    pick(list) {
        return list[this.below(list.length)]
    }

    /** The list in another order. */
    shuffled(list) {
        const result = [...list]
        for (let i = result.length - 1; i > 0; --i) {
            const j = this.below(i + 1)
            ;[result[i], result[j]] = [result[j], result[i]]
        }
        return result
    }

    /** Some of the list, in its order, at least `minimum`. */
    some(list, minimum = 1) {
        const chosen = list.filter(() => this.chance(0.4))
        return chosen.length >= minimum ? chosen : list.slice(0, minimum)
    }
}
