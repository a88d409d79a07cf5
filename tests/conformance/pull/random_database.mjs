// A random database as SQL: what people and other tools make, not what a schema file leads to. Names that are no
// identifiers, types with modifiers, domains, sequences and identities, defaults of all kinds, keys and relations in
// every shape, indexes of every method, join tables.
import { Random } from '../random.mjs'

const words = ['user', 'posts', 'order_items', 'Account', 'blogEntry', 'tag', 'LOG', 'audit_log', 'city', 'box', 'team_members', 'invoice']
const oddWords = ['my table', 'a-b', '1st', '_hidden', 'größe', 'return', 'class', 'enum', 'x.y', 'type', 'model', 'String2', 'ÜberTyp', 'trailing ', 'a__b']
const columnWords = ['name', 'email', 'createdAt', 'updated_at', 'is_active', 'Amount', 'x', 'y', 'note', 'data', 'kind', 'position', 'ref', 'user', 'posts', 'tag']
const oddColumns = ['first name', '2nd', '_p', 'naïve', 'a-b', 'default', 'Int', 'order', 'select', 'c$d', 'e.f']

const types = [
    'int', 'bigint', 'smallint', 'text', 'varchar(20)', 'varchar', 'char(3)', 'char', 'boolean', 'real', 'float8', 'numeric', 'numeric(10,2)',
    'numeric(5)', 'numeric(65,30)', 'money', 'oid', 'uuid', 'json', 'jsonb', 'bytea', 'inet', 'xml', 'bit(4)', 'bit', 'varbit', 'varbit(5)', 'date',
    'timestamp', 'timestamp(3)', 'timestamp(0)', 'timestamptz', 'timestamptz(3)', 'time', 'time(2)', 'timetz', 'timetz(6)', 'citext',
]
const strangeTypes = ['interval', 'cidr', 'macaddr', 'point', 'tsvector', 'int4range', 'name', 'hstore', 'pair', 'tstzrange']
const domains = ['positive', 'short', 'stamp', 'flag']
const defaults = {
    int: ['0', '-1', '42', "'7'", '1 + 1', 'length(\'abc\')', 'NULL', '(5)'],
    bigint: ['0', '-9223372036854775808', '9007199254740993', "'5'", '(extract(epoch FROM now()))::bigint'],
    smallint: ['0', '-3', "'7'::smallint"],
    text: ["'x'", "''", "'it''s'", "E'a\\nb'", "'say \"x\"'", "'a' || 'b'", 'CURRENT_USER', "md5('x')", 'gen_random_uuid()', "'{a}'", "'::text'", "'ü 🎉'", "upper('x')", 'NULL'],
    varchar: ["'x'", "''", "'abc'::text", "'it''s'", 'lower(\'X\')'],
    char: ["'x'", "''"],
    boolean: ['true', 'false', "'t'", '(NOT true)', '(1 = 1)'],
    real: ['0', '0.5', '-1.5', "'1.5'"],
    float8: ['0', '1.5', '1e20', '1e-7', 'random()', "'NaN'", '-2.25'],
    numeric: ['0', '1.5', '-0.50', "'1.5'", '1e3', '0.1 + 0.2'],
    money: ['0', '1.5', "'$2.00'"],
    oid: ['0', '7'],
    uuid: ['gen_random_uuid()', 'uuid_generate_v4()', "'00000000-0000-0000-0000-000000000000'"],
    json: ["'{}'", "'[]'", '\'{"a": "it\'\'s"}\'', "'null'"],
    jsonb: ["'{}'", "'[1, 2]'", '\'{"a": {"b": "\\"q\\""}}\'', "jsonb_build_object('a', 1)", "'{}'::jsonb"],
    bytea: ["'\\x'", "'\\x00ff'", "'abc'", "decode('00', 'hex')"],
    inet: ["'10.0.0.1'", "'10.0.0.0/8'"],
    xml: ["'<a/>'"],
    bit: ["B'1'"],
    varbit: ["B'101'", "B''"],
    date: ['now()', 'CURRENT_DATE', "'2020-01-01'"],
    timestamp: ['now()', 'CURRENT_TIMESTAMP', "'2020-01-01 10:00'", "(now() AT TIME ZONE 'utc')", 'clock_timestamp()', 'LOCALTIMESTAMP', "now() + interval '1 day'"],
    timestamptz: ['now()', 'CURRENT_TIMESTAMP', "'2020-01-01 10:00+00'", 'CURRENT_TIMESTAMP(3)', 'statement_timestamp()'],
    time: ['now()', 'CURRENT_TIME', "'10:00'", 'LOCALTIME'],
    timetz: ['now()', 'CURRENT_TIME', "'10:00+01'"],
    citext: ["'x'", "''", "'X'::citext"],
    interval: ["'1 day'"],
    hstore: ["''"],
    positive: ['1'],
    short: ["'x'"],
    stamp: ['now()', "'2020-01-01'"],
    flag: ['true'],
}
const lists = {
    int: ["'{}'", "'{1,2}'", 'ARRAY[1, -2]', 'ARRAY[]::int[]', "'{1,NULL}'", 'array_fill(1, ARRAY[2])'],
    text: ["'{}'", "'{a,b}'", "ARRAY['a', 'b''c']", 'ARRAY[]::text[]', `'{"a b","c,d"}'`, "string_to_array('a,b', ',')"],
    boolean: ["'{t,f}'", 'ARRAY[true]'],
    numeric: ["'{1.5}'", 'ARRAY[1.50, 2]'],
    jsonb: ["'{}'", "ARRAY['{}'::jsonb]"],
    uuid: ["'{}'", 'ARRAY[gen_random_uuid()]'],
    timestamptz: ["'{}'", 'ARRAY[now()]'],
}
const actions = ['NO ACTION', 'RESTRICT', 'CASCADE', 'SET NULL', 'SET DEFAULT']

