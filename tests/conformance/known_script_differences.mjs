// Where cm-migrate writes other statements than the reference engine on purpose, each with the reason and a pattern for
// statements of the one or the other. `engine` and `ours` are looked for among the statements that only that side has;
// with `onlyOurs` or `onlyEngine` the other side has none.
// `isSameDatabase` is false where the databases differ, too; our side is the better one then, and the reason says why.
export const knownScriptDifferences = [
    {
        reason: 'a new value stands in the enum where the schema has it; the engine appends it, so that ORDER BY differs',
        ours: /^ALTER TYPE \S+( \. \S+)? ADD VALUE '.*' BEFORE '/,
        isSameDatabase: false,
    },
    {
        reason: 'an optional autoincrement(), or one on an OID: SERIAL alone would make a required INTEGER',
        ours: /^ALTER TABLE .*(ALTER COLUMN ("(?:[^"]|"")+") DROP NOT NULL|SET DATA TYPE OID)/,
        onlyOurs: true,
        isSameDatabase: false,
    },
    {
        reason: 'autoincrement() stays when its column becomes an OID; the engine loses it',
        engine: /DROP COLUMN ("(?:[^"]|"")+") , ADD COLUMN \1 OID NOT NULL(?! DEFAULT)/,
        ours: /SET DATA TYPE OID/,
        isSameDatabase: false,
    },
    {
        reason: 'the sequence goes with autoincrement(); the engine leaves it behind, or drops one without a name',
        ours: /^DROP SEQUENCE/,
        isSameDatabase: false,
    },
    {
        reason: 'autoincrement() on a column that exists continues behind its largest value, and the sequence is named as SERIAL would',
        ours: /^(CREATE SEQUENCE|SELECT setval|ALTER SEQUENCE)/,
        isSameDatabase: false,
    },
    {
        reason: 'a column that can be cast keeps its values; the engine drops and adds it',
        engine: /DROP COLUMN ("(?:[^"]|"")+") , ADD COLUMN \1/,
        ours: /SET DATA TYPE/,
    },
    {
        reason: 'a new value that is a default at once: the type is made anew, since PostgreSQL refuses to use a value in the transaction that adds it',
        engine: /^ALTER TYPE .* ADD VALUE '/,
        ours: /^CREATE TYPE .*_new" AS ENUM/,
        isSameDatabase: false,
    },
    {
        reason: 'a type that is made anew: every column of it follows, also of tables that go, and none that is yet to come; the engine fails there',
        engine: /^(ALTER TABLE .* TYPE .*_new"|ALTER TYPE)/,
        ours: /^(ALTER TABLE .* TYPE (text|.*_new")|ALTER TYPE)/,
    },
    {
        reason: 'a table that goes lets go of a type that is made anew; the engine fails to drop the old type',
        ours: /^ALTER TABLE .* TYPE text/,
        onlyOurs: true,
    },
    {
        reason: 'what stands on a key that goes is dropped before and made again after; PostgreSQL refuses the engine\'s script',
        ours: /DROP CONSTRAINT|ADD CONSTRAINT/,
        engine: /^$/,
        onlyOurs: true,
    },
    {
        reason: 'indexes of a column that is dropped and added are made again; the engine forgets some',
        ours: /^(CREATE (UNIQUE )?INDEX|DROP INDEX)/,
        onlyOurs: true,
        isSameDatabase: false,
    },
    {
        reason: 'a precision that is gone from a type is a change',
        ours: /SET DATA TYPE (TIMESTAMP|TIMESTAMPTZ|TIME|TIMETZ)/,
        isSameDatabase: false,
    },
    {
        reason: 'a default that means the same to PostgreSQL (now() and CURRENT_TIMESTAMP) is no change',
        engine: /^ALTER TABLE .* SET DEFAULT (CURRENT_TIMESTAMP|now \( \))/i,
        ours: /^ALTER TABLE .* (SET|DROP) DEFAULT/,
        isSameDatabase: false,
    },
    {
        reason: 'a primary key that changes its columns and its name is made under the new name; the engine then renames the old one, which is gone',
        engine: /^ALTER TABLE .* RENAME CONSTRAINT /,
        onlyEngine: true,
    },
    {
        reason: 'now() in the place of a literal is a change of the default; the engine overlooks it',
        ours: /SET DEFAULT CURRENT_TIMESTAMP/,
        onlyOurs: true,
        isSameDatabase: false,
    },
    {
        reason: 'only a b-tree has an order; PostgreSQL refuses the ASC that the engine writes for another method',
        engine: /^CREATE (UNIQUE )?INDEX .* USING (?!BTREE).* ASC\b/,
        ours: /^CREATE (UNIQUE )?INDEX /,
    },
    {
        reason: 'a literal default is written again when the type changes, so that it does not keep the old type inside',
        ours: /SET DEFAULT .*'/,
        isSameDatabase: false,
    },
    {
        reason: 'the sides of a join table change: its columns are renamed, so that the rows mean the same; the engine makes other pairs of them',
        ours: /^ALTER TABLE .* RENAME COLUMN "A" TO "A_old"/,
    },
    {
        reason: 'a default that names columns is what the column is generated from; PostgreSQL refuses the engine\'s script',
        ours: /GENERATED ALWAYS AS/,
    },
    {
        reason: 'while an enum is rebuilt, the new type has a free name; PostgreSQL refuses the engine\'s script',
        ours: /^CREATE TYPE .*_new\d*" AS ENUM/,
    },
]

/** The statements of one list that are not in the other, as often as they are there. */
function only(list, others) {
    const left = new Map()
    for (const text of others) left.set(text, (left.get(text) ?? 0) + 1)
    return list.filter((text) => {
        const times = left.get(text) ?? 0
        if (times > 0) left.set(text, times - 1)
        return times === 0
    })
}

/** What explains a difference between two scripts (lists of statements), or undefined. */
export function explainScript(theirs, ours) {
    const [fromEngine, fromUs] = [only(theirs, ours), only(ours, theirs)]
    return knownScriptDifferences.find(({ engine, ours: mine, onlyOurs, onlyEngine }) => {
        if (onlyEngine) return fromUs.length === 0 && fromEngine.every((text) => engine.test(text))
        if (onlyOurs && fromEngine.length > 0) return false
        if (engine && !onlyOurs && !fromEngine.some((text) => engine.test(text))) return false
        return fromUs.some((text) => mine.test(text))
    })
}
