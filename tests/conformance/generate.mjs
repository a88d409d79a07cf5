// Schemas from the grammar: mostly valid, now and then with something that a rule forbids.
import { Random } from './random.mjs'

const scalars = ['String', 'Int', 'BigInt', 'Float', 'Decimal', 'Boolean', 'DateTime', 'Json', 'Bytes']
const natives = {
    String: ['Text', 'VarChar', 'Char', 'Bit', 'VarChar(191)', 'Char(4)', 'Bit(8)', 'VarBit', 'Uuid', 'Xml', 'Inet', 'Citext'],
    Int: ['Integer', 'SmallInt', 'Oid'],
    BigInt: ['BigInt'],
    Float: ['DoublePrecision', 'Real'],
    Decimal: ['Decimal', 'Decimal(10, 2)', 'Money'],
    Boolean: ['Boolean'],
    DateTime: ['Timestamp', 'Timestamp(6)', 'Timestamptz(3)', 'Date', 'Time(0)', 'Timetz'],
    Json: ['Json', 'JsonB'],
    Bytes: ['ByteA'],
}
const oddNatives = [
    'VarChar(5, 5)', 'VarBit(-1)', 'Decimal(10)', 'Decimal(2, 3)', 'Money(1)', 'Timetz(9)', 'Real(1)', 'Inet(1)', 'JsonB()', 'LongText', 'NVarChar(5)', 'DateTime2', 'VarChar(99999999999)', 'Char(x)', 'Json', 'ByteA', 'Oid',
    'VarChar(0)', 'VarChar(-1)', 'VarChar("5")', 'VarChar(1, 2)', 'VarChar(10485761)', 'Char(0)', 'Bit(0)', 'Bit', 'VarBit(0)',
    'Decimal(0, 0)', 'Decimal(5)', 'Decimal(5, 6)', 'Decimal(1000, 2)', 'Decimal(1001, 2)', 'Timestamp(7)', 'Timestamptz(-1)',
    'Time(6)', 'Uuid(1)', 'Text(5)', 'TinyInt', 'ObjectId', 'text', 'Varchar(5)', 'Integer()', 'Date(1)',
]
const defaults = {
    String: ['"a"', '""', '"ü\\n\\"x\\""', 'uuid()', 'uuid(4)', 'uuid(7)', 'cuid()', 'cuid(2)', 'ulid()', 'nanoid()', 'nanoid(12)', 'dbgenerated("x()")'],
    Int: ['0', '-1', '2147483647', 'autoincrement()', 'dbgenerated()'],
    BigInt: ['0', '9223372036854775807', 'autoincrement()'],
    Float: ['0', '1.5', '-2.25'],
    Decimal: ['0', '1.5', '"1.5"'],
    Boolean: ['true', 'false'],
    DateTime: ['now()', '"2024-01-31T00:00:00Z"', '"2024-01-31T00:00:00.5+01:00"'],
    Json: ['"{}"', '"[1, 2]"', '"null"', '"\\"a\\""'],
    Bytes: ['"aGVsbG8="', '""'],
}
const oddDefaults = [
    '1', '"1"', 'true', 'now()', 'uuid(5)', 'uuid("4")', 'cuid(3)', 'nanoid(1)', 'nanoid(256)', 'nanoid(255)', 'ulid(1)', 'now(1)',
    'autoincrement(1)', 'auto()', 'sequence()', 'dbgenerated("")', 'dbgenerated(1)', 'dbgenerated("a", "b")', 'foo()', 'UUID()',
    '9223372036854775808', '2147483648', '1.', '1e5', '.5', '01', '"2024-01-31"', '"{"', '"???"', 'ONE', '[]', '[1]', '["a", "b"]', 'value: 1',
    '1, map: "d"', 'map: "d"', '"a" "b"', 'null', 'uuid(4, 7)', 'env("X")', '"x", "y"', '{a: 1}', 'True',
]
const unsupported = ['Unsupported("circle")', 'Unsupported("tsvector")', 'Unsupported("geometry(Point, 4326)")']
const conditions = {
    String: ['"x"', 'null', '{ not: "x" }', '{ not: null }'], Int: ['1', '-5', 'null', '{ not: 0 }'], BigInt: ['1', '{ not: null }'], Float: ['1.5', 'null'], Decimal: ['1.5', '{ not: 1 }'],
    Boolean: ['true', 'false', '{ not: true }', 'null'], DateTime: ['"2024-01-01T00:00:00Z"', 'null', '{ not: null }'], Json: ['null', '{ not: null }'], Bytes: ['null', '{ not: null }'],
}
const oddConditions = ['1', '"x"', 'true', 'ONE', '{ gt: 1 }', '{ not: [1] }', '{}', 'now()', '[1]', '{ not: { not: 1 } }', '-1.5']
const comments = ['// a comment', '/// documentation', '/* block */', '// @id "x" {', '/// } text', '', '/* over\n   two lines */']
const actions = ['Cascade', 'Restrict', 'NoAction', 'SetNull', 'SetDefault']
const operatorClasses = ['JsonbOps', 'JsonbPathOps', 'ArrayOps', 'InetOps', 'TextOps', 'Int4MinMaxOps', 'raw("gin_trgm_ops")', 'Int4BloomOps', 'raw("")', 'FooOps', '"x"']
const fieldNames = ['a', 'b', 'name', 'email', 'createdAt', 'user_id', 'x1', 'role', 'amount', 'data', 'type', 'model', 'enum', 'view']
const modelNames = ['User', 'Post', 'Tag', 'Profile', 'Item', 'order', 'Category']