const quoted = (name) => `"${name.replaceAll('"', '""')}"`
const listed = (names) => names.map(quoted).join(', ')
const baseOf = (type) => type.replace(/\(.*\)/, '')

class Builder {
    constructor(random) {
        this.random = random
        this.sql = [
            'CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE EXTENSION "uuid-ossp"; CREATE EXTENSION pg_trgm;',
            'CREATE TYPE pair AS (a int, b text);',
            'CREATE DOMAIN positive AS int; CREATE DOMAIN short AS varchar(20); CREATE DOMAIN stamp AS timestamp(3); CREATE DOMAIN flag AS boolean;',
        ]
        this.enums = []
        this.tables = []
        this.taken = new Set()
        this.indexes = 0
    }

    name(plain, odd, taken, chance = 0.12) {
        for (;;) {
            let name = this.random.pick(this.random.chance(chance) ? odd : plain)
            if (taken.has(name)) name = `${name}_${this.random.below(100)}`
            if (taken.has(name)) continue
            taken.add(name)
            return name
        }
    }

    addEnum() {
        const name = this.name(['Role', 'status', 'color', 'MOOD'], ['my-enum', 'e 1', '1e', 'in'], this.taken)
        const values = this.random.some(['ACTIVE', 'off', 'a-b', 'two words', '1x', 'x', 'Ünder', 'true', 'EMPTY']).slice(0, 4)
        if (values.length === 0) values.push('only')
        this.enums.push({ name, values })
        this.sql.push(`CREATE TYPE ${quoted(name)} AS ENUM (${values.map((value) => `'${value}'`).join(', ')});`)
    }

    /** A type with a default that goes with it, or none. */
    type() {
        const { random } = this
        if (this.enums.length > 0 && random.chance(0.12)) {
            const { name, values } = random.pick(this.enums)
            if (random.chance(0.2)) return { type: `${quoted(name)}[]`, value: random.pick([undefined, "'{}'"]) }
            return { type: quoted(name), value: random.chance(0.5) ? `'${random.pick(values)}'` : undefined }
        }
        const type = random.pick(random.chance(0.08) ? strangeTypes : random.chance(0.08) ? domains : types)
        const base = baseOf(type)
        if (random.chance(0.12)) {
            const value = lists[base] && random.chance(0.5) ? random.pick(lists[base]) : undefined
            return { type: `${type}[]`, value }
        }
        const isFree = base !== 'bit' && !(base === 'char' && type.includes('('))
        return { type, value: isFree && defaults[base] && random.chance(0.4) ? random.pick(defaults[base]) : undefined }
    }

    addTable() {
        const { random } = this
        const table = { name: this.name(words, oddWords, this.taken), columns: [], key: [], uniques: [], lines: [] }
        const taken = new Set()
        const add = (name, type, rest = '', isRequired = false) => {
            table.columns.push({ name, type, isRequired })
            table.lines.push(`${quoted(name)} ${type}${rest}`)
        }
        this.addKey(table, add, taken)
        for (let count = random.between(0, 7); count > 0; --count) {
            const { type, value } = this.type()
            const isRequired = random.chance(0.4) && value !== 'NULL'
            add(this.name(columnWords, oddColumns, taken), type, `${isRequired ? ' NOT NULL' : ''}${value === undefined ? '' : ` DEFAULT ${value}`}`, isRequired)
        }
        if (random.chance(0.1) && !taken.has('gen')) {
            taken.add('gen')
            add('gen', 'int', ' GENERATED ALWAYS AS (1 + 1) STORED')
        }
        table.taken = taken
        this.addUniques(table)
        for (let count = random.pick([0, 0, 1, 1, 2, 3]); count > 0 && this.tables.length > 0; --count) this.addRelation(table, add)
        this.sql.push(`CREATE TABLE ${quoted(table.name)} (\n  ${table.lines.join(',\n  ')}\n);`)
        this.tables.push(table)
        for (let count = random.below(4); count > 0; --count) this.addIndex(table)
        this.addExtras(table)
    }

