package import Bytes
import Problems

// What comes near to a text that is no code and no name: for people to choose from.
extension Register {
  /// A member that comes near to a text.
  package struct Neighbour: Sendable, Equatable {
    /// Its place in ``members``.
    package let member: Int
    /// How many letters differ.
    package let distance: Int
  }

  /// The members that come nearest to `text`, as `1880 Örebro`: for messages.
  package func nearest(to text: ByteView, limit: Int = 3) -> [String] {
    neighbours(of: text, limit: limit).map { members[$0.member].shown }
  }

  /// The members that come nearest to `text`, the nearest first: at most a third of its letters differ, or two, and never all. Each key comes once.
  package func neighbours(of text: ByteView, limit: Int = 3) -> [Neighbour] {
    if text.count > Self.longestText { return [] }
    let cleaned = declaration.steps.applied(to: text) ?? ByteString(text)
    let letters = (0..<text.count).count { isLetter(text[$0]) || isDigit(text[$0]) || text[$0] >= 0xC0 }
    let bound = min(max(2, cleaned.count / 3), letters - 1)
    if bound < 1 { return [] }
    var best: [Int: Int] = [:]
    func note(_ member: Int, _ distance: Int) { best[member] = min(best[member] ?? .max, distance) }
    var folded = ByteBuffer()
    // What tidies codes spoils names.
    folded.append(foldingName: text)
    names.near(folded.view, within: bound, note)
    if let pattern = cleaned.withView({ EditPattern($0) }) {
      for (number, member) in members.enumerated() where abs(member.key.count - pattern.length) <= bound {
        let distance = member.key.withView { pattern.distance(to: $0) }
        if distance <= bound { note(number, distance) }
      }
    }
    // What holds still is the likelier meant.
    func place(_ near: (key: Int, value: Int)) -> (Int, Int, Int) { (near.value, ended[members[near.key].key] == nil ? 0 : 1, near.key) }
    var keys: Set<ByteString> = []
    var nearest: [Neighbour] = []
    for (member, distance) in best.sorted(by: { place($0) < place($1) }) where nearest.count < limit {
      if keys.insert(members[member].key).inserted { nearest.append(Neighbour(member: member, distance: distance)) }
    }
    return nearest
  }

  /// The members of which a name begins so, in the order of the register.
  package func members(beginning text: ByteView, limit: Int) -> [Int] {
    if text.count > Self.longestText || text.trimmedOfSpaces.isEmpty { return [] }
    var folded = ByteBuffer()
    folded.append(foldingName: text)
    return names.beginning(with: folded.view, limit: limit).filter { holds($0, nil) }
  }

  /// The members that hold still and share a name with one that does not, as `1490 Borås`.
  func present(instead member: Member) -> [String] {
    members.filter { ended[$0.key] == nil && !Set($0.names).isDisjoint(with: member.names) }.map(\.shown)
  }

  /// The periods in which a code or name has held, for messages.
  func periods(of text: ByteView) -> [Validity] {
    let cleaned = declaration.steps.applied(to: text) ?? ByteString(text)
    var key = ByteBuffer()
    _ = cleaned.withView { keepsForm($0, key: &key) }
    var folded = ByteBuffer()
    cleaned.withView { folded.append(foldingName: $0) }
    if let number = index.find(key.view) ?? index.find(folded.view) { return index.members(number).compactMap { members[$0].validity } }
    return (names.written(folded.view) ?? []).compactMap { members[$0].validity }
  }
}
