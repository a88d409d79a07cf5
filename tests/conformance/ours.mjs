// cm-migrate's answers, from the program `cm_read_schemas` or `cm_answer`, which stays open: a line in, a line out.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export function openOurs(program) {
    const child = spawn(program, [], { stdio: ['pipe', 'pipe', 'inherit'] })
    const waiting = []
    let isClosing = false
    createInterface({ input: child.stdout }).on('line', (line) => waiting.shift().resolve(JSON.parse(line)))
    child.on('close', (code, signal) => {
        if (isClosing) return
        for (const { reject } of waiting) reject(new Error(`${program} has ended (${signal ?? code})`))
    })
    const ask = (question) =>
        new Promise((resolve, reject) => {
            waiting.push({ resolve, reject })
            child.stdin.write(`${JSON.stringify(question)}\n`)
        })
    return {
        ask,
        /** `schema`: a text, or files [[name, text], …]. */
        validate: ask,
        close: () => {
            isClosing = true
            child.stdin.end()
        },
    }
}
