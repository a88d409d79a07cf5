// Where the formatter differs from the reference engine, and why.
const sorts = []

/** The reason for the difference, if it is one that is meant. */
export function explainLayout(text, theirs, ours) {
    return sorts.find(({ applies }) => applies(text, theirs, ours))?.reason
}
