/// What may be fetched from the network, and how much and how long at most (contract §1).
package struct NetworkPolicy: Sendable {
  /// A host that may be fetched from though its address is private.
  package struct Host: Sendable, Equatable {
    let name: String
    let port: Int?

    /// A host from `HOST` or `HOST:PORT`, an IPv6 address in brackets; nil where it is neither.
    package init?(_ text: String) {
      var rest = text.lowercased()[...]
      if rest.hasPrefix("[") {
        guard let close = rest.firstIndex(of: "]") else { return nil }
        name = String(rest[rest.index(after: rest.startIndex)..<close])
        rest = rest[rest.index(after: close)...]
      } else {
        name = String(rest.prefix { $0 != ":" })
        rest = rest.dropFirst(name.count)
      }
      if name.isEmpty || !name.unicodeScalars.allSatisfy(text.hasPrefix("[") ? Self.mayBeInAddress : Self.mayBeInName) { return nil }
      if rest.isEmpty {
        port = nil
      } else {
        guard rest.first == ":", let number = Int(rest.dropFirst()), (1...65_535).contains(number) else { return nil }
        port = number
      }
    }

    /// The host and port of a web address; nil where it is none.
    package init?(of address: String) {
      guard let port = ["https://": 443, "http://": 80].first(where: { address.hasPrefix($0.key) }) else { return nil }
      let authority = address.dropFirst(port.key.count).prefix { !"/?#".contains($0) }
      guard let host = Host(String(authority)) else { return nil }
      name = host.name
      self.port = host.port ?? port.value
    }

    /// Whether a character may stand in the name of a host: what separates names in a web address or in a text never does (RFC 3986 §3.2.2).
    private static func mayBeInName(_ scalar: Unicode.Scalar) -> Bool {
      scalar.isASCII ? scalar.properties.isAlphabetic || "0123456789-._~".unicodeScalars.contains(scalar) : !scalar.properties.isWhitespace
    }

    /// Whether a character may stand in an IPv6 address in brackets, a zone among it.
    private static func mayBeInAddress(_ scalar: Unicode.Scalar) -> Bool { ":%".unicodeScalars.contains(scalar) || mayBeInName(scalar) }

    func covers(_ name: String, port: Int) -> Bool { self.name == name && (self.port ?? port) == port }
  }

  /// Whether nothing is fetched at all.
  package var isOffline = false
  /// The hosts that may be fetched from though their addresses are private.
  package var allowed: [Host] = []
  /// The longest body, decompressed, in bytes.
  package var largestBody = 2 << 30
  /// How many redirects are followed from one request.
  package var mostRedirects = 5
  /// How long a connection may take, in seconds.
  package var connectSeconds = 10
  /// How long nothing may come, in seconds.
  package var idleSeconds = 30
  /// How long a request may take in all, in seconds.
  package var totalSeconds = 600

  /// The default: anything public, within limits that a large table stays below.
  package init() {}
}
