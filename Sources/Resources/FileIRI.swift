package import Bytes
import Glibc

/// The `file:` IRI of a path, made absolute, with what may not stand in an IRI percent-encoded (RFC 8089).
package func fileIRI(_ path: String) -> ByteString {
  var out = ByteBuffer()
  out.append("file://")
  let absolute = path.hasPrefix("/") ? path : workingDirectory() + "/" + path
  var parts: [Substring] = []
  for part in absolute.split(separator: "/") where part != "." {
    if part == ".." { _ = parts.popLast() } else { parts.append(part) }
  }
  for part in parts {
    out.append(UInt8(ascii: "/"))
    ByteString(String(part)).withView { out.append(percentEncoding: $0) }
  }
  return ByteString(out.view)
}

/// The process's working directory.
private func workingDirectory() -> String {
  guard let path = getcwd(nil, 0) else { return "/" }
  defer { free(path) }
  return String(cString: path)
}
