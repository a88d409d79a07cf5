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
        engine: /^The preview feature "(insensitiveFilters|metrics|fullTextSearchPostgres|aggregations)" is not known/,
        ours: /^$/,
    },
    {
        reason: 'raw("") names no operator class; PostgreSQL would reject the statement',
        engine: /^$/,
        ours: /^CM0267 this is not an operator class/,
    },
    {
        reason: 'an empty name in the database is rejected; PostgreSQL would reject the statement',
        engine: /^$/,
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
        reason: 'a property without a value: we point at its line, the engine at the first line of the block',
        engine: /needs to be assigned a value/,
        ours: /^CM0106/,
    },
    {
        reason: 'a block that is not closed: the engine takes what follows for lines of it and blames those',
        engine: /./,
        ours: /^CM0110/,
    },
    {
        reason: 'the engine overlooks arguments that it does not know in a list of fields',
        engine: /^$/,
        ours: /^CM0268 a field in this list does not take this argument/,
    },
    {
        reason: 'keys, indexes and their names on views are accepted, as in version 5',
        engine: /Views cannot have (primary keys|indexes)|annotations on views are not backed by/,
        ours: /^$/,
    },
    {
        reason: 'a field declared twice is one mistake; the engine blames the model for its second primary key as well',
        engine: /At most one field must be marked as the id field|at most one id criteria/,
        ours: /^CM0203/,
    },
    {
        reason: 'an unreadable line is one mistake; the engine also says what is missing because of it',
        engine: /An enum must have at least one value|^Argument "provider" is missing|do(es)? not exist in (this|the related) model|unknown field/,
        ours: /^CM01/,
    },
    {
        reason: 'we point at the value of relationMode, the engine at the datasource',
        engine: /Invalid relation mode setting/,
        ours: /^CM0210 there is no relation mode/,
    },
]

export function explain(engine, ours) {
    const engineSays = engine.message ?? ''
    const weSay = ours.accepted ? '' : `${ours.code} ${ours.message}`
    return knownDifferences.find(
        (entry) => (!entry.engine || entry.engine.test(engineSays)) && (!entry.ours || entry.ours.test(weSay)),
    )
}