class Generator {
    constructor(random) {
        this.random = random
        this.odd = random.chance(0.5) ? 0 : random.pick([0.01, 0.03, 0.1])
    }

    oddly() {
        return this.odd > 0 && this.random.chance(this.odd)
    }

    schema() {
        const { random } = this
        this.models = modelNames.slice(0, random.between(1, 4)).map((name) => ({ name, fields: [], lines: [] }))
        this.enums = ['Role', 'Status'].slice(0, random.below(3))
        this.multipleSchemas = random.chance(0.08)
        this.hasViews = random.chance(0.1)
        this.hasExtensions = random.chance(0.06)
        this.hasConditions = random.chance(0.15)
        this.features = [...(this.hasViews ? ['views'] : []), ...(this.hasExtensions ? ['postgresqlExtensions'] : []), ...(this.hasConditions ? ['partialIndexes'] : [])]
        if (this.oddly()) this.features = []
        if (this.oddly()) this.models[0].name = random.pick(['String', 'class', 'PrismaClient', 'Post', 'model', 'Role', '_A', 'A-B', '1A', 'async', 'Ä', 'Unsupported', 'Int'])
        for (const model of this.models) this.scalarFields(model)
        for (let count = random.below(4); count > 0; --count) this.relation()
        for (const model of this.models) this.blockAttributes(model)
        const blocks = [this.datasource(), ...(this.features.length > 0 || random.chance(0.4) ? [this.generator()] : [])]
        for (const name of this.enums) blocks.push(this.enumBlock(name))
        for (const model of this.models) blocks.push(this.modelBlock(model))
        if (this.hasViews) blocks.push(this.viewBlock())
        if (random.chance(0.03)) blocks.push(this.generator('other'))
        if (random.chance(0.15)) blocks.splice(random.below(blocks.length), 0, random.pick(comments))
        if (this.oddly()) blocks.push(random.pick(['type Address {\n  street String\n}', 'view V {\n  id Int @unique\n}', 'foo X {\n}', 'enum Empty {\n}', 'model Lonely {\n}', 'datasource d2 {\n  provider = "postgresql"\n}', 'type Id = Int @id', 'junk', '@@map("x")', '}', 'model', 'generator g {\n}']))
        return blocks.join('\n\n') + '\n'
    }

