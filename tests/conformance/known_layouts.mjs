// Where the formatter differs from the reference engine, and why.
const sorts = [
    {
        reason: 'a byte order mark: the engine cannot read the line behind it and leaves it as it is',
        applies: (text) => text.startsWith('\ufeff'),
    },
    {
        reason: '`@relation()`: the engine puts more arguments behind it and makes a line that cannot be read',
        applies: (text, theirs) => theirs.includes('@relation()('),
    },
    {
        reason: 'a comment in a frame of stars under another comment: the engine adds a star line with each round',
        applies: (text, theirs, ours) => theirs.split(/\r?\n/).filter((line) => !/^ *\* \/\*\*$/.test(line)).join('\n') === ours,
    },
]

/** The reason for the difference, if it is one that is meant. */
export function explainLayout(text, theirs, ours) {
    return sorts.find(({ applies }) => applies(text, theirs, ours))?.reason
}
