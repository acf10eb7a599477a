// Takes a zip file apart: the files that are stored or deflated, as our exports have them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inflateRawSync } from 'node:zlib'

export function unzip(file, folder) {
  const data = readFileSync(file)
  const end = data.lastIndexOf('PK\x05\x06')
  for (let n = data.readUInt16LE(end + 10), at = data.readUInt32LE(end + 16); n > 0; n--) {
    const [method, size, name, extra, comment] = [data.readUInt16LE(at + 10), data.readUInt32LE(at + 20), ...[28, 30, 32].map((o) => data.readUInt16LE(at + o))]
    const local = data.readUInt32LE(at + 42)
    const path = join(folder, data.toString('utf8', at + 46, at + 46 + name))
    const start = local + 30 + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28)
    const bytes = data.subarray(start, start + size)
    mkdirSync(dirname(path), { recursive: true })
    if (!path.endsWith('/')) writeFileSync(path, method ? inflateRawSync(bytes) : bytes)
    at += 46 + name + extra + comment
  }
}