    datasource() {
        const { random } = this
        const lines = [`provider = "${this.oddly() ? random.pick(['postgres', 'foo', '']) : 'postgresql'}"`]
        if (random.chance(0.3)) lines.push('url = env("DATABASE_URL")')
        if (random.chance(0.1)) lines.push(`relationMode = "${this.oddly() ? 'foo' : random.pick(['prisma', 'foreignKeys'])}"`)
        if (this.multipleSchemas) lines.push('schemas = ["public", "audit"]')
        if (this.hasExtensions) lines.push(random.pick(['extensions = [citext]', 'extensions = [pg_trgm(schema: "public", version: "1.0"), uuid_ossp(map: "uuid-ossp")]', 'extensions = [postgis(version: "3.0"), hstore(schema: "public")]']))
        if (this.oddly()) lines.push(random.pick(['schemas = []', 'schemas = "public"', 'extensions = [citext]', 'extensions = [pg_trgm(schema: "public", version: "1.0", map: "pg_trgm")]', 'extensions = ["citext"]', 'extensions = [citext(foo: "a")]', 'foo = "bar"', 'provider = "postgresql"', 'url = 5', 'schemas = ["public", "public"]', 'relationMode = prisma', 'extensions = []', 'extensions = citext', 'schemas = [1]', 'extensions = [a(version: 1)]']))
        return `datasource db {\n  ${lines.join('\n  ')}\n}`
    }

    generator(name = 'client') {
        const { random } = this
        const features = this.oddly() ? ['foo', 'views', 'metrics', 'fullTextIndex', 'multiSchema', 'partialIndexes'] : ['views', 'postgresqlExtensions', 'relationJoins']
        const lines = ['provider = "prisma-client-js"']
        const asked = [...(random.chance(0.5) ? random.some(features) : []), ...(name === 'client' ? this.features : [])]
        if (asked.length > 0 || this.oddly()) lines.push(`previewFeatures = [${[...new Set(asked)].map((feature) => `"${feature}"`).join(', ')}]`)
        if (random.chance(0.2)) lines.push('output = "../client"')
        if (this.oddly()) lines.push(random.pick(['binaryTargets = ["native"]', 'foo = "bar"', 'foo = 1', 'foo = [1, 2]', 'foo = bar', 'previewFeatures = "views"', 'engineType = "library"', 'foo = env("X")', 'provider = "x"', 'previewFeatures = []', 'foo = true', 'foo = { a: 1 }', 'foo =']))
        return `generator ${name} {\n  ${lines.join('\n  ')}\n}`
    }

    enumBlock(name) {
        const { random } = this
        const lines = ['ONE', 'TWO', 'three'].slice(0, random.between(1, 3)).map((value) => value + (random.chance(0.15) ? ` @map("${value.toLowerCase()}")` : ''))
        if (this.oddly()) lines.push(random.pick(['ONE', '@@map("x")', '@@index([a])', 'FOUR @id', 'FOUR @map("one")', '1A', 'A-B', '_x', 'FOUR @map', 'A B', 'true', 'FOUR @map("ONE")', '@@unique([ONE])', 'ä', 'FOUR @map("")', 'class', 'FOUR = 1', '@@ignore', '@@id([ONE])', 'FOUR @default("x")', '@@map(name: "x")', '@@foo']))
        if (this.multipleSchemas && !this.oddly()) lines.push('@@schema("audit")')
        return `enum ${name} {\n  ${lines.join('\n  ')}\n}`
    }

    modelBlock(model) {
        const keyword = this.oddly() ? 'view' : 'model'
        const lines = this.commented([...model.fields.map((field) => field.text), ...model.lines])
        return `${this.random.chance(0.1) ? '/// about it\n' : ''}${keyword} ${model.name} {\n  ${lines.join('\n  ')}\n}`
    }

    /** Comments between the lines and behind them; now and then where none may be. */
    commented(lines) {
        const { random } = this
        if (random.chance(0.7)) return lines
        const result = lines.map((line) => (random.chance(0.15) ? `${line} ${random.pick(['// note', '/// note', '/* note */'])}` : line))
        result.splice(random.between(0, result.length), 0, random.pick(comments))
        if (this.oddly()) {
            const at = random.below(result.length)
            result[at] = result[at].replace(' ', random.pick([' /* within */ ', ' // cut ', '  \t ', '\n    ']))
        }
        return result
    }

