// What is measured: schemas of any size that look like people's, and histories of migrations.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const head = `datasource db {
  provider = "postgresql"
}

generator client {
  provider = "prisma-client-js"
}

enum Status {
  DRAFT
  ACTIVE
  CLOSED
}
`

/** Ten fields, a key, an index, and a relation to the model before. `changed` alters one model in ten. */
function model(i, changed) {
    const extra = changed && i % 10 === 3 ? '  remark    String?\n' : ''
    const width = changed && i % 10 === 7 ? 200 : 120
    const before = i === 0 ? '' : `  parentId  Int?\n  parent    Model${i - 1}? @relation(fields: [parentId], references: [id])\n`
    return `
/// The records of sort ${i}.
model Model${i} {
  id        Int      @id @default(autoincrement())
  name      String   @db.VarChar(${width})
  email     String   @unique
  status    Status   @default(DRAFT)
  amount    Decimal  @default(0) @db.Decimal(10, 2)
  isActive  Boolean  @default(true)
  tags      String[]
  data      Json?
  createdAt DateTime @default(now())
  updatedAt DateTime @updatedAt
${before}${extra}  children  Model${i + 1}[]

  @@index([status, createdAt])
  @@map("model_${i}")
}
`
}

export function schema(count, changed = false) {
    let text = head
    for (let i = 0; i < count; i++) text += model(i, changed)
    return text.replace(`  children  Model${count}[]\n`, '')
}

export const migration = (i) =>
    `CREATE TABLE "t_${i}" (\n    "id" SERIAL NOT NULL,\n    "name" TEXT NOT NULL,\n\n    CONSTRAINT "t_${i}_pkey" PRIMARY KEY ("id")\n);\n\nCREATE INDEX "t_${i}_name_idx" ON "t_${i}"("name");\n`

const nameOf = (i) => `${String(20240101000000 + i)}_m${i}`

/** drizzle-kit's list of what is in its folder. */
function drizzleJournal(count) {
    const entries = Array.from({ length: count }, (_, i) => ({ idx: i, version: '7', when: 1700000000000 + i, tag: nameOf(i), breakpoints: true }))
    return JSON.stringify({ version: '7', dialect: 'postgresql', entries })
}

export function drizzleConfiguration(out, database, socket) {
    // node-postgres, which it stands on, takes a socket's folder for a host.
    return JSON.stringify({ dialect: 'postgresql', out, dbCredentials: { host: socket, user: 'postgres', database, ssl: false } })
}

/** A project: schema.prisma, prisma-style migrations/, the same for dbmate and drizzle-kit, and one script for psql. */
export function history(folder, count) {
    mkdirSync(path.join(folder, 'dbmate'), { recursive: true })
    mkdirSync(path.join(folder, 'drizzle/meta'), { recursive: true })
    writeFileSync(path.join(folder, 'drizzle/meta/_journal.json'), drizzleJournal(count))
    writeFileSync(path.join(folder, 'schema.prisma'), head)
    let all = ''
    for (let i = 0; i < count; i++) {
        const home = path.join(folder, 'migrations', nameOf(i))
        mkdirSync(home, { recursive: true })
        writeFileSync(path.join(home, 'migration.sql'), migration(i))
        writeFileSync(path.join(folder, 'dbmate', `${nameOf(i)}.sql`), `-- migrate:up\n${migration(i)}\n-- migrate:down\n`)
        writeFileSync(path.join(folder, 'drizzle', `${nameOf(i)}.sql`), migration(i).replace(');\n\n', ');\n--> statement-breakpoint\n'))
        all += `\\i ${path.join(home, 'migration.sql')}\n`
    }
    writeFileSync(path.join(folder, 'migrations', 'migration_lock.toml'), 'provider = "postgresql"\n')
    writeFileSync(path.join(folder, 'all.sql'), all)
    return folder
}

/**
 * A project of ten tables with `width` columns in all, which `count` migrations have made: the end is the same whatever
 * their number. changed.prisma asks for one field more.
 */
export function development(folder, count, width) {
    const tables = 10
    const columns = (table) => Array.from({ length: width / tables - 1 }, (_, i) => `c${i}_of_${table}`)
    const steps = []
    for (let table = 0; table < tables; table++) {
        steps.push(`CREATE TABLE "t_${table}" (\n    "id" SERIAL NOT NULL,\n    CONSTRAINT "t_${table}_pkey" PRIMARY KEY ("id")\n);\n`)
        for (const column of columns(table)) steps.push(`ALTER TABLE "t_${table}" ADD COLUMN "${column}" TEXT;\n`)
    }
    const each = Math.ceil(steps.length / count)
    for (let i = 0; i * each < steps.length; i++) {
        const home = path.join(folder, 'migrations', nameOf(i))
        mkdirSync(home, { recursive: true })
        writeFileSync(path.join(home, 'migration.sql'), steps.slice(i * each, (i + 1) * each).join(''))
    }
    writeFileSync(path.join(folder, 'migrations', 'migration_lock.toml'), 'provider = "postgresql"\n')
    const models = (more) =>
        Array.from({ length: tables }, (_, table) => {
            const fields = columns(table).map((column) => `  ${column} String?\n`)
            return `\nmodel t_${table} {\n  id Int @id @default(autoincrement())\n${fields.join('')}${table === 0 ? more : ''}}\n`
        }).join('')
    const datasource = 'datasource db {\n  provider = "postgresql"\n}\n'
    writeFileSync(path.join(folder, 'schema.prisma'), datasource + models(''))
    writeFileSync(path.join(folder, 'changed.prisma'), datasource + models('  remark String?\n'))
    return folder
}

/** SQL that makes 1,000 tables, 300 views, 500 functions and 500 triggers, or fewer of each in the same proportion. */
export function everyKind(tables) {
    const statements = []
    const some = (share, write) => {
        for (let i = 0; i < tables * share; i++) statements.push(write(i))
    }
    some(1, (i) => `CREATE TABLE t_${i} (id serial PRIMARY KEY, name text NOT NULL, amount numeric(10, 2) DEFAULT 0 CHECK (amount >= 0), made timestamptz DEFAULT now(), other integer)`)
    some(1, (i) => `CREATE INDEX ON t_${i} (lower(name))`)
    some(1, (i) => `ALTER TABLE t_${i} ADD FOREIGN KEY (other) REFERENCES t_${(i * 7) % Math.max(i, 1)} (id)`)
    some(0.5, (i) => `CREATE FUNCTION f_${i}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := NEW.name || ${i}; RETURN NEW; END $$`)
    some(0.5, (i) => `CREATE TRIGGER touch BEFORE UPDATE OF name ON t_${i} FOR EACH ROW EXECUTE FUNCTION f_${i}()`)
    some(0.3, (i) => `CREATE VIEW v_${i} AS SELECT a.id, a.name, sum(b.amount) AS total FROM t_${i} a JOIN t_${i + 1} b ON b.other = a.id GROUP BY a.id, a.name`)
    return `${statements.join(';\n')};\n`
}
