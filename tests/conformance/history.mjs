// Lays out the versions that a schema has had in a git history, for pairs.mjs --pairs:
//   node history.mjs REPOSITORY PATH[,EARLIER PATH...] FOLDER
// PATH is a file or a folder of .prisma files; where it is not there yet, the earlier paths are tried. Versions follow
// the first parents from the beginning to HEAD, and each differs from the one before. FOLDER gets a folder for each
// version, 0000, 0001 and so on. For a corpus: one FOLDER for each project, all in one folder, which is what --pairs
// wants. Nothing of a corpus belongs into this repository.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const [repository, paths, folder] = process.argv.slice(2)
if (!folder) throw new Error('usage: node history.mjs REPOSITORY PATH[,EARLIER PATH...] FOLDER')
const candidates = paths.split(',')
const git = (...words) => execFileSync('git', ['-C', repository, ...words], { encoding: 'utf8', maxBuffer: 1 << 28 })

/** The blobs of the first path that the commit has: [name, hash]. */
function filesOf(commit) {
    for (const candidate of candidates) {
        const lines = git('ls-tree', '-r', commit, '--', candidate).split('\n').filter((line) => line.endsWith('.prisma'))
        if (lines.length > 0) return lines.map((line) => [line.split('\t')[1], line.split(/\s/)[2]])
    }
    return []
}

const commits = git('log', '--first-parent', '-m', '--reverse', '--format=%H', 'HEAD', '--', ...candidates).split('\n').filter(Boolean)
let last = ''
let count = 0
for (const commit of new Set(commits)) {
    const files = filesOf(commit)
    const key = files.join()
    if (files.length === 0 || key === last) continue
    last = key
    const texts = files.map(([, hash]) => git('cat-file', 'blob', hash))
    if (!texts.some((text) => /datasource\s+\w+\s*\{[^}]*provider\s*=\s*"postgres/.test(text))) continue
    const place = path.join(folder, String(count++).padStart(4, '0'))
    mkdirSync(place, { recursive: true })
    texts.forEach((text, i) => writeFileSync(path.join(place, `${String(i).padStart(2, '0')}_${path.basename(files[i][0])}`), text))
}
console.log(`${count} versions`)
