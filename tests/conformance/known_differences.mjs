// Where cm-migrate and the reference engine differ on purpose. A difference in acceptance that no entry explains is a
// failure. `engine` and `ours` are patterns for the message of the one and for code and message of the other; the one
// that accepts the schema says nothing, which is the empty text.
export const knownDifferences = [
    {
        reason: 'cm-migrate works with PostgreSQL only; the engine reads schemas of other databases too',
        ours: /^CM0207 the provider `.*` is not supported/,
    },
    {
        reason: 'preview features that versions 5 and 6 know are accepted',
        engine: /^The preview feature "(insensitiveFilters|metrics)" is not known/i,
    },
    {
        reason: 'the engine does not look at the names of join tables; PostgreSQL would reject the second table',
        engine: /^$/,
        ours: /^CM0260 two tables would be called `_/,
    },
    {
        reason: 'of raw("a", "b") the engine forgets all but the first',
        engine: /^$/,
        ours: /^CM0269 the condition of a partial index cannot be read/,
    },
    {
        reason: 'of a relation that is named twice the engine forgets one name',
        engine: /^$/,
        ours: /^CM0213 the argument `name` is given twice/,
    },
    {
        reason: 'the primary key of an ignored model is checked as well; PostgreSQL makes its column required',
        engine: /^$/,
        ours: /^CM0220 .* it is optional/,
    },
    {
        reason: 'PostgreSQL has no schema without a name',
        engine: /^$/,
        ours: /^CM0210 the name of a schema must be a string/,
    },
    {
        reason: 'PostgreSQL cuts names to 63 bytes: two columns would have one name',
        engine: /^$|The given constraint name/,
        ours: /^CM0261/,
    },
    {
        reason: 'PostgreSQL cuts names to 63 bytes: two tables would have one name, a view and a table likewise',
        engine: /^$/,
        ours: /^CM0260 two tables would be called `.{63}`/,
    },
    {
        reason: 'tables of one name are one mistake; the engine also blames their keys for having one name',
        engine: /The given constraint name `.*_pkey` has to be unique in the following namespace: global/,
        ours: /^CM02(60|70)/,
    },
    {
        reason: 'that PostgreSQL has no composite types is said, not what else is wrong with their use',
        engine: /Defaults on fields of type composite are not supported/,
        ours: /^CM0202/,
    },
    {
        reason: 'tables and indexes share one list of names; PostgreSQL would reject the statement',
        engine: /^$/,
        ours: /^CM0285/,
    },
    {
        reason: 'an empty name in the database is rejected; PostgreSQL would reject the statement',
        ours: /^CM0263 a name in the database cannot be empty/,
    },
    {
        reason: 'a table makes a type of its name, so that an enum cannot have it; PostgreSQL would reject the statement',
        engine: /^$/,
        ours: /^CM0265/,
    },
    {
        reason: 'addresses in the datasource are taken out before the engine is asked, so that it never sees two of them',
        engine: /^$/,
        ours: /^CM0209 `(url|directUrl|shadowDatabaseUrl)` is set twice/,
    },
    {
        reason: 'a block that is not closed: the engine takes what follows for lines of it and blames those',
        engine: /This line is not a|is already defined on|must have at most one id|At most one field must be marked|is missing a name or a type|is neither a built-in type/,
        ours: /^CM0110|^CM0108 (`}` must|a \w+ cannot stand on one line)/,
    },
    {
        reason: 'keys, indexes and their names on views are accepted, as in version 5',
        engine: /Views cannot have (primary keys|indexes)|annotations on views are not backed by/,
    },
    {
        reason: 'a field declared twice is one mistake; the engine blames the model for its second primary key as well',
        engine: /At most one field must be marked as the id field|at most one id criteria/,
        ours: /^CM0203/,
    },
    {
        reason: 'an unreadable line is one mistake; the engine also says what is missing because of it',
        engine: /An enum must have at least one value|do(es)? not exist in (this|the related) model|unknown field/,
        ours: /^CM01/,
    },
]

/** `expected` is what the engine says first (or the warning that is missed), `actual` what we say first. */
export function explain({ expected, actual }) {
    const engineSays = expected?.message ?? ''
    const weSay = actual ? `${actual.code} ${actual.message}` : ''
    return knownDifferences.find(
        (entry) => (!entry.engine || entry.engine.test(engineSays)) && (!entry.ours || entry.ours.test(weSay)),
    )
}
