// Leaves out lines, then words, as long as the schema still shows the same difference.
export async function minimise(text, stillDiffers) {
    let best = text
    for (const pattern of [/\n/, /(?<=\s)/]) {
        for (let size = Math.ceil(best.split(pattern).length / 2); size >= 1; size = Math.floor(size / 2)) {
            for (let at = 0; at < best.split(pattern).length; ) {
                const parts = best.split(pattern)
                parts.splice(at, size)
                const shorter = parts.join(pattern.source === '\\n' ? '\n' : '')
                if (shorter !== best && (await stillDiffers(shorter))) best = shorter
                else at += size
            }
        }
    }
    return best
}
