// Where cm-migrate and the reference engine differ on purpose. A difference that no entry explains is a failure.
// `engine` and `ours` are patterns for the message of the one and for code and message of the other; the one that
// accepts the schema says nothing, which is the empty text.
export const knownDifferences = [
    {
        reason: 'cm-migrate works with PostgreSQL only; the engine reads schemas of other databases too',
        ours: /^CM0207 the provider `.*` is not supported/,
    },
]

export function explain(engine, ours) {
    const engineSays = engine.message ?? ''
    const weSay = ours.accepted ? '' : `${ours.code} ${ours.message}`
    return knownDifferences.find(
        (entry) => (!entry.engine || entry.engine.test(engineSays)) && (!entry.ours || entry.ours.test(weSay)),
    )
}
