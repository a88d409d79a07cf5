// Runs the contestants of a measurement in turn, several times over, and keeps medians and ratios.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]

function run({ command, environment }, folder) {
    const [program, ...words] = command
    const start = process.hrtime.bigint()
    const result = spawnSync(program, words, {
        cwd: folder,
        env: { PATH: process.env.PATH, HOME: folder, NO_COLOR: '1', ...environment },
        stdio: ['ignore', 'ignore', 'pipe'],
        maxBuffer: 1 << 28,
    })
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6
    if (result.status !== 0) {
        throw new Error(`${command.join(' ').slice(0, 300)}: ${result.status ?? result.error} ${String(result.stderr).slice(0, 500)}`)
    }
    return milliseconds
}

/** A measurer for programs that run in `folder`; what it has found is in `results`. */
export function measurer({ folder, rounds, only }) {
    const results = []

    /**
     * A contestant: { command, environment, before }; `before` is not measured. `limits`: the most that cm-migrate may
     * take, as a share of another's time. Gives the medians.
     */
    function measure(name, contestants, limits = {}, turns = rounds) {
        if (!name.includes(only)) return undefined
        const times = {}
        const left = { ...contestants }
        for (let turn = 0; turn < turns; turn++) {
            for (const [who, contestant] of Object.entries(left)) {
                try {
                    contestant.before?.()
                    ;(times[who] ??= []).push(run(contestant, folder))
                } catch (problem) {
                    if (who.startsWith('cm-migrate')) throw problem
                    console.error(`left out: ${who} in "${name}": ${problem.message}`)
                    delete left[who]
                    delete times[who]
                }
            }
        }
        const medians = Object.fromEntries(Object.entries(times).map(([who, all]) => [who, median(all)]))
        results.push({ name, rounds: turns, medians, times, limits })
        for (const [who, milliseconds] of Object.entries(medians)) print(name, who, milliseconds, medians['cm-migrate'], limits[who])
        return medians
    }

    function print(name, who, milliseconds, ours, limit) {
        const share = ours / milliseconds
        const verdict = limit === undefined || Number.isNaN(share) ? '' : share <= limit ? `≤ ${limit.toFixed(3)} ✔` : `> ${limit.toFixed(3)} ✘`
        console.log(`${name.padEnd(34)} ${who.padEnd(14)} ${milliseconds.toFixed(1).padStart(9)} ms   ${share.toFixed(3).padStart(7)}  ${verdict}`)
    }

    /** The peak of memory of one run, in MB. */
    function memory(name, contestant, limit) {
        if (!name.includes(only) || !existsSync('/usr/bin/time')) return
        const file = path.join(folder, 'memory')
        contestant.before?.()
        run({ ...contestant, command: ['/usr/bin/time', '--format=%M', `--output=${file}`, ...contestant.command] }, folder)
        const megabytes = Number(readFileSync(file, 'utf8')) / 1024
        results.push({ name, megabytes, limit })
        console.log(`${name.padEnd(34)} ${'memory'.padEnd(14)} ${megabytes.toFixed(0).padStart(9)} MB   ${megabytes <= limit ? `≤ ${limit} ✔` : `> ${limit} ✘`}`)
    }

    return { measure, memory, results }
}