    viewBlock() {
        const { random } = this
        const fields = [random.pick(['id Int @unique', 'id Int', 'id Int? @unique', 'id Int @map("ident")'])]
        for (const name of random.some(fieldNames, 1)) fields.push(this.scalarField(name, false).text.replace('(map: "u")', ''))
        if (random.chance(0.2)) fields.push(`@@map("${random.pick(['a_view', 'view', this.models[0].name])}")`)
        if (random.chance(0.2)) fields.push(random.pick(['@@unique([id])', '@@ignore', '@@unique([id], name: "x")']))
        if (this.oddly()) fields.push(random.pick(['@@id([id])', '@@index([id])', '@@unique([id(sort: Desc)])', '@@unique([id], map: "x")', '@@foo', '@@unique([nope])', 'other User[]', '@@fulltext([id])']))
        if (random.chance(0.2)) {
            const target = random.pick(this.models)
            const key = target.fields.find((field) => field.isKey && field.type === 'Int')
            if (key) {
                fields.push(`of ${target.name} @relation(fields: [id], references: [${key.name}])`)
                target.fields.push({ name: 'views', text: 'views Overview[]' })
            }
        }
        if (this.multipleSchemas && !this.oddly()) fields.push('@@schema("public")')
        return `view Overview {\n  ${this.commented(fields).join('\n  ')}\n}`
    }

    add(model, field) {
        model.fields.push(field)
        return field
    }

    scalarFields(model) {
        const { random } = this
        const form = random.below(10)
        if (form < 5) this.add(model, { name: 'id', type: 'Int', isKey: true, text: `id Int @id${random.chance(0.6) ? ' @default(autoincrement())' : ''}` })
        else if (form < 8) this.add(model, { name: 'id', type: 'String', isKey: true, text: `id String @id @default(${random.pick(['uuid()', 'cuid()', 'dbgenerated("gen_random_uuid()")'])})` })
        else if (form < 9) this.add(model, { name: 'id', type: 'Int', isKey: true, text: 'id Int @unique' })
        else if (!this.oddly()) {
            this.add(model, { name: 'k1', type: 'Int', text: 'k1 Int' })
            this.add(model, { name: 'k2', type: 'String', text: 'k2 String' })
            model.compound = ['k1', 'k2']
            model.lines.push(random.pick(['@@id([k1, k2])', '@@id([k1, k2], map: "pk", name: "both")', '@@unique([k1, k2])']))
        }
        for (const name of random.some(fieldNames, 2)) this.add(model, this.scalarField(name))
        if (this.oddly()) this.add(model, { name: 'odd', type: 'Int', text: this.oddField() })
    }

