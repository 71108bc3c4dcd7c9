package import Bytes
import Glibc

/// An IRI against which references are resolved (RFC 3986 §5, strict). Characters beyond ASCII stay as they are.
package struct BaseIRI: Sendable {
  /// The base as it was given.
  package let iri: ByteString
  private let parts: IRIComponents
  /// How many bytes of the base stand before its path.
  private let pathStart: Int
  /// Where the path of a sibling begins: after the path's last slash.
  private let folderEnd: Int

  /// A base; it should be absolute, or what is resolved against it is not either.
  package init(_ iri: ByteString) {
    self.iri = iri
    let parts = iri.withView { IRIComponents($0) }
    self.parts = parts
    pathStart = parts.path.lowerBound
    let slash = iri.bytes[parts.path].lastIndex(of: UInt8(ascii: "/"))
    folderEnd = slash.map { $0 + 1 } ?? parts.path.lowerBound
  }

  /// The IRI that `reference` means here.
  package func resolve(_ reference: ByteString) -> ByteString {
    var out = ByteBuffer(capacity: iri.count + reference.count + 1)
    reference.withView { resolve($0, into: &out) }
    return ByteString(out.view)
  }

  /// Appends the IRI that `reference` means here (RFC 3986 §5.2.2 and §5.3). `reference` may not lie in `out`.
  package func resolve(_ reference: ByteView, into out: inout ByteBuffer) {
    let other = IRIComponents(reference)
    iri.withView { base in
      if other.scheme != nil || other.authority != nil {
        if other.scheme == nil, let scheme = parts.scheme { out.append(base[0..<scheme.upperBound + 1]) }
        out.append(reference[0..<other.path.lowerBound])
        appendPath(.empty, reference[other.path], to: &out)
      } else if other.path.isEmpty {
        out.append(base[0..<parts.path.upperBound])
        if other.query == nil, let query = parts.query { out.append(base[query.lowerBound - 1..<query.upperBound]) }
      } else {
        out.append(base[0..<pathStart])
        if reference[other.path.lowerBound] == UInt8(ascii: "/") {
          appendPath(.empty, reference[other.path], to: &out)
        } else if parts.authority != nil, parts.path.isEmpty {
          out.append(UInt8(ascii: "/"))
          removeDotSegments(from: out.count - 1, appending: reference[other.path], to: &out)
        } else {
          appendPath(base[pathStart..<folderEnd], reference[other.path], to: &out)
        }
      }
    }
    if let query = other.query { out.append(reference[query.lowerBound - 1..<query.upperBound]) }
    if let fragment = other.fragment { out.append(reference[fragment.lowerBound - 1..<fragment.upperBound]) }
  }

  private func appendPath(_ folder: ByteView, _ path: ByteView, to out: inout ByteBuffer) {
    let start = out.count
    out.append(folder)
    removeDotSegments(from: start, appending: path, to: &out)
  }

  /// Appends `path` and takes the `.` and `..` segments out of all from `floor` on (RFC 3986 §5.2.4), in place.
  private func removeDotSegments(from floor: Int, appending path: ByteView, to out: inout ByteBuffer) {
    out.append(path)
    let slash = UInt8(ascii: "/")
    let dot = UInt8(ascii: ".")
    let end = out.count
    let bytes = out.address
    var read = floor
    var write = floor
    while read < end {
      let isRooted = bytes[read] == slash
      let segment = isRooted ? read + 1 : read
      var stop = segment
      while stop < end, bytes[stop] != slash { stop += 1 }
      let length = stop - segment
      let isDots = length > 0 && length <= 2 && bytes[segment] == dot && bytes[stop - 1] == dot
      if isDots {
        if length == 2, isRooted {
          while write > floor {
            write -= 1
            if bytes[write] == slash { break }
          }
        }
        // What follows begins with its slash; a last one leaves the slash before it. One that leads a path without a
        // root takes the slash after it along.
        read = stop
        if !isRooted {
          read = min(stop + 1, end)
        } else if stop == end {
          bytes[write] = slash
          write += 1
        }
      } else {
        memmove(bytes + write, bytes + read, stop - read)
        write += stop - read
        read = stop
      }
    }
    out.truncate(to: write)
  }
}
