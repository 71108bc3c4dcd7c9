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
      let end = entry.flatMap { ending(of: $0, in: ledger) }
      joined.append(
        Member(
          key: member.key, names: member.names, validity: entry?.validity ?? member.validity, further: member.further,
          ending: end?.ending ?? member.ending, successors: end?.successors ?? member.successors))
    }
    for number in 0..<ledger.count {
      let (key, entry) = (ledger.key(number), ledger.entry(number))
      if entry.standing == .mentioned || known.contains(key) { continue }
      let end = ending(of: entry, in: ledger)
      joined.append(
        Member(
          key: key, names: [entry.label].compactMap { $0 }, validity: entry.validity, ending: end?.ending, successors: end?.successors ?? []
        ))
    }
    return Register(declaration, members: joined)
  }

  /// How a key ended and which go on in its place; nil while it is in use.
  private func ending(of entry: Ledger.Entry, in ledger: borrowing Ledger) -> (ending: Ending, successors: [ByteString])? {
    let ending: Ending
    switch entry.standing {
    case .mentioned, .alive: return nil
    case .retired: ending = .retired
    case .replaced: ending = .replaced
    case .merged: ending = .merged
    case .split: ending = .split
    }
    var successors: [ByteString] = []
    for number in entry.successors { successors.append(ledger.key(number)) }
    return (ending, successors)
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
