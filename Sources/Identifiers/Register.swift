package import Bytes
import Problems
package import RDF

/// A list (closed) or a rule (open) of identified things, in memory: from a code or a name to an IRI.
package final class Register: Sendable {
  /// What declares a register, as its metadata file says it.
  package struct Declaration: Sendable {
    /// The register's name, such as `kommun`.
    package var name: String
    /// The pattern of its IRIs as the register itself declares it; it has one variable, the key.
    package var declaredPattern: URITemplate
    /// The pattern in force, which a site may have moved to the register's owner.
    package var pattern: URITemplate
    /// What is done to a text before it is looked up.
    package var steps: [CleaningStep] = []
    /// The form of a key; the key is what its groups hold, joined, or all of it where it has no groups.
    package var form: Pattern?
    /// The form as a person may read it.
    package var formText = ""
    /// A rule beyond the form.
    package var check: KeyCheck?
    /// Whether any key that keeps the rules is a member.
    package var isOpen = false
    /// Where its rows stand, for messages.
    package var file: String?

    /// Declares a register whose pattern is in force as it stands.
    package init(name: String, pattern: URITemplate) {
      self.name = name
      declaredPattern = pattern
      self.pattern = pattern
    }
  }

  /// A member of a register.
  package struct Member: Sendable {
    /// Its key as the register writes it.
    package let key: ByteString
    /// Its names; the first is the one to show.
    package let names: [ByteString]

    /// A member.
    package init(key: ByteString, names: [ByteString]) {
      self.key = key
      self.names = names
    }
  }

  /// What became of a look-up.
  package enum Match: Equatable, Sendable {
    /// The text is the key or a name of a member, or keeps the rules of an open register; the key was appended to the buffer.
    case found
    /// No member has that key or name.
    case unknown
    /// More than one member has that name.
    case ambiguous
    /// The text has not the form of a key, or fails its check.
    case breaksRule
  }

  /// What declares it.
  package let declaration: Declaration
  /// The members, in the order of the register's table.
  package let members: [Member]
  /// Keys and folded names. A string's number leads to a member through ``owners``.
  private let index: ByteTable
  /// The member of each string of ``index``; -1 for a name that several members have.
  private let owners: [Int]

  /// A register of these members.
  package init(_ declaration: Declaration, members: [Member]) {
    self.declaration = declaration
    self.members = members
    var index = ByteTable(capacity: members.count * 2)
    var owners: [Int] = []
    for (number, member) in members.enumerated() {
      member.key.withView { key in
        if index.insert(key).isNew { owners.append(number) }
      }
    }
    for (number, member) in members.enumerated() {
      for name in member.names {
        let (place, isNew) = foldedName(name).withView { index.insert($0) }
        if isNew {
          owners.append(number)
        } else if owners[place] != number {
          owners[place] = -1
        }
      }
    }
    self.index = index
    self.owners = owners
  }

  /// The register's name.
  package var name: String { declaration.name }

  /// Looks a code or a name up. On ``Match/found`` the member's key has been appended to `key`; else nothing has.
  package func find(_ text: ByteView, key: inout ByteBuffer) -> Match {
    if declaration.steps.isEmpty { return findCleaned(text, key: &key) }
    return declaration.steps.applied(to: text).withView { findCleaned($0, key: &key) }
  }

  private func findCleaned(_ text: ByteView, key: inout ByteBuffer) -> Match {
    let start = key.count
    if keepsForm(text, key: &key) {
      let candidate = key.view(start..<key.count)
      if declaration.check?.holds(for: candidate) ?? true {
        if declaration.isOpen { return .found }
        // What looks like a key may be a name, where the register says nothing of the form of its keys.
        if let number = index.find(candidate), owners[number] >= 0 {
          key.truncate(to: start)
          key.append(bytes: members[owners[number]].key)
          return .found
        }
      }
      key.truncate(to: start)
      if declaration.isOpen { return .breaksRule }
    }
    if members.isEmpty { return declaration.isOpen ? .breaksRule : .unknown }
    guard let number = foldedName(ByteString(text)).withView({ index.find($0) }) else { return declaration.isOpen ? .breaksRule : .unknown }
    if owners[number] < 0 { return .ambiguous }
    key.append(bytes: members[owners[number]].key)
    return .found
  }

  /// Whether `text` has the form of a key; the key has then been appended to `key`.
  private func keepsForm(_ text: ByteView, key: inout ByteBuffer) -> Bool {
    guard let form = declaration.form else {
      key.append(text)
      return true
    }
    return form.append(groupsIn: text, to: &key)
  }

  /// Appends the IRI of the thing with `key`, which must be a key as ``find(_:key:)`` gives it.
  package func append(iriOf key: ByteView, to out: inout ByteBuffer) {
    for part in declaration.pattern.parts {
      switch part {
      case .literal(let text): out.append(bytes: text)
      case .expression(let kind, let variables):
        var isFirst = true
        for variable in variables { out.append(expanding: key, of: variable, kind, isFirst: &isFirst) }
      }
    }
  }

  /// The members that come nearest to `text`, as `1880 Örebro`: for messages.
  package func nearest(to text: ByteView, limit: Int = 3) -> [String] {
    let cleaned = declaration.steps.applied(to: text)
    let folded = foldedName(cleaned)
    var ranked: [(member: Member, distance: Int)] = []
    let bound = max(2, cleaned.count / 3)
    for member in members {
      var distance = editDistance(member.key.text, cleaned.text)
      for name in member.names { distance = min(distance, editDistance(foldedName(name).text, folded.text)) }
      if distance <= bound { ranked.append((member, distance)) }
    }
    ranked.sort { $0.distance < $1.distance }
    return ranked.prefix(limit).map { near in
      let name = near.member.names.first.map { " " + $0.text } ?? ""
      return near.member.key.text + name
    }
  }
}

/// A name as look-ups compare it: without white space at the ends, lower case, and with å, ä, ö, é and ü as one character each, which
/// some systems write as a letter and a mark.
private func foldedName(_ name: ByteString) -> ByteString {
  let text = name.withView { ByteString($0.trimmedOfSpaces).text.lowercased() }
  guard text.unicodeScalars.contains(where: { ("\u{300}"..."\u{36F}").contains($0) }) else { return ByteString(text) }
  let composed: [[Unicode.Scalar]: Unicode.Scalar] = [
    ["a", "\u{30A}"]: "å", ["a", "\u{308}"]: "ä", ["o", "\u{308}"]: "ö", ["e", "\u{301}"]: "é", ["u", "\u{308}"]: "ü",
  ]
  var scalars: [Unicode.Scalar] = []
  for scalar in text.unicodeScalars {
    if let last = scalars.last, let one = composed[[last, scalar]] {
      scalars[scalars.count - 1] = one
    } else {
      scalars.append(scalar)
    }
  }
  return ByteString(String(String.UnicodeScalarView(scalars)))
}