    oddField() {
        return this.random.pick([
            'odd Int @id', 'odd Foo', 'odd Unsupported("circle")', 'odd Unsupported("circle") @default(dbgenerated("x"))', 'odd Unsupported("circle") @default("x")',
            'odd Unsupported', 'odd Unsupported("circle") @unique', 'odd Unsupported("circle") @db.Text', 'odd Unsupported()', 'odd Unsupported(1)', 'odd', 'odd Int[]?', 'odd Int! ', '_odd Int', '1odd Int', 'od-d Int',
            'odd: Int', 'odd Int @updatedAt', 'odd DateTime @updatedAt', 'odd DateTime? @updatedAt', 'odd DateTime[] @updatedAt', 'odd String[] @id', 'odd Int? @id', 'odd String[] @unique', 'odd [Int]', 'odd int', 'odd Int @map("a")',
            'odd Int @map("")', 'odd Int @map(name: "q")', 'odd Int @map("q") @map("r")', 'odd Int @map(q)', 'odd Int @ignore', 'odd Int @ignore(1)', 'odd Int @foo', 'odd Int @unique(map: "")', 'odd Int @unique(sort: Desc)', 'odd String @unique(length: 5)',
            'odd Int @unique(clustered: true)', 'odd Int @unique("x")', 'odd Int @unique(name: "x")', 'odd Int @id(map: "p")', 'odd Int @relation', 'odd Int @relation(fields: [a])', 'odd Int @db', 'odd Int @db.', 'odd Int @pg.Integer', 'odd Int @db.Integer @db.Integer',
            'odd Int @default', 'odd Int @default()', 'odd Int @default(1) @default(2)', 'odd Int @@map("x")', 'odd Int @default(autoincrement())', 'odd Json[] @default(["{}"])', 'odd DateTime? @default(now()) @updatedAt', 'odd Int @unique @id', 'odd Int ?', 'odd Int?? ', 'odd Json @id', 'odd Json @unique', 'odd Bytes @id',
            'odd Decimal @db.Decimal(5,2) @default(1.234)', 'odd Int @unique @unique', 'odd Int @map', 'odd String @default("a' + "'" + 'b")', 'odd String @default(\'a\')', 'odd String @default("\\q")', 'odd String @default("\\u00e9")', 'odd Int // comment', 'odd Int /* a */ @unique', 'odd Int /// doc', 'odd Int;', 'odd Int,', 'odd Float @default(1e3)', 'odd Int @default(+1)', 'odd Role', 'odd Role @default(ONE)', 'odd Role[] @default([ONE, TWO])', 'odd Role @db.Text', 'odd Role @id', 'ODD Int', 'Öd Int', 'odd Int @ id', 'odd Int @default (1)', 'odd  Int  @unique( )', 'odd Int @unique(,)', 'odd Int @default(1,)', 'odd Int @default(map: "x", 1)', 'odd Int @default(value: 1, value: 2)',
        ])
    }

    scalarField(name, isTable = true) {
        const { random } = this
        if (isTable && random.chance(0.04)) {
            const more = random.pick(['', '', ' @default(dbgenerated("x()"))', ` @map("${name}_u")`, this.oddly() ? ' @default(1)' : ''])
            const arity = random.pick(['', '?', '[]'])
            return { name, arity, type: '', text: `${name} ${random.pick(unsupported)}${arity}${more}` }
        }
        const isEnum = this.enums.length > 0 && random.chance(0.15)
        const type = isEnum ? random.pick(this.enums) : random.pick(scalars)
        const arity = random.pick(['', '', '', '?', '?', '[]'])
        const attributes = []
        if (!isEnum && random.chance(0.25)) attributes.push(`@db.${this.oddly() ? random.pick(oddNatives) : random.pick(natives[type])}`)
        if (random.chance(0.3)) attributes.push(`@default(${this.default(type, isEnum, arity)})`)
        if (random.chance(0.1)) attributes.push(`@map("${this.oddly() ? random.pick(['a', 'b', 'id', 'x'.repeat(64)]) : `${name}_col`}")`)
        const isUnique = arity !== '[]' && type !== 'Json' && random.chance(0.15)
        if (random.chance(0.04)) attributes.push('@ignore')
        if (isUnique) attributes.push(random.pick(['@unique', '@unique', '@unique', '@unique(map: "u")', '@unique(sort: Desc)']))
        if (this.oddly()) attributes.push(random.pick(['@ignore', '@id', '@updatedAt', '@unique', '@foo', '@db.Text']))
        return { name, type, arity, isUnique, text: `${name} ${type}${arity} ${attributes.join(' ')}`.trimEnd() }
    }

    default(type, isEnum, arity) {
        if (this.oddly()) return this.random.pick(oddDefaults)
        const one = () => (isEnum ? 'ONE' : this.random.pick(defaults[type]))
        if (arity !== '[]') return one()
        const items = [one(), one()].filter((text) => !text.endsWith(')'))
        return `[${items.join(', ')}]`
    }

