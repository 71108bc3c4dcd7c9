import Bytes
package import RDF

extension Register {
  /// The register with what its ledger says: keys that were minted are members, also those without a row in its table, and keys that have
  /// ended hold until the day before.
  package func joined(with ledger: borrowing Ledger) -> Register {
    var joined: [Member] = []
    var known: Set<ByteString> = []
    for member in members {
      known.insert(member.key)
      let entry = member.key.withView { ledger.entry(of: $0) }
      joined.append(Member(key: member.key, names: member.names, validity: entry?.validity ?? member.validity))
    }
    for number in 0..<ledger.count {
      let (key, entry) = (ledger.key(number), ledger.entry(number))
      if entry.standing == .mentioned || known.contains(key) { continue }
      joined.append(Member(key: key, names: [entry.label].compactMap { $0 }, validity: entry.validity))
    }
    return Register(declaration, members: joined)
  }
}

extension Ledger.Entry {
  /// The last day on which the key was in use; nil while it is.
  package var lastDay: CivilDate? {
    standing.isEnded ? ended.flatMap { CivilDate(dayNumber: $0.dayNumber - 1) } : nil
  }

  /// When the key holds, where it has ended.
  fileprivate var validity: Validity? { lastDay.flatMap { Validity(first: nil, last: $0) } }
}
