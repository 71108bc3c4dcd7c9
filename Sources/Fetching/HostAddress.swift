import Glibc

/// An address of a host, as numbers.
package struct HostAddress: Equatable {
  /// Four bytes (IPv4) or sixteen (IPv6).
  package let bytes: [UInt8]

  /// The addresses of a host by the system's resolver; none where it has no name of it. A host may be an address in any spelling.
  package static func all(of host: String) -> [HostAddress] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
    defer { freeaddrinfo(list) }
    var found: [HostAddress] = []
    var next = list
    while let entry = next?.pointee {
      if let address = HostAddress(entry), !found.contains(address) { found.append(address) }
      next = entry.ai_next
    }
    return found
  }

  private init?(_ entry: addrinfo) {
    guard let raw = UnsafeRawPointer(entry.ai_addr) else { return nil }
    switch entry.ai_family {
    case AF_INET: self.init(bytes: withUnsafeBytes(of: raw.loadUnaligned(as: sockaddr_in.self).sin_addr) { Array($0) })
    case AF_INET6: self.init(bytes: withUnsafeBytes(of: raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr) { Array($0) })
    default: return nil
    }
  }

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The address as text, to connect to.
  package var text: String {
    if bytes.count == 4 { return bytes.map { "\($0)" }.joined(separator: ".") }
    return stride(from: 0, to: 16, by: 2).map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }.joined(separator: ":")
  }

  /// Whether the address is of the open network: not of this machine, a local network, or a purpose of its own (the special-purpose
  /// address registries of IANA, RFC 6890). An IPv4 address within an IPv6 one is judged as itself.
  package var isPublic: Bool {
    if bytes.count == 4 { return !Self.special4.contains { matches($0.prefix, bits: $0.bits) } }
    for (prefix, bits, start) in Self.embedding where matches(prefix, bits: bits) {
      return HostAddress(bytes: Array(bytes[start..<start + 4])).isPublic
    }
    // Only 2000::/3 has been given out.
    return matches([0x20], bits: 3) && !Self.special6.contains { matches($0.prefix, bits: $0.bits) }
  }

  private func matches(_ prefix: [UInt8], bits: Int) -> Bool {
    for index in prefix.indices {
      let rest = min(8, bits - index * 8)
      let mask = rest >= 8 ? 0xFF : UInt8(truncatingIfNeeded: 0xFF00 >> rest)
      if bytes[index] & mask != prefix[index] & mask { return false }
    }
    return true
  }

  private static let special4: [(prefix: [UInt8], bits: Int)] = [
    ([0], 8), ([10], 8), ([100, 64], 10), ([127], 8), ([169, 254], 16), ([172, 16], 12), ([192, 0, 0], 24), ([192, 0, 2], 24),
    ([192, 88, 99], 24), ([192, 168], 16), ([198, 18], 15), ([198, 51, 100], 24), ([203, 0, 113], 24), ([224], 3),
  ]
  private static let special6: [(prefix: [UInt8], bits: Int)] = [
    ([0x20, 0x01, 0x00], 23), ([0x20, 0x01, 0x0D, 0xB8], 32), ([0x3F, 0xFF, 0], 20),
  ]
  /// Prefixes after which an IPv4 address stands, from a byte on: mapped, translated (RFC 6052) and 6to4.
  private static let embedding: [(prefix: [UInt8], bits: Int, start: Int)] = [
    ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], 96, 12), ([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0], 96, 12), ([0x20, 0x02], 16, 2),
  ]
}