    relation() {
        const { random } = this
        const from = random.pick(this.models)
        const to = random.pick(this.models)
        const id = (this.relations = (this.relations ?? 0) + 1)
        const name = this.oddly() ? random.pick(['""', '"R"', '"R-1"', `"${'r'.repeat(70)}"`]) : `"R${id}"`
        const key = to.fields.find((field) => field.isKey)
        const kind = random.below(10)
        if (kind < 2) {
            const arity = this.oddly() ? random.pick(['?', '']) : '[]'
            const more = this.oddly() ? random.pick([', fields: [id], references: [id]', ', references: [id]', ', onDelete: Cascade', ', map: "x"']) : ''
            from.fields.push({ name: `m${id}`, text: `m${id} ${to.name}${arity} @relation(${name}${more})` })
            to.fields.push({ name: `n${id}`, text: `n${id} ${from.name}[] @relation(${name})` })
            return
        }
        if (!key && !to.compound) return
        const isOptional = random.chance(0.4)
        const isSingle = random.chance(0.3)
        const mark = isOptional ? '?' : ''
        const targets = key ? [key] : to.compound.map((column) => to.fields.find((field) => field.name === column))
        const names = targets.map((target, i) => `r${id}${'xy'[i]}`)
        targets.forEach((target, i) => {
            const type = this.oddly() ? random.pick(scalars) : target.type
            const unique = isSingle && targets.length === 1 && !this.oddly() ? ' @unique' : ''
            from.fields.push({ name: names[i], type, text: `${names[i]} ${type}${this.oddly() ? random.pick(['?', '[]', '']) : mark}${unique}` })
        })
        if (isSingle && targets.length > 1) from.lines.push(`@@unique([${names.join(', ')}])`)
        const parts = [name, `fields: [${names.join(', ')}]`, `references: [${targets.map((target) => target.name).join(', ')}]`]
        if (random.chance(0.4)) parts.push(`onDelete: ${this.oddly() ? 'Foo' : random.pick(actions)}`)
        if (random.chance(0.2)) parts.push(`onUpdate: ${random.pick(actions)}`)
        if (random.chance(0.1)) parts.push('map: "fk"')
        if (this.oddly()) parts.splice(random.between(0, parts.length - 1), 1)
        if (this.oddly()) parts.push(random.pick(['name: "x"', 'foo: 1', 'map: ""', 'references: []', 'fields: []', '"x"', 'onDelete: "Cascade"', 'fields: a', 'references: [nope]']))
        from.fields.push({ name: `o${id}`, text: `o${id} ${to.name}${this.oddly() ? random.pick(['', '?', '[]']) : mark} @relation(${parts.join(', ')})${this.oddly() ? random.pick([' @unique', ' @ignore', ' @map("x")', ' @default(1)', ' @id', ' @db.Text', ' @updatedAt']) : ''}` })
        if (this.oddly()) return
        const backArity = this.oddly() ? random.pick(['', '?', '[]']) : isSingle ? '?' : '[]'
        const more = this.oddly() ? random.pick([', fields: [id]', ', references: [id]', ', onDelete: Cascade', ', map: "x"']) : ''
        to.fields.push({ name: `p${id}`, text: `p${id} ${from.name}${backArity} @relation(${name}${more})` })
    }