    addKey(table, add, taken) {
        const { random } = this
        const kind = random.below(12)
        const id = random.pick(['id', 'id', 'id', 'ID', 'key', `${table.name}_id`])
        const named = random.chance(0.15) ? `CONSTRAINT ${quoted(`pk ${table.name}`.slice(0, 40))} ` : ''
        taken.add(id)
        if (kind < 7) {
            const type = random.pick(['serial', 'bigserial', 'smallserial', 'int', 'bigint', 'uuid DEFAULT gen_random_uuid()', 'text', 'int GENERATED ALWAYS AS IDENTITY', 'bigint GENERATED BY DEFAULT AS IDENTITY', 'positive', 'varchar(30)'])
            add(id, type, ` ${named}PRIMARY KEY`, true)
            table.key = [id]
        } else if (kind < 10) {
            taken.add('tenant')
            add(id, 'int', ' NOT NULL', true)
            add('tenant', 'int', ' NOT NULL', true)
            table.key = random.chance(0.5) ? [id, 'tenant'] : ['tenant', id]
            table.lines.push(`${named}PRIMARY KEY (${listed(table.key)})`)
        } else if (kind < 11) {
            add(id, 'int', random.pick([' NOT NULL UNIQUE', ' UNIQUE']), true)
            table.uniques.push([id])
        } else {
            add(id, 'int')
        }
    }

    addUniques(table) {
        const { random } = this
        const free = table.columns.filter(({ name, type }) => /^(int|bigint|text|varchar|uuid|boolean|citext|date)/.test(type) && !table.key.includes(name) && name !== 'gen')
        if (free.length === 0 || random.chance(0.5)) return
        const chosen = random.some(free).slice(0, 2).map(({ name }) => name)
        if (chosen.length === 0) return
        table.uniques.push(chosen)
        const name = random.pick(['', '', `CONSTRAINT ${quoted(`u ${this.indexes++}`)} `])
        table.lines.push(`${name}UNIQUE (${listed(chosen)})`)
    }

    addRelation(table, add) {
        const { random } = this
        const target = random.chance(0.15) && table.key.length > 0 ? table : random.pick(this.tables)
        const to = target.key.length > 0 && random.chance(0.85) ? target.key : (random.pick([...target.uniques, target.key]) ?? [])
        if (to.length === 0) return
        const isOptional = random.chance(0.5)
        const columns = to.map((name, i) => {
            const base = target.columns.find((column) => column.name === name).type.replace(/ .*/, '').replace('bigserial', 'bigint').replace('smallserial', 'smallint').replace('serial', 'int')
            const wanted = random.pick([`${target.name}_${name}`, `ref${this.indexes++}`, target.name, `${name} of ${target.name}`, table.name])
            const column = table.taken.has(wanted) ? `r${this.indexes++}` : wanted
            table.taken.add(column)
            add(column, base, isOptional || (i > 0 && random.chance(0.1)) ? '' : ' NOT NULL', !isOptional)
            return column
        })
        const action = (word) => (random.chance(0.6) ? ` ON ${word} ${random.pick(actions)}` : '')
        const name = random.pick(['', '', '', `CONSTRAINT ${quoted(`fk ${this.indexes++}`)} `])
        const deferred = random.chance(0.08) ? ' DEFERRABLE INITIALLY DEFERRED' : ''
        table.lines.push(`${name}FOREIGN KEY (${listed(columns)}) REFERENCES ${quoted(target.name)} (${listed(to)})${action('DELETE')}${action('UPDATE')}${deferred}`)
        if (random.chance(0.25)) table.lines.push(`UNIQUE (${listed(columns)})`)
    }

