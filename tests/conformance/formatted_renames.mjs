// Both formatters, ours and the reference engine's, keep what is said about former names: with either the plan is the
// same as without.
//   node formatted_renames.mjs --program CM_MIGRATE --engine FOLDER
// CM_SEED and CM_COUNT choose the layouts.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { loadFormatter } from './engine.mjs'
import { Random } from './random.mjs'

const { values: options } = parseArgs({ options: { program: { type: 'string' }, engine: { type: 'string' } } })
const count = Number(process.env.CM_COUNT ?? 40)
const first = Number(process.env.CM_SEED ?? 1)
const formatted = loadFormatter(options.engine)
const folder = mkdtempSync(path.join(tmpdir(), 'cm-formatted-'))

const before = `datasource db {
  provider = "postgresql"
}

enum Role {
  USER
  ADMIN
}

model User {
  id   Int    @id @default(autoincrement())
  name String
  role Role   @default(USER)
  tags Tag[]

  @@index([name])
}

model Tag {
  id    Int    @id
  label String
  users User[]
}
`

/** The renamed schema in a layout of its own: blanks, blank lines, other comments, each comment in one of its places. */
function laidOut(dice) {
    const one = (...choices) => choices[dice.below(choices.length)]
    const gap = () => one(' ', '  ', '    ', '\t')
    const line = () => one('', '\n', '\n\n', '\n  // a word\n', '\n  /// a document\n')
    const said = (name) => one(`@renamed from ${name}`, `@renamed from=${name}`, `@renamed from "${name}", older`)
    const member = (text, name) => {
        const comment = `//${one('', ' ')}${said(name)}`
        return one(`${gap()}${text}${gap()}${comment}`, `${gap()}${comment}\n${gap()}${text}`)
    }
    const plain = (...parts) => gap() + parts.join(gap())
    const above = (name) => `${one('', '// a word\n', '/// a document\n')}// ${said(name)}\n`
    return [
        `datasource db {${gap()}\n${plain('provider', '=', '"postgresql"')}\n}${line()}`,
        `${above('Role')}enum Position {\n${member('MEMBER', 'USER')}${line()}\n${plain('ADMIN')}\n}\n${line()}`,
        `${above('User')}model Customer {\n${plain('id', 'Int', '@id', '@default(autoincrement())')}${line()}`,
        `${member('fullName String', 'name')}${line()}`,
        `${member('position Position @default(MEMBER)', 'role')}`,
        `${plain('tags', 'Tag[]')}${line()}\n${plain('@@index([fullName])')}\n}\n`,
        `model Tag {\n${plain('id', 'Int', '@id')}\n${member('text String', 'label')}\n${plain('customers', 'Customer[]')}\n}`,
        '',
    ].join('\n')
}

function plan(text, name) {
    const [from, to] = ['before.prisma', name].map((file) => path.join(folder, file))
    writeFileSync(from, before)
    writeFileSync(to, text)
    const how = { cwd: folder, encoding: 'utf8' }
    return execFileSync(options.program, ['diff', '--from-schema', from, '--to-schema', to, '--script'], how)
}

function oursOf(text) {
    const file = path.join(folder, 'ours.prisma')
    writeFileSync(file, text)
    execFileSync(options.program, ['format', '--schema', file], { cwd: folder, stdio: 'ignore' })
    return readFileSync(file, 'utf8')
}

let failures = 0
try {
    for (let seed = first; seed < first + count; ++seed) {
        const text = laidOut(new Random(seed))
        const [theirs] = formatted([['schema.prisma', text]]) ?? []
        const expected = plan(text, 'after.prisma')
        const isComplete = (expected.match(/ RENAME /g) ?? []).length >= 7 && !/DROP (COLUMN|TABLE|TYPE)/.test(expected)
        for (const [name, other] of Object.entries({ ours: oursOf(text), theirs })) {
            const found = other === undefined ? 'nothing was formatted' : plan(other, `${name}.prisma`)
            if (found === expected && isComplete) continue
            ++failures
            console.log(`seed ${seed}, ${name}:\n${text}\n--- formatted\n${other}\n--- expected\n${expected}\n--- found\n${found}`)
        }
    }
} finally {
    rmSync(folder, { recursive: true })
}
console.log(`${count} layouts, ${failures} differences`)
process.exit(failures > 0 ? 1 : 0)