    blockAttributes(model) {
        const { random } = this
        const columns = model.fields.filter((field) => field.type && field.arity !== '[]' && field.type !== 'Json').map((field) => field.name)
        if (columns.length > 0) {
            if (random.chance(0.3)) model.lines.push(this.index(random.some(columns), model))
            if (random.chance(0.2)) model.lines.push(`@@unique([${random.some(columns).join(', ')}]${random.chance(0.3) ? ', name: "q"' : ''})`)
        }
        if (this.hasConditions && random.chance(0.6)) model.lines.push(this.partialIndex(model))
        if (random.chance(0.04)) model.lines.push('@@ignore')
        if (random.chance(0.15)) model.lines.push(`@@map("${this.oddly() ? random.pick(['User', 'Post', 'same', 'Role', '', 'x'.repeat(64)]) : `${model.name.toLowerCase()}_table`}")`)
        if (this.multipleSchemas && !this.oddly()) model.lines.push(`@@schema("${random.pick(['public', 'audit'])}")`)
        if (this.oddly()) model.lines.push(random.pick([
            '@@ignore', '@@schema("public")', '@@schema("nope")', '@@id([id])', '@@id([])', '@@unique([])', '@@index([])', '@@index([nope])', '@@index([id, id])', '@@unique([id, id])', '@@id([id, id])', '@@fulltext([a])', '@@shardKey([id])', '@@foo', '@@map', '@@map("a") @@map("b")', '@@index(id)', '@@index([id], map: "")',
            '@@index([id], name: "old")', '@@index([id], name: "old", map: "new")', '@@index(fields: [id])', '@@index([id], type: Foo)', '@@index([id], type: "Hash")', '@@index([id(length: 5)])', '@@index([id], length: 5)', '@@unique([id], clustered: true)', '@@id([id], clustered: false)', '@@index([id(sort: Down)])', '@@unique([id(ops: raw("x"))])', '@@unique([id], type: Hash)',
            '@@index([id], where: raw("id > 1"))', '@@unique([id], where: { id: 1 })', '@@index([id, a], type: Hash)', '@@unique([id], name: "id")', '@@unique([id, a], name: "a")', '@@unique([a, id], name: "x-y")', '@@index([o1])', '@@unique([o1])', '@@id([o1])', '@@index([id.a])', '@@map(name: "x", name: "y")', '@@map("x", "y")', '@@map(5)', '@@ignore()', '@@index', '@@index()', '@@index([id]', '@@index([id] type: Hash)', '@@index([a(sort: Desc, sort: Asc)])', '@@index([id()])', '@@db.Foo', '@@index([raw("x")])', '@@unique([a], map: "' + 'y'.repeat(64) + '")', '@map("x")', '@@', '@@map("\\q")', '@@index(["id"])', '@@unique([id], sort: Desc)', '@@unique(id)',
        ]))
        if (this.random.chance(this.odd / 3)) model.lines.push(model.lines.at(-1) ?? '@@ignore')
    }

    partialIndex(model) {
        const { random } = this
        const known = model.fields.filter((field) => field.type && field.arity !== '[]')
        const column = random.pick(known)?.name ?? 'id'
        const asked = random.pick(known.filter((field) => conditions[field.type])) ?? { name: 'id', type: 'Int' }
        const value = this.oddly() ? random.pick(oddConditions) : random.pick(conditions[asked.type])
        const where = random.chance(0.3) ? 'raw("a > 1 AND b IS NULL")' : `{ ${asked.name}: ${value}${random.chance(0.2) ? `, ${asked.name}: null` : ''} }`
        return `@@${random.pick(['index', 'unique'])}([${column}], where: ${this.oddly() ? random.pick(['raw("")', 'raw(x)', '"x"', '[]', '{}', '{ nope: 1 }', 'raw("a", "b")']) : where}, map: "partial_${column}")`
    }

    index(columns, model) {
        const { random } = this
        const method = random.chance(0.3) ? random.pick(['Hash', 'BTree', 'Gin', 'Gist', 'SpGist', 'Brin']) : ''
        const isPlain = method === '' || method === 'BTree' || this.oddly()
        const used = isPlain ? columns : [random.pick(this.oddly() ? model.fields : model.fields.filter((field) => field.type)).name]
        const list = used.map((column) => {
            if (isPlain && random.chance(0.2)) return `${column}(sort: ${random.pick(['Asc', 'Desc'])})`
            if (!isPlain && random.chance(0.4)) return `${column}(ops: ${random.pick(operatorClasses)})`
            return column
        })
        return `@@index([${list.join(', ')}]${random.chance(0.2) ? ', map: "ix"' : ''}${method ? `, type: ${method}` : ''})`
    }
}

/** The schema of this number in the sequence that the seed starts. */
export function generate(seed, number) {
    return new Generator(new Random(Math.imul(seed, 0x9e3779b1) + number)).schema()
}