    addIndex(table) {
        const { random } = this
        const fits = (pattern) => table.columns.filter(({ type }) => pattern.test(type)).map(({ name }) => quoted(name))
        const plain = fits(/^(int|bigint|smallint|text|varchar|char|boolean|numeric|uuid|date|time|citext|inet|real|float8|positive|short|serial|bigserial)[^[]*$/)
        const name = random.chance(0.4) ? '' : quoted(random.pick([`i ${this.indexes}`, `idx_${this.indexes}`, `${table.name}_ix${this.indexes}`]))
        ++this.indexes
        const on = `ON ${quoted(table.name)}`
        const make = (unique, columns, rest = '', method = '') => this.sql.push(`CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${name} ${on}${method ? ` USING ${method}` : ''} (${columns})${rest};`)
        const kind = random.below(12)
        if (kind === 0) {
            const json = fits(/^jsonb$/)
            if (json.length > 0) make(false, `${random.pick(json)}${random.pick(['', ' jsonb_path_ops'])}`, '', 'gin')
        } else if (kind === 1) {
            const text = fits(/^(text|varchar[^[]*)$/)
            if (text.length === 0) return
            if (random.chance(0.5)) make(false, `${random.pick(text)} gin_trgm_ops`, '', 'gin')
            else make(random.chance(0.5), `lower(${random.pick(text)})`)
        } else if (kind === 2) {
            const arrays = fits(/^(int|text|uuid)\[\]$/)
            if (arrays.length > 0) make(false, random.pick(arrays), '', 'gin')
        } else if (plain.length === 0) {
            return
        } else if (kind === 3) {
            make(false, random.pick(plain), '', 'hash')
        } else if (kind === 4) {
            const sortable = fits(/^(int|bigint|text|date|timestamp|timestamptz|uuid)$/)
            if (sortable.length > 0) make(false, random.pick(sortable), '', 'brin')
        } else {
            const chosen = random.some(plain).slice(0, 3)
            if (chosen.length === 0) chosen.push(random.pick(plain))
            const columns = chosen.map((column) => column + random.pick(['', '', '', '', ' DESC', ' NULLS FIRST', ' DESC NULLS LAST']))
            const rest = random.pick(['', '', '', '', ` WHERE ${chosen[0]} IS NOT NULL`])
            make(random.chance(0.3), columns.join(', '), rest)
        }
    }

    addExtras(table) {
        const { random } = this
        const on = quoted(table.name)
        if (random.chance(0.08)) this.sql.push(`COMMENT ON TABLE ${on} IS 'about it';`)
        if (random.chance(0.05)) this.sql.push(`COMMENT ON COLUMN ${on}.${quoted(table.columns[0].name)} IS 'about that';`)
        if (random.chance(0.05)) this.sql.push(`ALTER TABLE ${on} ENABLE ROW LEVEL SECURITY;`)
        if (random.chance(0.1)) this.sql.push(`CREATE VIEW ${quoted(`v${String(this.indexes++).padStart(3, '0')}`)} AS SELECT * FROM ${on};`)
    }

    addJoinTable() {
        const { random } = this
        const able = this.tables.filter(({ name, key }) => key.length === 1 && words.includes(name))
        if (able.length === 0) return
        const ends = [random.pick(able), random.pick(able)].sort((a, b) => (a.name < b.name ? -1 : 1))
        const name = this.name([`_${ends[0].name}To${ends[1].name}`, '_likes', '_member_of'], ['_joined'], this.taken)
        const typeOf = (table) => table.columns[0].type.replace(/ .*/, '').replace('bigserial', 'bigint').replace('smallserial', 'smallint').replace('serial', 'int')
        const table = quoted(name)
        const key = random.chance(0.5)
        this.sql.push(`CREATE TABLE ${table} ("A" ${typeOf(ends[0])} NOT NULL, "B" ${typeOf(ends[1])} NOT NULL${key ? `, CONSTRAINT ${quoted(`${name}_AB_pkey`)} PRIMARY KEY ("A", "B")` : ''});`)
        if (!key) this.sql.push(`CREATE UNIQUE INDEX ${quoted(`${name}_AB_unique`)} ON ${table} ("A", "B");`)
        this.sql.push(`CREATE INDEX ${quoted(`${name}_B_index`)} ON ${table} ("B");`)
        ends.forEach((end, i) => {
            const column = 'AB'[i]
            this.sql.push(`ALTER TABLE ${table} ADD CONSTRAINT ${quoted(`${name}_${column}_fkey`)} FOREIGN KEY ("${column}") REFERENCES ${quoted(end.name)} (${quoted(end.key[0])}) ON DELETE CASCADE ON UPDATE CASCADE;`)
        })
    }
}

/** SQL that makes the database of that number. */
export function randomDatabase(seed, number) {
    const random = new Random(Math.imul(seed, 0x9e3779b1) + number)
    const builder = new Builder(random)
    for (let count = random.below(3); count > 0; --count) builder.addEnum()
    for (let count = random.between(1, 5); count > 0; --count) builder.addTable()
    for (let count = random.pick([0, 0, 1, 2]); count > 0; --count) builder.addJoinTable()
    return builder.sql.join('\n')
}
